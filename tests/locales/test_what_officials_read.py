"""What officials find in a notice, a reminder and the digest."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.entry import Solved
from bot.rules.figure import Figure, UnitFigures
from bot.rules.identity import StaffId, UnitId
from bot.rules.message import (
    CaseHistory,
    DigestPage,
    DigestPart,
    HistoryLine,
    News,
    ReminderLine,
    ReminderNotice,
    TaskList,
    TaskRated,
    TriageCard,
)
from locales.wording import Wording
from tests.locales.county import TOWN_HALL, TRANSPORT, UG, ZH
from tests.locales.sample_values import CHAIN, NOW, NUMBER, WORDS, case_line
from tests.locales.samples import messages
from tests.locales.samples_admin import digest, figures
from tests.locales.samples_official import reminder_line, task
from tests.locales.telegram import parsed


def only(parts: tuple[str, ...]) -> str:
    """Return what is seen of a message of one part."""
    (part,) = parts
    return parsed(part).text


def reminded(wording: Wording, *lines: ReminderLine) -> list[str]:
    """Return the lines of a reminder as read in Chinese."""
    return only(wording.parts(ReminderNotice(lines=lines), ZH, NOW)).split("\n")


def test_a_task_notice_has_all_that_is_needed_to_act(wording: Wording) -> None:
    """Number, kind, category, township, words, when it was filed, both limits and the time left of each."""
    (part,) = wording.parts(task(), ZH, NOW)
    seen = parsed(part)
    assert seen.all("code") == [NUMBER]
    assert WORDS in seen.all("blockquote")[0]
    for line in (
        "类型：求助",
        "类别：道路交通",
        "地点：琼博拉镇",
        "反映时间：2026年11月24日（星期二）09:30",
        "签收期限：2026年11月24日（星期二）12:30（还有 2 小时）",
        "办理期限：2026年11月27日（星期五）18:30（还有 3 天）",
    ):
        assert line in seen.text.split("\n")


def test_time_left_is_reckoned_when_the_notice_is_read(wording: Wording) -> None:
    """Held back over the limit, the same notice says that it is late, not what it would have said."""
    later = NOW + timedelta(days=4)
    (part,) = wording.parts(task(), ZH, later)
    assert "签收期限：2026年11月24日（星期二）12:30（已超期 3 天）" in part
    assert "办理期限：2026年11月27日（星期五）18:30（已超期 16 小时）" in part


def test_a_limit_is_not_late_at_its_own_instant(wording: Wording) -> None:
    """Limits are met at or before."""
    at = NOW + timedelta(hours=2)
    assert "还有" in wording.parts(task(), ZH, at)[0].split("签收期限")[1].split("\n")[0]
    assert "已超期" in wording.parts(task(), ZH, at + timedelta(seconds=1))[0].split("签收期限")[1].split("\n")[0]


def test_a_signed_case_no_longer_shows_the_limit_for_signing(wording: Wording) -> None:
    """The officer in charge is told so, a colleague too."""
    mine = only(wording.parts(task(state=State.ACCEPTED, is_mine=True), ZH, NOW))
    assert "签收期限" not in mine
    assert "由您经办" in mine
    assert "由同事经办" in only(wording.parts(task(state=State.ACCEPTED), ZH, NOW))
    theirs = msgspec.structs.replace(task(state=State.ACCEPTED), officer=StaffId("s-0a1b2c3d4e5f"))
    assert "由同事 4e5f 经办" in only(wording.parts(theirs, ZH, NOW))


def test_an_admin_is_not_asked_to_sign_for_what_nobody_can(wording: Wording) -> None:
    """They read that nobody in the unit can, and are never taken for the unit."""
    unattended = msgspec.structs.replace(task(words=""), is_withheld=True, is_unattended=True, news=News.GIVEN)
    told = only(wording.parts(unattended, ZH, NOW))
    assert "有事项无人签收" in told
    assert "请签收" not in told
    assert "你单位" not in told


def test_an_admin_is_not_addressed_as_a_unit_that_is_asked_to_join(wording: Wording) -> None:
    """Nor told that it is theirs; whoever is of the unit is."""
    asked = msgspec.structs.replace(task(state=State.ACCEPTED), news=News.JOINED)
    unattended = msgspec.structs.replace(asked, words="", is_withheld=True, is_unattended=True)
    assert only(wording.parts(asked, ZH, NOW)).startswith("请你单位")
    assert only(wording.parts(unattended, ZH, NOW)).startswith("请一个无人可通知的单位协办")


def test_a_supervisor_who_has_chosen_a_unit_is_not_asked_to_choose_one(wording: Wording) -> None:
    """The card says what is left to do."""
    card = dict(messages())["TriageCard"]
    assert isinstance(card, TriageCard)
    for unit, asked in ((None, "请选择责任单位"), (TRANSPORT, "请交给这个单位")):
        assert asked in only(wording.parts(msgspec.structs.replace(card, unit=unit), ZH, NOW))


def test_the_history_names_an_official_by_unit_and_role(wording: Wording) -> None:
    """As one name; a unit that was added is a unit, not the one that answers."""
    line = HistoryLine(
        at=NOW, kind="unit_added", actor=None, role=Role.LEAD, unit=TRANSPORT, words=None, until=None, about=TOWN_HALL
    )
    told = only(wording.parts(CaseHistory(case=NUMBER, lines=(line,)), ZH, NOW))
    assert "交通运输局负责人" in told
    assert "\n单位：琼博拉镇人民政府" in told


def test_a_resolved_case_has_no_time_left(wording: Wording) -> None:
    """A clock that has stopped does not tick."""
    text = only(wording.parts(task(state=State.RESOLVED), ZH, NOW + timedelta(days=9)))
    assert "还有" not in text
    assert "超期" not in text


def test_a_reopened_case_says_so_first(wording: Wording) -> None:
    """In the heading, and in which round it is."""
    (part,) = wording.parts(task(round_=2), ZH, NOW)
    assert part.startswith("<b>居民说没有解决，请重新签收</b>")
    assert "第 2 轮" in part


@pytest.mark.parametrize(
    ("stage", "limit", "told"),
    [
        ("before:1d", timedelta(days=1), "还有 1 天到期（11月25日 10:30），交通运输局"),
        ("before:50%", timedelta(hours=4, minutes=7), "还有 4 小时到期（11月24日 14:37），交通运输局"),
        ("before:4h", -timedelta(hours=3), "已超期 3 小时（11月24日 07:30 到期），交通运输局"),
        ("overdue:0h", -timedelta(minutes=90), "已超期 1 小时 30 分钟（11月24日 09:00 到期），交通运输局"),
        ("repeat:deputy", timedelta(hours=2), "还有 2 小时到期（11月24日 12:30），交通运输局"),
        ("unaccepted:4h", -timedelta(hours=4), "还未签收，已超期 4 小时（签收期限 11月24日 06:30），交通运输局"),
        ("unaccepted:0h", timedelta(minutes=5), "还未签收，还有 5 分钟（签收期限 11月24日 10:35），交通运输局"),
        ("triage:1h", timedelta(hours=1), "待分派，还有 1 小时（分派期限 11月24日 11:30）"),
        ("triage:2h", timedelta(), "待分派，分派期限刚到（11月24日 10:30）"),
        ("triage:4h", -timedelta(hours=2), "待分派，已超期 2 小时（分派期限 11月24日 08:30）"),
    ],
)
def test_a_reminder_says_how_it_stands_now(wording: Wording, stage: str, limit: timedelta, told: str) -> None:
    """Whatever stage was planned, the words follow the limit and the moment of telling."""
    assert reminded(wording, reminder_line(7, stage, NOW + limit))[-1] == told


def test_a_reminder_puts_what_is_late_first(wording: Wording) -> None:
    """And counts it in the heading."""
    soon, late = (
        reminder_line(1, "before:1d", NOW + timedelta(days=1)),
        reminder_line(2, "overdue:0h", NOW - timedelta(hours=1)),
    )
    lines = reminded(wording, soon, late)
    assert lines[0] == "提醒（2 件），其中已超期 1 件"
    assert lines.index("CB-2026-000002 就学与教育，察布查尔镇") < lines.index("CB-2026-000001 就学与教育，察布查尔镇")
    assert reminded(wording, soon)[0] == "提醒（1 件）"
    assert reminded(wording, late)[0] == "已超期（1 件）"


def test_a_reminder_trusts_the_clock_over_the_plan(wording: Wording) -> None:
    """A line that was not late when it was decided is late when it is told late."""
    line = msgspec.structs.replace(reminder_line(7, "before:4h", NOW - timedelta(hours=3)), is_late=False)
    assert "已超期 3 小时" in reminded(wording, line)[-1]


def test_the_task_list_tells_time_left(wording: Wording) -> None:
    """For each case, what runs and how long."""
    cases = (case_line(1, State.ASSIGNED, NOW - timedelta(days=2)), case_line(2), case_line(3, due_at=None))
    lines = only(wording.parts(TaskList(cases=cases, total=31), ZH, NOW)).split("\n")
    assert lines[0] == "交通运输局：待办 31 件"
    assert [line for line in lines if "·" in line] == [
        "待签收 · 已超期 2 天",
        "办理中 · 11月27日 18:30 到期，还有 3 天",
        "办理中 · 不设期限",
    ]


def test_a_list_over_several_units_names_each(wording: Wording) -> None:
    """A supervisor sees whose case it is; an officer is not told at every line what they know."""
    here, there = case_line(1), msgspec.structs.replace(case_line(2), unit=TOWN_HALL)
    assert "责任单位：琼博拉镇人民政府" in only(wording.parts(TaskList(cases=(here, there), total=2), ZH, NOW))
    assert "责任单位" not in only(wording.parts(TaskList(cases=(here,), total=1), ZH, NOW))


def test_an_officer_reads_the_answer_as_it_was_given(wording: Wording) -> None:
    """With the number and its word."""
    rated = TaskRated(case=NUMBER, solved=Solved.NO, score=1)
    assert only(wording.parts(rated, ZH, NOW)).endswith(f"{NUMBER}：没有解决，1 分（非常不满意）")


def test_the_digest_shows_every_rate_with_what_it_is_made_of(wording: Wording) -> None:
    """Each is n of how many, one decimal, and the change in percentage points; what was left out is one tap away."""
    lines = only(wording.parts(DigestPage(digest=digest()), ZH, NOW)).split("\n")
    assert lines[:2] == ["察布查尔锡伯自治县周报", "2026年第47周（11月16日至11月22日）"]
    for line in (
        "解决率：单位与居民的说法相差 19.1 个百分点",
        "已评价中满意（本县口径）：59/74 = 79.7%（持平）",
        "收到：128（+8）",
        "按时办结：96/104 = 92.3%（+2.3）",
        "居民确认解决：61/88 = 69.3%（持平）",
        "满意（未评价算不满意）：59/88 = 67.0%（持平）",
        "超期未办：9（−3），其中严重超期 2",
    ):
        assert line in lines
    figures = only(wording.parts(DigestPage(digest=digest(), part=DigestPart.FIGURES), ZH, NOW)).split("\n")
    assert figures[0] == "察布查尔锡伯自治县周报·全部指标"
    for line in (
        "主要反映：道路交通 46.9%、就学与教育 31.3%",
        "按时签收：117/121 = 96.7%（持平）",
        "按时办结：96/104 = 92.3%（+2.3；未计 2）",
        "重新办理：2/13 = 15.4%（持平；件数少，约 4.3%～42.2%）",
        "用时：一半在 3 天内办完，九成在 6 天内办完",
    ):
        assert line in figures


def test_the_digest_carries_the_whole_checkpoint(wording: Wording) -> None:
    """Everyone who received it is a witness, so no digit is left out."""
    (part,) = wording.parts(DigestPage(digest=digest()), UG, NOW)
    assert parsed(part).all("code") == [CHAIN]


@pytest.mark.parametrize(
    ("period", "heading"), [("2026-11", "月报"), ("2026-Q4", "季报"), ("2026", "年报"), ("2026-W07", "周报")]
)
def test_the_digest_names_its_period(wording: Wording, period: str, heading: str) -> None:
    """A month is not called a week."""
    first, second = only(wording.parts(DigestPage(digest=digest(period)), ZH, NOW)).split("\n")[:2]
    assert first.endswith(heading)
    assert second.startswith("2026年")


@pytest.mark.parametrize("missing", [*figures(), "everything"])
def test_the_digest_does_without_any_figure(wording: Wording, missing: str) -> None:
    """What was not computed is left out, not shown as nought."""
    left = {name: figure for name, figure in figures().items() if missing not in {name, "everything"}}
    without = msgspec.structs.replace(digest(), figures=left)
    assert only(wording.parts(DigestPage(digest=without), ZH, NOW))


def test_a_rate_of_nothing_is_no_rate(wording: Wording) -> None:
    """Nought of nought is neither 0 % nor 100 %."""
    text = only(wording.parts(DigestPage(digest=digest(is_full=False)), ZH, NOW))
    assert "按时办结：本期没有可统计的事项" in text
    assert "%" not in text


def test_only_units_with_something_late_or_reopened_need_attention(wording: Wording) -> None:
    """The most pressing first; and a unit's own digest does not list other units."""
    text = only(wording.parts(DigestPage(digest=digest(), part=DigestPart.UNITS), ZH, NOW))
    assert "交通运输局：超期 5 件、严重超期 2 件" in text
    assert wording.name_of_unit(TOWN_HALL, ZH) in text
    assert "督查室" not in text
    units = tuple(UnitFigures(unit=UnitId(f"u{n}"), figures={"overdue": Figure(n=n)}) for n in range(20))
    many = DigestPage(digest=msgspec.structs.replace(digest(), units=units), part=DigestPart.UNITS)
    lines = only(wording.parts(many, ZH, NOW)).split("\n")
    assert lines.index("u19：超期 19 件") < lines.index("u18：超期 18 件")
    assert "还有 12 个单位" in lines
    own = DigestPage(digest=digest(unit=TRANSPORT), part=DigestPart.UNITS)
    assert "需要关注" not in only(wording.parts(own, ZH, NOW))


def test_a_case_with_two_limits_that_passed_is_one_case_in_two_lines(wording: Wording) -> None:
    """That it is overdue and that nobody has signed for it stand below each other; the heading counts the case."""
    both = (reminder_line(7, "overdue:0h", NOW), reminder_line(7, "unaccepted:0h", NOW))
    heading, *lines = reminded(wording, *both)
    assert heading == "已超期（1 件）"
    assert [line.partition("（")[0] for line in lines if "期限刚到" in line] == ["办理期限刚到", "还未签收，签收期限刚到"]
