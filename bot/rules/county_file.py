"""The county file as text: its fingerprint, and where two of them say something different.

Invariant: two files without a difference say the same of everything, however they are laid out and commented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final, TypeGuard

import msgspec

from bot.rules.county import County
from bot.rules.fault import Fault, Mistake, because

FILE: Final = "county_file"
DIGEST: Final = "county_digest"
"""Under which names the house remembers the text that is in force, and its fingerprint."""

LONGEST: Final = 200
"""Characters of a value; what is longer is cut where it is shown."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One place where two files differ.

    Attributes:
        place: such as `category[roads].unit`; elements of a list by their id, a list without ids as a whole.
        before: what stood there and no longer does, as in the file; None where nothing went.
        after: what stands there now and did not; None where nothing came.
    """

    place: str
    before: str | None
    after: str | None


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """Something of the county file that cannot go yet, as open cases or officials hold on to it.

    Attributes:
        section: `unit`, `township`, `category` or `deadline`.
        cases: open ones that name it.
        officials: active ones who work there.
    """

    section: str
    id: str
    cases: int
    officials: int


def digest_of(text: str) -> str:
    """Return the SHA-256 of a file's bytes, 64 lowercase hex digits, as `sha256sum` prints it."""
    return sha256(text.encode()).hexdigest()


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[Difference, ...]:
    """Compare two files, as TOML tables, in the order of the later one."""
    return tuple(_tables("", before, after))


def held_back(county: County, mentions: Sequence[Mention]) -> tuple[Mistake, ...]:
    """Say what a county leaves out although it is still in use."""
    known: Mapping[str, Mapping[str, object]] = {
        "unit": {str(key): value for key, value in county.units.items()},
        "township": {str(key): value for key, value in county.townships.items()},
        "category": {str(key): value for key, value in county.categories.items()},
        "deadline": {str(key): value for key, value in county.classes.items()},
    }
    return tuple(
        Mistake(f"{each.section}[{each.id}]", because(Fault.IN_USE, cases=str(each.cases), officials=str(each.officials)))
        for each in mentions
        if each.id not in known[each.section]
    )


def _tables(place: str, before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[Difference]:
    for key in dict.fromkeys((*after, *before)):
        yield from _values(f"{place}.{key}" if place else key, before.get(key), after.get(key))


def _values(place: str, before: object, after: object) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _tables(place, before, after)
    elif _has_ids(before) and _has_ids(after):
        old, new = ({str(each["id"]): each for each in elements} for elements in (before, after))
        for key in dict.fromkeys((*new, *old)):
            yield from _values(f"{place}[{key}]", old.get(key), new.get(key))
        if old.keys() == new.keys() and list(old) != list(new):
            yield Difference(place=place, before=", ".join(old), after=", ".join(new))
    elif isinstance(before, list) and isinstance(after, list):
        gone = [_written(each) for each in before if each not in after]
        come = [_written(each) for each in after if each not in before]
        if not gone and not come:  # the same in another order, or another number of times
            gone, come = [_written(before)], [_written(after)]
        yield Difference(place=place, before=", ".join(gone) or None, after=", ".join(come) or None)
    else:
        yield Difference(
            place=place,
            before=None if before is None else _written(before),
            after=None if after is None else _written(after),
        )


def _has_ids(value: object) -> TypeGuard[list[Mapping[str, object]]]:
    return isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) and "id" in each for each in value)


def _written(value: object) -> str:
    """Write a value nearly as TOML does; what the file holds has been read by tomllib, so there are no other types."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value}"'
        case Mapping():
            return "{ " + ", ".join(f"{key} = {_written(each)}" for key, each in value.items()) + " }"
        case list():
            return "[" + ", ".join(map(_written, value)) + "]"
        case _:
            return str(value)
