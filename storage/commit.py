"""One commit makes it all true together: the effects of a batch, set by set, in one transaction.

Nothing here decides anything. What only the commit knows (a new case's number, the start of its entry hash) is filled into
the effects first; then each table is written once for the whole batch; the ledger's head is taken last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import msgspec

from bot.errors import Conflict, LedgerBroken
from bot.ports import Decision, Randomness, Taken
from bot.rules.chain import GENESIS, LedgerRow, chain_hash, salts_needed, write
from bot.rules.dialog import Idle
from bot.rules.due import Due
from bot.rules.effect import NOTHING, CaseChange, Effects, Send, Words
from bot.rules.entry import Entry, ReminderDecided, ReminderTold
from bot.rules.identity import NEW_CASE, CaseNumber, PersonId
from bot.rules.message import PROOF_HOLE, Receipt
from storage.engine import Parameters, Session
from storage.keyring import Keyring, case_owner, key_parameters, person_owner
from storage.rows import case_parameters, ledger_parameters, rating_parameters, round_parameters, stamp
from storage.tree import extend
from storage.vault import DataKey

NUMBER_DIGITS: Final = 6
PROOF_BYTES: Final = 8
AFTER_PREFIX: Final = "\uffff"
AT_ONCE: Final = 0
"""When a new letter is ready: whatever the clock shows, so that one set back holds nothing up."""


@dataclass(slots=True)
class Batch:
    """What a batch writes, by statement, in the order in which statements run."""

    rows: dict[str, list[Parameters]] = field(default_factory=dict)
    entries: list[LedgerRow] = field(default_factory=list)
    numbers: dict[str | None, Iterator[int]] = field(default_factory=dict)

    def add(self, statement: str, parameters: Parameters) -> None:
        """Run a statement once more."""
        self.rows.setdefault(statement, []).append(parameters)


MUST_CHANGE: Final = frozenset({"case_update", "due_done", "invitation_use", "invitation_ask", "inbox_done", "inbox_aside"})
"""Statements that are valid only on what the decision saw: each must change one row."""

ORDER: Final = (
    "person_insert",
    "person_back",
    "key_put",
    "due_done",
    "case_insert",
    "case_update",
    "round_put",
    "rating_drop_later",
    "rating_put",
    "voice_add",
    "words_put",
    "reminder_put",
    "reminder_told",
    "dialog_put",
    "dialog_end",
    "person_settings",
    "due_cancel",
    "due_put",
    "invitation_put",
    "invitation_ask",
    "invitation_use",
    "staff_end_same",
    "staff_put",
    "anchor_drop",
    "outbox_put",
    "inbox_done",
    "inbox_aside",
)


async def commit(
    session: Session, keyring: Keyring, randomness: Randomness, decisions: Sequence[Decision], now: datetime
) -> None:
    """Write the effects of all decisions.

    Raises:
        Conflict: something that a decision rests on has changed; the caller must roll back.
    """
    batch = Batch()
    await _draw_numbers(session, batch, decisions)
    for decision in decisions:
        await _collect(session, keyring, randomness, batch, decision, now)
    for statement in ORDER:
        parameters = batch.rows.pop(statement, [])
        changed = await session.run(statement, parameters)
        if statement in MUST_CHANGE and changed != len(parameters):
            raise Conflict
    if batch.rows:
        raise AssertionError(f"statements without a place in ORDER: {sorted(batch.rows)}")
    await append(session, batch.entries)


async def append(session: Session, entries: Sequence[LedgerRow]) -> None:
    """Give entries their places at the end of the ledger; the head is locked only from here to the commit.

    Raises:
        LedgerBroken: the ledger does not end where its head says; nothing may be written on top of that.
    """
    if not entries:
        return
    seq, previous = await _end(session)
    placed = []
    for row in entries:
        seq, previous = seq + 1, chain_hash(previous, row.entry_hash)
        placed.append(replace(row, seq=seq, chain_hash=previous))
    await extend(session, seq - len(placed), [row.entry_hash for row in placed])
    await session.run("ledger_append", [ledger_parameters(row) for row in placed])
    await session.run("ledger_head_move", [{"seq": seq, "chain_hash": previous}])


async def _end(session: Session) -> tuple[int, bytes]:
    rows = await session.rows("ledger_head_lock", {})
    if not rows:
        raise LedgerBroken(0, "the ledger's head is gone")
    seq, previous, last, last_hash = rows[0]
    if (seq, previous) != ((0, GENESIS) if last is None else (last, last_hash)):
        raise LedgerBroken(int(last or 0), "the ledger does not end where its head says")
    return int(seq or 0), bytes(previous)  # type: ignore[arg-type]  # STRICT columns


def unplaced(entry: Entry, randomness: Randomness) -> LedgerRow:
    """Hash an entry before it has a place; the entry hash does not depend on one."""
    return write(entry, seq=0, salts=randomness.bytes(salts_needed(entry)), previous=GENESIS)


async def _collect(
    session: Session, keyring: Keyring, randomness: Randomness, batch: Batch, decision: Decision, now: datetime
) -> None:
    if decision.taken is not None and decision.aside is not None and decision.effects == NOTHING:
        _finish(batch, decision.taken, decision.aside, now)  # nothing else, not even the sender, who may be what fails
        return
    effects = _filled(batch, decision.effects)
    key = await _sender(session, keyring, batch, decision, now)
    proof = PROOF_HOLE
    for change in effects.cases:
        first = _case(batch, change, randomness)
        if change.before is None:
            proof = first.entry_hash[:PROOF_BYTES].hex()
    await _words(session, keyring, batch, effects)
    for entry in effects.entries:
        _entry(batch, entry, randomness)
    if decision.taken is not None:
        _settings(batch, decision.taken.sender.person, key, effects)
        _finish(batch, decision.taken, decision.aside, now)
    if decision.due is not None:
        batch.add("due_done", {"key": decision.due.key})
    _plans(batch, effects)
    _staff(batch, effects, now)
    for send in effects.sends:
        await _send(session, keyring, batch, send, proof, now)


async def _draw_numbers(session: Session, batch: Batch, decisions: Sequence[Decision]) -> None:
    """Draw the numbers of all new cases of a batch, each series at once: a draw is a way to the database and back."""
    new = Counter(change.series for each in decisions for change in each.effects.cases if change.before is None)
    for series, count in new.items():
        (drawn,) = await session.rows("counter_take", {"name": series, "count": count})
        last = int(drawn[0] or 0)
        batch.numbers[series] = iter(range(last - count + 1, last + 1))


def _filled(batch: Batch, effects: Effects) -> Effects:
    """Take the number of a new case and write it wherever the effects left a hole."""
    new = [change for change in effects.cases if change.before is None]
    if not new:
        return effects
    if len(new) > 1:
        raise AssertionError("one decision files at most one case")
    series = new[0].series
    number = CaseNumber(f"{series}-{next(batch.numbers[series]):0{NUMBER_DIGITS}d}")
    return replace(
        effects,
        cases=tuple(_number_case(change, number) for change in effects.cases),
        words=tuple(replace(words, case=number) if words.case == NEW_CASE else words for words in effects.words),
        sends=tuple(_number_send(send, number) for send in effects.sends),
        planned=tuple(_number_due(due, number) for due in effects.planned),
    )


def _number_case(change: CaseChange, number: CaseNumber) -> CaseChange:
    if change.before is not None:
        return change
    entries = tuple(msgspec.structs.replace(entry, case=number) for entry in change.entries)
    return replace(change, after=replace(change.after, number=number), entries=entries)


def _number_send(send: Send, number: CaseNumber) -> Send:
    message = send.message
    if getattr(message, "case", None) == NEW_CASE:
        message = msgspec.structs.replace(message, case=number)
    anchor = send.anchor and send.anchor.replace(NEW_CASE, number)
    return replace(send, message=message, anchor=anchor)


def _number_due(due: Due, number: CaseNumber) -> Due:
    task = due.task
    if getattr(task, "case", None) != NEW_CASE:
        return due
    return Due(key=number + due.key.removeprefix(NEW_CASE), at=due.at, task=msgspec.structs.replace(task, case=number))


async def _sender(session: Session, keyring: Keyring, batch: Batch, decision: Decision, now: datetime) -> DataKey | None:
    """Make sure that whoever wrote has a row and a key."""
    if decision.taken is None:
        return None
    sender, arrival = decision.taken.sender, decision.taken.arrival
    if not sender.is_new:
        batch.add("person_back", {"id": sender.person})
        return await keyring.of_person(session, sender.person)
    key, wrapped = keyring.vault.new_key(person_owner(sender.person))
    keyring.remember(sender.person, key)
    batch.add("key_put", key_parameters(wrapped))
    batch.add(
        "person_insert",
        {
            "id": sender.person,
            "chat_key": keyring.chat_key(arrival.chat_id),
            "chat": key.seal(str(arrival.chat_id).encode(), "chat"),
            "created_at": stamp(now),
        },
    )
    return key


def _case(batch: Batch, change: CaseChange, randomness: Randomness) -> LedgerRow:
    """Write a case as it is after its new entries; return the first of them."""
    case = change.after
    if change.before is None:
        batch.add("case_insert", case_parameters(case))
        batch.add("voice_add", {"number": case.number, "voice": 1, "person": change.filer})
    else:
        batch.add("case_update", {**case_parameters(case), "before": change.before.version})
    known = {} if change.before is None else {attempt.number: attempt for attempt in change.before.rounds}
    for attempt in case.rounds:
        if known.get(attempt.number) != attempt:
            batch.add("round_put", round_parameters(case.number, attempt))
            for rating in attempt.ratings:
                parameters = rating_parameters(case.number, attempt.number, rating)
                batch.add("rating_drop_later", parameters)
                batch.add("rating_put", parameters)
    rows = [_entry(batch, entry, randomness) for entry in change.entries]
    return rows[0]


def _entry(batch: Batch, entry: Entry, randomness: Randomness) -> LedgerRow:
    row = unplaced(entry, randomness)
    batch.entries.append(row)
    project_reminder(batch, entry)
    return row


def project_reminder(batch: Batch, entry: Entry) -> None:
    """Write what an entry says of a reminder into the list of reminders."""
    match entry.fact:
        case ReminderDecided(round=number, stage=stage, role=role, staff=staff):
            of = {"number": entry.case, "round": number, "stage": stage, "staff": staff or ""}
            batch.add("reminder_put", {**of, "role": role, "at": stamp(entry.at)})
        case ReminderTold(round=number, stage=stage, staff=staff, was_told=was_told):
            of = {"number": entry.case, "round": number, "stage": stage, "staff": staff or ""}
            batch.add("reminder_told", {**of, "told": int(was_told)})
        case _:
            pass


async def _words(session: Session, keyring: Keyring, batch: Batch, effects: Effects) -> None:
    """Seal words under their case's key; a new case gets its key here."""
    new = {change.after.number for change in effects.cases if change.before is None}
    for words in effects.words:
        if words.case in new:
            key, wrapped = keyring.vault.new_key(case_owner(words.case))
            batch.add("key_put", key_parameters(wrapped))
            new.remove(words.case)
        else:
            key = await keyring.of_case(session, words.case)
        batch.add("words_put", sealed_words(key, words))


