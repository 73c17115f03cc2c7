"""No honest ledger raises an alarm, and the check that says so would notice one that is not honest."""

from __future__ import annotations

from random import Random

import msgspec
import pytest

from bot.errors import LedgerBroken
from tests.tools.honest import check, false_alarms, ledger, verifier


def test_no_honest_ledger_raises_an_alarm() -> None:
    """A part of the 10,000 in docs/ledger.md section 8."""
    assert false_alarms(60, 2) == 0


def test_the_check_finds_what_is_not_honest() -> None:
    """An entry that says something else than was hashed."""
    random = Random(3)
    rows = ledger(random)
    rows[0] = msgspec.structs.replace(rows[0], actor="s-ffffffffffff")
    with pytest.raises(LedgerBroken):
        check(rows, random, verifier())
