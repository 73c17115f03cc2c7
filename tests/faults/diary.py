"""What one person did before the stand-in and what they saw there, noted as it happens; nothing of the program is asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

NUMBER: Final = re.compile(r"[A-Z]+-\d{4}-\d{6}")
MARK: Final = re.compile(r"Q\d+Z\d+[a-z]")
"""What stands in every text that these people write, once in the whole run."""

BRACKETS: Final = re.compile("（[^（）]*）")


@dataclass(frozen=True, slots=True)
class Sight:
    """A message that appeared in someone's chat; edits of it are not counted.

    Attributes:
        is_own: the person's own act instead; `text` is the command, if it was one.
        asks_again: the case about which that act asks once more, after its answer was waited for in vain.
        life: which life of the program it was sent in: even, and 2 more after each kill; odd while a process is dying, when
            what it had sent still comes in, and perhaps already what another sends in its stead.
        is_answer_lost: the stand-in kept the answer from the program, on purpose.
    """

    text: str
    life: int
    is_own: bool = False
    is_answer_lost: bool = False
    asks_again: str = ""

    @property
    def key(self) -> str:
        """Name what is said: the text without its brackets, in which stands how much time is left."""
        return BRACKETS.sub("", self.text)

    @property
    def told(self) -> str:
        """Name it for whoever looks into what went wrong."""
        return f"{self.life}: {self.text[:40]}"

    @property
    def is_unique(self) -> bool:
        """Say whether it names something that can be told to this person in these words only once."""
        return bool(MARK.search(self.text) or NUMBER.search(self.text))


@dataclass(frozen=True, slots=True)
class Repeat:
    """Two sights of one message, and why: `lost_answer`, `kill`, `asked_again`, or None when nothing explains it.

    Attributes:
        seen: the first and the last of them and all that came in between: in which life of the program, and how it began.
    """

    text: str
    cause: str | None
    seen: Sequence[str] = ()


@dataclass(slots=True)
class Diary:
    """One person's notes.

    Attributes:
        filed: the category of each complaint whose 提交 was pressed, in the order of pressing.
        accepted, resolved: cases for which that was pressed to the end.
        solved: cases of which they said that it is solved; `rated`: and how content they are.
        disorders: cards that showed words in another order than they were written in.
        unanswered: what the person waited for in vain.
        waits: how long each answer was waited for, in seconds, in vain or not.
    """

    person: int
    filed: list[str] = field(default_factory=list)
    accepted: set[str] = field(default_factory=set)
    resolved: set[str] = field(default_factory=set)
    solved: set[str] = field(default_factory=set)
    rated: set[str] = field(default_factory=set)
    sights: list[Sight] = field(default_factory=list)
    disorders: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    @property
    def receipts(self) -> list[str]:
        """Return the numbers on this person's receipts, in the order in which they were first seen."""
        found = (NUMBER.search(sight.text) for sight in self.sights if not sight.is_own and "已登记" in sight.text)
        return list(dict.fromkeys(number.group() for number in found if number is not None))

    def repeats(self, asked_by: Mapping[str, str]) -> Iterator[Repeat]:
        """Find every message that came more than once, and what explains it.

        A kill explains one message a life and chat: the last that was sent there, whose answer died with the program. Who
        asks again about a case, having waited in vain, gets each answer about it once more.

        Args:
            asked_by: the command that each answer without a case or words of its own is an answer to.
        """
        seen: dict[str, list[int]] = {}
        for place, sight in enumerate(self.sights):
            if not sight.is_own:
                seen.setdefault(sight.key, []).append(place)
        asked = Counter(sight.text for sight in self.sights if sight.is_own)
        for key, places in seen.items():
            causes = self._with_wishes(key, places, [self._cause(earlier, later) for earlier, later in pairwise(places)])
            is_unique = self.sights[places[0]].is_unique
            more = len(places) - (1 if is_unique else max(asked[asked_by.get(key, "")], 1))
            explained_first = sorted(causes, key=lambda cause: cause is None)
            between = [sight.told for sight in self.sights[places[0] : places[-1] + 1] if not sight.is_own]
            for cause in explained_first[: max(more, 0)]:
                yield Repeat(key, cause, between)

    def _with_wishes(self, key: str, places: Sequence[int], causes: Sequence[str | None]) -> list[str | None]:
        """Let what nothing else explains be explained by having been asked for again before it came, each time once."""
        found: list[str | None] = []
        for later, cause in zip(places[1:], causes, strict=True):
            asked = sum(bool(sight.asks_again) and sight.asks_again in key for sight in self.sights[:later])
            found.append("asked_again" if cause is None and asked > found.count("asked_again") else cause)
        return found

    def _cause(self, earlier: int, later: int) -> str | None:
        first = self.sights[earlier]
        if first.is_answer_lost:
            return "lost_answer"
        between = (sight for sight in self.sights[earlier + 1 : later] if not sight.is_own and sight.key != first.key)
        is_last_of_its_life = all(sight.life > first.life for sight in between)
        is_after_an_end = self.sights[later].life > first.life or first.life % 2 == 1
        return "kill" if is_last_of_its_life and is_after_an_end else None


def commands_answered(diaries: Collection[Diary]) -> dict[str, str]:
    """Learn from everybody together which command each answer without a case or words of its own is an answer to."""
    said: dict[str, Counter[str]] = {}
    for diary in diaries:
        command = ""
        for sight in diary.sights:
            if sight.is_own:
                command = sight.text
            elif not sight.is_unique:
                said.setdefault(sight.key, Counter())[command] += 1
    return {key: commands.most_common(1)[0][0] for key, commands in said.items()}
