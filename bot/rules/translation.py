"""Words in another language than their readers', and voices: who translates them, until when, and what is read until then.

Invariant: an official reads the translation, never the original beside it; the original alone only where nobody here holds a
role in which it could be translated, or where it cannot wait.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

import msgspec

from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.identity import CaseNumber, Language, StaffId
from bot.rules.slot import translated_slot
from bot.rules.staff import Staff, acting

CHINESE: Final = Language("zh_Hans_CN")
"""What officials read and write."""

SCRIPTS: Final = (
    (Language("ug"), re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefe]")),
    (Language("sjo"), re.compile(r"[\u1800-\u18af]")),
)
"""The languages of this county that are told by their script, each with what finds a sign of its Unicode blocks."""

HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U00031fff]")

ID_LENGTH: Final = 12
"""Hex digits by which buttons name what is to be translated."""


def language_of_words(text: str, setting: Language | None, offered: Sequence[Language]) -> Language:
    """Return the language in which words are to be read: Chinese where most of the signs are, else that of their script.

    Args:
        setting: the writer's own, for letters that belong to no script of ours; a name in them makes no foreign text.
        offered: the county's languages.
    """
    letters = "".join(filter(str.isalpha, text))
    han = len(HAN.findall(letters))
    if len(letters) <= 2 * han:
        return CHINESE
    found = {language: len(signs.findall(letters)) for language, signs in SCRIPTS if language in offered}
    best = max(found, key=lambda language: found[language], default=CHINESE)
    if found.get(best, 0) > han:
        return best
    return setting if setting is not None and setting in offered else CHINESE


def item_id(case: CaseNumber, slot: str, target: Language) -> str:
    """Name a text to be translated briefly enough for a button."""
    return sha256(f"{case} {slot} {target}".encode()).hexdigest()[:ID_LENGTH]


@dataclass(frozen=True, slots=True)
class Translation:
    """A text, or a voice, that is to be put into another language, or was.

    Attributes:
        slot: which of the case's words, or which file where `is_voice`.
        source, target: from which language into which; the same where a Chinese voice is only to be written down.
        version: how often it changed hands; a change is valid only on the version it was decided on.
        taken_by, taken_at: who is at it.
        done_by, done_role, done_at: who made the translation that there is, and when last.
        is_urgent: of a case that runs round the clock.
        has_translator: somebody holds a role in which they could translate it, here or on leave.
    """

    case: CaseNumber
    slot: str
    source: Language
    target: Language
    asked_at: datetime
    due_at: datetime
    version: int = 1
    taken_by: StaffId | None = None
    taken_at: datetime | None = None
    done_by: StaffId | None = None
    done_role: Role | None = None
    done_at: datetime | None = None
    is_voice: bool = False
    is_urgent: bool = False
    has_translator: bool = True

    @property
    def id(self) -> str:
        """Return what buttons call it."""
        return item_id(self.case, self.slot, self.target)

    @property
    def place(self) -> str:
        """Return the vault slot in which the translation lies; within a case it names the text."""
        return translated_slot(self.slot, self.target)

    @property
    def language(self) -> Language:
        """Return the language that a translator must know beside Chinese; Chinese where a Chinese voice is written down."""
        return self.source if self.target == CHINESE else self.target

    @property
    def is_done(self) -> bool:
        """Say whether there is a translation."""
        return self.done_at is not None


def is_still_wanted(item: Translation, state: State) -> bool:
    """Say whether a text of a case in a state is still to be translated.

    What was said about its end is, after it too; and all of a case that was merged, for those who handle what it goes on as.
    """
    if item.is_done:
        return False
    over = {State.WITHDRAWN} | ({State.REFUSED} if item.target == CHINESE else set())
    return state not in over


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits to be translated from or into one language: how much, since when, and how much of it is late."""

    language: Language
    waiting: int
    oldest_at: datetime
    late: int


