"""Whoever looks over everybody's shoulder: at every letter, when it came, what it names, and who read it.

The rules it holds letters to are written here once more, from the plan, and from nothing else of the program.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Final, get_args

from bot.errors import NotFound
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.effect import Priority
from bot.rules.identity import CaseNumber, PersonId
from bot.rules.life import fold, is_of_life
from bot.rules.message import (
    AdminMessage,
    CasesHandedOn,
    DigestPage,
    Message,
    OfficialMessage,
    ReminderNotice,
    RemindersSeen,
    ReopenNotice,
    ResidentMessage,
    TaskNotice,
)
from bot.rules.staff import Staff
from tests.simulation.town import Read, Town

QUIET_FROM, QUIET_UNTIL = time(22), time(8)
"""The sample county's: residents are written to at no other time than between these."""

RUNNING: Final = frozenset({State.TRIAGE, State.ASSIGNED, State.ACCEPTED})
"""States in which somebody is reminded of a case."""

ROUND_THE_CLOCK: Final = frozenset({"emergency", "utility"})
"""The sample county's classes of which people are told day and night."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A line of a reminder that somebody was sent.

    Attributes:
        staff: everybody who worked here then.
        is_lost: it could not be delivered.
    """

    at: datetime
    person: PersonId
    stage: str
    limit_at: datetime
    is_late: bool
    staff: tuple[Staff, ...]
    is_lost: bool


@dataclass
class Witness:
    """What was seen, and what was wrong with it.

    Attributes:
        wrongs: one line each, the kind of it first.
        tellings: of each case, in order.
        nightly: letters outside the hours that were in order, by why.
    """

    town: Town
    wrongs: list[str] = field(default_factory=list)
    tellings: dict[CaseNumber, list[Telling]] = field(default_factory=lambda: defaultdict(list))
    nightly: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    _once: set[tuple[CaseNumber, str, datetime, PersonId]] = field(default_factory=set)

    async def sees(self, read: Read) -> None:
        """Look at a letter."""
        message = read.letter.message
        if isinstance(message, ReminderNotice):
            for line in message.lines:
                telling = Telling(
                    read.at, read.letter.person, line.stage, line.limit_at, line.is_late, read.staff, read.is_lost
                )
                self.tellings[line.case].append(telling)
        if read.is_lost:
            return
        self.kinds[type(message).__name__] += 1
        cases = {number: await self._case(number) for number in named(message)}
        self._hours(read, [case for case in cases.values() if case is not None])
        for number, case in cases.items():
            await self._right(read, number, case)
        if isinstance(message, ReminderNotice):
            self._reminder(read, message, cases)

    def _wrong(self, kind: str, read: Read, more: object = "") -> None:
        local = read.at.astimezone(self.town.calendar.zone)
        self.wrongs.append(f"{kind}: {local:%m-%d %a %H:%M:%S} to {read.chat} {type(read.letter.message).__name__} {more}")

    async def _case(self, number: CaseNumber) -> Case | None:
        try:
            return await self.town.store.read.case(number)
        except NotFound:
            return None

    def _hours(self, read: Read, cases: list[Case]) -> None:
        """Answers to a person's own act at any time, alarms of classes that run day and night, all else in the hours."""
        is_official = any(each.person == read.letter.person for each in read.staff)
        priority = read.letter.priority
        clock = read.at.astimezone(self.town.calendar.zone).time()
        is_quiet = clock >= QUIET_FROM or clock < QUIET_UNTIL
        is_shut = not self.town.calendar.is_open(read.at)
        if priority == Priority.ANSWER:
            if not read.is_answer:
                self._wrong("no answer", read, "was sent as one")
            return
        if priority == Priority.ALARM:
            slow = [case.number for case in cases if case.deadline_class not in ROUND_THE_CLOCK]
            if slow and is_shut:
                self._wrong("alarm", read, f"about {slow}")
            self.nightly["round the clock"] += is_quiet
            return
        if isinstance(read.letter.message, DigestPage):
            return  # at the county's own moment
        for_office = is_official and isinstance(read.letter.message, get_args(OfficialMessage) + get_args(AdminMessage))
        if (is_shut if for_office else is_quiet) and not read.is_awake:
            self._wrong("hours", read)
        self.nightly["to somebody who had just written"] += is_quiet

    async def _right(self, read: Read, number: CaseNumber, case: Case | None) -> None:
        message, person = read.letter.message, read.letter.person
        if case is None:
            self._wrong("right", read, f"{number} is no case")
        elif isinstance(message, get_args(OfficialMessage) + get_args(AdminMessage)):
            roles = [each for each in read.staff if each.person == person]
            if not any(_sees(each, case, message) for each in roles) and not await self._saw(read, number, roles):
                held = [(each.role.value, each.unit) for each in roles]
                self._wrong("right", read, f"{number} of {case.unit} in {case.state}, reader {held}")
        elif isinstance(message, get_args(ResidentMessage)):
            voices = [voice for _, voice in await self.town.store.read.voices_of(number)]
            if person not in voices:
                self._wrong("right", read, f"{number} is not theirs")

    async def _saw(self, read: Read, number: CaseNumber, roles: Sequence[Staff]) -> bool:
        """Say whether they could see the case as it was before this second: the letter may answer what they did in it."""
        entries = await self.town.store.read.entries_of(number)
        before = fold(entry for entry in entries if entry.at < read.at and is_of_life(entry))
        return before is not None and any(_sees(each, before, read.letter.message) for each in roles)

    def _reminder(self, read: Read, message: ReminderNotice, cases: dict[CaseNumber, Case | None]) -> None:
        for line in message.lines:
            case = cases[line.case]
            if case is not None and case.state not in RUNNING:
                self._wrong("needless", read, f"{line.case} {line.stage} is {case.state}")
            key = (line.case, line.stage, line.limit_at, read.letter.person)
            if key in self._once:
                self._wrong("twice", read, f"{line.case} {line.stage}")
            self._once.add(key)


def _sees(role: Staff, case: Case, message: Message) -> bool:
    """Say whether somebody who holds a role may read this of a case (design.md section 9)."""
    match role.role:
        case Role.SUPERVISOR:
            return True
        case Role.OFFICER | Role.LEAD:
            return role.unit == case.unit or role.unit in case.joint
        case Role.ADMIN:
            is_wordless = isinstance(message, ReminderNotice | RemindersSeen | ReopenNotice | CasesHandedOn)
            is_told = is_wordless or (isinstance(message, TaskNotice) and not message.words)
            return case.state is State.TRIAGE or is_told
        case _:
            return False


def named(message: Message) -> set[CaseNumber]:
    """Return the numbers of the cases that a message names."""
    return set(_named(message))


def _named(value: object) -> Iterator[CaseNumber]:
    number = getattr(value, "case", None)
    if isinstance(number, str):
        yield CaseNumber(number)
    for name in ("lines", "cases", "line"):
        inner = getattr(value, name, None)
        for each in inner if isinstance(inner, tuple) else (inner,):
            if each is not None:
                yield from _named(each)
