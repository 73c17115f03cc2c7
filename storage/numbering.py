"""New cases get their numbers when they are committed; what was decided before leaves a hole wherever one will stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import msgspec

from bot.ports import Decision
from bot.rules.due import Due
from bot.rules.effect import CaseChange, Effects, Send, TranslationChange, Words
from bot.rules.entry import Entry
from bot.rules.identity import NEW_CASE, CaseNumber
from bot.rules.meeting import MeetingChange, Settled
from storage.batch import Batch
from storage.engine import Session, typed

NUMBER_DIGITS: Final = 6


async def draw_numbers(session: Session, batch: Batch, decisions: Sequence[Decision]) -> None:
    """Draw the numbers of all new cases of a batch, each series at once: a draw is a way to the database and back.

    It comes before all else that is written for a new case: its number is hashed with its entries and sealed with its words
    and letters. On PostgreSQL the row is locked until the commit, or a roll-back would leave a gap.
    """
    new = Counter(change.series for each in decisions for change in each.effects.cases if change.before is None)
    for series, count in new.items():
        ((last,),) = typed(await session.rows("counter_take", {"name": series, "count": count}), tuple[int])
        batch.numbers[series] = iter(range(last - count + 1, last + 1))


def numbered(batch: Batch, effects: Effects) -> Effects:
    """Take the number of a new case and write it wherever the effects left a hole; other effects stay as they are."""
    new = [change for change in effects.cases if change.before is None]
    if not new:
        return effects
    if len(new) > 1:
        raise AssertionError("one decision files at most one case")
    series = new[0].series
    number = CaseNumber(f"{series}-{next(batch.numbers[series]):0{NUMBER_DIGITS}d}")
    return msgspec.structs.replace(
        effects,
        cases=tuple(_number_case(change, number) for change in effects.cases),
        entries=tuple(_number_entry(entry, number) for entry in effects.entries),
        words=tuple(_number_words(words, number) for words in effects.words),
        kept=tuple(replace(keep, case=number) if keep.case == NEW_CASE else keep for keep in effects.kept),
        codes=tuple(replace(each, case=number) if each.case == NEW_CASE else each for each in effects.codes),
        meetings=tuple(_number_settled(change, number) for change in effects.meetings),
        sends=tuple(_number_send(send, number) for send in effects.sends),
        translations=tuple(_number_translation(change, number) for change in effects.translations),
        planned=tuple(_number_due(due, number) for due in effects.planned),
    )


def _number_entry(entry: Entry, number: CaseNumber) -> Entry:
    return msgspec.structs.replace(entry, case=number) if entry.case == NEW_CASE else entry


def _number_words(words: Words, number: CaseNumber) -> Words:
    return msgspec.structs.replace(words, case=number) if words.case == NEW_CASE else words


def _number_case(change: CaseChange, number: CaseNumber) -> CaseChange:
    if change.before is not None:
        return change
    entries = tuple(msgspec.structs.replace(entry, case=number) for entry in change.entries)
    return msgspec.structs.replace(change, after=msgspec.structs.replace(change.after, number=number), entries=entries)


def _number_settled(change: MeetingChange, number: CaseNumber) -> MeetingChange:
    return replace(change, case=number) if isinstance(change, Settled) and change.case == NEW_CASE else change


def _number_translation(change: TranslationChange, number: CaseNumber) -> TranslationChange:
    return replace(change, after=replace(change.after, case=number)) if change.after.case == NEW_CASE else change


def _number_send(send: Send, number: CaseNumber) -> Send:
    message = send.message
    if getattr(message, "case", None) == NEW_CASE:
        message = msgspec.structs.replace(message, case=number)
    anchor = send.anchor and send.anchor.replace(NEW_CASE, number)
    if message is send.message and anchor == send.anchor:
        return send
    return msgspec.structs.replace(send, message=message, anchor=anchor)


def _number_due(due: Due, number: CaseNumber) -> Due:
    task = due.task
    if getattr(task, "case", None) != NEW_CASE:
        return due
    return Due(key=number + due.key.removeprefix(NEW_CASE), at=due.at, task=msgspec.structs.replace(task, case=number))
