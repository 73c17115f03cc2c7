"""What somebody meets whose case moved on behind their back: a word, the case as it stands, and no question left open."""

from __future__ import annotations

from typing import Final

import msgspec
from telegram import User

from bot.ports import Sender, Taken
from bot.ports.intake import Arrival
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.dialog import Adding, Answering, Dialog, Drafting, Idle, Resolving
from bot.rules.effect import Effects
from bot.rules.identity import UpdateId
from bot.rules.message import AdditionTaken, AdditionWanted, Help, Remark, Said, TapAnswered, TaskNotice, Toast, Welcome
from bot.rules.staff import Staff
from handlers.callback import AcceptCase, AnswerUnit, PickLanguage, encode
from handlers.conversations import open_conversations
from tests.support.builders import NOW, NUMBER, OFFICER, RESIDENT_PERSON, UG, case_in, draft, sender, staff
from tests.support.known import Known, desk

BOT: Final = User(7000000001, "Minsheng", is_bot=True, username="minsheng_bot")
CHAT: Final = 42
WHO: Final = {"id": CHAT, "is_bot": False, "first_name": "o"}
NOTICE: Final = 5
"""The message that a button is under."""

LATE: Final = staff(Role.OFFICER, name="late")
RESOLVING: Final = Resolving(case=NUMBER)


def taken_from(said: dict[str, object], person: Sender) -> Taken:
    """Make the update in which somebody presses or says something."""
    message = {"message_id": NOTICE, "date": int(NOW.timestamp()), "chat": {"id": CHAT, "type": "private"}}
    if "data" in said:
        update: dict[str, object] = {
            "callback_query": {"id": "1", "from": WHO, "chat_instance": "1", "message": message, **said}
        }
    else:
        update = {"message": {**message, "from": WHO, **said}}
    body = msgspec.json.encode({"update_id": 1, **update})
    return Taken(Arrival(UpdateId(1), CHAT, body), seq=1, received_at=NOW, attempts=0, sender=person)


async def decided(said: dict[str, object], official: Staff | None, dialog: Dialog | None = None) -> Effects:
    """Have somebody press or say something about a case that is resolved by now."""
    person = sender(official.person, official, dialog=dialog) if official else sender(RESIDENT_PERSON, dialog=dialog)
    taken = taken_from(said, person)
    known = Known(cases=[case_in(State.RESOLVED)], staff=[OFFICER, LATE])
    return await open_conversations(desk(known), BOT).decide(taken, NOW)


async def test_a_late_press_shows_the_case_as_it_is_now() -> None:
    """The notice that still asked to sign for it is replaced, so that nobody presses it again."""
    effects = await decided({"data": encode(AcceptCase(NUMBER))}, LATE)
    notice, answer = effects.sends
    assert (type(notice.message), notice.replaces) == (TaskNotice, NOTICE)
    assert answer.message == TapAnswered(tap="1", toast=Toast.MOVED_ON)
    assert (effects.cases, effects.entries) == ((), ())


async def test_a_late_press_shows_nothing_to_another_unit() -> None:
    """They hear that it is not theirs, and see nothing of it."""
    elsewhere = staff(Role.OFFICER, desk().county.projects[1].unit, "elsewhere")
    effects = await decided({"data": encode(AcceptCase(NUMBER))}, elsewhere)
    assert [each.message for each in effects.sends] == [TapAnswered(tap="1", toast=Toast.NOT_PERMITTED)]


async def test_late_words_leave_the_question_behind() -> None:
    """Else every further word would meet the same refusal."""
    effects = await decided({"text": "已经修好"}, OFFICER, RESOLVING)
    assert [each.message for each in effects.sends] == [Said(Remark.CASE_MOVED_ON)]
    assert effects.dialog == Idle()


async def test_a_draft_that_lay_open_beside_goes_on() -> None:
    """The question that ends is not the report that the same person was writing."""
    assert isinstance(draft(), Drafting)
    person = msgspec.structs.replace(sender(OFFICER.person, OFFICER, dialog=RESOLVING), set_aside=draft())
    taken = taken_from({"text": "已经修好"}, person)
    known = Known(cases=[case_in(State.RESOLVED)], staff=[OFFICER])
    assert (await open_conversations(desk(known), BOT).decide(taken, NOW)).dialog == draft()


async def late(said: dict[str, object], dialog: Dialog) -> Effects:
    """Have a resident do something about their case, which waits for no answer any more."""
    person = sender(dialog=dialog)
    taken = taken_from(said, person)
    known = Known(cases=[case_in(State.ACCEPTED)], voices={NUMBER: (RESIDENT_PERSON,)}, staff=[OFFICER])
    return await open_conversations(desk(known), BOT).decide(taken, NOW)


async def test_an_answer_after_the_pause_is_added_to_the_case() -> None:
    """Nobody waits for it, but whoever handles the case reads it; the resident does not write it twice."""
    effects = await late({"text": "三村二组"}, Answering(case=NUMBER, round=1, pause=1))
    assert [type(each.message) for each in effects.sends if each.to == RESIDENT_PERSON] == [AdditionTaken]
    assert [entry.fact.KIND for change in effects.cases for entry in change.entries] == ["added"]
    assert effects.dialog == Idle()


async def test_the_button_of_an_old_question_takes_an_addition() -> None:
    """It led nowhere, and the resident still had something to say."""
    effects = await late({"data": encode(AnswerUnit(NUMBER))}, Idle())
    assert effects.dialog == Adding(case=NUMBER)
    assert [each.message for each in effects.sends] == [AdditionWanted(case=NUMBER), TapAnswered(tap="1", toast=None)]


async def test_an_official_who_changes_the_language_reads_of_their_work() -> None:
    """What residents are greeted with is for residents."""
    pick: dict[str, object] = {"data": encode(PickLanguage(UG))}
    to_official, to_resident = await decided(pick, OFFICER), await decided(pick, None)
    assert to_official.sends[0].message == Help(role=Role.OFFICER)
    assert to_resident.sends[0].message == Welcome()
