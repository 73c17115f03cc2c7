"""Photos of a milestone that was never published go when its card is over, by whatever act, and no others do."""

from __future__ import annotations

from typing import Final

import msgspec
import pytest
from telegram import User

from bot.ports import Taken
from bot.ports.intake import Arrival
from bot.rules.county import Role
from bot.rules.dialog import Idle, ReachingMilestone
from bot.rules.effect import Drop, Effects
from bot.rules.erasure import Forgetting
from bot.rules.identity import FileId, UpdateId
from handlers.callback import Button, Forget, PublishMilestone, encode
from handlers.conversations import open_conversations
from tests.support.builders import NOW, county, sender, staff
from tests.support.known import desk

BOT: Final = User(7000000001, "Minsheng", is_bot=True, username="minsheng_bot")
CHAT: Final = 42
PROJECT: Final = county().projects[0]
OFFICER: Final = staff(Role.OFFICER, PROJECT.unit)
PHOTOS: Final = (FileId("f-1"), FileId("f-2"))
REACHING: Final = ReachingMilestone(
    project=PROJECT.id, words="路修好了", photos=tuple((file, False) for file in PHOTOS), begun_by=9
)


async def decided(said: dict[str, object]) -> Effects:
    """Have the officer, who has the card open, do something."""
    person = sender(OFFICER.person, OFFICER, dialog=REACHING)
    who = {"id": CHAT, "is_bot": False, "first_name": "o"}
    message = {"message_id": 5, "date": int(NOW.timestamp()), "chat": {"id": CHAT, "type": "private"}}
    if "data" in said:
        update: dict[str, object] = {
            "callback_query": {"id": "1", "from": who, "chat_instance": "1", "message": message, **said}
        }
    else:
        update = {"message": {**message, "from": who, **said}}
    body = msgspec.json.encode({"update_id": 1, **update})
    taken = Taken(Arrival(UpdateId(1), CHAT, body), seq=1, received_at=NOW, attempts=0, sender=person)
    return await open_conversations(desk(), BOT).decide(taken, NOW)


def tap(button: Button) -> dict[str, object]:
    """Press a button."""
    return {"data": encode(button)}


CANCEL: Final[dict[str, object]] = {"text": "/cancel", "entities": [{"type": "bot_command", "offset": 0, "length": 7}]}


@pytest.mark.parametrize("said", [tap(Forget(Forgetting.TIE)), CANCEL], ids=["another act", "thrown away"])
async def test_they_go_once_with_a_card_that_is_over(said: dict[str, object]) -> None:
    """Also where what ends it knows nothing of them."""
    effects = await decided(said)
    assert effects.dialog == Idle()
    assert effects.dropped == tuple(Drop(file, OFFICER.person) for file in PHOTOS)


async def test_those_that_are_published_stay() -> None:
    """Publishing ends the card too."""
    effects = await decided(tap(PublishMilestone(REACHING.begun_by)))
    assert (effects.dialog, effects.dropped, len(effects.projects)) == (Idle(), (), 1)


async def test_those_of_an_open_card_stay() -> None:
    """More words leave it open."""
    effects = await decided({"text": "三村的路修好了"})
    assert (effects.dropped, type(effects.dialog)) == ((), ReachingMilestone)
