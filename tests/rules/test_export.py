"""An exported line is believed only as far as its bytes lead, and the public one shows no more than it may."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import LedgerBroken
from bot.rules.chain import EMPTY, GENESIS, Head, LedgerRow, salts_needed, write
from bot.rules.county import Role
from bot.rules.disclosure import LEAST
from bot.rules.entry import (
    SYSTEM,
    CallbackDrawn,
    Counted,
    Entry,
    Fact,
    Rated,
    ReminderDecided,
    Solved,
    VoiceCounted,
    WeekCounted,
)
from bot.rules.export import Crowds, LastWeek, PublicView, export_line, follow_line, read_line
from bot.rules.identity import CaseNumber, CategoryId, ClassId, StaffId, UnitId
from bot.rules.week import Facts
from tests.support.builders import ACCEPTED, FILED, INVITED, NOW, NUMBER, RESOLVED, TRANSPORT
from tests.tools.test_ledger_vectors import published

WEEK_END = WeekCounted(week="2026-W47", begins_at=NOW, ends_at=NOW + timedelta(days=7), attempts=0, voices=0)
DRAWN = CallbackDrawn(round=1, counted="0" * 64)
OTHER = CaseNumber("CB-2026-000124")
DECIDED = ReminderDecided(round=1, stage="before:1d", role=Role.OFFICER, staff=StaffId("s-0123456789ab"))
RATED = Rated(round=1, voice=1, solved=Solved.NO, score=1)


def ledger(*facts: tuple[Any, CaseNumber | None]) -> list[LedgerRow]:
    """Make a ledger of these facts."""
    rows: list[LedgerRow] = []
    for seq, (fact, number) in enumerate(facts, 1):
        assert isinstance(fact, Fact)
        made = Entry(at=NOW + timedelta(minutes=seq), actor=SYSTEM, case=number, fact=fact)  # type: ignore[arg-type]  # any kind
        previous = rows[-1].chain_hash if rows else GENESIS
        rows.append(write(made, seq=seq, salts=bytes(range(salts_needed(made) // 16)) * 16, previous=previous))
    return rows


def crowds(rows: list[LedgerRow]) -> Crowds:
    """Go over a ledger once."""
    found = Crowds()
    for row in rows:
        found.add(row)
    return found


def public(rows: list[LedgerRow]) -> list[dict[str, Any]]:
    """Export what the public may see."""
    view = PublicView(crowds(rows))
    return [json.loads(export_line(row, view.shown(row))) for row in rows]


def test_the_public_sees_kind_unit_and_the_answer_and_nothing_else() -> None:
    """No case, no person, no moment, no category, no score; reminders and invitations by their kind alone."""
    lines = public(
        ledger((FILED, NUMBER), (ACCEPTED, NUMBER), (RESOLVED, NUMBER), (RATED, NUMBER), (DECIDED, NUMBER), (INVITED, None))
    )
    assert [line["facts"] for line in lines] == [
        {"unit": TRANSPORT},
        {"unit": TRANSPORT},
        {"unit": TRANSPORT},
        {"solved": "no"},
        {},
        {},
    ]
    for line in lines:
        assert {"case", "actor", "at"} <= line["withheld"].keys()
        assert not {"case", "actor", "at"} & line.keys()
        assert line["salts"].keys() == {"entry", "version", *line["facts"]}


def test_of_a_confidential_case_the_public_does_not_see_the_unit() -> None:
    """In none of its entries; of other cases it does."""
    secret = msgspec.structs.replace(FILED, is_confidential=True)
    lines = public(ledger((secret, NUMBER), (FILED, OTHER), (ACCEPTED, NUMBER), (ACCEPTED, OTHER), (RESOLVED, NUMBER)))
    assert ["unit" in line["facts"] for line in lines] == [False, True, False, True, False]


def counted(unit: str, week: str = "2026-W47", **changes: Any) -> Counted:
    """Count a case that was received and resolved in time."""
    fact = Counted(
        round=1,
        week=week,
        begins_at=NOW,
        ends_at=NOW + timedelta(days=7),
        unit=UnitId(unit),
        category=CategoryId("roads"),
        deadline_class=ClassId("complaint"),
        is_confidential=False,
        received=True,
        accepted_in_time=True,
        in_time=True,
        handled=True,
        answered=None,
        solved=None,
        reopened=None,
    )
    return msgspec.structs.replace(fact, **changes)


def counted_week(units: dict[str, int], week: str = "2026-W47", **changes: Any) -> list[tuple[Any, CaseNumber | None]]:
    """Count so many cases of each unit in a week."""
    names = [(unit, f"CB-2026-{place:06d}") for unit, count in units.items() for place in range(count)]
    cases: list[tuple[Any, CaseNumber | None]] = [
        (counted(unit, week, **changes), CaseNumber(f"{number}{unit}")) for unit, number in names
    ]
    end = WeekCounted(week=week, begins_at=NOW, ends_at=NOW + timedelta(days=7), attempts=len(cases), voices=0)
    return [*cases, (end, None)]


def test_of_a_counted_case_the_public_sees_unit_week_and_yes_or_no() -> None:
    """Enough to compute every rate of the county and of a unit; what it is about only where there were enough cases."""
    *many, end = public(ledger(*counted_week({"water": 6})))
    few = public(ledger(*counted_week({"water": 4})))[0]
    said = {"accepted_in_time": True, "in_time": True, "handled": True, "answered": None, "solved": None, "reopened": None}
    assert few["facts"] == {"unit": "water", "week": "2026-W47", "received": True, **said}
    assert all(line["facts"] == {**few["facts"], "category": "roads", "deadline_class": "complaint"} for line in many)
    assert end["facts"]["attempts"] == 6
    assert {"case", "round", "begins_at", "is_confidential", "category"} <= few["withheld"].keys()


@pytest.mark.parametrize(
    ("units", "told"),
    [
        ({"water": 5, "roads": 5}, {"water", "roads"}),
        ({"water": 9, "roads": 7, "power": 4}, {"water"}),
        ({"water": 9, "roads": 3, "power": 4}, {"water"}),
        ({"water": 9, "roads": 1, "power": 2}, set()),
    ],
)
def test_what_cases_are_about_cannot_be_found_by_subtracting(units: dict[str, int], told: set[str]) -> None:
    """Where the county's total is known: one small unit takes another with it, two very small ones a third."""
    lines = public(ledger(*counted_week(units)))
    assert {line["facts"]["unit"] for line in lines if "category" in line["facts"]} == told


