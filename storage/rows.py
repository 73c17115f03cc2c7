"""Between rows and values: how each thing is written into columns and read back, in one place.

Instants are microseconds since 1970 UTC; ids and enumerations are their text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple, TypeAlias

import msgspec

from bot.rules.case import Case, ExtensionWish, Rating, Round, State
from bot.rules.chain import LedgerRow
from bot.rules.county import Kind, Role, Urgency
from bot.rules.entry import Channel, Closing, FollowedUp, Solved, Source
from bot.rules.identity import CaseNumber, CategoryId, ClassId, Language, PersonId, StaffId, TownshipId, UnitId
from bot.rules.past import PastCase, PastRound
from bot.rules.staff import Staff
from storage.engine import Parameters, Row, Value, typed

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)


def stamp(at: datetime) -> int:
    """Write an aware instant as microseconds."""
    return (at - EPOCH) // MICROSECOND


def stamp_or_none(at: datetime | None) -> int | None:
    """Write an instant that may be absent."""
    return None if at is None else stamp(at)


def moment(value: int) -> datetime:
    """Read microseconds as an aware UTC instant."""
    return EPOCH + value * MICROSECOND


def moment_or_none(value: int | None) -> datetime | None:
    """Read an instant that may be absent."""
    return None if value is None else moment(value)


@dataclass(frozen=True, slots=True)
class ReminderRecord:
    """A reminder that was decided; `was_told` is None until delivery knows."""

    at: datetime
    role: Role
    staff: StaffId | None
    stage: str
    round: int
    was_told: bool | None


def ledger_parameters(row: LedgerRow) -> Parameters:
    """Write a ledger row."""
    return {
        "seq": row.seq,
        "at": row.at,
        "kind": row.kind,
        "version": row.version,
        "case_number": row.case_number,
        "actor": row.actor,
        "facts": row.facts,
        "salts": row.salts,
        "entry_hash": row.entry_hash,
        "chain_hash": row.chain_hash,
    }


def case_parameters(case: Case) -> dict[str, Value]:
    """Write a case's own columns."""
    filed_at = stamp(case.filed_at)
    return {
        "number": case.number,
        "version": case.version,
        "state": case.state,
        "kind": case.kind,
        "category": case.category,
        "township": case.township,
        "unit": case.unit,
        "channel": case.channel,
        "urgency": case.urgency,
        "deadline_class": case.deadline_class,
        "confidential": int(case.is_confidential),
        "filed_at": filed_at,
        "officer": case.officer,
        "round": case.now.number,
        "due_at": stamp_or_none(case.now.due_at),
        "voices": case.voices,
        "left_voices": msgspec.json.encode(case.left).decode() if case.left else None,
        "joint": msgspec.json.encode(case.joint).decode() if case.joint else None,
        "transfers": case.transfers,
        "final": int(case.is_final),
        "urgings": case.urgings,
        "urged_at": stamp_or_none(case.urged_at),
        "person_asked_at": stamp_or_none(case.person_asked_at),
        "about": case.about,
        "since_at": filed_at if case.since is None else stamp(case.since),
    }


def round_parameters(number: CaseNumber, attempt: Round) -> Parameters:
    """Write one attempt at a case."""
    opened_at = stamp(attempt.opened_at)
    return {
        "number": number,
        "round": attempt.number,
        "opened_at": opened_at,
        "rule": attempt.rule,
        "accept_due_at": stamp_or_none(attempt.accept_due_at),
        "due_at": stamp_or_none(attempt.due_at),
        "accepted_at": stamp_or_none(attempt.accepted_at),
        "resolved_at": stamp_or_none(attempt.resolved_at),
        "closed_at": stamp_or_none(attempt.closed_at),
        "how": attempt.how,
        "unit": attempt.unit,
        "pauses": attempt.pauses,
        "waiting_since": stamp_or_none(attempt.waiting_since),
        "waiting_until": stamp_or_none(attempt.waiting_until),
        "extensions": attempt.extensions,
        "wish_by": attempt.wish.by if attempt.wish else None,
        "wish_due_at": stamp_or_none(attempt.wish.due_at) if attempt.wish else None,
        "called_back": attempt.called_back,
        "since_at": opened_at if attempt.since is None else stamp(attempt.since),
        "left_voices": attempt.left,
    }


