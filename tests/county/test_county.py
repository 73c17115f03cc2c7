"""What a county file may say, and what the sample county says."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, time, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.county import read_county, sample_county_path
from bot.errors import SettingsError
from bot.rules.calendar import Calendar
from bot.rules.county import County, DigestPlan, Kind, Period, Role, Satisfaction, Urgency, WatchPlan
from bot.rules.duty_plan import DutyPlan
from bot.rules.guess import guess
from bot.rules.identity import CategoryId, ClassId, TownshipId, UnitId
from bot.rules.length import Length, Span
from bot.rules.office import Office
from tests.county.edits import SAMPLE, edited, without

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def county() -> County:
    """Return the sample county."""
    return read_county(sample_county_path())


class TestSample:
    """The sample county, which is package data."""

    def test_it_has_as_many_of_each_as_qapqal(self, county: County) -> None:
        """The published divisions, the usual units, the classes of the 12345 rules."""
        assert len(county.townships) == 13
        assert len(county.units) == 17
        assert len(county.classes) == 7
        assert len(county.categories) == 13
        assert len(county.routes) == 2
        assert len(county.projects) == 3
        assert len(county.indicators) == 10
        assert county.languages == ("zh_Hans_CN", "ug", "sjo")
        assert (county.name.zh, county.code, county.case_prefix) == ("察布查尔锡伯自治县", "654022", "CB")

    def test_its_hours_change_with_the_season(self, county: County) -> None:
        """Offices close half an hour later in summer, and have two periods a day."""
        hours = county.hours
        assert hours.zone == ZoneInfo("Asia/Shanghai")
        assert hours.weekdays == frozenset(range(5))
        summer, winter = hours.seasons
        assert (summer.month, summer.day, winter.month, winter.day) == (5, 1, 10, 1)
        assert summer.periods == (Period(time(10), time(14)), Period(time(16), time(20)))
        assert winter.periods == (Period(time(10), time(14)), Period(time(15, 30), time(19, 30)))
        assert hours.quiet == Period(time(22), time(8))
        assert (hours.digest_weekday, hours.digest_time) == (0, time(10, 30))

    def test_it_makes_a_calendar(self, county: County) -> None:
        """Eight regional holidays, three of them estimated, on top of the national list."""
        assert len(county.hours.holidays) == 8
        assert sum(holiday.is_estimated for holiday in county.hours.holidays) == 3
        calendar = Calendar.of(county.hours)
        assert not calendar.is_working_day(date(2026, 6, 3))
        assert calendar.is_working_day(date(2026, 6, 4))

    def test_one_unit_takes_the_rest_and_one_watches(self, county: County) -> None:
        """信访局 is the catch-all, 督查室 supervises; the town government of 琼博拉 is one unit of its own."""
        assert [unit.id for unit in county.units.values() if unit.is_fallback] == ["letters"]
        assert [unit.id for unit in county.units.values() if unit.is_supervising] == ["supervision"]
        assert county.units[UnitId("gov-qiongbola")].township == TownshipId("qiongbola")

    def test_its_classes_are_lengths(self, county: County) -> None:
        """An emergency runs round the clock; a petition counts calendar days and is extended once."""
        emergency, petition = county.classes[ClassId("emergency")], county.classes[ClassId("petition")]
        assert emergency.runs_round_the_clock
        assert emergency.accept == Length("30min", Span.RUNNING, 1800)
        assert not petition.runs_round_the_clock
        assert petition.extensions == (Length("30cd", Span.CALENDAR_DAYS, 30),)

    def test_praise_has_no_deadline(self, county: County) -> None:
        """`none` is no class; an urgency that is not named decides nothing."""
        assert county.class_by_kind == {Kind.ENQUIRY: "enquiry", Kind.PRAISE: None}
        assert county.class_by_urgency == {Urgency.EMERGENCY: "emergency", Urgency.UTILITY: "utility"}

    def test_overdue_climbs(self, county: County) -> None:
        """First the officer and the lead, after three days the admins."""
        steps = [(step.after.text, step.to) for step in county.reminders.overdue]
        assert steps[0] == ("0h", (Role.OFFICER, Role.LEAD))
        assert steps[-1] == ("3d", (Role.SUPERVISOR, Role.ADMIN))
        assert [length.text for length in county.reminders.before] == ["50%", "1d", "4h"]

    def test_its_numbers(self, county: County) -> None:
        """Small sections come out with their units."""
        assert (county.limits.updates, county.limits.per) == (20, timedelta(seconds=10))
        assert (county.pause.times, county.pause.longest.text) == (2, "5d")
        assert county.privacy.retention == Length("24mo", Span.CALENDAR_MONTHS, 24)
        assert (county.warning.near, county.warning.behind, county.warning.overdue) == ("blue", "yellow", "red")
        assert county.rating.close_after.text == "10cd"

    def test_complaints_about_conduct_are_confidential(self, county: County) -> None:
        """And those about the supervision office itself go to the discipline inspection."""
        conduct = county.categories[CategoryId("conduct")]
        assert conduct.is_confidential
        assert not conduct.wants_evidence
        assert county.categories[CategoryId("roads")].wants_evidence
        assert (county.routes[1].about, county.routes[1].unit) == ("supervision", "discipline")

    def test_indicators_have_signs(self, county: County) -> None:
        """Six count for a unit, four against it."""
        assert [indicator.is_positive for indicator in county.indicators] == [True] * 6 + [False] * 4

    def test_order_is_that_of_the_file(self, county: County) -> None:
        """Menus show categories as the county wrote them; the last one takes what no word decides."""
        assert list(county.categories)[:2] == ["roads", "drains"]
        assert list(county.categories)[-1] == "other"

    def test_nothing_in_it_can_be_changed(self, county: County) -> None:
        """Mappings are read-only too."""
        with pytest.raises(TypeError):
            county.units[UnitId("new")] = county.units[UnitId("water")]  # type: ignore[index] # the point of the test

    def test_reading_twice_gives_the_same(self, county: County) -> None:
        """Nothing but the file decides."""
        assert read_county(sample_county_path()) == county

    @pytest.mark.parametrize(
        ("text", "category"),
        [
            ("路灯坏了一个月", "roads"),
            ("楼后面污水冒出来", "drains"),
            ("停水两天了", "heat_water_power"),
            ("小区电梯三天两头坏", "housing"),
            ("老板欠我工资", "jobs"),
            ("医院挂号排了两个小时", "doctors"),
            ("مەكتەپ ئاشخانىسىنىڭ تامىقى سوغۇق", "schools"),
            ("يولى بۇزۇلۇپ كەتتى", "roads"),
            ("你好", "other"),
        ],
    )
    def test_its_words_give_a_first_guess(self, county: County, text: str, category: str) -> None:
        """Each category has words in Chinese and in Uyghur."""
        assert guess(county, text).category == category
        assert all(set(each.words) == {"zh", "ug"} for each in county.categories.values())


@pytest.mark.parametrize("section", ["project", "indicator", "route"])
def test_a_county_may_have_no_projects_indicators_or_routes(tmp_path: Path, section: str) -> None:
    """They are left out, not written as empty."""
    path = tmp_path / "county.toml"
    path.write_text(without(section), encoding="utf-8")
    assert read_county(path).units


def test_a_county_that_keeps_duty_says_for_whom(tmp_path: Path) -> None:
    """One that says nothing keeps none."""
    path, sample = tmp_path / "county.toml", sample_county_path().read_text(encoding="utf-8")
    written = sample + '[duty]\nunits = ["utilities", "power"]\ncounty = true\nchange = "09:30"\nsilence = "20min"\n'
    path.write_text(written, encoding="utf-8")
    plan = read_county(path).duty
    assert (plan.units, plan.is_for_county, plan.change, plan.silence) == (
        ("utilities", "power"),
        True,
        time(9, 30),
        timedelta(minutes=20),
    )
    assert read_county(sample_county_path()).duty == DutyPlan()
    path.write_text(sample + '[duty]\nunits = ["utilities", "pwer"]\nchange = "25:00"\nsilence = "1d"\n', encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_county(path)
    assert [mistake.split(":")[1] for mistake in caught.value.mistakes] == [
        " duty.units[2]",
        " duty.change",
        " duty.silence",
    ]


def test_the_least_of_a_number_is_allowed(tmp_path: Path) -> None:
    """A county may grant no pauses at all; but of fewer than five cases nothing is told, whatever it asks for."""
    path = tmp_path / "county.toml"
    path.write_text(edited(("times = 2", "times = 0")), encoding="utf-8")
    county = read_county(path)
    assert (county.pause.times, county.privacy.smallest_cell) == (0, 5)
    path.write_text(edited(("smallest_cell = 5", "smallest_cell = 4")), encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        read_county(path)
    (mistake,) = refused.value.mistakes
    assert "smallest_cell" in mistake


def test_a_county_that_says_nothing_of_its_digest_has_the_usual(tmp_path: Path) -> None:
    """The sample file writes the defaults out; another county may choose."""
    path = tmp_path / "county.toml"
    path.write_text(without("digest"), encoding="utf-8")
    assert read_county(path).digest == DigestPlan() == read_county(sample_county_path()).digest
    path.write_text(
        edited(
            ('satisfaction = "among_answers"', 'satisfaction = "lowest_case"'),
            ('minimum_solved = "80%"', 'minimum_solved = "65%"'),
        ),
        encoding="utf-8",
    )
    assert read_county(path).digest == DigestPlan(Satisfaction.LOWEST_CASE, Fraction(65, 100))


def test_a_county_says_how_it_is_reached_or_nothing(tmp_path: Path) -> None:
    """The sample names two numbers of the whole country and no address; what is left out is not made up."""
    known = read_county(sample_county_path()).office
    assert ([each.number for each in known.phones], known.address) == (["12345", "12110"], None)
    path = tmp_path / "county.toml"
    path.write_text(without("office"), encoding="utf-8")
    assert read_county(path).office == Office()
    path.write_text(edited(("# address", "address"), ("…", "查鲁盖路1号")), encoding="utf-8")
    told = read_county(path).office.address
    assert told is not None
    assert told.zh == "查鲁盖路1号"


def test_a_county_that_says_nothing_of_what_is_too_much_has_the_usual(tmp_path: Path) -> None:
    """The sample file writes the defaults out; another county may choose, but nothing is very old before it is old."""
    path = tmp_path / "county.toml"
    path.write_text(without("watch"), encoding="utf-8")
    usual, written = read_county(path).watch, read_county(sample_county_path()).watch
    assert usual == WatchPlan() == replace(written, bodies=())
    assert [each.name.zh for each in written.bodies] == ["纪委监委"]
    path.write_text(edited(("old_days = 30 ", "old_days = 40 "), ("urgings = 3", "urgings = 5")), encoding="utf-8")
    assert (read_county(path).watch.old_days, read_county(path).watch.urgings) == (40, 5)
    path.write_text(edited(("very_old_days = 60", "very_old_days = 20")), encoding="utf-8")
    with pytest.raises(SettingsError, match="very_old_days: must not be less than old_days"):
        read_county(path)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    """Some editors put one in front."""
    path = tmp_path / "county.toml"
    path.write_text(SAMPLE, encoding="utf-8-sig")
    assert read_county(path).case_prefix == "CB"


def test_an_office_may_close_at_midnight_and_dates_need_no_quotes(tmp_path: Path) -> None:
    """TOML has dates of its own; an evening period ends with the day."""
    path = tmp_path / "county.toml"
    text = edited(('["16:00", "20:00"]', '["16:00", "00:00"]'), ("extra_workdays = []", "extra_workdays = [2026-10-10]"))
    path.write_text(text, encoding="utf-8")
    hours = read_county(path).hours
    assert hours.seasons[0].periods[1] == Period(time(16), time(0))
    assert hours.extra_workdays == frozenset({date(2026, 10, 10)})
    path.write_text(
        edited(('[["10:00", "14:00"], ["16:00", "20:00"]]', '[["10:00", "00:00"], ["16:00", "20:00"]]')), encoding="utf-8"
    )
    with pytest.raises(SettingsError):
        read_county(path)


def test_a_place_has_degrees(tmp_path: Path) -> None:
    """A whole number of degrees is a number too."""
    path = tmp_path / "county.toml"
    path.write_text(edited(('id = "kan"', 'id = "kan"\nlat = 43.8\nlon = 81')), encoding="utf-8")
    kan = read_county(path).townships[TownshipId("kan")]
    assert (kan.latitude, kan.longitude) == (43.8, 81.0)


def test_names_in_other_languages_stay_when_a_language_goes(tmp_path: Path) -> None:
    """Taking a language out of use is one line, not one for each name."""
    path = tmp_path / "county.toml"
    path.write_text(edited(('"ug", "sjo"]', '"sjo"]')), encoding="utf-8")
    assert read_county(path).units[UnitId("water")].name.others == {"ug": "سۇچىلىق ئىدارىسى"}


# Any file at all


def test_reading_the_sample_loads_no_calendar_but_its_own() -> None:
    """The package knows some 250 countries; loading them all would make every start wait for a twentieth of a second."""
    code = (
        "import sys; from bot.county import read_county, sample_county_path as sample; read_county(sample());"
        "print(sum(name.startswith('holidays.countries.') for name in sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(found.stdout) <= 1