def sealed_words(key: DataKey, words: Words) -> Parameters:
    """Write words sealed, with their salt."""
    body = msgspec.json.encode({"text": words.text, "salt": words.salt.hex()})
    return {"number": words.case, "slot": words.slot, "body": key.seal(body, f"words/{words.slot}")}


def _settings(batch: Batch, person: PersonId, key: DataKey | None, effects: Effects) -> None:
    if key is not None and effects.dialog is not None:
        if isinstance(effects.dialog, Idle):
            batch.add("dialog_end", {"person": person})
        else:
            batch.add("dialog_put", {"person": person, "state": key.seal(msgspec.json.encode(effects.dialog), "dialog")})
    if effects.language is not None or effects.township is not None:
        batch.add("person_settings", {"id": person, "language": effects.language, "township": effects.township})
    if effects.invitation_asked is not None:
        batch.add("invitation_ask", {"digest": effects.invitation_asked, "person": person})
    if effects.forget_anchor is not None:
        batch.add("anchor_drop", {"person": person, "anchor": effects.forget_anchor})


def _finish(batch: Batch, taken: Taken, aside: str | None, now: datetime) -> None:
    if aside is None:
        batch.add("inbox_done", {"seq": taken.seq, "now": stamp(now)})
    else:
        batch.add("inbox_aside", {"seq": taken.seq, "now": stamp(now), "reason": aside})


