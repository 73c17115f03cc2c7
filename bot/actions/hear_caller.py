"""Whoever phoned phones again, or is called because the unit has a question: what they say is entered by an operator.

Invariant: nothing is done for whoever is on the line before they have said what only the caller of that case can, the number
that was left or the code, or were called at that number; every entry names the operator, never `resident`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from bot.actions.ask_resident import hear_answer
from bot.actions.ask_translation import heard
from bot.actions.follow_case import enter_deed
from bot.actions.matter import Matter, changed, sealed
from bot.actions.rate_by_phone import VOICE, call_card, go_on_by_phone
from bot.errors import IllegalTransition, NotFound, StaleButton
from bot.ports import Desk, Sender
from bot.rules.access import Act, require
from bot.rules.caller import (
    BY_PHONE,
    PERSON_TRIES,
    Lacking,
    Trying,
    WrongCode,
    awaits_answer,
    may_come_back,
    require_asker,
    same_phone,
)
from bot.rules.case import Case
from bot.rules.dialog import Dialog, FindingCaller, HearingAnswer, Idle, OnTheLine
from bot.rules.effect import Effects, Send
from bot.rules.entry import Added, Channel, Entry, ReopenReason, Urged, VoiceLeft, VoiceReturned, Withdrawn
from bot.rules.following import Deed, deeds
from bot.rules.message import CallerSought, CallStage, News, TaskNotice
from bot.rules.slot import said_slot
from bot.rules.staff import Staff


@dataclass(frozen=True, slots=True)
class Proof:
    """What whoever is on the line says, and what it is compared with.

    Attributes:
        phone: the number that they say; `left` the one that lies sealed with the case. None: not said, or none was left.
        trying: whether what they say is the code of the case, and how often the operator has tried today.
    """

    phone: str | None
    left: str | None
    trying: Trying

    @property
    def holds(self) -> bool:
        """Say whether only the caller of the case can have said it."""
        return self.trying.opens or (self.phone is not None and self.left is not None and same_phone(self.phone, self.left))


def ask_who_phones(sender: Sender, pressed: int | None = None, lacking: Lacking | None = None) -> Effects:
    """Ask which case it is about, and for what only its caller can say; say what was not in the answer.

    Raises:
        NotPermitted: the sender enters no calls.
    """
    asker = require(sender.roles, Act.ENTER_CALL)
    sought = Send(asker.person, CallerSought(lacking=lacking), replaces=pressed)
    return Effects(dialog=FindingCaller(), sends=(sought,))


def find_caller(
    desk: Desk, sender: Sender, matter: Matter | None, proof: Proof, now: datetime, entries: Iterable[Entry] = ()
) -> Effects:
    """Show where the case stands and what can be done about it, if whoever is on the line is its caller; else count the try.

    Args:
        matter: None where there is no case of that number.
        entries: what is entered about a case that its caller has left.

    Raises:
        NotPermitted: the sender enters no calls, or is of a unit that has the case.
    """
    official = require(sender.roles, Act.ENTER_CALL)
    since, count = proof.trying.counting(now)
    if count >= PERSON_TRIES:
        return Effects(dialog=Idle(), sends=(Send(official.person, CallerSought(left=0)),))
    if matter is None or matter.is_linked or matter.case.channel is Channel.BOT or not proof.holds:
        wrong = WrongCode(None, official.person, since, count + 1)
        left = PERSON_TRIES - wrong.count
        dialog = FindingCaller() if left else Idle()
        return Effects(wrong_codes=(wrong,), dialog=dialog, sends=(Send(official.person, CallerSought(left=left)),))
    return show_known(desk, matter, now, entries)


def show_known(desk: Desk, matter: Matter, now: datetime, entries: Iterable[Entry] = ()) -> Effects:
    """Show where the case of whoever is on the line stands, and what can be done about it; if they left it, to come back.

    Raises:
        NotPermitted: the sender is not outside its unit.
    """
    asker, case = require_asker(matter.roles, matter.case), matter.case
    if VOICE in case.left:
        stage = CallStage.AWAY if may_come_back(case, entries) else CallStage.GONE
        return Effects(dialog=OnTheLine(case=case.number), sends=(call_card(matter, asker, case, stage),))
    can = _deeds(desk, case, now)
    shown = call_card(matter, asker, case, CallStage.KNOWN, deeds=can)
    return Effects(dialog=OnTheLine(case=case.number), sends=(shown,))


def want_answer(matter: Matter, asked: HearingAnswer) -> Effects:
    """Take the next words as what the caller answers to the unit's question.

    Raises:
        NotPermitted: the sender is not outside its unit; IllegalTransition: that question has ended.
    """
    asker, current = require_asker(matter.roles, matter.case), matter.case.now
    if not awaits_answer(matter.case, matter.voices) or (current.number, current.pauses) != (asked.round, asked.pause):
        raise IllegalTransition
    return Effects(dialog=asked, sends=(call_card(matter, asker, matter.case, CallStage.WORDS),))


def answer_by_phone(
    desk: Desk, matter: Matter, asked: HearingAnswer, entries: Iterable[Entry], text: str, now: datetime
) -> Effects:
    """Enter what the caller answers: the clock runs again, and whoever is in charge reads it.

    Raises:
        NotPermitted: the sender is not outside its unit; IllegalTransition: that question has ended.
    """
    asker = require_asker(matter.roles, matter.case)
    after, effects = hear_answer(desk, matter, asked, entries, (asker.id, text, None), now)
    card = call_card(matter, asker, after, CallStage.ANSWERED)
    return Effects(dialog=Idle(), sends=(card,)) + _by_phone(effects)


def do_by_phone(desk: Desk, matter: Matter, dialog: Dialog, deed: Deed, now: datetime) -> Effects:
    """Do what whoever is on the line wants; words to add are asked for, and before an end whether it is meant.

    Raises:
        NotPermitted: the sender is not outside its unit; StaleButton: nobody has shown that they are its caller.
        IllegalTransition: it cannot be done now.
    """
    asker, case = _on_the_line(matter, dialog), matter.case
    _require(desk, case, deed, now)
    match deed:
        case Deed.ADD:
            wanted = OnTheLine(case=case.number, writes=True)
            return Effects(dialog=wanted, sends=(call_card(matter, asker, case, CallStage.WORDS),))
        case Deed.URGE:
            done = _by_phone(enter_deed(desk, matter, (asker.id, Urged(voice=VOICE)), now, News.URGED))
            return _said(matter, asker, case, CallStage.URGED) + done
        case Deed.REOPEN:
            return Effects(dialog=Idle()) + go_on_by_phone(desk, matter, asker, ReopenReason.RESIDENT, now)
        case Deed.WITHDRAW:
            return Effects(sends=(call_card(matter, asker, case, CallStage.SURE),))
        case Deed.LEAVE:
            return Effects(sends=(call_card(matter, asker, case, CallStage.SURE_TO_LEAVE),))
        case _:
            raise StaleButton


def add_by_phone(desk: Desk, matter: Matter, dialog: OnTheLine, text: str, now: datetime) -> Effects:
    """Add what whoever is on the line says to their case; it takes words once they were asked for.

    Raises:
        NotPermitted: the sender is not outside its unit; IllegalTransition: the case is over.
    """
    asker, case = _on_the_line(matter, dialog), matter.case
    if not dialog.writes:
        return show_known(desk, matter, now)
    _require(desk, case, Deed.ADD, now)
    commitment, words = sealed(desk, case.number, text)
    read, translating = heard(desk, case, said_slot(commitment), text, None, matter.staff, now)
    done = enter_deed(desk, matter, (asker.id, Added(voice=VOICE, words=commitment)), now, News.ADDED, read)
    return Effects(words=(words,)) + _said(matter, asker, case, CallStage.ADDED) + _by_phone(done) + translating


def withdraw_by_phone(desk: Desk, matter: Matter, dialog: Dialog, now: datetime) -> Effects:
    """Take a case back at the word of whoever is on the line; everything that waited for its moment about it ends.

    Raises:
        NotPermitted, StaleButton, IllegalTransition: as `do_by_phone`.
    """
    asker, case = _on_the_line(matter, dialog), matter.case
    _require(desk, case, Deed.WITHDRAW, now)
    done = _by_phone(enter_deed(desk, matter, (asker.id, Withdrawn()), now, News.WITHDRAWN))
    return Effects(cancelled=(f"{case.number}/",)) + _said(matter, asker, case, CallStage.WITHDRAWN) + done


def leave_by_phone(desk: Desk, matter: Matter, dialog: Dialog, now: datetime) -> Effects:
    """Leave a case to the others behind it at the word of whoever is on the line; nobody hears of it.

    Raises:
        NotPermitted, StaleButton, IllegalTransition: as `do_by_phone`.
    """
    asker, case = _on_the_line(matter, dialog), matter.case
    _require(desk, case, Deed.LEAVE, now)
    change = changed(case, asker.id, (VoiceLeft(voice=VOICE),), now)
    return Effects(cases=(change,)) + _said(matter, asker, change.after, CallStage.LEFT)


def return_by_phone(desk: Desk, matter: Matter, dialog: Dialog, entries: Iterable[Entry], now: datetime) -> Effects:
    """Have whoever left a case by telephone stand behind it again, and show what can be done about it.

    Raises:
        NotPermitted, StaleButton, IllegalTransition: as `do_by_phone`; the last also where they left it in a chat.
    """
    asker, case = _on_the_line(matter, dialog), matter.case
    if not may_come_back(case, entries):
        raise IllegalTransition
    change = changed(case, asker.id, (VoiceReturned(voice=VOICE),), now)
    back = call_card(matter, asker, change.after, CallStage.RETURNED, deeds=_deeds(desk, change.after, now))
    return Effects(dialog=OnTheLine(case=case.number), cases=(change,), sends=(back,))


def _on_the_line(matter: Matter, dialog: Dialog) -> Staff:
    asker = require_asker(matter.roles, matter.case)
    if not isinstance(dialog, OnTheLine) or dialog.case != matter.case.number:
        raise StaleButton
    if matter.is_linked:
        raise NotFound  # it was linked to a chat meanwhile, where whoever phoned does it themselves
    return asker


def _deeds(desk: Desk, case: Case, now: datetime) -> tuple[Deed, ...]:
    able = deeds(case, VOICE, desk.county.rating, desk.calendar, now)
    return tuple(deed for deed in BY_PHONE if deed in able)


def _require(desk: Desk, case: Case, deed: Deed, now: datetime) -> None:
    if deed not in _deeds(desk, case, now):
        raise IllegalTransition


def _said(matter: Matter, asker: Staff, case: Case, stage: CallStage) -> Effects:
    return Effects(dialog=Idle(), sends=(call_card(matter, asker, case, stage),))


def _by_phone(effects: Effects) -> Effects:
    """Say in what officials are told that it was heard by telephone."""
    sends = tuple(
        replace(send, message=replace(send.message, is_by_phone=True)) if isinstance(send.message, TaskNotice) else send
        for send in effects.sends
    )
    return replace(effects, sends=sends)
