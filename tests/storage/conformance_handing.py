"""What every store does with answers that it hands over as it writes them down: the same letters, sooner."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from bot.ports import Decision, Letter, Sent
from bot.rules.effect import Effects, Send
from bot.rules.identity import PersonId
from bot.rules.message import Message, Remark, Said, TapAnswered, TaskList
from tests.storage.conformance import OnePlace
from tests.support.store import NEIGHBOUR, RESIDENT, Town

TAP, EDIT, SAID, AGAIN = TapAnswered(tap="1", toast=None), Said(Remark.CANCELLED), Said(Remark.KEPT), Said(Remark.NO_CASES)
NOBODY: frozenset[PersonId] = frozenset()


class HandingConformance(OnePlace):
    """Answers reach delivery without a way through the outbox, and are in it all the same."""

    async def test_an_answer_that_is_handed_over_is_what_the_outbox_holds(self, town: Town) -> None:
        """In every field; and it is marked as being tried, so that a crash leaves it in doubt."""
        handed = await _answer(town, RESIDENT, TAP, SAID)
        taken = await town.store.take_letters(64, NOBODY, town.clock.now())
        assert [replace(letter, attempts=1, was_tried=True) for letter in handed] == list(taken)
        assert [(letter.attempts, letter.was_tried) for letter in handed] == [(0, False)] * 2

    async def test_someone_new_is_answered_in_their_chat(self, town: Town) -> None:
        """They are known from the same commit on."""
        (letter,) = await _answer(town, RESIDENT, SAID)
        assert (letter.chat_id, letter.language, letter.message) == (RESIDENT, None, SAID)

    async def test_the_language_chosen_just_now_counts(self, town: Town) -> None:
        """The answer is in it already."""
        await town.arrive(RESIDENT, "speak", language="ug")
        decision = await town.decision()
        person = decision.effects.sends[0].to if decision.effects.sends else _sender(decision)
        spoken = replace(decision, effects=replace(decision.effects, sends=(Send(person, SAID),)))
        (letter,) = await town.store.commit([spoken], town.clock.now(), hands_over=True)
        assert letter.language == "ug"

    async def test_where_a_letter_waits_nothing_is_handed_over(self, town: Town) -> None:
        """What a person reads stays in order."""
        await _answer(town, RESIDENT, SAID, hands_over=False)
        assert await _answer(town, RESIDENT, AGAIN) == []
        assert [letter.message for letter in await _answer(town, NEIGHBOUR, AGAIN)] == [AGAIN]

    async def test_of_two_letters_that_must_not_come_twice_the_second_stays(self, town: Town) -> None:
        """A crash leaves one person one letter in doubt."""
        handed = await _answer(town, RESIDENT, TAP, SAID, AGAIN)
        assert [letter.message for letter in handed] == [TAP, SAID]

    async def test_a_list_takes_the_ordinary_way(self, town: Town) -> None:
        """In doubt it would wait for its reader, who did not get it."""
        assert await _answer(town, RESIDENT, TaskList(cases=(), total=0)) == []

    async def test_a_letter_that_edits_knows_what(self, town: Town) -> None:
        """The message that was sent under the same name."""
        person = await _known(town, RESIDENT)
        await town.store.commit([Decision(Effects(sends=(Send(person, SAID, anchor="card"),)))], town.clock.now())
        (sent,) = await town.store.take_letters(64, NOBODY, town.clock.now())
        await town.store.settle([Sent(sent, 7)], town.clock.now())
        (letter,) = await _answer(town, RESIDENT, EDIT, anchor="card")
        assert (letter.message_id, letter.is_repeatable) == (7, True)

    async def test_letters_to_others_take_the_ordinary_way(self, town: Town) -> None:
        """Only who wrote waits for an answer."""
        other = await _known(town, NEIGHBOUR)
        await town.arrive(RESIDENT, "speak", language="zh_Hans_CN")
        taken = await town.take_one()
        decision = Decision(Effects(sends=(Send(other, SAID),)), taken=taken)
        assert list(await town.store.commit([decision], town.clock.now(), hands_over=True)) == []
        assert len(await town.store.take_letters(64, NOBODY, town.clock.now())) == 1


def _sender(decision: Decision) -> PersonId:
    assert decision.taken is not None
    return decision.taken.sender.person


async def _known(town: Town, chat: int) -> PersonId:
    """Make someone known who is sent nothing."""
    await town.arrive(chat, "speak", language="zh_Hans_CN")
    taken = await town.take_one()
    await town.store.commit([Decision(Effects(), taken=taken)], town.clock.now())
    return taken.sender.person


async def _answer(
    town: Town, chat: int, *messages: Message, anchor: str | None = None, hands_over: bool = True
) -> Sequence[Letter]:
    """Answer what someone wrote with these messages; return what is handed over."""
    await town.arrive(chat, "speak", language="zh_Hans_CN")
    taken = await town.take_one()
    sends = tuple(Send(taken.sender.person, message, anchor=anchor) for message in messages)
    decision = Decision(Effects(sends=sends), taken=taken)
    return list(await town.store.commit([decision], town.clock.now(), hands_over=hands_over))