def _plans(batch: Batch, effects: Effects) -> None:
    for prefix in effects.cancelled:
        batch.add("due_cancel", {"first": prefix, "last": prefix + AFTER_PREFIX})
    for due in effects.planned:
        batch.add("due_put", {"key": due.key, "at": stamp(due.at), "task": msgspec.json.encode(due.task).decode()})


def _staff(batch: Batch, effects: Effects, now: datetime) -> None:
    for invitation in effects.invited:
        batch.add(
            "invitation_put",
            {
                "digest": invitation.digest,
                "role": invitation.role,
                "unit": invitation.unit,
                "township": invitation.township,
                "expires_at": stamp(invitation.expires_at),
            },
        )
    if effects.invitation_used is not None:
        batch.add("invitation_use", {"digest": effects.invitation_used, "now": stamp(now)})
    for staff in effects.joined:
        batch.add(
            "staff_end_same", {"person": staff.person, "role": staff.role, "unit": staff.unit or "", "now": stamp(now)}
        )
        batch.add(
            "staff_put",
            {
                "id": staff.id,
                "person": staff.person,
                "role": staff.role,
                "unit": staff.unit,
                "township": staff.township,
                "joined_at": stamp(now),
            },
        )


async def _send(session: Session, keyring: Keyring, batch: Batch, send: Send, proof: str, now: datetime) -> None:
    message = send.message
    if isinstance(message, Receipt) and message.proof == PROOF_HOLE:
        message = msgspec.structs.replace(message, proof=proof)
    key = await keyring.of_person(session, send.to)
    batch.add(
        "outbox_put",
        {
            "person": send.to,
            "priority": int(send.priority),
            "body": key.seal(msgspec.json.encode(message), "outbox"),
            "anchor": send.anchor,
            "replaces": send.replaces,
            "tells": msgspec.json.encode(send.tells).decode() if send.tells else None,
            "created_at": stamp(now),
            "ready_at": AT_ONCE,
        },
    )
