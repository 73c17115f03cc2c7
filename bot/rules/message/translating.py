"""What translators are told and asked, and what those who watch hear when nobody translates.

Invariant: only `TranslationCard` holds what somebody wrote; lists and notices say which case, until when, and no more.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec

from bot.rules.identity import CaseNumber, CategoryId, Language, TownshipId


class TextLine(msgspec.Struct, frozen=True, kw_only=True):
    """A text to be translated, in a list.

    Attributes:
        text: what buttons call it (`bot.rules.translation.item_id`).
        is_taken: somebody is at it; `is_mine`: the reader.
    """

    text: str
    case: CaseNumber
    source: Language
    target: Language
    due_at: datetime
    is_voice: bool
    is_taken: bool
    is_mine: bool


class TranslationWanted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell a translator that there is something to translate."""

    case: CaseNumber
    slot: str
    source: Language
    target: Language
    due_at: datetime
    category: CategoryId
    township: TownshipId | None
    is_voice: bool
    is_urgent: bool


class TranslationList(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """List what waits for a translator, what runs out first on top; `done` are the last of their own, to correct."""

    lines: tuple[TextLine, ...]
    total: int
    page: int
    done: tuple[TextLine, ...]


class Standing(StrEnum):
    """Who is at a text, as whoever looks at it is told."""

    FREE = "free"
    MINE = "mine"  # the reader is to write it as the next message
    TAKEN = "taken"  # by a colleague
    WRITTEN = "written"  # by the reader, who may correct it
    DONE = "done"  # by a colleague


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of a text that was translated before: it, and how."""

    sentence: str
    translation: str


class TranslationCard(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show a text beside its translation, or ask for one.

    Attributes:
        text: what buttons call it.
        original: empty where it is a voice, which is sent as a file once it `is_here`.
        translation: as it is now; None while there is none.
        earlier: its sentences that were translated before, in order; `whole` is all of it put together from them, and
            `mark` what a button calls that.
        is_missed: the reader wrote a translation, or pressed for one, that a colleague came before with.
    """

    text: str
    case: CaseNumber
    source: Language
    target: Language
    due_at: datetime
    category: CategoryId
    township: TownshipId | None
    is_voice: bool
    standing: Standing
    original: str
    translation: str | None
    earlier: tuple[Earlier, ...] = ()
    whole: str | None = None
    mark: str = ""
    is_here: bool = True
    is_missed: bool = False


class NoTranslator(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell those who watch that texts wait in a language that nobody here translates now.

    Attributes:
        is_away: somebody could, but is on leave or cannot be reached.
        late: how many of them are past their limit.
    """

    language: Language
    waiting: int
    late: int
    is_away: bool


TranslatingMessage: TypeAlias = TranslationWanted | TranslationList | TranslationCard | NoTranslator
