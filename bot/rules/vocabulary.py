"""Words that stand for something, and finding them in a text of any script.

Chinese words are found anywhere in a text, because Chinese is written without spaces; of a phrase such as 压…人 the parts
may stand a few signs apart. Words of other scripts are found by how a word of the text begins, because Uyghur and Xibe
add endings. Invariant: of two words found in the same place, only the longer one counts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from bot.rules.spelling import Letters, is_ending

Meaning: TypeAlias = str
"""What a word stands for, such as the id of a category."""

NAME: Final = 3.0
"""Weight of a word that names a matter."""
HINT: Final = 1.0
"""Weight of a word that only makes a matter likelier."""
ONE_CHARACTER: Final = 1.5
"""Weight of a Chinese name of one character: it is found inside other words, too."""
LONGER: Final = 0.5
"""What each further character or word adds: the longer something is, the less it is there by chance."""
MOST_ADDED: Final = 1.5

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_WORD: Final = re.compile(r"[^\W\d_\u3400-\u9fff]+")
_SPACES: Final = re.compile(r"\s+")
_CLAUSE_END: Final = "。！？；，,.!?;、؟،؛"
_CLAUSES: Final = re.compile(f"[{_CLAUSE_END}]")
_GAP: Final = 2
"""How many other words may stand between the parts of a phrase: water, since yesterday, comes not."""
OR: Final = "|"
"""Stands between words of which any may be that part of a Chinese phrase."""
_APART: Final = "…"
_FEW_SIGNS: Final = 6
"""How many signs of the same clause may stand for the dots between the parts of a Chinese phrase."""
_SHORT: Final = 3
"""A stem of so few letters is followed by endings only; a longer one is known by its beginning."""
_INVISIBLE: Final = re.compile("[\u0640\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


class Found(NamedTuple):
    """A word that a text has, and what it stands for, each with its weight."""

    word: str
    meanings: tuple[tuple[Meaning, float], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Words that stand for one thing: those that name it, and those that make it likelier."""

    names: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


class Text(NamedTuple):
    """A text made ready for several vocabularies: as it stands, its words that are not Chinese, and the clause of each."""

    plain: str
    words: tuple[Letters, ...]
    clauses: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Text:
        """Make even what does not matter: capitals, spaces, invisible characters, Uyghur in Latin letters."""
        plain = _SPACES.sub(" ", _INVISIBLE.sub("", text).casefold())
        placed = [(word, place) for place, clause in enumerate(_CLAUSES.split(plain)) for word in _words(clause)]
        return cls(plain, tuple(word for word, _ in placed), tuple(place for _, place in placed))


