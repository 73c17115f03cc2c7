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
from storage.engine import Engine, Parameters, Row
from storage.keyring import Keyring
from storage.words import opened_text, words_at

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
        numbers = [CaseNumber(str(row[0])) for row in rows]
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
        for number, body, master_version, wrapped in rows:
            case = CaseNumber(str(number))
            key = self._keyring.of_case_row(case, master_version, wrapped)
            self._reports[case] = Report.of(opened_text(key, body, words_at(FILED)))