def can_translate(staff: Staff, language: Language) -> bool:
    """Say whether a role is one for a language; an operator writes down Chinese voices."""
    match staff.role:
        case Role.TRANSLATOR:
            return staff.language in {None, language}
        case Role.OPERATOR:
            return language == CHINESE
        case _:
            return False


def translators(language: Language, staff: Iterable[Staff]) -> tuple[Staff, ...]:
    """Return all who hold a role for a language, translators before operators, here or not."""
    able = [each for each in staff if can_translate(each, language)]
    return tuple(sorted(able, key=lambda each: each.role is not Role.TRANSLATOR))


def translators_here(language: Language, staff: Iterable[Staff], now: datetime) -> tuple[Staff, ...]:
    """Return who can be told of something in a language now, deputies for those on leave; deputies must know it too."""
    known = tuple(staff)
    told = (acting(each, known, now) for each in translators(language, known))
    return tuple(dict.fromkeys(each for each in told if each is not None and can_translate(each, language)))


class Rendered(StrEnum):
    """How words that were not Chinese stand before an official."""

    DONE = "done"
    AWAITED = "awaited"  # nothing can be read yet
    URGENT = "urgent"  # as they were written, since they cannot wait; the translation follows
    NOBODY = "nobody"  # as they were written, since nobody here translates them


class Rendering(msgspec.Struct, frozen=True, kw_only=True):
    """What an official is told about words beside the words: whether they are a translation, whose and of when.

    Attributes:
        at: when it was made; while it is awaited, until when.
    """

    state: Rendered
    at: datetime
    role: Role | None = None
    staff: StaffId | None = None


class Legible(msgspec.Struct, frozen=True):
    """Words as an official reads them; without a `rendering` they are as they were written.

    Attributes:
        spoken: the voices that came with them, as they were written down, or that this is awaited.
    """

    text: str
    rendering: Rendering | None = None
    spoken: tuple[Legible, ...] = ()


def shows_original(words: Legible) -> bool:
    """Say whether words stand here as they were written."""
    return words.rendering is None or words.rendering.state in {Rendered.URGENT, Rendered.NOBODY}


def legible(original: str, item: Translation | None, translated: str | None) -> Legible:
    """Return what an official reads of words.

    Args:
        item: their translation into Chinese, asked for or made; None where none is needed.
        translated: the words of it, where it is made.
    """
    if item is None:
        return Legible(original)
    if item.is_done and item.done_at is not None:
        done = Rendering(state=Rendered.DONE, at=item.done_at, role=item.done_role, staff=item.done_by)
        return Legible(translated or "", done)
    if not item.has_translator:
        return Legible(original, Rendering(state=Rendered.NOBODY, at=item.due_at))
    if item.is_urgent:
        return Legible(original, Rendering(state=Rendered.URGENT, at=item.due_at))
    return Legible("", Rendering(state=Rendered.AWAITED, at=item.due_at))


def written_down(items: Iterable[Translation], words: Mapping[str, str]) -> tuple[Legible, ...]:
    """Return the voices among what is translated as officials read them, whoever could write them down: no sound of any."""
    voices = (item for item in items if item.is_voice)
    return tuple(legible("", replace(item, has_translator=True, is_urgent=False), words.get(item.place)) for item in voices)


def legible_words(words: Mapping[str, str], items: Iterable[Translation]) -> dict[str, str]:
    """Return all words of a case, by slot, as officials read them: no original that they must not see is left."""
    found = dict(words)
    for item in items:
        if item.target != CHINESE or item.is_voice:
            continue
        read = legible(words.get(item.slot, ""), item, words.get(translated_slot(item.slot, CHINESE)))
        if read.text:
            found[item.slot] = read.text
        else:
            found.pop(item.slot, None)
    return found


def translations_in(words: Mapping[str, str], slot: str, languages: Iterable[Language]) -> tuple[tuple[Language, str], ...]:
    """Return the translations that there are of words, by language; `words` are all of the case, by slot."""
    found = ((language, words.get(translated_slot(slot, language))) for language in languages)
    return tuple((language, text) for language, text in found if text is not None)
