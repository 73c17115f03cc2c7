"""A county as configuration: who answers for what, how fast, and at which hours. Frozen; a change means a new county.

Read from TOML by `bot.county`, which has checked every reference: a unit, township, category or class named here exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

from bot.rules.duty_plan import NO_DUTY, DutyPlan
from bot.rules.identity import CategoryId, ClassId, Language, ProjectId, TownshipId, UnitId
from bot.rules.length import Length, parse_length
from bot.rules.name import Name
from bot.rules.office import UNKNOWN, Office
from bot.rules.vocabulary import Vocabularies


class Kind(StrEnum):
    """What a resident wants of the county."""

    COMPLAINT = "complaint"
    REQUEST = "request"
    SUGGESTION = "suggestion"
    ENQUIRY = "enquiry"
    PRAISE = "praise"


class Urgency(StrEnum):
    """How long a matter can wait."""

    NORMAL = "normal"
    UTILITY = "utility"
    EMERGENCY = "emergency"


class Role(StrEnum):
    """What an official is there for (design.md section 2)."""

    OFFICER = "officer"
    LEAD = "lead"
    SUPERVISOR = "supervisor"
    OPERATOR = "operator"
    TRANSLATOR = "translator"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Period:
    """Office hours on one day, local time, from `opens` until just before `closes`; never across midnight."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Season:
    """Office hours from a day of the year (month, day) until the next season begins."""

    month: int
    day: int
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class RegionalHoliday:
    """A day off that the national list lacks; `is_estimated` where the year is not yet published."""

    on: date
    name: Name
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """When the county works and when it leaves people in peace.

    Attributes:
        weekdays: working days of a plain week, Monday = 0.
        seasons: in order of the year, at least one.
        quiet: local times between which residents are not written to; may cross midnight.
        digest_weekday, digest_time: when the weekly digest goes out, local.
        country: ISO code for the national holiday list.
        holidays: regional days off.
        extra_workdays: regional make-up workdays.
    """

    zone: ZoneInfo
    weekdays: frozenset[int]
    seasons: tuple[Season, ...]
    quiet: Period
    digest_weekday: int
    digest_time: time
    country: str
    holidays: tuple[RegionalHoliday, ...]
    extra_workdays: frozenset[date]


@dataclass(frozen=True, slots=True)
class Township:
    """A town or township; `latitude` and `longitude` in degrees where the county gave them."""

    id: TownshipId
    name: Name
    code: str | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that answers for cases.

    Attributes:
        township: set when the unit is the government of one.
        is_fallback: takes what no rule routes; exactly one unit.
        is_supervising: takes escalations; at least one unit.
    """

    id: UnitId
    name: Name
    township: TownshipId | None
    is_fallback: bool
    is_supervising: bool


@dataclass(frozen=True, slots=True)
class DeadlineClass:
    """How fast a class of cases must be signed for and resolved.

    Attributes:
        runs_round_the_clock: `min` and `h` count real time, not office hours.
        extensions: what may be granted, in order, one after the other.
    """

    id: ClassId
    name: Name = field(hash=False)
    accept: Length
    handle: Length
    runs_round_the_clock: bool
    extensions: tuple[Length, ...]


@dataclass(frozen=True, slots=True)
class Escalation:
    """Whom to tell, `after` a limit has passed."""

    after: Length
    to: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """When officials are told; `before` counts back from the deadline, `morning` lists it as offices open."""

    before: tuple[Length, ...]
    repeat_unseen: Length
    overdue: tuple[Escalation, ...]
    unaccepted: tuple[Escalation, ...]
    morning: bool = True


@dataclass(frozen=True, slots=True)
class RatingPlan:
    """How long residents are asked, and until when they may change their mind; all calendar days."""

    reminders: tuple[Length, ...]
    close_after: Length
    change_within: Length
    reopen_within: Length
    follow_up: tuple[Length, ...]


@dataclass(frozen=True, slots=True)
class PausePlan:
    """How often and how long waiting for the resident may stop the clock."""

    times: int
    longest: Length


@dataclass(frozen=True, slots=True)
class Limits:
    """How many updates of one person pass at once in a stretch of time; more than that waits."""

    updates: int
    per: timedelta


@dataclass(frozen=True, slots=True)
class PrivacyPlan:
    """How long words are kept, and below how many cases nothing is published or ranked."""

    retention: Length
    smallest_cell: int
    smallest_ranked: int


class Satisfaction(StrEnum):
    """Which of its two ways of counting satisfaction a county calls its own; the other stays visible beside it."""

    #: Scores of 4 and 5 among the scores that were given.
    AMONG_ANSWERS = "among_answers"
    #: Scores of 4 and 5 among all who could have given one: silence is a no.
    LOWEST_CASE = "lowest_case"


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """What a county holds its figures against; below these shares of its cases, 0 to 1, a unit is named."""

    satisfaction: Satisfaction = Satisfaction.AMONG_ANSWERS
    minimum_solved: Fraction = Fraction(4, 5)
    minimum_on_time: Fraction = Fraction(9, 10)


@dataclass(frozen=True, slots=True)
class TranslationPlan:
    """How long a translation may take, and who is told before and after; in cases that run round the clock in real time.

    Attributes:
        urgent: how long in a case that runs round the clock.
    """

    limit: Length = parse_length("4h")
    urgent: Length = parse_length("30min")
    before: tuple[Length, ...] = (parse_length("50%"),)
    overdue: tuple[Escalation, ...] = (
        Escalation(parse_length("0h"), (Role.TRANSLATOR, Role.SUPERVISOR)),
        Escalation(parse_length("4h"), (Role.SUPERVISOR, Role.ADMIN)),
    )


@dataclass(frozen=True, slots=True)
class Category:
    """What a matter is about.

    Attributes:
        deadline: the class, unless urgency or kind decides first.
        wants_evidence: a photo or document is needed to resolve.
        is_confidential: about an official; the unit it is about never sees it.
        words: what the guess goes by, per short language code.
    """

    id: CategoryId
    name: Name
    unit: UnitId
    deadline: ClassId
    wants_evidence: bool
    is_confidential: bool
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Route:
    """Sends a category to another unit, for one township or for cases about one unit; the first that fits wins."""

    category: CategoryId
    township: TownshipId | None
    about: UnitId | None
    unit: UnitId


@dataclass(frozen=True, slots=True)
class Project:
    """A livelihood project that residents can rate; `horizon` is `visible` or `lasting`."""

    id: ProjectId
    name: Name
    unit: UnitId
    horizon: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A line of the scorecard; `measure` names a figure of the digest, or is `manual`."""

    id: str
    name: Name
    is_positive: bool
    points: int
    measure: str


