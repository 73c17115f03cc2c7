"""Whoever phoned and lost their code gets another one: an operator says the case and the phone number that was left.

Invariant: the sealed number is compared and never shown; the old code is good no more; a new one is an entry. Guesses are
counted like wrong codes, so that nobody finds out by trying who phoned about what.
"""

from __future__ import annotations

from datetime import datetime

from bot.ports import Desk, Sender
from bot.rules.access import Act, require
from bot.rules.caller import CODE_BYTES, PERSON_TRIES, CallerCode, Lacking, Trying, WrongCode, code_from, same_phone
from bot.rules.case import Case
from bot.rules.dialog import Idle, RenewingCode
from bot.rules.effect import Effects, Send
from bot.rules.entry import Channel, CodeRenewed, Entry
from bot.rules.message import CallReceipt, CodeQuestion


def ask_whose(sender: Sender, lacking: Lacking | None = None) -> Effects:
    """Ask for the number of the case and the phone number that was left; say what was not in the answer.

    Raises:
        NotPermitted: the sender enters no calls.
    """
    official = require(sender.roles, Act.ENTER_CALL)
    return Effects(dialog=RenewingCode(), sends=(Send(official.person, CodeQuestion(lacking=lacking)),))


def renew_code(  # noqa: PLR0913 (what is asked and what is known)
    desk: Desk,
    sender: Sender,
    case: Case | None,
    phones: tuple[str, str | None],
    trying: Trying,
    now: datetime,
    *,
    is_linked: bool,
    bot: str,
) -> Effects:
    """Make a new code where the phone number is the one that was left, or count the guess.

    Args:
        case: None where there is none of that number.
        phones: what was said, and what was left.
        trying: how often the sender guessed.
        is_linked: somebody follows the case in a chat already, and needs no code.
        bot: as in `enter_case`.

    Raises:
        NotPermitted: the sender enters no calls.
    """
    official = require(sender.roles, Act.ENTER_CALL)
    since, count = trying.counting(now)
    said, left = phones
    if count >= PERSON_TRIES:
        return Effects(dialog=Idle(), sends=(Send(official.person, CodeQuestion(left=0)),))
    if case is None or case.channel is Channel.BOT or is_linked or left is None or not same_phone(said, left):
        wrong = WrongCode(None, official.person, since, count + 1)
        tries = PERSON_TRIES - wrong.count
        dialog = RenewingCode() if tries else Idle()
        return Effects(wrong_codes=(wrong,), dialog=dialog, sends=(Send(official.person, CodeQuestion(left=tries)),))
    code = code_from(desk.randomness.bytes(CODE_BYTES))
    return Effects(
        entries=(Entry(at=now, actor=official.id, case=case.number, fact=CodeRenewed()),),
        codes=(CallerCode(case.number, code),),
        dialog=Idle(),
        sends=(Send(official.person, _receipt(case, code, bot)),),
    )


def _receipt(case: Case, code: str, bot: str) -> CallReceipt:
    return CallReceipt(
        case=case.number,
        unit=case.unit,
        category=case.category,
        township=case.township,
        due_at=case.now.due_at,
        channel=case.channel,
        has_phone=True,
        code=code,
        bot=bot,
        is_renewed=True,
    )
