"""A TOML table read key by key: what fits is handed out typed, what does not becomes one line, and reading goes on.

Invariant: reading never stops at a mistake. A value that is missing or wrong is written down once, and its form's stand-in
takes its place; stand-ins never leave this package, because a county with mistakes does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import Final, Generic, TypeVar

from bot.rules.fault import Fault, Mistake, Reason, because

T = TypeVar("T")

_PLAIN_PLACE: Final = re.compile(r"[A-Za-z0-9_.\[\]-]{1,64}")
_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LONGEST_SHOWN: Final = 40
_MOST_CHOICES: Final = 10
_AT_LEAST_ONE: Final = because(Fault.NONE_THERE)


@dataclass(eq=False)
class Misfit(Exception):
    """Write the reason down beside the place where the value stands: it has not the form that is asked for."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """What a value must look like.

    Attributes:
        read: takes the value as TOML gave it; raises `Misfit`.
        stand_in: takes the place of a value that is missing or wrong, so that reading can go on.
    """

    read: Callable[[object], T]
    stand_in: T


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise Misfit(because(Fault.NO_TRUTH, found=described(value)))
    return value


_TRUTH: Final = Form(_truth, stand_in=False)


class Table:
    """One table of the file, with the place it stands at; remembers which keys were asked for."""

    __slots__ = ("_asked", "_content", "_label", "_mistakes")

    def __init__(self, content: Mapping[str, object], label: str, mistakes: list[Mistake]) -> None:
        self._content = content
        self._label = label
        self._mistakes = mistakes
        self._asked: dict[str, None] = {}

    def has(self, key: str) -> bool:
        """Say whether `key` is there; asking makes it a key that may be there."""
        self._asked[key] = None
        return key in self._content

    def __iter__(self) -> Iterator[str]:
        """Give all keys; for tables whose keys are the author's choice."""
        return iter(self._content)

    def complain(self, key: str, reason: Reason) -> None:
        """Write down a mistake at `key`."""
        self._mistakes.append(Mistake(self._place(key), reason))

    def need(self, key: str, form: Form[T]) -> T:
        """Return the value at `key`, which must be there."""
        if not self.has(key):
            self._miss(key)
            return form.stand_in
        return self._fitted(key, self._content[key], form)

    def may(self, key: str, form: Form[T]) -> T | None:
        """Return the value at `key`, or None when the key is not there."""
        return self._fitted(key, self._content[key], form) if self.has(key) else None

    def sequence(self, key: str, form: Form[T]) -> tuple[T, ...]:
        """Return the elements of the list at `key`, which must be there, without those that do not fit."""
        if not self.has(key):
            self._miss(key)
            return ()
        return self._elements(key, form)

    def sequence_if_any(self, key: str, form: Form[T]) -> tuple[T, ...]:
        """Return the elements of the list at `key`, without those that do not fit; none when the key is not there."""
        return self._elements(key, form) if self.has(key) else ()

    def some(self, key: str, form: Form[T]) -> tuple[T, ...]:
        """Return the elements of the list at `key`, which must be there and have at least one."""
        found = self.sequence(key, form)
        if self._content.get(key) == []:
            self.complain(key, _AT_LEAST_ONE)
        return found

    def distinct(self, key: str, form: Form[T]) -> tuple[T, ...]:
        """Return the elements of the list at `key`, which must be there, have at least one, and say nothing twice."""
        found = self.some(key, form)
        value = self._content.get(key)
        written = value if isinstance(value, list) else []
        for number, element in enumerate(written, start=1):
            if isinstance(element, str) and element in written[: number - 1]:
                self.complain(f"{key}[{number}]", because(Fault.TWICE, value=shown(element)))
        return found

    def flag(self, key: str) -> bool:
        """Return what an optional `key = true` says; false when it is not there."""
        return self.may(key, _TRUTH) or False

    def inner(self, key: str, read: Callable[[Table], T]) -> T:
        """Return what `read` makes of the table at `key`, which must be there."""
        content = self._content.get(key)
        if not self.has(key):
            self._miss(key)
        elif not isinstance(content, dict):
            self.complain(key, because(Fault.NO_TABLE, found=described(content)))
        if not isinstance(content, dict):
            return read(Table({}, self._place(key), []))  # of stand-ins; what is missing in what is missing goes unsaid
        return self._read(content, self._place(key), read)

    def inner_if_any(self, key: str, read: Callable[[Table], T]) -> T | None:
        """Return what `read` makes of the table at `key`; None when the key is not there."""
        return self.inner(key, read) if self.has(key) else None

    def each(self, key: str, read: Callable[[Table], T]) -> tuple[T, ...]:
        """Return what `read` makes of each table in the list at `key`; at least one must be there."""
        if not self.has(key):
            self._miss(key)
            return ()
        if self._content[key] == []:
            self.complain(key, _AT_LEAST_ONE)
        return self.each_if_any(key, read)

    def each_if_any(self, key: str, read: Callable[[Table], T]) -> tuple[T, ...]:
        """Return what `read` makes of each table in the list at `key`; none when the key is not there."""
        self.has(key)
        return tuple(self._read(content, label, read) for label, content in self._tables(key, self.complain))

    def ids(self, key: str) -> tuple[str, ...]:
        """Return the ids of the tables in the list at `key`, and complain of those that are there twice.

        An id with a character too many is among them, so that a wrong id is one mistake and not one for each mention.
        """
        first: dict[str, int] = {}
        for number, (_, content) in enumerate(self._tables(key, _say_nothing), start=1):
            name = content.get("id")
            if isinstance(name, str) and first.setdefault(name, number) != number:
                reason = because(Fault.SAME_ID, value=shown(name), place=f"{key}[{first[name]}]")
                self._mistakes.append(Mistake(f"{key}[{number}].id", reason))
        return tuple(first)

    def finish(self) -> None:
        """Complain of every key that nobody asked for."""
        for key in self._content:
            if key not in self._asked:
                self.complain(key, because(Fault.UNKNOWN_KEY, choices=choices(key, self._asked)))

    def _place(self, key: str) -> str:
        key = key if _PLAIN_PLACE.fullmatch(key) else shown(key)
        separator = "" if not self._label else " " if self._label.endswith('"') else "."
        return f"{self._label}{separator}{key}"

    def _miss(self, key: str) -> None:
        self._mistakes.append(Mistake(self._label, because(Fault.MISSING, key=key if self._label else f"[{key}]")))

    def _fitted(self, key: str, value: object, form: Form[T]) -> T:
        try:
            return form.read(value)
        except Misfit as misfit:
            self.complain(key, misfit.reason)
            return form.stand_in

    def _elements(self, key: str, form: Form[T]) -> tuple[T, ...]:
        value = self._content[key]
        if not isinstance(value, list):
            self.complain(key, because(Fault.NO_LIST, found=described(value)))
            return ()
        found: list[T] = []
        for number, element in enumerate(value, start=1):
            try:
                found.append(form.read(element))
            except Misfit as misfit:
                self._mistakes.append(Mistake(f"{self._place(key)}[{number}]", misfit.reason))
        return tuple(found)

    def _tables(self, key: str, complain: Callable[[str, Reason], None]) -> Iterator[tuple[str, Mapping[str, object]]]:
        """Give the tables of the list at `key`, each with its label; complain of what is none."""
        value = self._content.get(key, [])
        if not isinstance(value, list):
            complain(key, because(Fault.NO_TABLES, found=described(value)))
            return
        for number, content in enumerate(value, start=1):
            if not isinstance(content, dict):
                complain(key, because(Fault.NO_TABLE_AT, number=str(number), found=described(content)))
                continue
            name = content.get("id")
            named = isinstance(name, str) and _PLAIN_NAME.fullmatch(name)
            yield f'{key} "{name}"' if named else f"{self._place(key)}[{number}]", content

    def _read(self, content: Mapping[str, object], label: str, read: Callable[[Table], T]) -> T:
        table = Table(content, label, self._mistakes)
        result = read(table)
        table.finish()
        return result


