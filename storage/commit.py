"""One commit makes it all true together: the effects of a batch, set by set, in one transaction.

Nothing here decides anything. What only the commit knows (a new case's number, the start of its entry hash) is filled into
the effects first; then each table is written once for the whole batch; the ledger's head is taken last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

import msgspec

from bot.errors import Conflict, LedgerBroken
from bot.ports import Decision, Randomness, Taken
from bot.rules.chain import GENESIS, LedgerRow, chain_hash, salts_needed, write
from bot.rules.county_file import DIGEST, FILE, digest_of
from bot.rules.due import Due
from bot.rules.effect import NOTHING, CaseChange, Effects, Words
from bot.rules.entry import Entry, FollowedUp, ReminderDecided, ReminderTold
from bot.rules.life import past_of
from bot.rules.message import PROOF_HOLE
from bot.rules.receipt import PROOF_BYTES
from storage.attached import Attaching
from storage.batch import MUST_CHANGE, ORDER, Batch
from storage.callers import put_callers
from storage.case_keys import CaseKeys
from storage.engine import Parameters, Session, blob
from storage.house_words import put_house
from storage.keyring import Keyring
from storage.letters import Occasion, put_letter
from storage.measures import put_proposals
from storage.meetings import put_meetings
from storage.numbering import draw_numbers, numbered
from storage.projects import put_projects
from storage.roll import bound, put_staff
from storage.rows import (
    case_parameters,
    follow_up_parameters,
    ledger_parameters,
    past_case_parameters,
    past_round_parameters,
    rating_parameters,
    round_parameters,
    stamp,
)
from storage.senders import put_sender, put_settings
from storage.sign_rows import put_signs
from storage.translating import put_memory, put_translations
from storage.tree import extend
from storage.vault import DataKey
from storage.visits import put_visit
from storage.words import sealed_text, words_at

AFTER_PREFIX: Final = "\uffff"


async def commit(
    session: Session, keyring: Keyring, randomness: Randomness, decisions: Sequence[Decision], now: datetime
) -> Batch:
    """Write the effects of all decisions; return what was written.

    Raises:
        Conflict: something that a decision rests on has changed; the caller must roll back.
    """
    batch = Batch()
    await draw_numbers(session, batch, decisions)
    for decision in decisions:
        await _collect(session, keyring, randomness, batch, decision, now)
    for statement in ORDER:
        if statement not in batch.rows:
            continue
        parameters = batch.rows.pop(statement)
        changed = await session.run(statement, parameters)
        if statement in MUST_CHANGE and changed != len(parameters):
            raise Conflict
    if batch.handled:
        done: Parameters = {"seqs": msgspec.json.encode(batch.handled).decode(), "now": stamp(now)}
        if await session.run("inbox_done", [done]) != len(batch.handled):
            raise Conflict
    if batch.rows:
        raise AssertionError(f"statements without a place in ORDER: {sorted(batch.rows)}")
    await append(session, batch.entries)
    return batch


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
        placed.append(msgspec.structs.replace(row, seq=seq, chain_hash=previous))
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
    return int(seq or 0), blob(previous)


def unplaced(entry: Entry, randomness: Randomness) -> LedgerRow:
    """Hash an entry before it has a place; the entry hash does not depend on one."""
    return write(entry, seq=0, salts=randomness.bytes(salts_needed(entry)), previous=GENESIS)


async def _collect(
    session: Session, keyring: Keyring, randomness: Randomness, batch: Batch, decision: Decision, now: datetime
) -> None:
    if decision.taken is not None and decision.aside is not None and decision.effects == NOTHING:
        _finish(batch, decision.taken, decision.aside, now)  # nothing else, not even the sender, who may be what fails
        return
    key = await put_sender(session, keyring, batch, decision, now)
    effects, salts = await bound(session, randomness, batch, numbered(batch, decision.effects))
    at = effects.entries[0].at if effects.entries else now  # when it was decided, as the ledger says, not when it is written
    proof = PROOF_HOLE
    for change in effects.cases:
        first = _case(batch, change, randomness)
        if change.before is None or change.joining:
            proof = first.entry_hash[:PROOF_BYTES].hex()
    keys = CaseKeys(session, keyring, batch)
    await _words(batch, keys, effects)
    files = Attaching(session, keyring, randomness, batch, keys, now)
    put_signs(batch, keyring, effects.signs)
    photos = await put_projects(session, keyring, batch, effects)
    for entry in (*effects.entries, *_beside(effects), *await files.put(effects), *photos):
        _entry(batch, entry, randomness)
    for person in effects.ended:
        batch.add("dialog_end", {"person": person})
    if decision.taken is not None:
        put_settings(batch, decision.taken.sender.person, key, effects)
        if effects.group_linked is not None:
            own = {"person": decision.taken.sender.person}
            batch.add("group_leave", own)
            batch.add("group_link", {"code": effects.group_linked, "now": stamp(at), **own})
        _finish(batch, decision.taken, decision.aside, now)
    if decision.due is not None:
        batch.add("due_done", {"key": decision.due.key})
    _plans(batch, effects)
    put_staff(batch, effects, salts, at)
    for seq in effects.retried:
        batch.add("inbox_again", {"seq": seq})
    for seq in effects.given_up:
        batch.add("inbox_drop", {"seq": seq, "now": stamp(now)})
    put_house(batch, keyring, effects)
    if effects.county is not None:
        batch.add("meta_put", {"name": FILE, "value": effects.county})
        batch.add("meta_put", {"name": DIGEST, "value": digest_of(effects.county)})
    put_callers(batch, keyring, effects, now)
    put_proposals(batch, effects)
    await put_meetings(session, keyring, batch, effects)
    put_translations(batch, effects)
    put_memory(keyring, batch, effects, keys.known, now)
    occasion = Occasion(now, proof, decision.taken, effects.language, effects.is_beside)
    for send in effects.sends:
        await put_letter(session, keyring, batch, send, occasion)


def _beside(effects: Effects) -> Iterator[Entry]:
    """Yield the entries of what is no case and changes by them: signs, and proposals from visits."""
    for change in effects.signs:
        yield from change.entries
    for proposed in effects.proposals:
        yield proposed.entry


def _case(batch: Batch, change: CaseChange, randomness: Randomness) -> LedgerRow:
    """Write a case as it is after its new entries; return the first of them."""
    case = change.after
    if change.before is None:
        batch.add("case_insert", case_parameters(case))
        if change.filer is not None:
            batch.add("voice_add", {"number": case.number, "voice": 1, "person": change.filer})
    else:
        batch.add("case_update", {**case_parameters(case), "before": change.before.version})
    for voice, person in enumerate(change.joining, start=(change.before.voices if change.before else 1) + 1):
        batch.add("voice_add", {"number": case.number, "voice": voice, "person": person})
    for voice in change.leaving:
        batch.add("voice_leave", {"number": case.number, "voice": voice})
    known = {} if change.before is None else {attempt.number: attempt for attempt in change.before.rounds}
    for attempt in case.rounds:
        if known.get(attempt.number) != attempt:
            batch.add("round_put", round_parameters(case.number, attempt))
            for rating in attempt.ratings:
                parameters = rating_parameters(case.number, attempt.number, rating)
                batch.add("rating_drop_later", parameters)
                batch.add("rating_put", parameters)
    past = past_of(change.before, case, change.entries)
    for was in past.cases:
        batch.add("case_before_put", past_case_parameters(case.number, was))
    for attempt_was in past.rounds:
        batch.add("round_before_put", past_round_parameters(case.number, attempt_was))
    rows = [_entry(batch, entry, randomness) for entry in change.entries]
    return rows[0]


def _entry(batch: Batch, entry: Entry, randomness: Randomness) -> LedgerRow:
    row = unplaced(entry, randomness)
    batch.entries.append(row)
    project_reminder(batch, entry)
    put_visit(batch, entry)
    if entry.case is not None and isinstance(entry.fact, FollowedUp):
        batch.add("follow_up_put", follow_up_parameters(entry.case, entry.fact, entry.at))
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


async def _words(batch: Batch, keys: CaseKeys, effects: Effects) -> None:
    """Seal words under their case's key; a new case gets its key here."""
    new = {change.after.number for change in effects.cases if change.before is None}
    for words in effects.words:
        batch.add("words_put", sealed_words(await keys.of(words.case, is_new=words.case in new), words))


def sealed_words(key: DataKey, words: Words) -> Parameters:
    """Write words sealed, with their salt."""
    return {"number": words.case, "slot": words.slot, "body": sealed_text(key, words.text, words.salt, words_at(words.slot))}


def _finish(batch: Batch, taken: Taken, aside: str | None, now: datetime) -> None:
    if aside is None:
        batch.handled.append(taken.seq)
    else:
        batch.add("inbox_aside", {"seq": taken.seq, "now": stamp(now), "reason": aside})


def _plans(batch: Batch, effects: Effects) -> None:
    for prefix in effects.cancelled:
        batch.add("due_cancel", {"first": prefix, "last": prefix + AFTER_PREFIX})
    for due in effects.planned:
        batch.add("due_put", due_parameters(due))


def due_parameters(due: Due) -> Parameters:
    """Write a due thing as a row."""
    return {"key": due.key, "at": stamp(due.at), "task": msgspec.json.encode(due.task).decode()}
