"""A supervisor writes into which case another one shall go: its number is found in what they write, or asked for again."""

from __future__ import annotations

from typing import Final

import msgspec
import pytest
from telegram import User

from bot.ports import Taken
from bot.ports.intake import Arrival
from bot.rules.case import Case, State
from bot.rules.dialog import Idle, Writing
from bot.rules.effect import Effects
from bot.rules.entry import Merged
from bot.rules.handling import Step
from bot.rules.identity import CaseNumber, UpdateId
from bot.rules.message import Remark, Said
from handlers.conversations import open_conversations
from tests.support.builders import NOW, NUMBER, SUPERVISOR, case_in, sender
from tests.support.known import Known, desk

BOT: Final = User(7000000001, "Minsheng", is_bot=True, username="minsheng_bot")
CHAT: Final = 42
OPEN, OVER, HIDDEN = CaseNumber("CB-2026-000456"), CaseNumber("CB-2026-000457"), CaseNumber("CB-2026-000458")


def named(number: CaseNumber, case: Case, *, is_confidential: bool = False) -> Case:
    """Give a case another number."""
    return msgspec.structs.replace(case, number=number, is_confidential=is_confidential)


async def written(text: str) -> Effects:
    """Have a supervisor write it who was asked into which case it shall go."""
    accepted = case_in(State.ACCEPTED)
    others = named(OPEN, accepted), named(OVER, case_in(State.CLOSED)), named(HIDDEN, accepted, is_confidential=True)
    who = {"id": CHAT, "is_bot": False, "first_name": "s"}
    message = {
        "message_id": 5,
        "date": int(NOW.timestamp()),
        "chat": {"id": CHAT, "type": "private"},
        "from": who,
        "text": text,
    }
    body = msgspec.json.encode({"update_id": 1, "message": message})
    asked = sender(SUPERVISOR.person, SUPERVISOR, dialog=Writing(case=NUMBER, step=Step.MERGE))
    taken = Taken(Arrival(UpdateId(1), CHAT, body), seq=1, received_at=NOW, attempts=0, sender=asked)
    known = Known(cases=[accepted, *others], staff=[SUPERVISOR])
    return await open_conversations(desk(known), BOT).decide(taken, NOW)


@pytest.mark.parametrize("text", [OPEN, OPEN.lower(), f"并入 {OPEN}。"])
async def test_a_number_is_found_in_what_is_written(text: str) -> None:
    """However it is typed, and with words around it."""
    effects = await written(text)
    assert [entry.fact for change in effects.cases for entry in change.entries] == [Merged(into=OPEN)]
    assert effects.dialog == Idle()


@pytest.mark.parametrize("text", [NUMBER, "CB-2026-999999", OVER, HIDDEN, "那一件", "1"])
async def test_what_is_no_other_open_case_is_asked_for_again(text: str) -> None:
    """The same case, none, one that is over, one that fewer may see, or no number: nothing is done, the next words count."""
    effects = await written(text)
    assert (effects.cases, effects.dialog) == ((), None)
    assert [send.message for send in effects.sends] == [Said(Remark.NOT_ANOTHER_OPEN_CASE)]