def test_a_county_may_ask_for_more_cases_than_five() -> None:
    """Of a unit with nine nothing is told then of what they are about."""
    rows = ledger(*counted_week({"water": 9, "roads": 12}))
    crowds = Crowds(10)
    for row in rows:
        crowds.add(row)
    view = PublicView(crowds)
    assert not [row for row in rows if "category" in view.shown(row)]
    assert [line for line in public(rows) if "category" in line["facts"]]


@pytest.mark.parametrize(
    ("matters", "told"),
    [
        ({"roads/a": 5}, {"roads/a"}),
        ({"roads/a": 6, "water/a": 4}, set()),  # the unit's own total less the six would tell of the four
        ({"roads/a": 9, "water/a": 6, "power/a": 4}, {"roads/a"}),
        ({"roads/a": 9, "water/a": 3, "power/a": 4}, {"roads/a"}),
        ({"roads/a": 5, "roads/b": 5}, {"roads/a", "roads/b"}),
        ({"roads/a": 6, "roads/b": 4}, {"roads"}),
        ({"roads/a": 9, "roads/b": 7, "roads/-": 4}, {"roads/a", "roads"}),
        ({"roads/a": 3, "water/a": 1, "power/a": 1}, set()),
    ],
)
def test_a_handful_of_a_unit_s_cases_of_one_kind_is_not_told(matters: dict[str, int], told: set[str]) -> None:
    """Neither by the lines themselves nor by subtracting; of a category with enough, one class may still have too few."""
    names = [(matter, place) for matter, count in matters.items() for place in range(count)]
    facts: list[tuple[Any, CaseNumber | None]] = []
    for matter, place in names:
        category, _, rule = matter.partition("/")
        fact = counted("works", category=CategoryId(category), deadline_class=None if rule == "-" else ClassId(rule))
        facts.append((fact, CaseNumber(f"CB-2026-{place:06d}{matter}")))
    end = WeekCounted(week="2026-W47", begins_at=NOW, ends_at=NOW + timedelta(days=7), attempts=len(facts), voices=0)
    *lines, _ = public(ledger(*facts, (end, None)))
    shown = [(line["facts"].get("category"), line["facts"].get("deadline_class")) for line in lines]
    assert {category if rule is None else f"{category}/{rule}" for category, rule in shown if category is not None} == told
    assert all(line["facts"]["unit"] == "works" for line in lines)  # so that the unit's rates come out whatever is hidden


