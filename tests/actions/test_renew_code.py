"""A lost code is made anew for whoever says the phone number that was left; guesses are few, and tell nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from bot.actions.renew_code import ask_whose, renew_code
from bot.errors import NotPermitted
from bot.rules.caller import PERSON_TRIES, TRIES_LAST, CallerCode, Trying, WrongCode, same_phone
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.dialog import Idle, RenewingCode
from bot.rules.effect import Effects
from bot.rules.entry import Channel, CodeRenewed, Entry
from bot.rules.message import CallReceipt, CodeQuestion
from bot.rules.staff import Staff
from tests.support.builders import NOW, NUMBER, OFFICER, case_in, sender, staff
from tests.support.known import desk

OPERATOR = staff(Role.OPERATOR, None)
PHONED: Case = msgspec.structs.replace(case_in(State.ACCEPTED), channel=Channel.HOTLINE)
PHONE = "13999991234"
NO_TRIES = Trying(fits=False, tries=0, since=None, count=0)


def renewed(
    case: Case | None = PHONED,
    left: str | None = PHONE,
    trying: Trying = NO_TRIES,
    *,
    said: str = PHONE,
    by: Staff = OPERATOR,
    is_linked: bool = False,
) -> Effects:
    """Have a code made anew."""
    return renew_code(desk(), sender(by.person, by), case, (said, left), trying, NOW, is_linked=is_linked, bot="bot")


def question(effects: Effects) -> CodeQuestion:
    """Return what is asked again."""
    (send,) = effects.sends
    assert isinstance(send.message, CodeQuestion)
    return send.message


def test_a_new_code_takes_the_place_of_the_lost_one() -> None:
    """It is shown once, kept as the others, and an entry says who made it."""
    effects = renewed()
    assert effects.entries == (Entry(at=NOW, actor=OPERATOR.id, case=NUMBER, fact=CodeRenewed()),)
    (send,) = effects.sends
    assert isinstance(send.message, CallReceipt)
    assert send.message.is_renewed
    assert effects.codes == (CallerCode(NUMBER, send.message.code),)
    assert (effects.dialog, effects.wrong_codes) == (Idle(), ())
    assert PHONE not in str(effects)


@pytest.mark.parametrize(
    "effects",
    [
        renewed(None),
        renewed(case_in(State.ACCEPTED)),
        renewed(is_linked=True),
        renewed(left=None),
        renewed(said="13999991235"),
    ],
    ids=["no such case", "of somebody with a chat", "linked already", "no number left", "another number"],
)
def test_whatever_does_not_fit_the_answer_is_the_same(effects: Effects) -> None:
    """And the guess counts."""
    assert question(effects) == CodeQuestion(left=PERSON_TRIES - 1)
    assert effects == Effects(
        wrong_codes=(WrongCode(None, OPERATOR.person, NOW, 1),), dialog=RenewingCode(), sends=effects.sends
    )


def test_there_are_few_tries_a_day() -> None:
    """After them not even the right number helps, until a day has passed."""
    last = renewed(trying=replace(NO_TRIES, since=NOW, count=PERSON_TRIES - 1), said="1")
    assert question(last) == CodeQuestion(left=0)
    assert last.dialog == Idle()
    often = replace(NO_TRIES, since=NOW, count=PERSON_TRIES)
    assert question(renewed(trying=often)) == CodeQuestion(left=0)
    assert renewed(trying=often).wrong_codes == ()
    assert renewed(trying=replace(often, since=NOW - TRIES_LAST - timedelta(seconds=1))).codes


def test_only_who_enters_calls_makes_codes() -> None:
    """Neither an officer nor a resident."""
    for nobody in (sender(OFFICER.person, OFFICER), sender()):
        with pytest.raises(NotPermitted):
            ask_whose(nobody)
    with pytest.raises(NotPermitted):
        renewed(by=OFFICER)
    assert ask_whose(sender(OPERATOR.person, OPERATOR)).dialog == RenewingCode()


@pytest.mark.parametrize(
    ("one", "other", "are_same"),
    [
        ("13999991234", "13999991234", True),
        ("+8613999991234", "13999991234", True),
        ("008613999991234", "+8613999991234", True),
        ("13999991234", "13999991235", False),
        ("3999991234", "13999991234", False),
        ("8613999", "13999", False),
    ],
)
def test_the_countrys_own_prefix_makes_no_difference(one: str, other: str, are_same: bool) -> None:  # noqa: FBT001 (a column)
    """A part of a number is another number."""
    assert same_phone(one, other) is are_same