class Stem(NamedTuple):
    """A word, or several, that words of a text begin with, and what is then found."""

    parts: tuple[Letters, ...]
    found: Found

    def letters(self) -> int:
        """Count the letters."""
        return sum(len(part.spelt) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Finds listed words in a text; made with `of`.

    Attributes:
        anywhere: words with Chinese in them, or with no letter at all.
        lengths: how long those are, longest first, by their first character.
        spread: phrases whose parts stand a little apart, by their first character.
        first: finds the characters that either begin with.
        stems: the other words, longest first, by how they begin, see `_key`.
        unless_before, beside: see `of`; the words of `beside` that are not Chinese lie apart, as stems.
    """

    anywhere: Mapping[str, Found]
    lengths: Mapping[str, tuple[int, ...]]
    spread: Mapping[str, tuple[tuple[tuple[tuple[str, ...], ...], Found], ...]]
    first: re.Pattern[str]
    stems: Mapping[str, tuple[Stem, ...]]
    unless_before: tuple[str, ...]
    beside: tuple[tuple[Meaning, tuple[str, ...], tuple[tuple[Letters, ...], ...]], ...] = ()

    @classmethod
    def of(
        cls,
        listed: Mapping[Meaning, Listed],
        unless: Iterable[str] = (),
        unless_before: Iterable[str] = (),
        unless_beside: Mapping[Meaning, Iterable[str]] | None = None,
    ) -> Vocabulary:
        """Index words.

        Args:
            listed: words by what they stand for; one that stands for several things weighs less for each.
            unless: words that stand for nothing and hide the words in them: a fire extinguisher is no fire.
            unless_before: after one of these no word of the same clause counts: "in case of".
            unless_beside: with one of these in the same clause no word counts for the meaning: "last year", "compensation".
        """
        anywhere: dict[str, Found] = {}
        lengths: dict[str, set[int]] = {}
        spread: dict[str, list[tuple[tuple[tuple[str, ...], ...], Found]]] = {}
        stems: dict[str, list[Stem]] = {}
        for word, meanings in _weighed(listed, unless).items():
            found = Found(word, meanings)
            if _APART in word:
                phrase = tuple(tuple(part.split(OR)) for part in word.split(_APART))
                for begin in dict.fromkeys(first[0] for first in phrase[0]):
                    spread.setdefault(begin, []).append((phrase, found))
            elif _HAN.search(word) or not _WORD.match(word):
                anywhere[word] = found
                lengths.setdefault(word[0], set()).add(len(word))
            else:
                parts = tuple(_words(word))
                stems.setdefault(_key(parts[0]), []).append(Stem(parts, found))
        return cls(
            anywhere,
            {first: tuple(sorted(of, reverse=True)) for first, of in lengths.items()},
            {first: tuple(of) for first, of in spread.items()},
            _one_of({*lengths, *spread}),
            {first: tuple(sorted(of, key=Stem.letters, reverse=True)) for first, of in stems.items()},
            tuple(unless_before),
            tuple(_beside(meaning, tuple(words)) for meaning, words in (unless_beside or {}).items()),
        )

    def find(self, text: Text) -> tuple[Found, ...]:
        """Return the words that a text has, each once, in the order of the text; the Chinese ones first."""
        found = {each.word: each for each in (*self._in_chinese(text.plain), *self._in_words(text))}
        return tuple(each for each in found.values() if each.meanings)

    def _in_chinese(self, text: str) -> Iterator[Found]:
        covered = hidden = 0
        for begun in self.first.finditer(text):
            at, letter = begun.start(), begun[0]
            for length in self.lengths.get(letter, ()):
                found = self.anywhere.get(text[at : at + length]) if at + length <= len(text) else None
                if found is None:
                    continue
                if at + length > covered:
                    covered = at + length
                    hidden = hidden if found.meanings else covered
                    if not self._is_supposed(text, at):
                        yield self._without_past(found, text, at)
                break
            for parts, found in self.spread.get(letter, ()):
                if at >= hidden and (end := _end(parts, text, at)) and not self._is_supposed(text, at):
                    said = found._replace(word=text[at:end]) if OR in found.word else found
                    yield self._without_past(said, text, at)

    def _is_supposed(self, text: str, at: int) -> bool:
        """Say whether the clause before `at` speaks of what might be."""
        if not self.unless_before:
            return False
        start = max(text.rfind(sign, 0, at) for sign in _CLAUSE_END) + 1
        return any(word in text[start:at] for word in self.unless_before)

    def _without_past(self, found: Found, text: str, at: int) -> Found:
        """Take away what words of the same clause say that it does not stand for here."""
        if not self.beside:
            return found
        start = max(text.rfind(sign, 0, at) for sign in _CLAUSE_END) + 1
        end = _CLAUSES.search(text, at)
        clause = text[start : end.start() if end else len(text)]
        return _less(found, {meaning for meaning, words, _ in self.beside if any(word in clause for word in words)})

    def _in_words(self, text: Text) -> Iterator[Found]:
        words = text.words
        past = [
            (meaning, {text.clauses[index] for index in range(len(words)) for stem in stems if _places(stem, words, index)})
            for meaning, _, stems in self.beside
        ]
        taken: set[int] = set()
        for index, word in enumerate(words):
            key = _key(word)
            for stem in (*self.stems.get(key, ()), *(self.stems.get(key[0], ()) if len(key) > 1 else ())):
                places = _places(stem.parts, words, index)
                if places:
                    if not taken.issuperset(places):
                        taken.update(places)
                        yield _less(stem.found, {meaning for meaning, clauses in past if text.clauses[index] in clauses})
                    break


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """The words of a county: for what a matter is about, how it is meant, and how urgent it is."""

    category: Vocabulary
    kind: Vocabulary
    urgency: Vocabulary


def _weighed(listed: Mapping[Meaning, Listed], unless: Iterable[str]) -> dict[str, tuple[tuple[Meaning, float], ...]]:
    weights: dict[str, dict[Meaning, float]] = {word.casefold(): {} for word in unless}
    for meaning, words in listed.items():
        for word in words.hints:
            weights.setdefault(word.casefold(), {})[meaning] = HINT
        for word in words.names:
            weights.setdefault(word.casefold(), {})[meaning] = _weight(word)
    return {
        word: tuple((meaning, weight / len(meanings) ** 0.5) for meaning, weight in meanings.items())
        for word, meanings in weights.items()
    }


def _beside(meaning: Meaning, words: tuple[str, ...]) -> tuple[Meaning, tuple[str, ...], tuple[tuple[Letters, ...], ...]]:
    chinese = tuple(word for word in words if _HAN.search(word))
    return meaning, chinese, tuple(tuple(_words(word)) for word in words if not _HAN.search(word))


def _less(found: Found, meanings: Collection[Meaning]) -> Found:
    return Found(found.word, tuple(each for each in found.meanings if each[0] not in meanings)) if meanings else found


def _weight(name: str) -> float:
    if not _HAN.search(name):
        return NAME + min(MOST_ADDED, LONGER * name.count(" "))
    return ONE_CHARACTER if len(name) == 1 else NAME + min(MOST_ADDED, LONGER * (len(name) - 2))


def _one_of(characters: Iterable[str]) -> re.Pattern[str]:
    """Make what finds each of some characters; nothing where there are none."""
    listed = "".join(map(re.escape, sorted(characters)))
    return re.compile(f"[{listed}]" if listed else "(?!)")


def _words(text: str) -> Iterator[Letters]:
    for found in _WORD.finditer(text):
        letters = Letters.of(found[0])
        if letters.spelt:
            yield letters


def _places(parts: tuple[Letters, ...], words: tuple[Letters, ...], index: int) -> tuple[int, ...]:
    """Return where the parts of a stem stand, the first at `index`; empty where they do not."""
    if not _begins(words[index], parts[0]):
        return ()
    places = [index]
    for part in parts[1:]:
        next_one = places[-1] + 1
        within = range(next_one, min(next_one + _GAP + 1, len(words)))
        place = next((at for at in within if _begins(words[at], part)), None)
        if place is None:
            return ()
        places.append(place)
    return tuple(places)


def _end(parts: tuple[tuple[str, ...], ...], text: str, at: int) -> int | None:
    """Return where a phrase ends whose first part stands at `at`, each of the others within reach of the one before."""
    if not text.startswith(parts[0], at):
        return None
    at += next(len(word) for word in parts[0] if text.startswith(word, at))
    for words in parts[1:]:
        place, length = min((_find(word, text, at), len(word)) for word in words)
        if place == len(text) or any(sign in _CLAUSE_END or sign == "\n" for sign in text[at:place]):
            return None
        at = place + length
    return at


def _find(word: str, text: str, at: int) -> int:
    """Return where a word stands within reach of `at`; the end of the text where it does not."""
    place = text.find(word, at, at + _FEW_SIGNS + len(word))
    return place if place >= 0 else len(text)


def _key(word: Letters) -> str:
    """Return the first letter as it is spelt and the second as it sounds: a stem's are those of every word it begins."""
    return word.spelt[:1] + word.sounded[1:2]


def _begins(word: Letters, stem: Letters) -> bool:
    if len(stem.spelt) > _SHORT:
        return word.sounded.startswith(stem.sounded)
    return word.spelt.startswith(stem.spelt) and is_ending(word.spelt, len(stem.spelt))
