"""Where logs go and how they look. No personal word, id or token ever reaches one: our own lines carry row numbers only."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

import msgspec

from bot.watch.lines import TOGETHER, Line

QUIET: Final = ("httpx", "httpcore", "aiosqlite", "telegram", "aiohttp")
"""Libraries whose lines may repeat addresses, tokens or what people wrote."""


FACTS: Final = ("update", "letter", "letters", "waited_ms", "took_ms")
"""What a record may say besides its message: numbers of rows, and times. `update` is followed from arrival to answer."""


_encode: Final = msgspec.json.Encoder().encode


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record as an object of at, level, name, message and its facts."""
        at = f"{_second(int(record.created))}.{int(record.msecs):03d}+00:00"
        head = {"at": at, "level": record.levelname.lower(), "name": record.name}
        lines = (_encode({**head, "message": message, **facts}) for message, facts in lines_of(record))
        return b"\n".join(lines).decode()


@lru_cache(maxsize=2)
def _second(since_epoch: int) -> str:
    """Write a second in UTC; a hundred lines may be of one."""
    return f"{datetime.fromtimestamp(since_epoch, UTC):%Y-%m-%dT%H:%M:%S}"


class TextLines(logging.Formatter):
    """A line for people, with its facts behind it."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record, or each line of it, with its facts as name=value."""
        return "\n".join(self._line(record, message, facts) for message, facts in lines_of(record))

    def _line(self, record: logging.LogRecord, message: str, facts: Mapping[str, int]) -> str:
        line = copy(record)
        line.msg, line.args = message, None
        return super().format(line) + "".join(f" {name}={value}" for name, value in facts.items())


def lines_of(record: logging.LogRecord) -> Sequence[Line]:
    """Return the lines that a record is made of; nearly all are one."""
    together: Sequence[Line] | None = getattr(record, TOGETHER, None)
    return [(record.getMessage(), facts_of(record))] if together is None else together


def facts_of(record: logging.LogRecord) -> dict[str, int]:
    """Return what a record says besides its message."""
    given = record.__dict__
    return {name: given[name] for name in FACTS if given.get(name) is not None}


def set_up_logs(form: str) -> None:
    """Send logs to standard error, as `text` or `json`.

    No line says where in the code it was written, or in which thread; looking that up would take half of what a line takes.
    Source: https://docs.python.org/3/howto/logging.html#optimization
    """
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    vars(logging)["_srcfile"] = None
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)
