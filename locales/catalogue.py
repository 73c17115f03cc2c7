"""Catalogues at run time: what each language says for a sentence of the program, read from the package.

Invariant: a sentence is never shown in English; what a language lacks is said in Chinese, and Chinese lacks nothing.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from bot.errors import SettingsError
from bot.rules.identity import Language
from locales.formats import CHINESE
from locales.pofile import Key, PoEntry, PoFile, parse

_PLURAL: Final = re.compile(r"nplurals=(\d+);\s*plural=([^;]+);?")
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")

UNREVIEWED: Final = "unreviewed"
"""Note of a message that no native reader has signed off yet."""

NAME_HEADER: Final = "X-Language-Name"
"""Header of a catalogue: what the button that chooses it says."""

BESIDE_HEADER: Final = "X-Beside"
"""Header of a catalogue: the language that always stands beside what it says."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of the program that lies in a table instead of a call; the context says which kind of word it is."""

    context: str
    msgid: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One language.

    Attributes:
        name: what the language calls itself, as on its button.
        messages: by context and sentence; one form, or one for each plural form; empty where nobody has translated it.
        plural: the number of the form for a count.
        beside: the language shown together with this one, if it cannot stand alone yet.
        is_reviewed: a native reader has signed off all that is there.
    """

    language: Language
    name: str
    messages: Mapping[Key, tuple[str, ...]]
    plural: Callable[[int], int]
    beside: Language | None
    is_reviewed: bool = True

    def find(self, key: Key, count: int | None = None) -> str:
        """Return the translation, empty if there is none."""
        forms = self.messages.get(key, ("",))
        return forms[self.plural(count)] if count is not None and len(forms) > 1 else forms[0]


@dataclass(frozen=True, slots=True)
class Catalogues:
    """All languages of a county, Chinese among them."""

    by_language: Mapping[Language, Catalogue]

    def own(self, language: Language) -> Catalogue:
        """Return a language's catalogue, the Chinese one for a language that the county no longer offers."""
        return self.by_language.get(language, self.by_language[CHINESE])

    def takes_chinese_beside(self, language: Language) -> bool:
        """Say whether Chinese may stand under a language by its reader's choice: one that is written, but not signed off."""
        own = self.own(language)
        return own.language != CHINESE and own.beside is None and not own.is_reviewed

    def name_of(self, language: Language) -> str:
        """Return what a language calls itself; one that is not offered is called by its id."""
        known = self.by_language.get(language)
        return language if known is None else known.name

    def said(self, language: Language, key: Key, count: int | None = None) -> tuple[str, ...]:
        """Return what is shown for a sentence: one text, or two that belong together.

        Raises:
            LookupError: not even Chinese has it; the catalogues are older than the program.
        """
        own = self.own(language)
        second = own.beside or CHINESE
        texts = (own.find(key, count), self.own(second).find(key, count) if second != own.language else "")
        shown = texts if own.beside else texts[:1] if texts[0] else texts[1:]
        present = tuple(text for text in shown if text)
        if not present:
            raise LookupError(key)
        return present


def load_catalogues(
    languages: Iterable[Language], own_text: Callable[[Language], str | None] = lambda _: None
) -> Catalogues:
    """Read the catalogues of these languages and of Chinese.

    Args:
        own_text: gives the text of a language's catalogue; None where it is the one that came with the program.

    Raises:
        SettingsError: a catalogue is missing or broken; refuse to start.
    """
    found: dict[Language, Catalogue] = {}
    for language in dict.fromkeys([CHINESE, *languages]):
        text = own_text(language)
        found[language] = came_with_it(language) if text is None else read_catalogue(language, text)
    return Catalogues(found)


@cache
def came_with_it(language: Language) -> Catalogue:
    """Read the catalogue that came with the program, once: while it runs it stays what it is.

    Raises:
        SettingsError: it is missing or broken.
    """
    return read_catalogue(language, packaged(language))


def packaged(language: Language) -> str:
    """Return the text of the catalogue that came with the program.

    Raises:
        SettingsError: there is none for this language.
    """
    place = files("locales").joinpath(language, "LC_MESSAGES", "bot.po")
    try:
        return place.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError((f"no catalogue for the language {language}",)) from error


def read_catalogue(language: Language, text: str) -> Catalogue:
    """Read one catalogue and refuse one that would break a message.

    Raises:
        SettingsError: with one line for each mistake.
    """
    try:
        file = parse(text)
        forms, plural = _plural_rule(file)
    except ValueError as error:
        raise SettingsError((f"catalogue {language}: {error}",)) from error
    mistakes = tuple(f"catalogue {language}: {mistake}" for entry in file.entries for mistake in _mistakes(entry, forms))
    if mistakes:
        raise SettingsError(mistakes)
    return Catalogue(
        language=language,
        name=file.header.get(NAME_HEADER, language),
        messages={entry.key: entry.forms for entry in file.entries},
        plural=plural,
        beside=Language(beside) if (beside := file.header.get(BESIDE_HEADER)) else None,
        is_reviewed=not any(UNREVIEWED in entry.notes for entry in file.entries),
    )


def placeholders(text: str) -> frozenset[str]:
    """Return the names in curly brackets."""
    return frozenset(_PLACEHOLDER.findall(text))


def fill(template: str, fields: Mapping[str, str]) -> str:
    """Put values into a sentence; a name without a value stays as it is."""
    text, places = _cut(template)
    for name, after in places:
        text += fields.get(name, f"{{{name}}}") + after
    return text


@lru_cache(maxsize=8192)
def _cut(template: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Cut a sentence of a catalogue at its names: what stands before the first, and each with what stands behind it."""
    head, *rest = _PLACEHOLDER.split(template)
    return head, tuple(zip(rest[::2], rest[1::2], strict=True))


def _plural_rule(file: PoFile) -> tuple[int, Callable[[int], int]]:
    rule = _PLURAL.fullmatch(file.header.get("Plural-Forms", "").strip())
    if rule is None:
        raise ValueError("the header Plural-Forms is missing")
    return int(rule.group(1)), gettext.c2py(rule.group(2).strip())


def _mistakes(entry: PoEntry, forms: int) -> Iterable[str]:
    msgid = entry.key[1]
    if len(entry.forms) != (forms if entry.plural else 1):
        yield f"wrong number of plural forms in {msgid!r}"
    for form in entry.forms:
        if form and placeholders(form) != placeholders(entry.plural or msgid):
            yield f"other placeholders than {msgid!r} in {form!r}"
        if "<" in form or ">" in form:
            yield f"markup in {form!r}; headings and quotations are made by the program"
