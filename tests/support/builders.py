"""Things to decide about, as small as they may be: the sample county, a case in any state, officials, a desk.

A case made here is always folded from entries, as every case is, so no test speaks of one that could not be. Times are in
office hours of Tuesday, 24 November 2026, in the sample county, unless a test says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from bot.actions.matter import Matter
from bot.county import read_county, sample_county_path
from bot.ports import Sender
from bot.rules.calendar import Calendar
from bot.rules.case import Case, State
from bot.rules.county import County, Kind, Role, Urgency
from bot.rules.dialog import Dialog, Drafting, Idle
from bot.rules.entry import (
    RESIDENT,
    Accepted,
    Asked,
    CallbackDrawn,
    CaseFact,
    Channel,
    Closed,
    Closing,
    Counted,
    Entry,
    ExtensionAsked,
    Filed,
    Invited,
    Merged,
    Rated,
    Refused,
    Reopened,
    ReopenReason,
    Resolved,
    SeedPublished,
    Solved,
    Transferred,
    VoiceCounted,
    WeekCounted,
    WeekCountedAtFirst,
    WeekFact,
    Withdrawn,
)
from bot.rules.identity import (
    CaseNumber,
    CategoryId,
    ClassId,
    Language,
    PersonId,
    StaffId,
    TownshipId,
    UnitId,
)
from bot.rules.life import fold
from bot.rules.staff import Staff
from tests.support.hours import wall

ZH, UG, SJO = Language("zh_Hans_CN"), Language("ug"), Language("sjo")
LANGUAGES: Final = (ZH, UG, SJO)

ROADS, CONDUCT, HEATING = CategoryId("roads"), CategoryId("conduct"), CategoryId("heat_water_power")
TRANSPORT, WATER, LETTERS, SUPERVISION = UnitId("transport"), UnitId("water"), UnitId("letters"), UnitId("supervision")
QIONGBOLA, QAPQAL_TOWN = TownshipId("qiongbola"), TownshipId("qapqal")
COMPLAINT: Final = ClassId("complaint")

NUMBER: Final = CaseNumber("CB-2026-000123")
FILED_AT: Final = wall("2026-11-24 11:15")
ACCEPT_DUE_AT: Final = wall("2026-11-24 13:15")
DUE_AT: Final = wall("2026-12-03 11:15")
NOW: Final = wall("2026-11-24 12:00")
"""When tests decide something about a case, unless they say otherwise."""

RESIDENT_PERSON: Final = PersonId("p-resident")
NEIGHBOUR: Final = PersonId("p-neighbour")
WORDS: Final = "村口的路灯坏了"
COMMITMENT: Final = "ab" * 32


@cache
def county() -> County:
    """Return the sample county."""
    return read_county(sample_county_path())


@cache
def calendar() -> Calendar:
    """Return the sample county's calendar."""
    return Calendar.of(county().hours)


def staff(role: Role, unit: UnitId | None = TRANSPORT, name: str | None = None, *, is_reachable: bool = True) -> Staff:
    """Make an official; the name makes their ids, and is the role where none is given."""
    called = name or role.value
    return Staff(StaffId(f"s-{called}"), PersonId(f"p-{called}"), role, unit, None, is_reachable)


OFFICER: Final = staff(Role.OFFICER)
LEAD: Final = staff(Role.LEAD)
SUPERVISOR: Final = staff(Role.SUPERVISOR, SUPERVISION)
ADMIN: Final = staff(Role.ADMIN, None)
EVERYBODY: Final = (ADMIN, SUPERVISOR, LEAD, OFFICER)
"""One of each, the nearest to a case last: no order of theirs decides anything."""

FILED: Final = Filed(
    kind=Kind.COMPLAINT,
    category=ROADS,
    township=QAPQAL_TOWN,
    unit=TRANSPORT,
    channel=Channel.BOT,
    urgency=Urgency.NORMAL,
    deadline_class=COMPLAINT,
    rule="accept 2h, handle 7d",
    accept_due_at=ACCEPT_DUE_AT,
    due_at=DUE_AT,
    is_confidential=False,
    words=COMMITMENT,
)
ACCEPTED: Final = Accepted(unit=TRANSPORT)
RESOLVED: Final = Resolved(unit=TRANSPORT, answer=COMMITMENT)
TRANSFERRED: Final = Transferred(unit=TRANSPORT, reason=COMMITMENT)
INVITED: Final = Invited(
    role=Role.LEAD, unit=TRANSPORT, township=None, language=None, link="0" * 32, expires_at=NOW + timedelta(hours=48)
)
ASKED: Final = Asked(question=COMMITMENT, until=DUE_AT, due_at=DUE_AT + timedelta(days=5))
REFUSED: Final = Refused(law="信访工作条例 22", reason=COMMITMENT)
MERGED: Final = Merged(into=CaseNumber("CB-2026-000007"))


def rated(solved: Solved, score: int | None = None, *, attempt: int = 1, voice: int = 1) -> Rated:
    """Make an answer of a voice."""
    return Rated(round=attempt, voice=voice, solved=solved, score=score)


