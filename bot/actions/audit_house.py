"""Who saw or did what, for supervisors and admins; and what could not be handled or delivered, and doing it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, get_args

from bot.errors import StaleButton
from bot.ports import SetAside
from bot.rules.access import PERMITTED, Act, require
from bot.rules.audit import PAGE, AuditGroup
from bot.rules.effect import Effects, Send
from bot.rules.entry import (
    CLOCK,
    RESIDENT,
    SYSTEM,
    CardFact,
    Entry,
    HouseFact,
    Looked,
    SurveyFact,
    UpdateDropped,
    UpdateRetried,
    WeekFact,
)
from bot.rules.identity import StaffId, UnitId
from bot.rules.message import AsideList, AuditPage, FailedList
from bot.rules.message.audit import AsideLine, AuditLine, FailedLine
from bot.rules.staff import Staff

LISTED: Final = 8
"""Updates and messages in one list; the total stands beside them."""

HOUSE_KINDS: Final = frozenset(fact.KIND for fact in get_args(HouseFact | WeekFact | CardFact | SurveyFact))
"""Kinds of entries that are about the house, or about what a week asserts."""

TOPICS: Final = ("sign", "proposal", "period")
"""Where an entry about no case says what it is about."""

AMONG_PEOPLE: Final = frozenset({RESIDENT, CLOCK, SYSTEM})


def audit_page(
    group: AuditGroup,
    asked: str,
    entries: Sequence[tuple[int, Entry]],
    staff: Mapping[StaffId, Staff],
    *,
    is_newest: bool,
    counts: tuple[int, int],
) -> AuditPage:
    """Describe entries, the newest first; one more than fits on a page says that there are more.

    Args:
        staff: everybody who ever held a role.
        counts: how many updates could not be handled, and how many messages not be delivered.
    """
    aside, undelivered = counts
    return AuditPage(
        group=group,
        asked=asked,
        lines=tuple(_line(seq, entry, staff) for seq, entry in entries[:PAGE]),
        is_newest=is_newest,
        has_more=len(entries) > PAGE,
        aside=aside,
        undelivered=undelivered,
    )


def _line(seq: int, entry: Entry, staff: Mapping[StaffId, Staff]) -> AuditLine:
    by, fact = staff.get(StaffId(entry.actor)), entry.fact
    is_official = entry.actor not in AMONG_PEOPLE
    about = getattr(fact, "staff", None)
    unit = getattr(fact, "unit", None) if entry.case is None else None
    topics = () if entry.case is not None else (getattr(fact, name, None) for name in TOPICS)
    return AuditLine(
        seq=seq,
        at=entry.at,
        kind=fact.KIND,
        actor=None if is_official else entry.actor,
        staff=StaffId(entry.actor) if is_official else None,
        role=None if by is None else by.role,
        unit=None if by is None else by.unit,
        case=entry.case,
        look=fact.at_what if isinstance(fact, Looked) else None,
        about=StaffId(about) if isinstance(about, str) and about != entry.actor else None,
        of_unit=UnitId(unit) if isinstance(unit, str) and (by is None or unit != by.unit) else None,
        topic=next((str(topic) for topic in topics if topic is not None), None),
    )


def list_aside(
    roles: Sequence[Staff], found: Sequence[SetAside], total: int, pressed: int | None, sure: int | None = None
) -> Effects:
    """List updates that could not be handled; an admin can have them handled again, or drop one.

    Raises:
        NotPermitted: they do not watch over the county.
    """
    person = require(roles, Act.SEE_AUDIT).person
    lines = tuple(
        AsideLine(seq=each.seq, kind=each.kind, received_at=each.received_at, reason=each.reason) for each in found[:LISTED]
    )
    may_act = any(each.role in PERMITTED[Act.RUN_AGAIN] for each in roles)
    shown = AsideList(lines=lines, total=total, may_act=may_act, sure=sure)
    return Effects(sends=(Send(person, shown, replaces=pressed),))


def run_again(roles: Sequence[Staff], found: Sequence[SetAside], seq: int, now: datetime) -> Effects:
    """Have one update handled again, or all that are listed (0); each is an entry.

    Raises:
        NotPermitted: they are no admin.
        StaleButton: it is not set aside any more.
    """
    admin = require(roles, Act.RUN_AGAIN)
    seqs = tuple(each.seq for each in found if seq in {0, each.seq})
    if not seqs:
        raise StaleButton
    entries = tuple(Entry(at=now, actor=admin.id, case=None, fact=UpdateRetried(number=each)) for each in seqs)
    return Effects(entries=entries, retried=seqs)


def drop_update(roles: Sequence[Staff], found: Sequence[SetAside], seq: int, now: datetime) -> Effects:
    """Drop an update for good, its content with it; that is an entry.

    Raises:
        NotPermitted: they are no admin.
        StaleButton: it is not set aside any more.
    """
    admin = require(roles, Act.RUN_AGAIN)
    dropped = next((each for each in found if each.seq == seq), None)
    if dropped is None:
        raise StaleButton
    fact = UpdateDropped(number=seq, received_at=dropped.received_at.replace(microsecond=0))
    entry = Entry(at=now, actor=admin.id, case=None, fact=fact)
    return Effects(entries=(entry,), given_up=(seq,))


def list_failed(roles: Sequence[Staff], found: Sequence[FailedLine], total: int, pressed: int | None) -> Effects:
    """List messages that were given up.

    Raises:
        NotPermitted: they do not watch over the county.
    """
    person = require(roles, Act.SEE_AUDIT).person
    return Effects(sends=(Send(person, FailedList(lines=tuple(found), total=total), replaces=pressed),))
