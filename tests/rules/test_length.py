"""Lengths of time are read strictly: one meaning, one way to write it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.length import Length, Span, parse_length


@pytest.mark.parametrize(
    ("text", "span", "amount"),
    [
        ("30min", Span.RUNNING, 1800),
        ("2h", Span.RUNNING, 7200),
        ("0h", Span.RUNNING, 0),
        ("0min", Span.RUNNING, 0),
        ("5d", Span.WORKING_DAYS, 5),
        ("0d", Span.WORKING_DAYS, 0),
        ("60cd", Span.CALENDAR_DAYS, 60),
        ("24mo", Span.CALENDAR_MONTHS, 24),
        ("50%", Span.PERCENT, 50),
        ("120mo", Span.CALENDAR_MONTHS, 120),
    ],
)
def test_each_unit_counts_what_it_says(text: str, span: Span, amount: int) -> None:
    """Minutes and hours become seconds; every other number stays as written."""
    assert parse_length(text) == Length(text, span, amount)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "5",
            "h",
            "d5",
            "5 d",
            " 5d",
            "5d ",
            "5d\n",
            "-1h",
            "+1h",
            "1.5h",
            "1,5h",
            "1h30min",
            "05d",
            "00h",
            "5D",
            "5H",
        ),
        *("5m", "5w", "5y", "5s", "2 h", "٥d", "５d", "五d", "5cd5", "%50", "5%%", "1e3h", "0x1h"),
    ],
)
def test_anything_else_is_refused_with_what_would_do(text: str) -> None:
    """The message quotes what was written and shows every unit."""
    with pytest.raises(ValueError, match="30min, 2h, 5d") as refusal:
        parse_length(text)
    assert repr(text) in str(refusal.value)
    assert all(example in str(refusal.value) for example in ("60cd", "24mo", "50%"))


@pytest.mark.parametrize("text", ["0cd", "0mo", "0%", "100%", "121mo", "3661cd", "3661d", "9999999h", "9999999min"])
def test_a_length_without_meaning_is_refused(text: str) -> None:
    """No calendar days would end before they began, all of a time is its start, and nothing lasts over ten years."""
    with pytest.raises(ValueError, match="must lie between"):
        parse_length(text)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="0159hdminco%+- .", max_size=6))
def test_what_is_read_can_be_written_again(text: str) -> None:
    """No two spellings mean the same: a number without its unit's digits around it is never accepted."""
    try:
        length = parse_length(text)
    except ValueError:
        return
    unit = text.lstrip("0123456789")
    factor = {"min": 60, "h": 3600}.get(unit, 1)
    assert text == f"{length.amount // factor}{unit}"
