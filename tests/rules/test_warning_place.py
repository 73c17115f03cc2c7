"""The same place is known again by nearly the same words or by the map, and keeps its name from night to night."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.rules.case import Case, State
from bot.rules.county import WatchPlan
from bot.rules.identity import CaseNumber
from bot.rules.warning import Grade, Subject
from bot.rules.warning_place import Placed, repeated_places, same_places
from tests.support.builders import DUE_AT, FILED_AT, QAPQAL_TOWN, ROADS, case_in

PLAN = WatchPlan()
LAMP = ("村口的路灯坏了", "村口路灯不亮了", "您好，村口的路灯坏了！")


def case(place: int, state: State = State.ACCEPTED) -> Case:
    """Make the n-th case, filed on the n-th day."""
    made = case_in(state)
    return replace(made, number=CaseNumber(f"CB-2026-{place:06d}"), filed_at=FILED_AT + timedelta(days=place))


def reports(*words: str, state: State = State.ACCEPTED) -> list[Placed]:
    """Make reports one day after the other."""
    return [Placed(case(place, state), said) for place, said in enumerate(words, start=1)]


def test_three_reports_in_nearly_the_same_words_are_one_place() -> None:
    """However they are put; what is said of another place is left out."""
    (found,) = repeated_places(reports(*LAMP, "学校门口的垃圾没人清"), PLAN, FILED_AT, {})
    assert found.cases == ("CB-2026-000003", "CB-2026-000002", "CB-2026-000001")
    assert found.subject == Subject(category=ROADS, township=QAPQAL_TOWN, case=CaseNumber("CB-2026-000001"))
    assert (found.grade, found.n) == (Grade.NEAR, 3)


def test_places_on_the_map_side_by_side_are_one_whatever_is_written() -> None:
    """Forty metres apart are one place, a kilometre is not."""
    said = ("这里又漏水了", "路边一直在冒水，没有人管", "井盖旁边全是水")
    near = [Placed(each.case, each.words, (43.84, 81.15 + 0.0004 * place)) for place, each in enumerate(reports(*said))]
    far = [Placed(each.case, each.words, (43.84 + 0.01 * place, 81.15)) for place, each in enumerate(reports(*said))]
    assert len(same_places(near, 3)) == 1
    assert not same_places(far, 3)


@pytest.mark.parametrize("change", [{"is_confidential": True}, {"township": None}])
def test_confidential_cases_and_those_of_no_township_are_not_compared(change: dict[str, object]) -> None:
    """Who compares them could learn whom they are about."""
    some = [Placed(replace(each.case, **change), each.words) for each in reports(*LAMP)]
    assert not same_places(some, 3)


def test_a_place_that_was_called_resolved_and_comes_again_is_graver() -> None:
    """Yellow where somebody wrote again after it was resolved, red where a case of it is overdue."""
    again = [*reports(*LAMP[:2], state=State.RESOLVED), Placed(case(3), LAMP[2])]
    assert repeated_places(again, PLAN, FILED_AT, {})[0].grade is Grade.BEHIND
    assert repeated_places(reports(*LAMP), PLAN, DUE_AT + timedelta(days=9), {})[0].grade is Grade.OVERDUE


def test_a_place_keeps_its_name_though_its_first_case_is_out_of_sight() -> None:
    """The sign goes by the cases that are still behind it."""
    (before,) = repeated_places(reports(*LAMP), PLAN, FILED_AT, {})
    held = dict.fromkeys(before.cases, before.subject)
    later = [*reports(*LAMP)[1:], Placed(case(9), LAMP[0])]
    (after,) = repeated_places(later, PLAN, FILED_AT, held)
    assert after.key == before.key
