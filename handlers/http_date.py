"""The time that a server told with an answer. Invariant: whatever stands in the header, nobody fails over it."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def told_instant(date: str | None) -> datetime | None:
    """Return an HTTP date as an aware UTC instant; None when there is none, or it cannot be read."""
    if date is None:
        return None
    try:
        told = parsedate_to_datetime(date)
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)  # "-0000" is UTC without a place
    except (ValueError, OverflowError):
        return None
