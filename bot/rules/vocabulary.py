"""Words that stand for something, and finding them in a text of any script.

Chinese words are found anywhere in a text, because Chinese is written without spaces; of a phrase such as 压…人 the parts
may stand a few signs apart. Words of other scripts are found by how a word of the text begins, because Uyghur and Xibe
add endings. Invariant: of two words found in the same place, only the longer one counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from bot.rules.phrase import APART, OR, WORD, Choice, Phrase, words_of
from bot.rules.spelling import Letters

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
_SPACES: Final = re.compile(r"\s+")
_CLAUSE_END: Final = "。！？；，,.!?;、؟،؛"
_CLAUSES: Final = re.compile(f"[{_CLAUSE_END}]")
_GAP: Final = 2
"""How many other words may stand between the parts of a phrase: water, since yesterday, comes not."""
_PAIR: Final = 2
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
    """A text made ready for several vocabularies: as it stands, its words that are not Chinese, and the clause of each.

    Attributes:
        breaks: where the signs stand that end a clause.
    """

    plain: str
    breaks: tuple[int, ...]
    words: tuple[Letters, ...]
    clauses: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Text:
        """Make even what does not matter: capitals, spaces, invisible characters, Uyghur in Latin letters."""
        plain = _SPACES.sub(" ", _INVISIBLE.sub("", text).casefold())
        breaks = tuple([found.start() for found in _CLAUSES.finditer(plain)])
        words = [(word, bisect_left(breaks, at)) for word, at in words_of(plain)]
        return cls(plain, breaks, tuple([word for word, _ in words]), tuple([clause for _, clause in words]))

    def clause_at(self, at: int) -> tuple[int, int]:
        """Return where the clause around a sign begins, and where it ends."""
        place = bisect_left(self.breaks, at)
        begins = self.breaks[place - 1] + 1 if place else 0
        return begins, self.breaks[place] if place < len(self.breaks) else len(self.plain)


class Stem(NamedTuple):
    """A word, or several, that words of a text begin with, and what is then found."""

    parts: tuple[Choice, ...]
    found: Found

    def letters(self) -> int:
        """Count the letters, of the longest that each part may be."""
        return sum(max(len(each.spelt) for each in part.letters) for part in self.parts)


class Begun(NamedTuple):
    """What begins with the same two signs, or with a sign of which nothing else begins with that and the next.

    Attributes:
        words: longest first.
        spread: phrases whose parts stand a little apart.
    """

    words: list[tuple[str, Found]]
    spread: list[tuple[Phrase, Found]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Finds listed words in a text; made with `of`.

    Attributes:
        begun: words with Chinese in them, or with no letter at all, and phrases of such, by their first two signs; by the
            first alone what has but one, for where the next one begins nothing with it.
        first: finds the signs that may begin either.
        stems: the other words, longest first, by how they begin, see `_key`.
        unless_before, beside: see `of`; the words of `beside` that are not Chinese lie apart, as stems.
    """

    begun: Mapping[str, Begun]
    first: re.Pattern[str]
    stems: Mapping[str, tuple[Stem, ...]]
    unless_before: tuple[str, ...]
    beside: tuple[tuple[Meaning, tuple[str, ...], tuple[tuple[Choice, ...], ...]], ...] = ()

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
        anywhere: list[tuple[str, Found]] = []
        spread: list[tuple[Phrase, Found]] = []
        stems: dict[str, list[Stem]] = {}
        for word, meanings in _weighed(listed, unless).items():
            found = Found(word, meanings)
            if APART in word or (OR in word and _HAN.search(word)):
                spread.append((Phrase.of(word), found))
            elif _HAN.search(word) or not WORD.match(word):
                anywhere.append((word, found))
            else:
                stem = Stem(_parts(word), found)
                for key in dict.fromkeys(map(_key, stem.parts[0].letters)):
                    stems.setdefault(key, []).append(stem)
        begun = _begun(anywhere, spread)
        return cls(
            begun,
            _first(begun),
            {first: tuple(sorted(of, key=Stem.letters, reverse=True)) for first, of in stems.items()},
            tuple(unless_before),
            tuple(_beside(meaning, tuple(words)) for meaning, words in (unless_beside or {}).items()),
        )

    def find(self, text: Text) -> tuple[Found, ...]:
        """Return the words that a text has, each once, in the order of the text; the Chinese ones first."""
        found = {each.word: each for each in (*self._in_chinese(text), *self._inwords_of(text))}
        return tuple([each for each in found.values() if each.meanings])

    def _in_chinese(self, text: Text) -> Iterator[Found]:
        plain, begun = text.plain, self.begun
        covered = hidden = 0
        for sign in self.first.finditer(plain):
            at = sign.start()
            here = begun.get(plain[at : at + _PAIR]) or begun.get(plain[at])
            if here is None:
                continue
            for word, found in here.words:
                if plain.startswith(word, at):
                    if at + len(word) > covered:
                        covered = at + len(word)
                        hidden = hidden if found.meanings else covered
                        if not self.unless_before or not self._is_supposed(text, at):
                            yield self._without_past(found, text, at) if self.beside else found
                    break
            if here.spread and at >= hidden:
                _, clause_end = text.clause_at(at)
                for phrase, found in here.spread:
                    if (end := phrase.end(plain, at, clause_end)) and not self._is_supposed(text, at):
                        said = found._replace(word=plain[at:end]) if OR in found.word else found
                        yield self._without_past(said, text, at)

    def _is_supposed(self, text: Text, at: int) -> bool:
        """Say whether the clause before `at` speaks of what might be."""
        before = text.plain[text.clause_at(at)[0] : at]
        return any(word in before for word in self.unless_before)

    def _without_past(self, found: Found, text: Text, at: int) -> Found:
        """Take away what words of the same clause say that it does not stand for here."""
        begins, ends = text.clause_at(at)
        clause = text.plain[begins:ends]
        past = {
            meaning
            for meaning, _ in found.meanings
            for each, words, _ in self.beside
            if each == meaning and any(word in clause for word in words)
        }
        return _less(found, past)

    def _inwords_of(self, text: Text) -> Iterator[Found]:
        words = text.words
        taken: set[int] = set()
        for index, word in enumerate(words):
            key = _key(word)
            for stem in (*self.stems.get(key, ()), *(self.stems.get(key[0], ()) if len(key) > 1 else ())):
                if not word.sounded.startswith(stem.parts[0].long) and not word.spelt.startswith(stem.parts[0].short):
                    continue
                places = _places(stem.parts, words, index)
                if places:
                    if not taken.issuperset(places):
                        taken.update(places)
                        yield self._without_pastwords_of(_told(stem, words, places), text, text.clauses[index])
                    break

    def _without_pastwords_of(self, found: Found, text: Text, clause: int) -> Found:
        """Take away what words of the same clause that are not Chinese say that it does not stand for here."""
        within = [index for index, each in enumerate(text.clauses) if each == clause]
        past = {
            meaning
            for meaning, _ in found.meanings
            for each, _, stems in self.beside
            if each == meaning and any(_places(stem, text.words, index) for index in within for stem in stems)
        }
        return _less(found, past)


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


