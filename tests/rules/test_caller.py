"""Codes and phone numbers of people who phone: what is read aloud and typed in any script is the same thing."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.caller import CODE_BYTES, CODE_DIGITS, code_from, code_in, phone_in, spoken


@given(st.binary(min_size=CODE_BYTES, max_size=CODE_BYTES))
def test_a_code_is_heard_as_it_was_read(drawn: bytes) -> None:
    """Eight digits, read in two groups, and typed back with or without the gap."""
    code = code_from(drawn)
    assert len(code) == CODE_DIGITS
    assert code.isascii()
    assert code.isdecimal()
    assert code_in(code) == code_in(spoken(code)) == code_in(f" {spoken(code).replace(' ', '-')}\n") == code


def test_every_digit_comes_at_every_place() -> None:
    """No digit is left out, whatever the random bytes begin with."""
    codes = [code_from(number.to_bytes(CODE_BYTES, "big")) for number in range(0, 10**CODE_DIGITS, 1111111)]
    assert Counter(code[0] for code in codes).keys() == set("0123456789")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("4821 7730", "48217730"),
        ("４８２１７７３０", "48217730"),
        ("٤٨٢١ ٧٧٣٠", "48217730"),
        ("4821773", None),
        ("482177301", None),
        ("4821773o", None),
        ("CB-2026-000123", None),
        ("⁴⁸²¹⁷⁷³⁰", None),
        ("", None),
    ],
)
def test_a_code_is_eight_digits_of_any_script(typed: str, code: str | None) -> None:
    """Full-width and Arabic digits are digits; a superscript, a letter or a digit too many is not."""
    assert code_in(typed) == code


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("13999991234", "13999991234"),
        ("0999-362 5000", "09993625000"),
        ("+86 139 9999 1234", "+8613999991234"),
        ("(0999) 3625000", "09993625000"),
        ("（0999）3625000", "09993625000"),
        ("12345", "12345"),
        ("1234", None),
        ("3号楼", None),
        ("13999991234 晚上打", None),
        ("1+1", None),
        ("123456789012345678901", None),
        ("---", None),
    ],
)
def test_a_message_that_is_only_a_phone_number_is_one(typed: str, phone: str | None) -> None:
    """Nothing that says anything else is taken for a number, and no number for words."""
    assert phone_in(typed) == phone
