"""Every kind of button, pressed by those who stand above the officers and were not shown it: what each may bring about.

The payloads are decided as the worker has them decided, one by one on the same case, and none is written: what a press would
have brought about is compared with a list made by hand from the plan (design.md sections 5 and 9).
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Mapping
from itertools import chain
from typing import Final

import msgspec
import pytest

from bot.ports import Taken
from bot.rules.county import Role
from bot.rules.effect import Effects
from bot.rules.identity import CaseNumber, UnitId
from handlers.callback import Button, Choose, Take, encode
from handlers.conversations import open_conversations
from tests.handlers.every_button import EVERY
from tests.simulation.town import BOT
from tests.support.store import ADMIN, LEAD, OFFICER, RESIDENT, SUPERVISOR, Town

ELSEWHERE: Final = 7200000021
"""The lead of a unit that has nothing to do with the case."""

OWN: Final = {"JudgeProject": ["project_judged"]}
"""What anybody may do, whatever they hold: say what they think of a project. Settings and conversations are no entries."""

REFUSED: Final = "press_refused"


async def test_a_lead_of_another_unit_reaches_nothing(town: Town) -> None:
    """Whatever names the case is refused and entered; the rest is about themselves and their own unit."""
    number = await _filed(town)
    found = await _brought_about(town, ELSEWHERE, number)
    of_the_case = {_name(button) for button in _buttons() if _names_a_case(button)}
    refused = {name for name, kinds in found.items() if kinds == [REFUSED]}
    assert refused <= of_the_case
    assert of_the_case - refused == {"JoinCase", "AddToCase", "GoOnWith"}, "about one's own draft, and there is none"
    assert {name: kinds for name, kinds in found.items() if name not in refused} == OWN | {
        "UnlinkGroups": ["groups_unlinked"]
    }


async def test_an_admin_changes_no_case(town: Town) -> None:
    """They see how the county is doing, not what is said in a case; an invitation is theirs to make."""
    number = await _filed(town)
    found = await _brought_about(town, ADMIN, number)
    refused = {name for name, kinds in found.items() if kinds == [REFUSED]}
    assert refused >= {"ShowCase", "AcceptCase", "ResolveCase", "RateSolved", "ShowHistory", "Withdraw", "OpenNumber"}
    assert {name: kinds for name, kinds in found.items() if name not in refused} == OWN | {"Invite": ["invited"]}


async def test_a_supervisor_handles_no_case(town: Town) -> None:
    """They may look, which is entered, and add a unit; they sign for nothing, resolve nothing and judge nothing."""
    number = await _filed(town)
    found = await _brought_about(town, SUPERVISOR, number)
    assert found == OWN | {"ShowCase": ["looked"], "Choose au": ["unit_added"]}


@pytest.mark.parametrize("chat", [OFFICER, LEAD, SUPERVISOR, ADMIN], ids=["officer", "lead", "supervisor", "admin"])
async def test_a_button_of_an_ended_case_moves_it_no_more(town: Town, chat: int) -> None:
    """Whoever was in charge, and whoever is above them: each gets an answer, and the case stays ended."""
    number = await _filed(town)
    await town.act(OFFICER, "accept", case=number)
    await town.act(OFFICER, "resolve", case=number, answer="done")
    await town.act(RESIDENT, "rate", case=number)
    await town.act(RESIDENT, "score", case=number)
    before = await town.case(number)
    assert not before.is_open
    async for button, effects in _decided(town, chat, number):
        assert effects.cases == (), button


async def _filed(town: Town) -> CaseNumber:
    await town.staffed()
    await town.hire(ELSEWHERE, Role.LEAD, UnitId("water"))
    return await town.file()


def _buttons() -> Iterator[Button]:
    """Yield one button of every type, and every step that one of them may begin or choose in."""
    seen: dict[str, Button] = {}
    for button in EVERY:
        seen.setdefault(_name(button), button)
    return iter(seen.values())


def _name(button: Button) -> str:
    """Name a button after its type, and the step where it is one of many."""
    return f"{type(button).__name__} {button.step}" if isinstance(button, Take | Choose) else type(button).__name__


def _names_a_case(button: Button) -> bool:
    return re.search(r"CB-2026-\d{6}", encode(button)) is not None


async def _brought_about(town: Town, chat: int, number: CaseNumber) -> Mapping[str, list[str]]:
    """Say of each button that would be written down what the ledger would have of it."""
    found: dict[str, list[str]] = {}
    async for button, effects in _decided(town, chat, number):
        entries = (*effects.entries, *chain.from_iterable(change.entries for change in effects.cases))
        if entries:
            found[_name(button)] = [entry.fact.KIND for entry in entries]
    return found


async def _decided(town: Town, chat: int, number: CaseNumber) -> AsyncIterator[tuple[Button, Effects]]:
    """Have somebody press each button, about a real case where it names one; each press is answered."""
    conversations = open_conversations(town.desk, BOT)
    await town.arrive(chat, "new")
    taken = await town.take_one()
    for button in _buttons():
        effects = await conversations.decide(_pressed(taken, button, number), town.clock.now())
        assert effects.sends, button
        yield button, effects


def _pressed(taken: Taken, button: Button, number: CaseNumber) -> Taken:
    """Put a press in place of what somebody wrote."""
    who = {"id": taken.arrival.chat_id, "is_bot": False, "first_name": "person"}
    message = {"message_id": 5, "date": 1_790_000_000, "chat": {"id": who["id"], "type": "private", "first_name": "person"}}
    data = re.sub(r"CB-2026-\d{6}", number, encode(button))
    query = {"id": "1", "from": who, "chat_instance": "1", "data": data, "message": message}
    body = msgspec.json.encode({"update_id": 9, "callback_query": query})
    return msgspec.structs.replace(taken, arrival=msgspec.structs.replace(taken.arrival, body=body))
