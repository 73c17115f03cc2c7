"""A draft becomes a case with a unit and a limit, a receipt for whoever sent it, and a notice to those who must act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from bot.actions.ask_translation import heard, voices_heard
from bot.actions.assignment import first_told, limits_from
from bot.actions.draft import ANCHOR, card
from bot.actions.give_reach import spelt
from bot.actions.lines import task_anchor, task_notice
from bot.ports import Desk, Sender
from bot.rules.case import Case
from bot.rules.chain import SALT_BYTES, text_commitment
from bot.rules.county import County
from bot.rules.dialog import Drafting, Idle
from bot.rules.effect import CaseChange, Effects, Keep, Priority, Send, Words
from bot.rules.entry import RESIDENT, Concerned, Entry, Filed
from bot.rules.file import Media
from bot.rules.identity import NEW_CASE, Language, PersonId, StaffId, UnitId
from bot.rules.life import evolve
from bot.rules.message import PROOF_HOLE, Picking, Receipt
from bot.rules.routing import can_be_about, class_for, unit_for
from bot.rules.slot import FILED, NAME
from bot.rules.staff import Staff, outside
from bot.rules.translation import Legible


def file_case(
    desk: Desk,
    sender: Sender,
    draft: Drafting,
    staff: Iterable[Staff],
    now: datetime,
    *,
    pressed: int | None = None,
) -> Effects:
    """File a draft.

    Args:
        staff: every active official; who hears of it is chosen here.
        pressed: the card whose button was pressed; it keeps the words and loses its buttons.
    """
    case, filed = filing(desk, draft, staff, now, actor=RESIDENT, filer=sender.person, language=sender.language)
    own = (card(sender.person, draft, Picking.SENT, pressed), receipt(sender.person, case))
    return Effects(dialog=Idle(), township=draft.township, forget_anchor=ANCHOR, sends=own) + filed


def filing(  # noqa: PLR0913 (who entered what for whom)
    desk: Desk,
    draft: Drafting,
    staff: Iterable[Staff],
    now: datetime,
    *,
    actor: StaffId | str,
    filer: PersonId | None,
    language: Language | None = None,
) -> tuple[Case, Effects]:
    """Make a case of a draft, whoever wrote it down, and tell those who must act.

    Args:
        actor: as in its entries: whoever filed it, or the official who entered it for somebody.
        filer: who stands behind it, None: nobody with a chat; `language` is theirs, for words in no script of ours.

    Returns:
        The case, its number not yet known, and what filing it brings about but for an answer to whoever sent it.
    """
    county, (about, unit) = desk.county, _addressed(desk.county, draft)
    deadline_class = class_for(county, draft.category, draft.kind, draft.urgency)
    limits = limits_from(county, desk.calendar, deadline_class, now, (NEW_CASE, 1))
    salt, everyone = desk.randomness.bytes(SALT_BYTES), outside(about, staff)
    filed = Filed(
        kind=draft.kind,
        category=draft.category,
        township=draft.township,
        unit=unit,
        channel=draft.channel,
        urgency=draft.urgency,
        deadline_class=deadline_class.id if deadline_class else None,
        rule=limits.rule,
        accept_due_at=limits.accept_due_at,
        due_at=limits.due_at,
        is_confidential=county.categories[draft.category].is_confidential,
        words=text_commitment(salt, draft.words),
    )
    case, entries = _opened(filed, about, actor, now)
    told, followed = first_told(desk, case, everyone, now)
    read, translating = heard(desk, case, FILED, draft.words, language, everyone, now)
    spoken = (keep.slot for keep, part in zip(_kept(draft, actor), draft.files, strict=True) if part.media is Media.VOICE)
    awaited, writing = voices_heard(desk, case, spoken, language, everyone, now)
    read = msgspec.structs.replace(read, spoken=awaited)
    return case, translating + writing + Effects(
        cases=(CaseChange(None, case, entries, series=series(county, now), filer=filer),),
        words=(Words(NEW_CASE, FILED, draft.words, salt), *_given(desk, draft)),
        kept=_kept(draft, actor),
        planned=(*limits.reminders, *followed),
        sends=notices(county, case, read, told, now),
    )


def _opened(filed: Filed, about: UnitId | None, actor: StaffId | str, now: datetime) -> tuple[Case, tuple[Entry, ...]]:
    """Return a new case and the entries that make it."""
    case = evolve(None, entry := Entry(at=now, actor=actor, case=NEW_CASE, fact=filed))
    if about is None:
        return case, (entry,)
    said = Entry(at=now, actor=actor, case=NEW_CASE, fact=Concerned(about=about))
    return evolve(case, said), (entry, said)


def _addressed(county: County, draft: Drafting) -> tuple[UnitId | None, UnitId]:
    """Return the unit that a draft is about, if that still means anything for its category now, and the one that gets it."""
    about = draft.about if draft.about is not None and can_be_about(county, draft.category, draft.about) else None
    return about, unit_for(county, draft.category, draft.township, about) or county.categories[draft.category].unit


def _kept(draft: Drafting, actor: StaffId | str) -> tuple[Keep, ...]:
    """Put the draft's files into the case, in the order in which they came."""
    return tuple(Keep(part.file, NEW_CASE, f"{FILED}/{place}", actor) for place, part in enumerate(draft.files, start=1))


def _given(desk: Desk, draft: Drafting) -> Iterable[Words]:
    """Seal what was given for this matter alone under the case."""
    given = ({} if draft.name is None else {NAME: draft.name}) | spelt(draft.parts)
    return [Words(NEW_CASE, slot, text, desk.randomness.bytes(SALT_BYTES)) for slot, text in given.items()]


def series(county: County, at: datetime) -> str:
    """Name the series of numbers of the county's year at an instant, such as CB-2026."""
    return f"{county.case_prefix}-{at.astimezone(county.hours.zone).year}"


def receipt(person: PersonId, case: Case) -> Send:
    """Tell the filer what they hold from now on."""
    message = Receipt(
        case=case.number,
        unit=case.unit,
        category=case.category,
        township=case.township,
        due_at=case.now.due_at,
        proof=PROOF_HOLE,
    )
    return Send(person, message)


def notices(county: County, case: Case, words: str | Legible, officials: Iterable[Staff], now: datetime) -> tuple[Send, ...]:
    """Tell officials of a case that waits for its unit; at once, also at night, where its limits run day and night."""
    anchor = task_anchor(case.number, case.now.number)
    priority = Priority.ALARM if case.now.runs_round_the_clock else Priority.NOTICE
    read_by = ((each.person, task_notice(county, case, words, (each,), now)) for each in officials)
    return tuple(Send(person, notice, priority, anchor=anchor) for person, notice in read_by)
