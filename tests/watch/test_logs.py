"""What a line of the log looks like: one JSON object, with its moment and its facts."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from bot.commands.logs import JsonLines, TextLines
from bot.watch.lines import tell

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


@pytest.mark.parametrize("count", [0, 1, 3])
@pytest.mark.parametrize("lines", [JsonLines(), TextLines("%(levelname)s %(name)s: %(message)s")])
def test_what_is_told_together_is_a_line_each(
    lines: logging.Formatter, count: int, caplog: pytest.LogCaptureFixture
) -> None:
    """As if it had been told one by one; a sign of a placeholder in it is only a sign."""
    log = logging.getLogger("bot.told")
    told = [(f"update {number} is 100 %s handled", {"update": number, "letters": 2}) for number in range(count)]
    with caplog.at_level(logging.INFO):
        tell(log, told)
        for message, facts in told:
            log.info("%s", message, extra=facts)
    together, apart = caplog.records[: len(caplog.records) - count], caplog.records[len(caplog.records) - count :]
    for record in caplog.records:
        record.created, record.msecs = MOMENT.timestamp(), 42.0
    assert len(together) == min(count, 1)
    assert "".join(map(lines.format, together)) == "\n".join(map(lines.format, apart))