def choices(word: str, options: Collection[str]) -> Reason:
    """Say what is allowed, and which of it was probably meant."""
    listed = [option for option in options if option.isprintable() and len(option) <= _LONGEST_SHOWN]
    text = ", ".join(listed if len(listed) <= _MOST_CHOICES else [*listed[: _MOST_CHOICES - 2], "…"])
    close = closest(word, listed)
    return because(Fault.ALLOWED, options=text) if close is None else because(Fault.ALLOWED_BUT, options=text, close=close)


def closest(word: str, options: Collection[str]) -> str | None:
    """Return which of the options was probably meant; None where it could be any."""
    return next(iter(get_close_matches(word[:_LONGEST_SHOWN], options, n=1)), None)


def shown(text: str) -> str:
    """Quote text for a line of a terminal: cut when long, and what cannot be seen is spelled out."""
    cut = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    return '"' + "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in cut) + '"'


def described(value: object) -> Reason:
    """Name the TOML type of a value."""
    match value:
        case bool():
            return because(Fault.A_TRUTH)
        case str():
            return because(Fault.THE_TEXT, value=shown(value))
        case int():
            return because(Fault.A_NUMBER)
        case float():
            return because(Fault.A_FRACTION)
        case datetime():
            return because(Fault.A_DATE_WITH_TIME)
        case date():
            return because(Fault.A_DATE)
        case time():
            return because(Fault.A_TIME)
        case list():
            return because(Fault.A_LIST)
        case _:
            return because(Fault.A_TABLE)


def _say_nothing(_key: str, _reason: Reason) -> None:
    """Leave a complaint to the one who reads the same list for good."""
