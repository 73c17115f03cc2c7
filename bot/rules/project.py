"""Livelihood projects (民生项目): anybody may say once how satisfied they are, and again after 90 days.

Who said what is not kept: only, under a keyed hash, that somebody has said something about a project and when, so that they
are asked again and do not count twice. Results are shown from `SMALLEST` answers up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from bot.rules.identity import FileId, PersonId, ProjectId, StaffId

PROJECT_PREFIX: Final = "p-"
CATEGORY_PREFIX: Final = "c-"
"""What begins the payload of a link to a project, and to a report about one category."""

AGAIN_AFTER: Final = timedelta(days=90)
"""How long after their first word somebody is asked, and may say, whether it lasts."""

SATISFIED: Final = 4
"""The lowest score that counts as satisfied (design.md section 8)."""

SMALLEST: Final = 5
"""Answers below which nothing but their number is shown."""

LONGEST_MILESTONE: Final = 500
"""Characters."""

MOST_PHOTOS: Final = 8
"""Photos of one milestone."""

BEFORE: Final = "before"
AFTER: Final = "after"
"""What begins the slot of a photo that shows how it was, and of one that shows what was reached; its place is behind it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """That somebody has judged a project: how often, and when last."""

    times: int
    last_at: datetime


def may_judge(judged: Judged | None, now: datetime) -> bool:
    """Say whether somebody may judge a project now: once, and once more when 90 days are over."""
    return judged is None or (judged.times == 1 and now >= judged.last_at + AGAIN_AFTER)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many gave each score, from 1 to 5."""

    counts: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)

    @property
    def total(self) -> int:
        """Return how many answered."""
        return sum(self.counts)

    @property
    def satisfied(self) -> int:
        """Return how many are satisfied."""
        return sum(self.counts[SATISFIED - 1 :])

    def plus(self, score: int) -> Tally:
        """Count one more."""
        first, second, third, fourth, fifth = (count + (place == score) for place, count in enumerate(self.counts, start=1))
        return Tally((first, second, third, fourth, fifth))


def holder_of(project: ProjectId, place: int) -> PersonId:
    """Name a milestone as the holder of its photos: they lie under a key of its own, as a person's files under theirs."""
    return PersonId(f"{HELD}{project}/{place}")


def is_milestone(holder: PersonId) -> bool:
    """Say whether the holder of a file is a milestone, whom nobody can write to."""
    return holder.startswith(HELD)


HELD: Final = "milestone/"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of a milestone, which everybody may see; `is_fetched` once it can be."""

    file: FileId
    is_before: bool
    is_fetched: bool = False


@dataclass(frozen=True, slots=True)
class Milestone:
    """What an official of the unit said was reached; everybody reads it, and sees its photos.

    Attributes:
        place: which milestone of its project, from 1.
    """

    at: datetime
    words: str
    place: int
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """What is known of a project: what was reached, newest first, and what people said at first and after 90 days."""

    milestones: tuple[Milestone, ...] = ()
    first: Tally = Tally()
    again: Tally = Tally()


# ── What changes ─────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Judging:
    """Somebody judges a project, for the first time or, when `before` says so, once more."""

    project: ProjectId
    person: PersonId
    at: datetime
    before: Judged | None


@dataclass(frozen=True, slots=True)
class Reached:
    """Something was reached in a project; its photos are no longer whoever's sent them. `by` says it, as in an entry."""

    project: ProjectId
    milestone: Milestone
    salt: bytes
    by: StaffId


ProjectChange: TypeAlias = Judging | Reached
