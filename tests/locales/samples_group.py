"""What is said in and about units' work groups, in every turn it takes."""

from __future__ import annotations

from collections.abc import Iterator

from bot.rules.message import GroupJoined, GroupLink, GroupNotice, GroupWelcome, Message
from bot.rules.tasks import Only
from tests.locales.county import TRANSPORT
from tests.locales.sample_values import DUE, NUMBER


def groups() -> Iterator[tuple[str, Message]]:
    """Yield every message of this area with a name for it."""
    link, command = "https://t.me/minsheng_bot?startgroup=g-0123456789", "/group g-0123456789"
    yield "GroupLink", GroupLink(unit=TRANSPORT, link=link, command=command, expires_at=DUE, groups=0)
    yield "GroupLink again", GroupLink(unit=TRANSPORT, link=link, command=command, expires_at=DUE, groups=2)
    yield "GroupJoined", GroupJoined(unit=TRANSPORT, groups=1)
    yield "GroupJoined no more", GroupJoined(unit=TRANSPORT, groups=0)
    yield "GroupWelcome", GroupWelcome(unit=TRANSPORT)
    counts = ((Only.UNIT, 12), (Only.UNACCEPTED, 2), (Only.OVERDUE, 1))
    yield "GroupNotice", GroupNotice(unit=TRANSPORT, counts=counts, late=(NUMBER,))
    yield "GroupNotice late", GroupNotice(unit=TRANSPORT, counts=(), late=(NUMBER,))