def closed(how: Closing = Closing.RATED, *, attempt: int = 1) -> Closed:
    """Make the end of an attempt."""
    return Closed(round=attempt, how=how)


def reopened(*, attempt: int = 2, reason: ReopenReason = ReopenReason.RATED_NO) -> Reopened:
    """Make the beginning of one more attempt, with the limits of the first a week on."""
    week = timedelta(days=7)
    return Reopened(
        round=attempt,
        reason=reason,
        rule=FILED.rule,
        accept_due_at=ACCEPT_DUE_AT + week,
        due_at=DUE_AT + week,
    )


def entry(fact: CaseFact, at: datetime = NOW, actor: str | None = None, number: CaseNumber = NUMBER) -> Entry:
    """Make an entry; what a unit does is done by the officer, everything else by the resident."""
    by = OFFICER.id if isinstance(fact, Accepted | Resolved | Transferred | Asked | ExtensionAsked) else RESIDENT
    return Entry(at=at, actor=actor or by, case=number, fact=fact)


def entries(*facts: CaseFact) -> tuple[Entry, ...]:
    """Make the entries of one case, from its filing on, a minute apart."""
    return tuple(entry(fact, FILED_AT + timedelta(minutes=minute)) for minute, fact in enumerate(facts))


def case_of(*facts: CaseFact) -> Case:
    """Make a case of what happened to it."""
    case = fold(entries(*facts))
    assert case is not None
    return case


TO: Final[Mapping[State, tuple[CaseFact, ...]]] = {
    State.TRIAGE: (FILED, TRANSFERRED),
    State.ASSIGNED: (FILED,),
    State.ACCEPTED: (FILED, ACCEPTED),
    State.WAITING: (FILED, ACCEPTED, ASKED),
    State.RESOLVED: (FILED, ACCEPTED, RESOLVED),
    State.CLOSED: (FILED, ACCEPTED, RESOLVED, rated(Solved.YES), closed()),
    State.WITHDRAWN: (FILED, Withdrawn()),
    State.REFUSED: (FILED, REFUSED),
    State.MERGED: (FILED, MERGED),
}
"""What has to happen before a case is in a state."""


def case_in(state: State) -> Case:
    """Make a case in a state."""
    return case_of(*TO[state])


def again_in(state: State) -> Case:
    """Make a case that was reopened once, in a state of its second attempt."""
    second = {
        State.ASSIGNED: (),
        State.ACCEPTED: (ACCEPTED,),
        State.RESOLVED: (ACCEPTED, RESOLVED),
        State.CLOSED: (ACCEPTED, RESOLVED, rated(Solved.YES, attempt=2), closed(attempt=2)),
    }
    return case_of(*TO[State.RESOLVED], rated(Solved.NO), reopened(), *second[state])


def draft(category: CategoryId = ROADS, kind: Kind = Kind.COMPLAINT, township: TownshipId | None = QAPQAL_TOWN) -> Drafting:
    """Make a draft about a street lamp."""
    return Drafting(words=WORDS, kind=kind, category=category, township=township, urgency=Urgency.NORMAL, is_guessed=True)


def matter(case: Case, *roles: Staff, pressed: int | None = None, everybody: tuple[Staff, ...] = EVERYBODY) -> Matter:
    """Put a case in front of whoever holds these roles; two residents stand behind it."""
    return Matter(case, roles, WORDS, (RESIDENT_PERSON, NEIGHBOUR), everybody, pressed)


def sender(person: PersonId = RESIDENT_PERSON, *roles: Staff, dialog: Dialog | None = None) -> Sender:
    """Make someone who wrote, known and speaking Chinese."""
    return Sender(person, is_new=False, language=ZH, township=None, dialog=dialog or Idle(), roles=roles)


def week_facts(attempt: int) -> dict[str, WeekFact]:
    """Make one entry of each kind that a week's end makes, by the name of its class."""
    ends_at = NOW + timedelta(days=7)
    return {
        "Counted": Counted(
            round=attempt,
            week="2026-W48",
            begins_at=NOW,
            ends_at=ends_at,
            unit=TRANSPORT,
            category=CategoryId("roads"),
            deadline_class=None,
            is_confidential=False,
            received=True,
            accepted_in_time=None,
            in_time=None,
            handled=None,
            answered=None,
            solved=None,
            reopened=None,
        ),
        "VoiceCounted": VoiceCounted(round=attempt, week="2026-W48", unit=TRANSPORT, is_confidential=False, satisfied=None),
        "WeekCounted": WeekCounted(week="2026-W48", begins_at=NOW, ends_at=ends_at, attempts=1, voices=1),
        "WeekCountedAtFirst": WeekCountedAtFirst(week="2026-W48", begins_at=NOW, ends_at=ends_at, attempts=1, voices=1),
        "CallbackDrawn": CallbackDrawn(round=attempt, counted="0" * 64),
        "SeedPublished": SeedPublished(since=1, until=2, seed="0" * 64),
    }
