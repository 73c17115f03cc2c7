"""An operator enters a case for somebody who phones: filed like any other, nobody's chat behind it, a code to read aloud."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from bot.actions.enter_case import begin, enter_case, hide_code
from bot.actions.join_case import may_be_offered
from bot.errors import NotPermitted
from bot.rules.access import Act, require
from bot.rules.caller import CallerCode
from bot.rules.county import Role
from bot.rules.dialog import Drafting, Idle, PhonePart
from bot.rules.entry import Channel, Filed
from bot.rules.identity import NEW_CASE
from bot.rules.message import CallBegun, CallReceipt, CodeHidden, DraftCard, Remark, Said, TaskNotice
from tests.support.builders import (
    EVERYBODY,
    LEAD,
    NOW,
    NUMBER,
    OFFICER,
    draft,
    sender,
    staff,
)
from tests.support.known import Known, desk

OPERATOR = staff(Role.OPERATOR, None)
WRITER = sender(OPERATOR.person, OPERATOR)
CALL = msgspec.structs.replace(draft(), channel=Channel.HOTLINE, begun_by=7)


def test_an_operator_begins_with_an_empty_draft() -> None:
    """Nothing of an earlier one, of the channel that was chosen."""
    effects = begin(desk(Known()), WRITER, Channel.COUNTER, 7)
    assert isinstance(effects.dialog, Drafting)
    assert (effects.dialog.channel, effects.dialog.words, effects.dialog.begun_by) == (Channel.COUNTER, "", 7)
    assert [each.message for each in effects.sends] == [CallBegun(channel=Channel.COUNTER)]


def test_a_draft_that_lies_open_is_not_thrown_away_by_the_way() -> None:
    """The operator is told, and nothing changes; an empty one is no hindrance."""
    effects = begin(desk(Known()), replace(WRITER, dialog=draft()), Channel.HOTLINE, 7)
    assert effects.dialog is None
    assert [each.message for each in effects.sends] == [Said(Remark.DRAFT_OPEN)]
    empty = msgspec.structs.replace(draft(), words="")
    assert begin(desk(Known()), replace(WRITER, dialog=empty), Channel.HOTLINE, 7).dialog is not None


@pytest.mark.parametrize("channel", [Channel.BOT, Channel.MEETING])
def test_only_calls_and_counters_are_entered_so(channel: Channel) -> None:
    """A forged button of another channel begins nothing."""
    with pytest.raises(NotPermitted):
        begin(desk(Known()), WRITER, channel, 7)


@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.LEAD, Role.TRANSLATOR, Role.ADMIN])
def test_who_is_no_operator_enters_nothing_for_others(role: Role | None) -> None:
    """Neither begins, nor sends what they began while they were one, nor hides a code."""
    other = sender(OPERATOR.person, *([] if role is None else [staff(role, name="other")]))
    with pytest.raises(NotPermitted):
        begin(desk(Known()), other, Channel.HOTLINE, 7)
    with pytest.raises(NotPermitted):
        enter_case(desk(Known()), other, CALL, EVERYBODY, NOW, bot="bot")
    with pytest.raises(NotPermitted):
        hide_code(other.person, other.roles, NUMBER, Channel.HOTLINE, None)


def test_a_call_becomes_a_case_behind_which_nobody_stands_yet() -> None:
    """The entry says who entered it and by which channel; the unit is told as of any case."""
    parts = (PhonePart(3, "13999991234"),)
    effects = enter_case(
        desk(Known()), WRITER, msgspec.structs.replace(CALL, parts=parts), EVERYBODY, NOW, bot="bot", pressed=5
    )
    (change,) = effects.cases
    (entry,) = change.entries
    assert isinstance(entry.fact, Filed)
    assert (entry.actor, entry.fact.channel, change.after.channel, change.filer) == (
        OPERATOR.id,
        Channel.HOTLINE,
        Channel.HOTLINE,
        None,
    )
    assert {each.slot: each.text for each in effects.words} == {"filed": CALL.words, "phone": "13999991234"}
    assert isinstance(effects.dialog, Idle)
    assert effects.township is None
    told = [(each.to, type(each.message)) for each in effects.sends]
    assert told == [(OPERATOR.person, DraftCard), (OPERATOR.person, CallReceipt), (OFFICER.person, TaskNotice)]


def test_the_code_is_what_is_read_aloud_and_kept() -> None:
    """One code, in the receipt of the operator and in nothing else that is said."""
    effects = enter_case(desk(Known()), WRITER, CALL, EVERYBODY, NOW, bot="bot")
    (kept,) = effects.codes
    receipts = [each.message for each in effects.sends if isinstance(each.message, CallReceipt)]
    assert [kept] == [CallerCode(NEW_CASE, receipt.code) for receipt in receipts]
    others = [each.message for each in effects.sends if not isinstance(each.message, CallReceipt)]
    assert kept.code not in msgspec.json.encode(others).decode()
    assert not receipts[0].has_phone


def test_a_code_that_was_read_aloud_is_taken_out_of_the_chat() -> None:
    """The message that showed it is edited."""
    effects = hide_code(OPERATOR.person, (OPERATOR,), NUMBER, Channel.HOTLINE, 5)
    (send,) = effects.sends
    assert (send.message, send.replaces) == (CodeHidden(case=NUMBER, channel=Channel.HOTLINE), 5)


def test_no_open_case_is_offered_to_somebody_who_is_not_there() -> None:
    """Whoever phones cannot join by a tap."""
    assert may_be_offered(desk(Known()).county, draft())
    assert not may_be_offered(desk(Known()).county, CALL)


def test_leads_and_admins_are_no_operators() -> None:
    """Only operators and supervisors enter calls."""
    assert require((LEAD, OPERATOR), Act.ENTER_CALL) is OPERATOR
