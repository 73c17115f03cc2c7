"""What an official writes who has begun nothing: it brings up what can be pressed, and changes no case."""

from __future__ import annotations

from typing import Final

import msgspec
import pytest
from telegram import User

from bot.ports import Taken
from bot.ports.intake import Arrival
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.dialog import Adding, Dialog, Drafting, Resolving
from bot.rules.effect import Effects
from bot.rules.identity import PersonId, UpdateId
from bot.rules.message import DraftCard, LeaveCard, StaffList, TaskList, TaskNotice
from bot.rules.staff import Staff
from handlers.conversations import open_conversations
from tests.support.builders import ADMIN, NOW, NUMBER, OFFICER, WATER, case_in, sender, staff
from tests.support.known import Known, desk

BOT: Final = User(7000000001, "Minsheng", is_bot=True, username="minsheng_bot")
CHAT: Final = 42
WHO: Final = {"id": CHAT, "is_bot": False, "first_name": "o"}
IT: Final = {"id": BOT.id, "is_bot": True, "first_name": "Minsheng"}
ELSEWHERE: Final = staff(Role.OFFICER, WATER, name="elsewhere")


def said(text: str, under: dict[str, object] | None = None, by: dict[str, object] = IT) -> dict[str, object]:
    """Write a message, perhaps as an answer under another one, of the bot or of whomever."""
    at = {"date": int(NOW.timestamp()), "chat": {"id": CHAT, "type": "private"}}
    replied = {} if under is None else {"reply_to_message": {**at, "message_id": 4, "from": by, **under}}
    return {**at, "message_id": 5, "from": WHO, "text": text, **replied}


async def decided(
    message: dict[str, object], official: Staff = OFFICER, *, voices: tuple[PersonId, ...] = (), dialog: Dialog | None = None
) -> Effects:
    """Have an official write it; there is one case, of the roads' unit."""
    known = Known(cases=[case_in(State.ACCEPTED)], voices={NUMBER: voices}, staff=[OFFICER, ADMIN, ELSEWHERE])
    body = msgspec.json.encode({"update_id": 1, "message": message})
    who = sender(official.person, official, dialog=dialog)
    taken = Taken(Arrival(UpdateId(1), CHAT, body), seq=1, received_at=NOW, attempts=0, sender=who)
    return await open_conversations(desk(known), BOT).decide(taken, NOW)


def shown(effects: Effects) -> list[type]:
    """Return what they are sent; no case is changed by it."""
    assert effects.cases == ()
    return [type(send.message) for send in effects.sends]


@pytest.mark.parametrize("notice", [{"text": f"{NUMBER} 道路交通"}, {"photo": [], "caption": f"办理期限 {NUMBER}"}])
async def test_an_answer_under_a_notice_brings_up_its_case(notice: dict[str, object]) -> None:
    """Whatever it says: what was meant to be done stands on the buttons."""
    assert shown(await decided(said("知道了，下午去看", notice))) == [TaskNotice]


@pytest.mark.parametrize(
    ("official", "voices", "by", "under"),
    [
        (OFFICER, (), WHO, str(NUMBER)),
        (OFFICER, (), IT, "道路交通"),
        (OFFICER, (), IT, "CB-2026-999999"),
        (ELSEWHERE, (), IT, str(NUMBER)),
        (OFFICER, (OFFICER.person,), IT, str(NUMBER)),
    ],
    ids=["their own message", "no case", "no such case", "another unit's case", "a case of their own"],
)
async def test_an_answer_under_anything_else_is_a_report_or_an_addition(
    official: Staff, voices: tuple[PersonId, ...], by: dict[str, object], under: str
) -> None:
    """They are residents, too."""
    effects = await decided(said("村口的路灯坏了三天了", {"text": under}, by), official, voices=voices)
    assert TaskNotice not in shown(effects)
    assert isinstance(effects.dialog, Drafting | Adding) or effects.dialog is None


@pytest.mark.parametrize(
    ("word", "official", "answer"),
    [
        ("待办", OFFICER, TaskList),
        ("签收。", OFFICER, TaskList),
        ("ۋەزىپىلىرىم", OFFICER, TaskList),
        ("قوبۇل قىلىش", OFFICER, TaskList),
        ("我要请假", OFFICER, LeaveCard),
        ("人员名单", ADMIN, StaffList),
    ],
)
async def test_a_word_of_work_opens_what_it_is_about(word: str, official: Staff, answer: type) -> None:
    """However it is typed."""
    assert shown(await decided(said(word), official)) == [answer]


async def test_a_word_of_work_that_is_not_theirs_is_heard_as_anybodys() -> None:
    """Who has no such command is not refused: what they write may be meant for the county."""
    assert shown(await decided(said("人员名单"), OFFICER)) == [DraftCard]


async def test_a_word_of_work_is_an_answer_where_words_were_asked_for() -> None:
    """Once something is begun, what is written belongs to it."""
    effects = await decided(said("待办"), dialog=Resolving(case=NUMBER))
    assert TaskList not in shown(effects)
