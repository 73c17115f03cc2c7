"""A search in the ledger is a few words, each understood by its form."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.actions.audit_house import HOUSE_KINDS, audit_page
from bot.rules.audit import LONGEST, AuditGroup, NotUnderstood, Search, kinds_of, search_of
from bot.rules.county import Role
from bot.rules.entry import KINDS, AnyFact, CardShown, Entry, SignAnswered
from bot.rules.identity import CaseNumber, SignNumber, StaffId, UnitId
from tests.support.builders import NOW, staff

UNITS = {"transport": UnitId("transport"), "交通运输局": UnitId("transport"), "feed": UnitId("feed")}
ONE, OTHER, NAMESAKE = StaffId("s-0123456789ab"), StaffId("s-aaaaaaaafeed"), StaffId("s-bbbbbbbb89ab")
YEARLY = StaffId("s-cccccccc2026")
STAFF = (ONE, OTHER, NAMESAKE, YEARLY)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), Search()),
        (("cb-2026-000123",), Search(case=CaseNumber("CB-2026-000123"))),
        (("2026-11-24",), Search(day=date(2026, 11, 24))),
        (("交通运输局",), Search(unit=UnitId("transport"))),
        (("looked",), Search(kinds=frozenset({"looked"}))),
        (("s-0123456789ab",), Search(staff=frozenset({ONE}))),
        (("89ab",), Search(staff=frozenset({ONE, NAMESAKE}))),  # both, as nobody can say which
        (("feed",), Search(unit=UnitId("feed"))),  # a unit before the end of a sign
        (("yj-2026-00012",), Search(topic="YJ-2026-00012")),
        (("JY-2026-00003",), Search(topic="JY-2026-00003")),
        (("2026-w47", "transport"), Search(topic="2026-W47", unit=UnitId("transport"))),
        (("2026-11",), Search(topic="2026-11")),
        (("2026-Q4",), Search(topic="2026-Q4")),
        (("2025",), Search(topic="2025")),
        (("2026",), Search(staff=frozenset({YEARLY}))),  # the end of a sign before a year
        (("transport", "2026-11-24"), Search(unit=UnitId("transport"), day=date(2026, 11, 24))),
    ],
)
def test_each_word_is_understood_by_its_form(words: tuple[str, ...], found: Search) -> None:
    """A number, a day, a unit by id or name, a kind, the end of an official's sign."""
    assert search_of(words, UNITS, STAFF) == found


@pytest.mark.parametrize(
    "words",
    [
        ("water",),
        ("2026-13-01",),
        ("0000",),
        ("transport", "feed"),
        ("a b",),
        ("x" * (LONGEST + 1),),
        ("YJ-2026-1",),
        ("CB-2026-000123", "YJ-2026-00012"),
        ("2026-11", "2026-W47"),
    ],
)
def test_what_means_nothing_is_refused(words: tuple[str, ...]) -> None:
    """Unknown, no such day, nobody's sign, two units at once, too long for a button, half a number, a case and a warning."""
    with pytest.raises(NotUnderstood):
        search_of(words, UNITS, STAFF)


def test_a_day_is_the_county_s_own() -> None:
    """From midnight to midnight in its time zone."""
    assert Search().between(ZoneInfo("Asia/Shanghai")) is None
    begins_at, ends_at = Search(day=date(2026, 11, 24)).between(ZoneInfo("Asia/Shanghai")) or (None, None)
    assert begins_at == datetime(2026, 11, 23, 16, tzinfo=UTC)
    assert ends_at == datetime(2026, 11, 24, 16, tzinfo=UTC)


def test_the_groups_leave_nothing_out_but_clockwork() -> None:
    """Looks, deeds, staff and house together are all kinds but reminders and what each week asserts; none is in two."""
    groups = [kinds_of(group, HOUSE_KINDS) for group in AuditGroup if group is not AuditGroup.ALL]
    assert sum(map(len, groups)) == len(frozenset().union(*groups))
    left = {kind for kind, _ in KINDS} - frozenset().union(*groups)
    assert left == {"reminder_decided", "reminder_told", "reminder_seen"}
    assert kinds_of(AuditGroup.ALL, HOUSE_KINDS) == {kind for kind, _ in KINDS}


def test_what_is_about_no_case_says_what_it_is_about() -> None:
    """Whose scorecard and of which period; which warning; and nothing where the unit is that of whoever did it."""
    lead = staff(Role.LEAD, UnitId("transport"), "lead")
    facts: tuple[tuple[str, AnyFact], ...] = (
        (lead.id, CardShown(period="2026-W47", unit=UnitId("transport"), lines="", until=NOW)),
        ("system", CardShown(period="2026-W47", unit=UnitId("transport"), lines="", until=NOW)),
        (lead.id, SignAnswered(sign=SignNumber("YJ-2026-00001"), words="ab" * 32)),
    )
    entries = [(seq, Entry(at=NOW, actor=actor, case=None, fact=fact)) for seq, (actor, fact) in enumerate(facts)]
    page = audit_page(AuditGroup.ALL, "", entries, {lead.id: lead}, is_newest=True, counts=(0, 0))
    assert [(line.of_unit, line.topic) for line in page.lines] == [
        (None, "2026-W47"),
        (UnitId("transport"), "2026-W47"),
        (None, "YJ-2026-00001"),
    ]