def past_case_parameters(number: CaseNumber, past: PastCase) -> Parameters:
    """Write what a case no longer is."""
    return {
        "number": number,
        "since_at": stamp(past.since),
        "until_at": stamp(past.until),
        "unit": past.unit,
        "category": past.category,
        "deadline_class": past.deadline_class,
    }


def past_round_parameters(number: CaseNumber, past: PastRound) -> Parameters:
    """Write what an attempt no longer is."""
    return {
        "number": number,
        "round": past.round,
        "since_at": stamp(past.since),
        "until_at": stamp(past.until),
        "opened_at": stamp(past.opened_at),
        "unit": past.unit,
        "accept_due_at": stamp_or_none(past.accept_due_at),
        "due_at": stamp_or_none(past.due_at),
        "accepted_at": stamp_or_none(past.accepted_at),
    }


def rating_parameters(number: CaseNumber, round_number: int, rating: Rating) -> Parameters:
    """Write one voice's answer."""
    return {
        "number": number,
        "round": round_number,
        "voice": rating.voice,
        "solved": rating.solved,
        "score": rating.score,
        "at": stamp(rating.at),
        "source": rating.source,
    }


def follow_up_parameters(number: CaseNumber, fact: FollowedUp, at: datetime) -> Parameters:
    """Write what a voice said months after an attempt was closed."""
    return {
        "number": number,
        "round": fact.round,
        "stage": fact.stage,
        "voice": fact.voice,
        "solved": fact.solved,
        "at": stamp(at),
    }


class CaseColumns(NamedTuple):
    """The columns of `case_many`."""

    number: CaseNumber
    version: int
    state: State
    kind: Kind
    category: CategoryId
    township: TownshipId | None
    unit: UnitId
    channel: Channel
    urgency: Urgency
    deadline_class: ClassId | None
    confidential: int
    filed_at: int
    officer: StaffId | None
    voices: int
    left_voices: str | None
    joint: str | None
    transfers: int
    final: int
    urgings: int
    urged_at: int | None
    person_asked_at: int | None
    about: UnitId | None
    since_at: int


class RoundColumns(NamedTuple):
    """The columns of `round_many`."""

    number: CaseNumber
    round: int
    opened_at: int
    rule: str | None
    accept_due_at: int | None
    due_at: int | None
    accepted_at: int | None
    resolved_at: int | None
    closed_at: int | None
    how: Closing | None
    unit: UnitId
    pauses: int
    waiting_since: int | None
    waiting_until: int | None
    extensions: int
    wish_by: StaffId | None
    wish_due_at: int | None
    called_back: Solved | None
    since_at: int
    left_voices: int


class RatingColumns(NamedTuple):
    """The columns of `rating_many`."""

    number: CaseNumber
    round: int
    voice: int
    solved: Solved
    score: int | None
    at: int
    source: Source


class ReminderColumns(NamedTuple):
    """The columns of `reminder_many`; `staff` is empty where nobody was there to be told."""

    number: CaseNumber
    at: int
    role: Role
    staff: StaffId
    stage: str
    round: int
    told: int | None


Rounds: TypeAlias = "Mapping[CaseNumber, tuple[Round, ...]]"
Ratings: TypeAlias = "Mapping[tuple[CaseNumber, int], tuple[Rating, ...]]"


def read_ratings(rows: Sequence[Row]) -> Ratings:
    """Read answers, by case and round; of one voice the last."""
    found: dict[tuple[CaseNumber, int], tuple[Rating, ...]] = defaultdict(tuple)
    for columns in typed(rows, RatingColumns):
        rating = Rating(columns.voice, columns.solved, columns.score, moment(columns.at), columns.source)
        others = tuple(each for each in found[columns.number, columns.round] if each.voice != rating.voice)
        found[columns.number, columns.round] = (*others, rating)
    return found


