"""Which buttons go under what is told about the work groups of units."""

from __future__ import annotations

from typing import Final

import msgspec

from bot.rules.message import GroupJoined, GroupLink, GroupNotice, GroupWelcome, Message
from handlers.callback import Button, UnlinkGroups
from tests.support.builders import NOW, NUMBER, TRANSPORT

LINK: Final = GroupLink(unit=TRANSPORT, link="https://t.me/b", command="/group g-0", expires_at=NOW, groups=0)

WITH_BUTTONS: Final[dict[str, tuple[Message, list[list[Button]]]]] = {
    "a code for a group": (msgspec.structs.replace(LINK, groups=1), [[UnlinkGroups()]]),
}
WITHOUT_BUTTONS: Final[tuple[Message, ...]] = (
    LINK,
    GroupJoined(unit=TRANSPORT, groups=1),
    GroupWelcome(unit=TRANSPORT),
    GroupNotice(unit=TRANSPORT, counts=(), late=(NUMBER,)),
)