@given(st.lists(st.tuples(st.sampled_from("uvw"), st.sampled_from("abc"), st.sampled_from("xyz")), max_size=60))
@settings(max_examples=60)
def test_no_cell_that_can_be_counted_is_small(cases: list[tuple[str, str, str]]) -> None:
    """Of no unit, category and class, and of no unit and category, one to four lines are shown or left over alone."""
    facts: list[tuple[Any, CaseNumber | None]] = [
        (counted(unit, category=CategoryId(category), deadline_class=ClassId(rule)), CaseNumber(f"CB-2026-{place:06d}"))
        for place, (unit, category, rule) in enumerate(cases)
    ]
    end = WeekCounted(week="2026-W47", begins_at=NOW, ends_at=NOW + timedelta(days=7), attempts=len(facts), voices=0)
    *lines, _ = public(ledger(*facts, (end, None)))
    units = Counter(unit for unit, _, _ in cases)
    by_category = Counter((line["facts"]["unit"], line["facts"].get("category")) for line in lines)
    by_class = Counter(
        (line["facts"]["unit"], line["facts"]["category"], line["facts"].get("deadline_class"))
        for line in lines
        if "category" in line["facts"]
    )
    kept = {unit for unit in units if (unit, None) in by_category}
    assert all(count >= LEAST for (_, category), count in by_category.items() if category is not None)
    assert all(count >= LEAST for (_, _, rule), count in by_class.items() if rule is not None)
    for unit in kept:
        true = Counter(category for of, category, _ in cases if of == unit)
        hidden = {category for category in true if (unit, category) not in by_category}
        if hidden != set(true):  # what is left of the unit's total is of two kinds at least, or of many
            assert len(hidden) > 1 or by_category[unit, None] >= LEAST


def test_two_rounds_of_a_case_are_one_case_and_each_week_counts_for_itself() -> None:
    """Four cases counted in two rounds each are not eight, and a busy week does not open a quiet one."""
    twice = [*counted_week({"water": 4})[:4], *counted_week({"water": 4}, round=2)]
    lines = public(ledger(*twice, *counted_week({"water": 6}, "2026-W48")))
    assert {line["facts"]["week"] for line in lines if "category" in line["facts"]} == {"2026-W48"}


def test_a_confidential_case_counts_in_the_county_alone() -> None:
    """Its unit is told neither by the case nor by the voice, and it does not help others to be enough."""
    secret = msgspec.structs.replace(FILED, is_confidential=True)
    hidden = counted("water", is_confidential=True)
    voice = VoiceCounted(round=1, week="2026-W47", unit=UnitId("water"), is_confidential=True, satisfied=False)
    lines = public(ledger((secret, NUMBER), (hidden, NUMBER), (voice, NUMBER), *counted_week({"water": 4})))
    assert lines[1]["facts"].keys() == {"week", "received", *(name for name in Facts._fields)}
    assert lines[2]["facts"] == {"week": "2026-W47", "satisfied": False}
    assert not any("category" in line["facts"] for line in lines)


def test_lines_can_be_followed_full_and_public() -> None:
    """Both lead to the same hashes, which are the ledger's own."""
    rows = ledger((FILED, NUMBER), (ACCEPTED, NUMBER), (RATED, NUMBER))
    view, head = PublicView(crowds(rows)), EMPTY
    for row in rows:
        full = follow_line(head, export_line(row))
        assert full == follow_line(head, export_line(row, view.shown(row))) == (row.seq, row.entry_hash, row.chain_hash)
        head = Head(row.seq, row.chain_hash)


@pytest.mark.parametrize("name", ["export", "public_export"])
def test_the_published_exports_hold(name: str) -> None:
    """The vectors of docs/ledger-vectors.json."""
    head = EMPTY
    for line in published()[name]:
        followed = follow_line(head, json.dumps(line).encode())
        head = Head(followed.seq, followed.chain_hash)
    assert head.seq == 7