def read_rounds(rows: Sequence[Row], ratings: Ratings) -> Rounds:
    """Read attempts with their answers, by case."""
    found: dict[CaseNumber, tuple[Round, ...]] = defaultdict(tuple)
    for columns in typed(rows, RoundColumns):
        found[columns.number] += (
            Round(
                number=columns.round,
                opened_at=moment(columns.opened_at),
                unit=columns.unit,
                rule=columns.rule,
                accept_due_at=moment_or_none(columns.accept_due_at),
                due_at=moment_or_none(columns.due_at),
                accepted_at=moment_or_none(columns.accepted_at),
                resolved_at=moment_or_none(columns.resolved_at),
                closed_at=moment_or_none(columns.closed_at),
                how=columns.how,
                ratings=ratings.get((columns.number, columns.round), ()),
                pauses=columns.pauses,
                waiting_since=moment_or_none(columns.waiting_since),
                waiting_until=moment_or_none(columns.waiting_until),
                extensions=columns.extensions,
                wish=_wish(columns),
                called_back=columns.called_back,
                since=_since(columns.since_at, columns.opened_at),
                left=columns.left_voices,
            ),
        )
    return found


def _since(since_at: int, begun_at: int) -> datetime | None:
    return None if since_at == begun_at else moment(since_at)


def _wish(columns: RoundColumns) -> ExtensionWish | None:
    if columns.wish_by is None or columns.wish_due_at is None:
        return None
    return ExtensionWish(columns.wish_by, moment(columns.wish_due_at))


def read_cases(rows: Sequence[Row], rounds: Rounds) -> Mapping[str, Case]:
    """Read cases with their attempts, by number."""
    return {columns.number: _case(columns, rounds[columns.number]) for columns in typed(rows, CaseColumns)}


def _case(columns: CaseColumns, rounds: tuple[Round, ...]) -> Case:
    return Case(
        number=columns.number,
        version=columns.version,
        state=columns.state,
        kind=columns.kind,
        category=columns.category,
        township=columns.township,
        unit=columns.unit,
        channel=columns.channel,
        urgency=columns.urgency,
        deadline_class=columns.deadline_class,
        is_confidential=bool(columns.confidential),
        filed_at=moment(columns.filed_at),
        officer=columns.officer,
        rounds=rounds,
        voices=columns.voices,
        left=msgspec.json.decode(columns.left_voices, type=tuple[int, ...]) if columns.left_voices else (),
        joint=msgspec.json.decode(columns.joint, type=tuple[UnitId, ...]) if columns.joint else (),
        transfers=columns.transfers,
        is_final=bool(columns.final),
        urgings=columns.urgings,
        urged_at=moment_or_none(columns.urged_at),
        person_asked_at=moment_or_none(columns.person_asked_at),
        about=columns.about,
        since=_since(columns.since_at, columns.filed_at),
    )


def read_reminders(rows: Sequence[Row]) -> Mapping[CaseNumber, tuple[ReminderRecord, ...]]:
    """Read reminders, by case."""
    found: dict[CaseNumber, tuple[ReminderRecord, ...]] = defaultdict(tuple)
    for columns in typed(rows, ReminderColumns):
        found[columns.number] += (
            ReminderRecord(
                at=moment(columns.at),
                role=columns.role,
                staff=columns.staff or None,
                stage=columns.stage,
                round=columns.round,
                was_told=None if columns.told is None else bool(columns.told),
            ),
        )
    return found


def read_ledger_row(row: Row) -> LedgerRow:
    """Read a line of the ledger as it stands; whether it holds is the chain's to say."""
    seq, at, kind, version, case_number, actor, facts, salts, entry_hash, chain_hash = row
    return LedgerRow(seq, at, kind, version, case_number, actor, facts, salts, entry_hash, chain_hash)  # type: ignore[arg-type]  # checked by chain.follow


def read_roles(rows: Sequence[Row]) -> Mapping[PersonId, tuple[Staff, ...]]:
    """Read what people hold, by person, in the order in which they took it."""
    found: dict[PersonId, tuple[Staff, ...]] = defaultdict(tuple)
    held = typed(rows, tuple[PersonId, StaffId, Role, UnitId | None, TownshipId | None, Language | None])
    for person, staff, role, unit, township, language in held:
        found[person] += (Staff(staff, person, role, unit, township, is_reachable=True, language=language),)
    return found
