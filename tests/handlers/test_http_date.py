"""What a server says that the time is: compared with the machine's where it can be read, and never in anybody's way."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.http_date import told_instant

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "date", ["Tue, 24 Nov 2026 12:00:00 GMT", "Tue, 24 Nov 2026 12:00:00 -0000", "Tue, 24 Nov 2026 20:00:00 +0800"]
)
def test_a_date_is_the_same_instant_however_it_names_its_place(date: str) -> None:
    """HTTP writes GMT; servers write others, too."""
    assert told_instant(date) == NOON


@pytest.mark.parametrize(
    "date",
    [
        None,
        "",
        "now",
        "Tue, 24 Nov 2026 25:00:00 GMT",
        "Tue, 24 Nov 99999 12:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 -0100",
        "Tue, 24 Nov 2026 12:00:00 +9999",
    ],
)
def test_what_cannot_be_read_is_as_if_no_time_was_told(date: str | None) -> None:
    """No header of anybody's ends a loop of the bot, or `check`."""
    assert told_instant(date) is None
