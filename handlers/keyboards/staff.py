"""Buttons under what leads and admins are told about those who work here."""

from __future__ import annotations

from bot.rules.county import Role
from bot.rules.message import CasesHandedOn, StaffCard, StaffGone, StaffList, StaffUnreachable
from bot.rules.translation import CHINESE
from handlers.callback import Button, EndStaff, HandOn, Invite, OpenMember, ShowStaff
from handlers.keyboards.lettering import Lettering, Rows, in_columns
from locales.wording import Label


def rows(message: StaffList | StaffCard | StaffGone | StaffUnreachable | CasesHandedOn, say: Lettering) -> Rows:
    """Draw the buttons of a message."""
    match message:
        case StaffList():
            return _list(message, say)
        case StaffCard():
            return _card(message, say)
        case StaffGone(cases=lines):
            return [*say.cases(line.case for line in lines), *_heirs(message.staff, message, say)]
        case StaffUnreachable(staff=staff):
            return [] if staff is None else _heirs(staff, message, say)
        case CasesHandedOn(cases=lines):
            return say.cases(line.case for line in lines)


def _list(message: StaffList, say: Lettering) -> Rows:
    members: list[tuple[str, Button]] = [
        (say.label(Label.MEMBER, value=line.staff[-4:]), OpenMember(line.staff, is_sure=False)) for line in message.lines
    ]
    invites = [drawn for role in message.invites for drawn in _invites(role, message.unit or "", say)]
    units: list[tuple[str, Button]] = [(say.unit(unit), ShowStaff(unit)) for unit in message.units]
    if message.unit is not None and message.units:
        units.append((say.label(Label.WITHOUT_UNIT), ShowStaff("")))
    return [*in_columns(members), *in_columns(invites), *in_columns(units)]


def _invites(role: Role, unit: str, say: Lettering) -> list[tuple[str, Button]]:
    """Draw the button that invites to a role; for translators one for each language besides."""
    every: tuple[str, Button] = (say.label(Label(f"invite_{role.value}")), Invite(role, unit))
    if role is not Role.TRANSLATOR:
        return [every]
    others = [
        (say.label(Label.INVITE_TRANSLATOR_OF, value=name), Invite(role, unit, language))
        for language, name in say.languages()
        if language != CHINESE
    ]
    return [every, *others]


def _card(message: StaffCard, say: Lettering) -> Rows:
    member = message.line.staff
    back: Rows = [[(say.label(Label.BACK), ShowStaff(message.unit or ""))]]
    if message.is_sure:
        return [[(say.label(Label.END_ROLE_NOW), EndStaff(member))], *back]
    end: Rows = [[(say.label(Label.END_ROLE), OpenMember(member, is_sure=True))]] if message.may_end else []
    return [*_heirs(member, message, say), *end, *back]


def _heirs(member: str, message: StaffCard | StaffGone | StaffUnreachable, say: Lettering) -> Rows:
    """Draw who could take cases over; of whoever answers for the unit it is said."""
    labels = {heir: Label.HAND_ON_TO_LEAD if heir in message.leads else Label.HAND_ON for heir in message.heirs}
    return [[(say.label(label, value=heir[-4:]), HandOn(member, heir))] for heir, label in labels.items()]