def _beside(meaning: Meaning, words: tuple[str, ...]) -> tuple[Meaning, tuple[str, ...], tuple[tuple[Choice, ...], ...]]:
    chinese = tuple(word for word in words if _HAN.search(word))
    return meaning, chinese, tuple(_parts(word) for word in words if not _HAN.search(word))


def _parts(phrase: str) -> tuple[Choice, ...]:
    """Take a phrase that is not Chinese apart: each part a word, or one of several."""
    if OR in phrase:
        return tuple(Choice.of(*part.split(OR)) for part in phrase.split())
    return tuple(Choice.of(found[0]) for found in WORD.finditer(phrase) if Letters.of(found[0]).spelt)


def _told(stem: Stem, words: tuple[Letters, ...], places: tuple[int, ...]) -> Found:
    """Say of a phrase whose parts may be one of several words which of them stand there."""
    if OR not in stem.found.word:
        return stem.found
    said = (part.said(words[place]) for part, place in zip(stem.parts, places, strict=True))
    return stem.found._replace(word=" ".join(said))


def _less(found: Found, meanings: Collection[Meaning]) -> Found:
    return Found(found.word, tuple(each for each in found.meanings if each[0] not in meanings)) if meanings else found


def _weight(name: str) -> float:
    if not _HAN.search(name):
        return NAME + min(MOST_ADDED, LONGER * name.count(" "))
    return ONE_CHARACTER if len(name) == 1 else NAME + min(MOST_ADDED, LONGER * (len(name) - 2))


def _begun(words: Sequence[tuple[str, Found]], spread: Sequence[tuple[Phrase, Found]]) -> dict[str, Begun]:
    """Put words and phrases together by the two signs that they begin with; what has but one stands with all that follow."""
    by_begin: dict[str, Begun] = {}
    for word, found in sorted(words, key=lambda each: -len(each[0])):
        begun = by_begin.setdefault(word[:_PAIR], Begun([], []))
        begun.words.append((word, found))
    for phrase, found in spread:
        for begin in dict.fromkeys(word[:_PAIR] for word in phrase.begins):
            by_begin.setdefault(begin, Begun([], [])).spread.append((phrase.beginning_with(begin), found))
    for begin, begun in by_begin.items():
        if len(begin) == _PAIR and (alone := by_begin.get(begin[0])) is not None:
            begun.words.extend(alone.words)
            begun.spread.extend(alone.spread)
    return by_begin


def _first(begun: Collection[str]) -> re.Pattern[str]:
    """Make what finds the signs with which a text may begin to say one of some pairs, or one sign alone."""
    first, second = ({each[place] for each in begun if len(each) == _PAIR} for place in (0, 1))
    alone = {each for each in begun if len(each) < _PAIR}
    return re.compile(f"{_one_of(first)}(?={_one_of(second)})|{_one_of(alone)}")


def _one_of(signs: Iterable[str]) -> str:
    """Write what stands for each of some signs; nothing where there are none."""
    listed = "".join(map(re.escape, sorted(signs)))
    return f"[{listed}]" if listed else "(?!)"


def _places(parts: tuple[Choice, ...], words: tuple[Letters, ...], index: int) -> tuple[int, ...]:
    """Return where the parts of a stem stand, the first at `index`; empty where they do not."""
    if not parts[0].begins(words[index]):
        return ()
    places = [index]
    for part in parts[1:]:
        next_one = places[-1] + 1
        within = range(next_one, min(next_one + _GAP + 1, len(words)))
        place = next((at for at in within if part.begins(words[at])), None)
        if place is None:
            return ()
        places.append(place)
    return tuple(places)


def _key(word: Letters) -> str:
    """Return the first letter as it is spelt and the second as it sounds: a stem's are those of every word it begins."""
    return word.spelt[:1] + word.sounded[1:2]