@dataclass(frozen=True, slots=True)
class WarningColours:
    """What a county paints near, behind and overdue with."""

    near: str
    behind: str
    overdue: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body outside the units to which an integrity signal can be referred (转办)."""

    id: str
    name: Name


@dataclass(frozen=True, slots=True)
class WatchPlan:
    """What a county calls too much, and what is done about it.

    Attributes:
        old_days, very_old_days: calendar days from which on an open case is old, and very old (《信访工作条例》: 60 days).
        urgings, transfers: from how many on a single case is a warning.
        repeats: reports about one place, in 90 days, from which on it is one.
        translations: late ones from which on translating falls behind.
        answer: how long a unit has to answer a supervision note.
        bodies: to whom an integrity signal can be referred.
    """

    old_days: int = 30
    very_old_days: int = 60
    urgings: int = 3
    transfers: int = 2
    repeats: int = 3
    translations: int = 3
    answer: Length = parse_length("3d")
    bodies: tuple[Body, ...] = ()


@dataclass(frozen=True, slots=True)
class County:
    """Everything the county file says, checked as a whole.

    Attributes:
        objection: how long a unit can object to its scorecard before it is published.
        class_by_urgency, class_by_kind: tried in this order before the category's own class; None means no deadline.
        vocabularies: the words that the guess goes by, the county's own among them.
    """

    name: Name
    code: str
    case_prefix: str
    languages: tuple[Language, ...]
    hours: Hours
    townships: Mapping[TownshipId, Township]
    units: Mapping[UnitId, Unit]
    classes: Mapping[ClassId, DeadlineClass]
    class_by_urgency: Mapping[Urgency, ClassId | None]
    class_by_kind: Mapping[Kind, ClassId | None]
    reminders: ReminderPlan
    rating: RatingPlan
    pause: PausePlan
    limits: Limits
    privacy: PrivacyPlan
    warning: WarningColours
    categories: Mapping[CategoryId, Category]
    routes: tuple[Route, ...]
    projects: tuple[Project, ...]
    indicators: tuple[Indicator, ...]
    vocabularies: Vocabularies
    digest: DigestPlan = DigestPlan()
    objection: Length = parse_length("5d")
    duty: DutyPlan = NO_DUTY
    watch: WatchPlan = WatchPlan()
    translation: TranslationPlan = TranslationPlan()
    office: Office = UNKNOWN
