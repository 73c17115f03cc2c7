"""Where logs go and how they look. No personal word, id or token ever reaches one: our own lines carry row numbers only."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Final

QUIET: Final = ("httpx", "httpcore", "telegram", "aiohttp")
"""Libraries whose lines may repeat addresses, tokens or what people wrote."""


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record as an object of at, level, name and message."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "name": record.name, "message": record.getMessage()}
        return json.dumps(line, ensure_ascii=False)


def set_up_logs(form: str) -> None:
    """Send logs to standard error, as `text` or `json`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        JsonLines() if form == "json" else logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)
