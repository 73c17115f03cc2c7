"""A small county to speak about; only what wording reads is more than the least possible."""

from __future__ import annotations

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from bot.rules.county import (
    Body,
    Category,
    County,
    DeadlineClass,
    Hours,
    Indicator,
    Limits,
    PausePlan,
    Period,
    PrivacyPlan,
    Project,
    RatingPlan,
    ReminderPlan,
    Season,
    Township,
    Unit,
    WarningColours,
    WatchPlan,
)
from bot.rules.identity import CategoryId, ClassId, Language, ProjectId, TownshipId, UnitId
from bot.rules.length import Length, Span
from bot.rules.name import Name
from bot.rules.vocabulary import Vocabularies, Vocabulary

ZH, UG, SJO = Language("zh_Hans_CN"), Language("ug"), Language("sjo")
LANGUAGES = (ZH, UG, SJO)

TRANSPORT, TOWN_HALL, SUPERVISION = UnitId("transport"), UnitId("gov-qiongbola"), UnitId("supervision")
QIONGBOLA, QAPQAL = TownshipId("qiongbola"), TownshipId("qapqal")
ROADS, SCHOOLS, CONDUCT = CategoryId("roads"), CategoryId("schools"), CategoryId("conduct")

_OFFICE = Period(time(10), time(19, 30))


def _name(zh: str, ug: str | None = None) -> Name:
    return Name(zh, {"ug": ug} if ug else {})


def _length(text: str) -> Length:
    return Length(text, Span.CALENDAR_DAYS, int(text.removesuffix("cd")))


def _unit(id_: UnitId, name: Name, *, is_supervising: bool = False) -> Unit:
    return Unit(id_, name, None, is_fallback=is_supervising, is_supervising=is_supervising)


def _category(id_: CategoryId, name: Name, *, is_confidential: bool = False) -> Category:
    deadline = ClassId("complaint")
    return Category(id_, name, TRANSPORT, deadline, wants_evidence=False, is_confidential=is_confidential, words={})


def sample_county() -> County:
    """Make a county whose places are named in Chinese, and one unit and one category in Uyghur too."""
    units = (
        _unit(TRANSPORT, _name("交通运输局")),
        _unit(TOWN_HALL, _name("琼博拉镇人民政府", "چوڭبۇلاق بازارلىق خەلق ھۆكۈمىتى")),
        _unit(SUPERVISION, _name("督查室 <A&B>"), is_supervising=True),
    )
    townships = (
        Township(QIONGBOLA, _name("琼博拉镇"), "654022105", None, None),
        Township(QAPQAL, _name("察布查尔镇"), "654022100", None, None),
    )
    categories = (
        _category(ROADS, _name("道路交通")),
        _category(SCHOOLS, _name("就学与教育", "ئوقۇش ۋە مائارىپ")),
        _category(CONDUCT, _name("干部作风"), is_confidential=True),
    )
    complaint = DeadlineClass(
        ClassId("complaint"), _name("投诉"), _length("1cd"), _length("7cd"), runs_round_the_clock=False, extensions=()
    )
    return County(
        name=_name("察布查尔锡伯自治县"),
        code="654022",
        case_prefix="CB",
        languages=LANGUAGES,
        hours=Hours(
            zone=ZoneInfo("Asia/Shanghai"),
            weekdays=frozenset(range(5)),
            seasons=(Season(10, 1, (_OFFICE,)),),
            quiet=Period(time(22), time(8)),
            digest_weekday=0,
            digest_time=time(10, 30),
            country="CN",
            holidays=(),
            extra_workdays=frozenset(),
        ),
        townships={township.id: township for township in townships},
        units={unit.id: unit for unit in units},
        classes={complaint.id: complaint},
        class_by_urgency={},
        class_by_kind={},
        reminders=ReminderPlan((), _length("1cd"), (), ()),
        rating=RatingPlan((), _length("10cd"), _length("7cd"), _length("30cd"), ()),
        pause=PausePlan(2, _length("5cd")),
        limits=Limits(20, timedelta(seconds=10)),
        privacy=PrivacyPlan(_length("730cd"), smallest_cell=5, smallest_ranked=20),
        warning=WarningColours("blue", "yellow", "red"),
        watch=WatchPlan(bodies=(Body("discipline", _name("纪委监委")),)),
        categories={category.id: category for category in categories},
        routes=(),
        projects=(Project(ProjectId("rural-roads"), _name("乡村道路改造提升"), TRANSPORT, "visible"),),
        indicators=(
            Indicator("on_time", _name("按时办结"), is_positive=True, points=10, measure="on_time_rate"),
            Indicator("solved", _name("群众确认解决"), is_positive=True, points=15, measure="confirmed_solved_rate"),
            Indicator("visits", _name("走访调研"), is_positive=True, points=5, measure="field_visits"),
            Indicator("overdue", _name("超期未办"), is_positive=False, points=5, measure="overdue_cases"),
            Indicator("shirking", _name("推诿扯皮"), is_positive=False, points=5, measure="manual"),
        ),
        vocabularies=Vocabularies(Vocabulary.of({}), Vocabulary.of({}), Vocabulary.of({})),
    )