def line_of(**changes: Any) -> bytes:
    """Write an honest line, changed."""
    line = json.loads(export_line(ledger((FILED, NUMBER))[0]))
    return json.dumps({name: value for name, value in {**line, **changes}.items() if value is not ...}).encode()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"\xff", id="no text"),
        pytest.param(b"[" * 200_000, id="too deep"),
        pytest.param(b" " * (1 << 20) + line_of(), id="too long"),
        pytest.param(line_of(seq="1"), id="a place as text"),
        pytest.param(line_of(seq=True), id="a place that is true"),
        pytest.param(line_of(actor="s-0"), id="another actor"),
        pytest.param(line_of(actor=...), id="a column neither shown nor withheld"),
        pytest.param(line_of(version=True), id="a version that is true"),
        pytest.param(line_of(version=1.0), id="a version as a fraction"),
        pytest.param(line_of(extra=1), id="a part too many"),
        pytest.param(line_of(facts={}), id="no facts"),
        pytest.param(line_of(facts={"unit": {"a": 1}}), id="a fact that is an object"),
        pytest.param(line_of(facts={"actor": "clock"}), id="a fact named like a column"),
        pytest.param(line_of(salts={}), id="no salts"),
        pytest.param(line_of(withheld={"actor": "00" * 32}), id="a field shown and withheld"),
        pytest.param(line_of(withheld={"more": "00" * 32}), id="a field too many"),
        pytest.param(line_of(entry_hash="00" * 32), id="another entry hash"),
        pytest.param(line_of(entry_hash="00" * 31), id="a short entry hash"),
        pytest.param(line_of().replace(b'"seq"', b'"seq": 1, "seq"'), id="a name twice"),
        pytest.param(line_of(chain_hash=None), id="no chain hash"),
    ],
)
def test_a_line_that_is_not_one_is_refused(content: bytes) -> None:
    """Whatever is wrong with it, in one kind of error, named by its place."""
    with pytest.raises(ValueError, match=r"."):
        read_line(content)
    with pytest.raises(LedgerBroken) as found:
        follow_line(EMPTY, content)
    assert found.value.seq == 1


@pytest.mark.parametrize("name", ["Unit", "", "unit ", "ünit", "1st", "unit\n"])
def test_a_withheld_field_bears_a_name_that_a_field_can_have(name: str) -> None:
    """Its commitment fits under any; the stand-alone verifier refuses such a line, too."""
    line = json.loads(export_line(ledger((FILED, NUMBER))[0], frozenset()))
    withheld = {("other" if each == "unit" else each): digest for each, digest in line["withheld"].items()}
    read_line(json.dumps({**line, "withheld": withheld}).encode())
    withheld[name] = withheld.pop("other")
    with pytest.raises(ValueError, match="name"):
        read_line(json.dumps({**line, "withheld": withheld}).encode())


def test_a_line_out_of_its_place_is_refused() -> None:
    """Left out, or behind another entry than it was."""
    rows = ledger((FILED, NUMBER), (ACCEPTED, NUMBER))
    second = export_line(rows[1])
    for head in (EMPTY, Head(1, bytes(32)), Head(2, rows[1].chain_hash)):
        with pytest.raises(LedgerBroken) as found:
            follow_line(head, second)
        assert found.value.seq == head.seq + 1
    assert follow_line(Head(1, rows[0].chain_hash), second).seq == 2


def last_published(*moments: tuple[str, Any]) -> int:
    """Return how far a ledger of facts entered at these moments may be published."""
    last = LastWeek()
    for (at, _), row in zip(moments, ledger(*((fact, None) for _, fact in moments)), strict=True):
        last.add(msgspec.structs.replace(row, at=at))
    return last.until


def test_nothing_is_published_before_a_week_is_counted() -> None:
    """A county that has just begun has a board without entries."""
    assert last_published() == last_published(("09:00", FILED), ("10:00", ACCEPTED)) == 0


def test_what_is_published_ends_with_the_commit_of_the_last_week() -> None:
    """The draw behind the week's end goes with it; what came a second later waits for the next one, with all after it."""
    monday = ("10:30:00", WEEK_END), ("10:30:00", DRAWN), ("10:30:00", DRAWN)
    assert last_published(("09:00:00", FILED), *monday) == 4
    assert last_published(("09:00:00", FILED), *monday, ("10:30:01", FILED), ("10:30:00", FILED)) == 4
    assert last_published(*monday, ("11:00:00", FILED), ("10:30:00", WEEK_END), ("10:40:00", FILED)) == 5
