"""The words that the guess goes by: those that come with the program, and those that the county adds.

Invariant: the program's own words are found by the ids of the county file, so a category of another id has only the words
that the county writes, and none is ever guessed that the county does not have.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, TypeVar

from bot.county import forms
from bot.county.names import languages
from bot.county.table import Table
from bot.rules.county import Category, Kind, Urgency
from bot.rules.phrase import OR
from bot.rules.vocabulary import Listed, Vocabularies, Vocabulary

K = TypeVar("K", Kind, Urgency)

_SEPARATOR: Final = re.compile(r"[,\n]")
_GROUP: Final = re.compile(r"\{(\w+)\}")


def vocabularies(root: Table, categories: Iterable[Category]) -> Vocabularies:
    """Put together the program's words and the county's: those of its categories, and those of its table [words]."""
    of_kinds, of_urgencies = root.inner_if_any("words", _own) or ({}, {})
    own = {str(category.id): _flat(category.words) for category in categories}
    return Vocabularies(
        category=_vocabulary("category", tuple(own.items())),
        kind=_vocabulary("kind", tuple((kind.value, of_kinds.get(kind, ())) for kind in Kind)),
        urgency=_vocabulary("urgency", tuple((urgency.value, of_urgencies.get(urgency, ())) for urgency in Urgency)),
    )


def _own(table: Table) -> tuple[Mapping[Kind, tuple[str, ...]], Mapping[Urgency, tuple[str, ...]]]:
    return (
        table.inner_if_any("kind", lambda inner: _of(inner, Kind)) or {},
        table.inner_if_any("urgency", lambda inner: _of(inner, Urgency)) or {},
    )


def _of(table: Table, members: type[K]) -> Mapping[K, tuple[str, ...]]:
    return {each: _flat(table.inner(each.value, by_language)) for each in members if table.has(each.value)}


def by_language(table: Table) -> Mapping[str, tuple[str, ...]]:
    """Read lists of words, one for each language."""
    return {language: table.sequence(language, forms.TEXT) for language in languages(table)}


def _flat(words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for each in words.values() for word in each)


@lru_cache(maxsize=8)
def _vocabulary(group: str, county: tuple[tuple[str, tuple[str, ...]], ...]) -> Vocabulary:
    """Index the words of a group, once while they stay the same: most of what reading a county file takes.

    Args:
        county: what the county adds, by meaning.
    """
    own = dict(county)
    ours = {meaning: lists for meaning, lists in _program()[group].items() if meaning in own}
    listed = {
        meaning: Listed(
            names=(*_split(ours.get(meaning, {}).get("names", {})), *own[meaning]),
            hints=_split(ours.get(meaning, {}).get("hints", {})),
        )
        for meaning in own
    }
    unless = (word for lists in ours.values() for word in _split(lists.get("unless", {})))
    unless_before = (word for lists in ours.values() for word in _split(lists.get("unless_before", {})))
    unless_beside = {meaning: _split(lists["unless_beside"]) for meaning, lists in ours.items() if "unless_beside" in lists}
    return Vocabulary.of(listed, unless, unless_before, unless_beside)


@cache
def _program() -> Mapping[str, Mapping[str, Mapping[str, Mapping[str, str]]]]:
    """Return the words that come with the program: by group, meaning, how much they say, and language."""
    content: dict[str, dict[str, dict[str, dict[str, str]]]] = tomllib.loads(
        (files("bot") / "words.toml").read_text("utf-8")
    )
    return content


def _split(by_language: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_spelt_out(each, language) for language, lines in by_language.items() for each in _listed(lines))


def _listed(lines: str) -> Iterable[str]:
    return filter(None, map(str.strip, _SEPARATOR.split(lines)))


def _spelt_out(phrase: str, language: str) -> str:
    """Put the words of a group where a phrase has the group's name in braces."""
    return _GROUP.sub(lambda named: OR.join(_listed(_program()["groups"][named[1]]["names"][language])), phrase)
