"""Buttons under pages of the ledger and under what could not be handled."""

from __future__ import annotations

from bot.rules.audit import AuditGroup
from bot.rules.message import AsideList, AuditPage, FailedList
from handlers.callback import Button, DropAside, ListAside, ListFailed, RetryAside, ShowAudit
from handlers.keyboards.lettering import Lettering, Rows, in_columns
from locales.wording import Label

GROUPS = {
    AuditGroup.ALL: Label.AUDIT_ALL,
    AuditGroup.LOOKS: Label.AUDIT_LOOKS,
    AuditGroup.DEEDS: Label.AUDIT_DEEDS,
    AuditGroup.STAFF: Label.AUDIT_STAFF,
    AuditGroup.HOUSE: Label.AUDIT_HOUSE,
}


def rows(message: AuditPage | AsideList | FailedList, say: Lettering) -> Rows:
    """Draw the buttons of a message."""
    match message:
        case AuditPage():
            return _page(message, say)
        case AsideList():
            return _aside(message, say)
        case FailedList():
            return [[(say.label(Label.AUDIT_BACK), ShowAudit(AuditGroup.ALL, ""))]]


def _page(message: AuditPage, say: Lettering) -> Rows:
    turns: list[tuple[str, Button]] = []
    if not message.is_newest:
        turns.append((say.label(Label.AUDIT_NEWEST), ShowAudit(message.group, message.asked)))
    if message.has_more:
        turns.append((say.label(Label.PAGE_AFTER), ShowAudit(message.group, message.asked, message.lines[-1].seq)))
    groups: list[tuple[str, Button]] = [
        (say.label(label), ShowAudit(group, message.asked)) for group, label in GROUPS.items() if group is not message.group
    ]
    beside: list[tuple[str, Button]] = []
    if message.aside:
        beside.append((say.label(Label.LIST_ASIDE, value=str(message.aside)), ListAside()))
    if message.undelivered:
        beside.append((say.label(Label.LIST_FAILED, value=str(message.undelivered)), ListFailed()))
    return [*([turns] if turns else []), *in_columns(groups), *([beside] if beside else [])]


def _aside(message: AsideList, say: Lettering) -> Rows:
    back: Rows = [[(say.label(Label.AUDIT_BACK), ShowAudit(AuditGroup.ALL, ""))]]
    if not message.may_act or not message.lines:
        return back
    if message.sure is not None:
        sure: list[tuple[str, Button]] = [
            (say.label(Label.DROP_UPDATE_NOW, value=str(message.sure)), DropAside(message.sure)),
            (say.label(Label.BACK), ListAside()),
        ]
        return [sure]
    each: Rows = [
        [
            (say.label(Label.RETRY_UPDATE, value=str(line.seq)), RetryAside(line.seq)),
            (say.label(Label.DROP_UPDATE, value=str(line.seq)), ListAside(line.seq)),
        ]
        for line in message.lines
    ]
    return [*each, [(say.label(Label.RETRY_ALL), RetryAside(0))], *back]
