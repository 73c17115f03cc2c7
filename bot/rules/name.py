"""What things of a county are called, in the languages that its people read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.rules.identity import Language


@dataclass(frozen=True, slots=True)
class Name:
    """What a thing is called, by language; Chinese is always there and stands in for what is missing."""

    zh: str
    others: Mapping[str, str]

    def within(self, language: Language) -> str:
        """Return the name in `language`, else the Chinese one."""
        return self.others.get(language, self.zh)
