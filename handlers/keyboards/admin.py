"""Buttons under what those who watch over the county are told."""

from __future__ import annotations

from bot.rules.message import (
    AdminMessage,
    AdminWanted,
    AsideList,
    AuditPage,
    CardPage,
    CardsPage,
    CasesHandedOn,
    CountyProposed,
    DigestPage,
    DutyCard,
    DutyChanged,
    DutyGap,
    FailedList,
    PointsChoice,
    StaffCard,
    StaffGone,
    StaffList,
    StaffUnreachable,
    SurveyPage,
    TracePage,
)
from handlers.callback import BEGINNING, AnswerAdmin, TakeCounty
from handlers.keyboards import audit, digest, duty, scorecard, staff, survey
from handlers.keyboards.lettering import Lettering, Rows
from locales.wording import Label


def rows(message: AdminMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case AdminWanted(invitation=invitation):
            labels = ((Label.LET_IN, True), (Label.KEEP_OUT, False))
            return [[(say.label(label), AnswerAdmin(invitation, answer)) for label, answer in labels]]
        case CountyProposed(digest=digest_, in_force=in_force):
            return [[(say.label(Label.TAKE_COUNTY), TakeCounty(digest_[:BEGINNING], in_force[:BEGINNING]))]]
        case SurveyPage():
            return survey.page(message, say)
        case AuditPage() | AsideList() | FailedList():
            return audit.rows(message, say)
        case CardsPage():
            return scorecard.of_all(message, say)
        case TracePage():
            return scorecard.trace(message, say)
        case PointsChoice():
            return scorecard.points_choice(message, say)
        case CardPage():
            return scorecard.of_one(message, say)
        case DigestPage():
            return digest.rows(message, say)
        case StaffList() | StaffCard() | StaffGone() | StaffUnreachable() | CasesHandedOn():
            return staff.rows(message, say)
        case DutyCard() | DutyChanged() | DutyGap():
            return duty.rows(message, say)
        case _:
            return []
