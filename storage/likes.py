"""What open cases say, made even so that a draft can be compared with it: opened once, and kept in memory for a while.

Invariant: nothing is returned of a case whose words are no longer in the database, whatever memory holds.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

import msgspec

from bot.rules.identity import CaseNumber
from bot.rules.likeness import Report
from bot.rules.slot import FILED
from storage.engine import Engine, Parameters, Row, typed
from storage.keyring import Keyring
from storage.words import opened_many

REMEMBERED: Final = 2048
"""Of how many cases the words stay opened; one is about 1 KB. Opening one anew takes as long as comparing with ten."""


class Likes:
    """The opened words of the cases that drafts were compared with last."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._reports: OrderedDict[CaseNumber, Report] = OrderedDict()

    async def near(self, engine: Engine, wanted: Parameters) -> tuple[tuple[CaseNumber, Report], ...]:
        """Return the cases that a query finds, in its order, each with what it says."""
        rows = await engine.look("case_numbers_near", {**wanted, "slot": FILED})
        numbers = [number for (number,) in typed(rows, tuple[CaseNumber])]
        unopened = [number for number in numbers if number not in self._reports]
        if unopened:
            names: Parameters = {"slot": FILED, "numbers": msgspec.json.encode(unopened).decode()}
            self._open(await engine.look("words_many", names))
        found = tuple((number, self._reports[number]) for number in numbers if number in self._reports)
        while len(self._reports) > REMEMBERED:
            self._reports.popitem(last=False)
        return found

    def forget(self, number: CaseNumber) -> None:
        """Drop what a case says."""
        self._reports.pop(number, None)

    def _open(self, rows: Sequence[Row]) -> None:
        for number, text in opened_many(self._keyring, rows, FILED):
            self._reports[number] = Report.of(text)
