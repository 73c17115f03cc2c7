"""What is said of a county file with mistakes: one line each, all at once, and nothing else.

Every mistake is made in the sample file, so that nothing but the mistake can be what is complained of.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.county import read_county
from bot.county.sections import county_of
from bot.county.table import Table
from bot.errors import SettingsError
from bot.rules.calendar import Calendar
from bot.rules.fault import Mistake as Told
from tests.county.edits import SAMPLE, edited, mistakes_of, without


class Mistake(NamedTuple):
    """An edit of the sample file, and the lines that are said of it."""

    before: str
    after: str
    lines: list[str]


def mistakes_on_file() -> list[Mistake]:
    """Read the blocks of mistakes.txt."""
    found: list[Mistake] = []
    for block in Path(__file__).with_name("mistakes.txt").read_text(encoding="utf-8").split("\n\n"):
        marked = [line for line in block.splitlines() if not line.startswith("#")]
        before, after, lines = ([line[2:] for line in marked if line.startswith(mark)] for mark in ("- ", "+ ", "> "))
        if marked:
            found.append(Mistake("\n".join(before), "\n".join(after), lines))
    return found


@pytest.mark.parametrize("mistake", mistakes_on_file(), ids=lambda mistake: mistake.lines[0][:60])
def test_a_mistake_is_one_line_that_says_where_and_what(tmp_path: Path, mistake: Mistake) -> None:
    """Nothing else is complained of because of it."""
    assert mistakes_of(tmp_path, edited((mistake.before, mistake.after))) == mistake.lines


@pytest.mark.parametrize(
    "section", ["deadline_by", "limits", "pause", "privacy", "warning", "rating", "reminders", "county", "hours", "calendar"]
)
def test_a_section_that_is_missing_is_named(tmp_path: Path, section: str) -> None:
    """Its keys are not complained of one by one."""
    assert mistakes_of(tmp_path, without(section)) == [f"[{section}] is missing"]


def test_without_units_only_that_is_said(tmp_path: Path) -> None:
    """Every mention of a unit would be wrong then; one line is enough."""
    assert mistakes_of(tmp_path, without("unit")) == ["[unit] is missing"]


def test_an_empty_list_of_units_is_no_units(tmp_path: Path) -> None:
    """As little as none at all."""
    assert mistakes_of(tmp_path, "unit = []\n" + without("unit")) == ["unit: at least one is needed"]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """In the order of the file, two in one table as well."""
    text = edited(
        ('code = "654022"\n', ""),
        ('case_prefix = "CB"', 'case_prefix = "cb"'),
        ('accept = "15cd"', 'accept = "soon"'),
        ("[pause]\n", "[pause]\ncolour = 1\n"),
        ('unit = "transport"\ndeadline = "complaint"', 'unit = "transprt"\ndeadline = "complain"'),
    )
    told = mistakes_of(tmp_path, text)
    assert [line.split(": ")[0] for line in told] == [
        "county",
        "county.case_prefix",
        'deadline "petition" accept',
        "pause.colour",
        'category "roads" unit',
        'category "roads" deadline',
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[county\n", "is not TOML: Expected ']' at the end of a table declaration (at line 1, column 8)"),
        ("a = 1\na = 2\n", "is not TOML: Cannot overwrite a value (at line 2, column 6)"),
        ("x = " + "[" * 5000, "is not TOML: brackets within brackets, too deep to read"),
        (b"a = 1\nb = '\xff'\n", "is not UTF-8 text (at line 2); save it as UTF-8"),
    ],
)
def test_what_is_not_toml_is_said_with_its_place(tmp_path: Path, text: str | bytes, line: str) -> None:
    """Line and column as an editor counts them."""
    assert mistakes_of(tmp_path, text) == [line]


def test_a_number_of_thousands_of_digits_is_not_toml(tmp_path: Path) -> None:
    """Python refuses to read it, with an error that is not TOML's own."""
    (line,) = mistakes_of(tmp_path, "a = " + "9" * 5000)
    assert line.startswith("is not TOML: Exceeds the limit")


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    """The same as one that may not be read."""
    with pytest.raises(SettingsError) as caught:
        read_county(tmp_path / "nowhere.toml")
    assert caught.value.mistakes == ("nowhere.toml: cannot be read: No such file or directory",)


Junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.lists(st.text(max_size=3), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)


def places(value: object) -> Iterator[tuple[dict[str, object] | list[object], str | int]]:
    """Give every place of a document, as what holds it and the key in that."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield value, key
            yield from places(inner)
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield value, number
            yield from places(inner)


PLACES = sum(1 for _ in places(tomllib.loads(SAMPLE)))


@settings(max_examples=150, deadline=None)
@given(changes=st.lists(st.tuples(st.integers(0, PLACES - 1), Junk), min_size=1, max_size=4))
def test_no_change_of_the_file_does_anything_but_be_told(changes: list[tuple[int, object]]) -> None:
    """A key that is gone, or a value that is something else, is a line or is allowed; reading ends by itself."""
    document = tomllib.loads(SAMPLE)
    for number, value in changes:
        holder, key = list(places(document))[number % max(1, sum(1 for _ in places(document)))]
        if value is None:
            del holder[key]  # type: ignore[arg-type] # the key came from this holder
        else:
            holder[key] = value  # type: ignore[index] # the same
    mistakes: list[Told] = []
    root = Table(document, "", mistakes)
    county = county_of(root)
    root.finish()
    assert all(str(mistake).isprintable() and str(mistake.reason) for mistake in mistakes)
    if not mistakes:
        assert Calendar.of(county.hours).is_working_day(date(2026, 11, 24)) in {True, False}


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, len(SAMPLE)), length=st.integers(0, 40), instead=st.text(max_size=3))
def test_no_slip_of_the_hand_does_anything_but_be_told(
    tmp_path_factory: pytest.TempPathFactory, at: int, length: int, instead: str
) -> None:
    """Text cut out of the file anywhere, or typed into it."""
    path = tmp_path_factory.getbasetemp() / "slip.toml"
    path.write_bytes((SAMPLE[:at] + instead + SAMPLE[at + length :]).encode("utf-8", "surrogatepass"))
    mistakes: tuple[str, ...] = ()
    try:
        read_county(path)
    except SettingsError as error:
        mistakes = error.mistakes
    assert all(line.startswith("slip.toml: ") and "\n" not in line for line in mistakes)
