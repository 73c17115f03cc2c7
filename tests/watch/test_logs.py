"""What a line of the log looks like: one JSON object, with its moment and its facts."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from bot.commands.logs import JsonLines

MOMENT = datetime(2026, 11, 24, 15, 59, 59, 42_000, UTC)


@pytest.mark.parametrize(
    "later", [timedelta(), timedelta(milliseconds=957), timedelta(milliseconds=958), timedelta(days=400)]
)
def test_a_line_tells_its_moment_to_the_millisecond(later: timedelta) -> None:
    """In UTC, also where the line before was of another second."""
    lines = JsonLines()
    for at in (MOMENT, MOMENT + later):
        record = logging.makeLogRecord(
            {"levelname": "INFO", "name": "bot", "msg": "letter %d is sent", "args": (7,), "letter": 7}
        )
        record.created = at.timestamp()
        record.msecs = at.microsecond / 1000
        assert msgspec.json.decode(lines.format(record)) == {
            "at": at.isoformat(timespec="milliseconds"),
            "level": "info",
            "name": "bot",
            "message": "letter 7 is sent",
            "letter": 7,
        }
