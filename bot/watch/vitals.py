"""What happened since the program started: counted as it happens, read when somebody asks. Numbers and kinds, no persons."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0)
"""Upper bounds between which times are counted."""


FAR_OFF: Final = 3600.0
"""Seconds; no slowness of answers makes so much."""


class Loop(StrEnum):
    """The loops of the program."""

    #: Updates come in.
    INTAKE = "intake"
    #: Updates are handled.
    WORKER = "worker"
    #: What is due is done.
    CLOCK = "clock"
    #: Messages go out.
    DELIVERY = "delivery"


class Event(StrEnum):
    """What is counted, each under a kind."""

    #: Updates that came in: `new` or `repeated`.
    RECEIVED = "received"
    #: Updates that were handled: `done` or `aside`.
    HANDLED = "handled"
    #: Letters: `sent`, `postponed`, `ambiguous`, `failed` or `unreachable`.
    LETTER = "letter"
    #: Due things that were done, by their kind.
    DUE = "due"
    #: Updates could not be had, by the reason.
    SOURCE_FAILURE = "source_failure"
    #: The store could not do something, by what.
    STORE_FAILURE = "store_failure"


@dataclass(slots=True)
class Histogram:
    """How often something took how long, in seconds."""

    bounds: Sequence[float] = SECONDS
    counts: list[int] = field(default_factory=lambda: [0] * (len(SECONDS) + 1))
    total: float = 0.0

    def observe(self, seconds: float) -> None:
        """Count one; a clock that was set back meanwhile made it take no time."""
        seconds = max(seconds, 0.0)
        self.counts[bisect_left(self.bounds, seconds)] += 1
        self.total += seconds


class Vitals:
    """Counts and moments of one house.

    Args:
        monotonic: seconds from some moment on, whatever the clock on the wall does.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self.began = monotonic()
        self.turned: dict[Loop, float] = dict.fromkeys(Loop, self.began)
        self.asked: float | None = None
        """When Telegram last gave a good answer to the question for updates, or for its webhook."""
        self.counted: Counter[tuple[Event, str]] = Counter()
        self.replies = Histogram()
        self.commits = Histogram()
        self.clock_off: float | None = None
        """By how many seconds this machine's clock is ahead of Telegram's; None before it was compared."""

    def is_clock_right(self) -> bool:
        """Say no when this machine's clock is known to be more than an hour off."""
        return self.clock_off is None or abs(self.clock_off) < FAR_OFF

    def turn(self, loop: Loop) -> None:
        """Note that a loop goes round."""
        self.turned[loop] = self._monotonic()

    def note_answer(self) -> None:
        """Note a good answer of Telegram's."""
        self.asked = self._monotonic()

    def count(self, event: Event, kind: str, times: int = 1) -> None:
        """Add to what the metrics tell of an event, by the kind of it."""
        self.counted[event, kind] += times

    def since(self, moment: float) -> float:
        """Return how many seconds have passed."""
        return self._monotonic() - moment

    def now(self) -> float:
        """Return this moment, for `since`."""
        return self._monotonic()
