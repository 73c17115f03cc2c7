"""Residents' meetings as rows: who came, what was raised and seconded, and that it is forgotten when a meeting is over.

A matter's words lie sealed under the key of whoever raised it, so that they go with that person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, assert_never

from bot.errors import KeyLost, NotFound
from bot.rules.county import Kind, Urgency
from bot.rules.effect import Effects
from bot.rules.identity import CaseNumber, CategoryId, MeetingId, PersonId, StaffId, TownshipId, UnitId
from bot.rules.meeting import Attended, Ended, Meeting, Opened, Raised, RaisedMatter, Seconded, Settled, Standing
from storage.batch import Batch
from storage.engine import Parameters, Row, Session, typed
from storage.keyring import Keyring
from storage.rows import moment, moment_or_none, stamp

FORGETTING = ("meeting_people_forget", "meeting_seconds_forget", "meeting_matters_forget")


async def put_meetings(session: Session, keyring: Keyring, batch: Batch, effects: Effects) -> None:
    """Write down what changes in meetings."""
    for change in effects.meetings:
        match change:
            case Opened(meeting=meeting):
                batch.add("meeting_put", _meeting_parameters(meeting))
            case Attended(meeting=id_, person=person):
                batch.add("meeting_attend", {"meeting": id_, "person": person})
            case Raised():
                batch.add("matter_put", await _raised_parameters(session, keyring, change))
            case Seconded(meeting=id_, number=number, person=person, is_behind=is_behind):
                of: Parameters = {"meeting": id_, "number": number, "person": person}
                batch.add("matter_second" if is_behind else "matter_unsecond", of)
            case Settled(meeting=id_, number=number, standing=standing, case=case):
                settled: Parameters = {"meeting": id_, "number": number, "standing": standing.value, "case_number": case}
                batch.add("matter_settle", settled)
            case Ended(meeting=id_, at=at, people=people):
                batch.add("meeting_end", {"id": id_, "at": stamp(at), "people": people})
                for statement in FORGETTING:
                    batch.add(statement, {"id": id_})
            case _:
                assert_never(change)


async def meeting_of(session: Session, id_: MeetingId) -> Meeting:
    """Return a meeting; raises NotFound."""
    rows = await session.rows("meeting_get", {"id": id_})
    if not rows:
        raise NotFound
    return read_meetings(rows)[0]


async def matters_of(session: Session, keyring: Keyring, id_: MeetingId) -> tuple[RaisedMatter, ...]:
    """Return what was raised in a meeting, in that order; what nobody can open any more is not there."""
    behind: dict[int, list[PersonId]] = {}
    for number, person in typed(await session.rows("seconds_of", {"id": id_}), tuple[int, PersonId]):
        behind.setdefault(number, []).append(person)
    rows = typed(await session.rows("matters_of", {"id": id_}), MatterColumns)
    matters = (_matter(row, id_, keyring, behind) for row in rows)
    return tuple(each for each in matters if each is not None)


async def people_of(session: Session, id_: MeetingId) -> tuple[PersonId, ...]:
    """Return who has joined a meeting."""
    rows = await session.rows("meeting_people_of", {"id": id_})
    return tuple(person for (person,) in typed(rows, tuple[PersonId]))


async def raised_by(session: Session, keyring: Keyring, person: PersonId) -> tuple[str, ...]:
    """Open what somebody raised in meetings that are not over."""
    rows = await session.rows("raised_by", {"person": person})
    if not rows:
        return ()
    key = await keyring.of_person(session, person)
    return tuple(key.open(words, f"meeting/{id_}").decode() for id_, words in typed(rows, tuple[str, bytes]))


class MeetingColumns(NamedTuple):
    """The columns of `meeting_get`."""

    id: MeetingId
    title: str
    opener: StaffId
    unit: UnitId | None
    township: TownshipId | None
    opened_at: int
    ends_at: int
    closed_at: int | None
    people: int


def read_meetings(rows: Sequence[Row]) -> tuple[Meeting, ...]:
    """Read rows as meetings."""
    return tuple(
        Meeting(
            id=columns.id,
            title=columns.title,
            opener=columns.opener,
            unit=columns.unit,
            township=columns.township,
            opened_at=moment(columns.opened_at),
            ends_at=moment(columns.ends_at),
            closed_at=moment_or_none(columns.closed_at),
            people=columns.people,
        )
        for columns in typed(rows, MeetingColumns)
    )


def _meeting_parameters(meeting: Meeting) -> Parameters:
    return {
        "id": meeting.id,
        "title": meeting.title,
        "opener": meeting.opener,
        "unit": meeting.unit,
        "township": meeting.township,
        "opened_at": stamp(meeting.opened_at),
        "ends_at": stamp(meeting.ends_at),
    }


async def _raised_parameters(session: Session, keyring: Keyring, change: Raised) -> Parameters:
    matter = change.matter
    if matter.raiser is None:
        raise AssertionError("a matter that is raised has somebody who raises it")
    key = await keyring.of_person(session, matter.raiser)
    return {
        "meeting": change.meeting,
        "number": matter.number,
        "person": matter.raiser,
        "words": key.seal(matter.words.encode(), f"meeting/{change.meeting}"),
        "kind": matter.kind.value,
        "category": matter.category,
        "urgency": matter.urgency.value,
    }


class MatterColumns(NamedTuple):
    """The columns of `matters_of`; words, their author and the key go when they are forgotten."""

    number: int
    raiser: PersonId | None
    words: bytes | None
    kind: Kind
    category: CategoryId
    urgency: Urgency
    standing: Standing
    case: CaseNumber | None
    master_version: int | None
    wrapped: bytes | None


def _matter(
    row: MatterColumns, id_: MeetingId, keyring: Keyring, behind: Mapping[int, list[PersonId]]
) -> RaisedMatter | None:
    if row.raiser is None or row.words is None or row.master_version is None or row.wrapped is None:
        return None
    try:
        key = keyring.of_row(row.raiser, row.master_version, row.wrapped)
        text = key.open(row.words, f"meeting/{id_}").decode()
    except KeyLost:
        return None
    return RaisedMatter(
        number=row.number,
        raiser=row.raiser,
        words=text,
        kind=row.kind,
        category=row.category,
        urgency=row.urgency,
        seconders=tuple(behind.get(row.number, ())),
        standing=row.standing,
        case=row.case,
    )
