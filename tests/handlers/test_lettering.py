"""How buttons lie under a message: side by side only where nothing of what stands on them would be cut off."""

from __future__ import annotations

import pytest

from handlers.callback import Button, ShowSettings
from handlers.keyboards import Keyboards
from handlers.keyboards.lettering import Rows, fitted
from locales.catalogue import load_catalogues
from locales.wording import Wording
from tests.locales.county import LANGUAGES, UG, ZH, sample_county
from tests.locales.samples import messages


def rows_of(*labels: str) -> Rows:
    """Lay buttons with these labels in one row."""
    meaning: Button = ShowSettings()
    return [[(label, meaning) for label in labels]]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (("提交", "放弃"), [["提交", "放弃"]]),
        (("照片、位置、电话", "更多"), [["照片、位置、电话", "更多"]]),
        (("还没解决，重新办理", "修改评价"), [["还没解决，重新办理"], ["修改评价"]]),
        (("图表", "PDF", "表格"), [["图表", "PDF", "表格"]]),
        (("全部指标", "预警", "两本账", "民主评议"), [["全部指标", "预警"], ["两本账", "民主评议"]]),
        (
            ("人力资源和社会保障局", "水利局", "教育局", "民政局"),
            [["人力资源和社会保障局"], ["水利局"], ["教育局", "民政局"]],
        ),
        (("我写的内容会怎样处理，要很久才说得完",), [["我写的内容会怎样处理，要很久才说得完"]]),
        (("\u2068CB-2026-000123\u2069", "ᠮ"), [["\u2068CB-2026-000123\u2069", "ᠮ"]]),
    ],
)
def test_what_does_not_fit_side_by_side_stands_one_under_the_other(
    labels: tuple[str, ...], expected: list[list[str]]
) -> None:
    """Rows are split where a label is too long for its share, into pairs first; what fits stays, and so does the order."""
    assert [[label for label, _ in row] for row in fitted(rows_of(*labels))] == expected


def test_a_row_of_a_usual_message_is_not_split_in_uyghur_or_chinese() -> None:
    """Words on the buttons that everybody presses are short enough in both languages to stay where they are."""
    wording = Wording(sample_county(), load_catalogues(LANGUAGES))
    keyboards, named = Keyboards(sample_county(), wording), dict(messages())
    for name, pairs in {"DraftCard nothing": 2, "TaskNotice mine": 1, "WithdrawalWanted": 1}.items():
        for language in (ZH, UG):
            markup = keyboards.under(named[name], language)
            assert markup is not None
            assert sum(len(row) == 2 for row in markup.inline_keyboard) >= pairs, (name, language)
