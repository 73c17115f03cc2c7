"""A value has one writing: RFC 8785's, the same as another implementation's for everything that an entry may hold."""

from __future__ import annotations

import json
import math
import sys
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.chain import LARGEST, Scalar, canonical
from bot.rules.entry import Closing

EVERY_CHARACTER: Final = "".join(map(chr, (*range(0xD800), *range(0xE000, sys.maxunicode + 1))))
LONE_SURROGATE: Final = "\ud800"

scalars = st.one_of(st.text(st.characters(codec="utf-8")), st.integers(-LARGEST, LARGEST), st.booleans(), st.none())
names = st.from_regex("[a-z][a-z0-9_]*", fullmatch=True)


class CaseNumberLike(str):
    """Text of a class of its own."""

    __slots__ = ()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("", '""'),
        ('€$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'),  # RFC 8785 section 3.2.2.2
        ("\b\t\n\f\r\x00\x1f\x7f\u2028", '"\\b\\t\\n\\f\\r\\u0000\\u001f\x7f\u2028"'),
        ("𐌰", '"𐌰"'),
        (0, "0"),
        (-1, "-1"),
        (LARGEST, "9007199254740991"),
        (-LARGEST, "-9007199254740991"),
        (True, "true"),
        (False, "false"),
        (None, "null"),
        (Closing.RATED, '"rated"'),
        (CaseNumberLike("CB-2026-000001"), '"CB-2026-000001"'),
        ({}, "{}"),
        ({"b": 1, "a_": "x", "a": None, "a1": True}, '{"a":null,"a1":true,"a_":"x","b":1}'),
    ],
)
def test_a_value_is_written_as_rfc_8785_says(value: Scalar, written: str) -> None:
    """No spaces, sorted names, the shortest escapes, everything else as it is."""
    assert canonical(value) == written.encode()


def test_every_character_is_written_as_the_standard_library_writes_it() -> None:
    """For all of Unicode, two implementations agree on every escape."""
    assert canonical(EVERY_CHARACTER).decode() == json.dumps(EVERY_CHARACTER, ensure_ascii=False)


@given(st.one_of(scalars, st.dictionaries(names, scalars)))
def test_any_value_is_written_as_the_standard_library_writes_it(value: Scalar) -> None:
    """Two implementations agree on every value and object, and what was written reads back."""
    written = canonical(value)
    assert written == json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    assert json.loads(written) == value


@pytest.mark.parametrize(
    "value",
    [
        LONE_SURROGATE,
        "ok\udfff",
        {"a": LONE_SURROGATE},
        {LONE_SURROGATE: 1},
        LARGEST + 1,
        -LARGEST - 1,
        10**30,
        1.0,
        math.nan,
        {"a": 0.5},
        {"a": {}},
        {"a": [1]},
        [],
        b"bytes",
        {"A": 1},
        {"é": 1},
        {"": 1},
        {"a b": 1},
        {"1": 1},
    ],
)
def test_what_has_no_one_writing_is_refused(value: Scalar) -> None:
    """Lone surrogates, floats, large integers, nesting and odd names are never hashed."""
    with pytest.raises(ValueError, match=r"field|surrogates"):
        canonical(value)
