"""What those who watch over the county read: which function says which message.

Invariant: nothing is counted here; figures come as they were computed.
"""

from __future__ import annotations

from datetime import datetime

from bot.rules.message import (
    AdminMessage,
    AdminWanted,
    AsideList,
    AuditPage,
    CardPage,
    CardsPage,
    CardWordsWanted,
    CasesHandedOn,
    CountyProposed,
    CountyRefused,
    CountyTaken,
    DigestFile,
    DigestPage,
    DutyCard,
    DutyChanged,
    DutyGap,
    FailedList,
    FileMaking,
    InvitationLink,
    PointsChoice,
    RoleEnded,
    StaffCard,
    StaffGone,
    StaffJoined,
    StaffList,
    StaffUnreachable,
    SurveyPage,
    TracePage,
)
from locales import audit, county_file, digest, duty, scorecard, staff, staff_list, survey
from locales.markup import Block
from locales.speech import Speech


def blocks(speech: Speech, message: AdminMessage, now: datetime) -> list[Block]:
    """Say a message of this area; the union is matched whole."""
    match message:
        case DutyCard() | DutyChanged() | DutyGap():
            return duty.blocks(speech, message)
        case StaffJoined():
            return staff.staff_joined(speech, message)
        case StaffUnreachable():
            return staff.staff_unreachable(speech, message)
        case AdminWanted():
            return staff.admin_wanted(speech)
        case CardsPage() | CardPage() | CardWordsWanted() | PointsChoice() | TracePage():
            return scorecard.blocks(speech, message)
        case StaffList() | StaffCard() | StaffGone() | RoleEnded() | CasesHandedOn() | InvitationLink():
            return _about_staff(speech, message)
        case SurveyPage():
            return survey.page(speech, message)
        case AuditPage() | AsideList() | FailedList():
            return audit.blocks(speech, message)
        case CountyProposed() | CountyTaken() | CountyRefused():
            return county_file.blocks(speech, message)
        case DigestPage():
            return digest.digest_page(speech, message, now)
        case DigestFile(digest=figures):
            return digest.caption(speech, figures)
        case FileMaking(form=form, making=making):
            return [speech.paragraph(digest.MAKING[making], form=form.upper())]


def _about_staff(
    speech: Speech, message: StaffList | StaffCard | StaffGone | RoleEnded | CasesHandedOn | InvitationLink
) -> list[Block]:
    match message:
        case StaffList():
            return staff_list.staff_list(speech, message)
        case StaffCard():
            return staff_list.staff_card(speech, message)
        case StaffGone():
            return staff_list.staff_gone(speech, message)
        case RoleEnded():
            return staff_list.role_ended(speech, message)
        case CasesHandedOn():
            return staff_list.cases_handed_on(speech, message)
        case InvitationLink():
            return staff_list.invitation_link(speech, message)
