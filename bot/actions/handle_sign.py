"""What people do about a sign: put it before the unit, answer, refer it, close it. Each step is an entry with its words.

The program drafts the supervision note (督办单); a person sends it. Invariant: a signal is no verdict, so nothing here
judges a unit, and what a unit says stands beside what was counted wherever that is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from bot.actions.look_out import plan_reminder, readers_of, watchers
from bot.errors import IllegalTransition, NotFound, StaleButton
from bot.ports import Desk
from bot.rules.access import WATCHING, Act, require
from bot.rules.case import Case
from bot.rules.chain import SALT_BYTES, text_commitment
from bot.rules.deadline import limit
from bot.rules.dialog import Idle, Signing
from bot.rules.effect import Effects, Priority, Send, SignChange, SignWords
from bot.rules.entry import Entry, SignAnswered, SignAsked, SignClosed, SignFact, SignReferred, Solved
from bot.rules.identity import CaseNumber, UnitId
from bot.rules.message.sign import (
    SignAnswer,
    SignBodies,
    SignCard,
    SignCase,
    SignLetterFile,
    SignList,
    SignNote,
    SignNoteFile,
    SignReferral,
    SignStep,
    SignWordsWanted,
)
from bot.rules.staff import Staff
from bot.rules.warning_life import ANSWER, CLOSING, NOTE, REFERRAL, Sign, Standing, evolve
from bot.rules.warning_surge import LEAST_HISTORY

PAGE: Final = 6
WORST_FIRST: Final = (Solved.NO, Solved.PARTLY, Solved.YES)


@dataclass(frozen=True, slots=True)
class SignMatter:
    """A sign in front of somebody.

    Attributes:
        roles: all that the one who acts holds.
        said: what was said about it, by slot.
        own: of the cases behind it, those of the unit of whoever acts; None: they may open all.
        known: the cases behind it that whoever acts may see.
        staff: every active official.
        pressed: Telegram's number of the message whose button was pressed.
    """

    sign: Sign
    roles: tuple[Staff, ...]
    said: Mapping[str, str]
    staff: tuple[Staff, ...]
    own: frozenset[CaseNumber] | None = None
    pressed: int | None = None
    known: tuple[Case, ...] = ()

    @property
    def cases(self) -> tuple[CaseNumber, ...]:
        """Return the cases behind it that may be opened."""
        return tuple(number for number in self.sign.cases if self.own is None or number in self.own)


def units_of(roles: Sequence[Staff]) -> frozenset[UnitId] | None:
    """Return of which units somebody sees signs; None: of all. Raises NotPermitted where of none."""
    if any(each.role in WATCHING for each in roles):
        return None
    require(roles, Act.SEE_OWN_SIGNS)
    return frozenset(each.unit for each in roles if each.unit is not None)


def may_see(sign: Sign, units: frozenset[UnitId] | None) -> bool:
    """Say whether a sign is for these eyes: a unit sees the warnings about it, and a signal once it is asked about it."""
    if units is None:
        return True
    return sign.unit in units and (not sign.is_signal or sign.answer_by is not None)


def list_signs(roles: Sequence[Staff], signs: Sequence[Sign], history: int, page: int, pressed: int | None) -> Effects:
    """Show the open signs that somebody may see, the gravest first; raises StaleButton where there is no such page."""
    units = units_of(roles)
    seen = [sign for sign in signs if sign.is_open and may_see(sign, units)]
    seen.sort(key=lambda sign: (not sign.holds, -sign.grade, sign.raised_at, sign.number))
    if page and page * PAGE >= len(seen):
        raise StaleButton
    shown = SignList(
        signs=tuple(seen[page * PAGE : (page + 1) * PAGE]),
        page=page,
        total=len(seen),
        signals=sum(sign.is_signal for sign in seen),
        unit=next(iter(units)) if units and len(units) == 1 else None,
        history=history if history < LEAST_HISTORY else None,
    )
    return Effects(sends=(Send(roles[0].person, shown, replaces=pressed),))


def card(matter: SignMatter, sign: Sign | None = None, said: Mapping[str, str] | None = None) -> SignCard:
    """Show a sign as it stands now; raises NotFound where it is not for these eyes."""
    now, words = sign or matter.sign, matter.said if said is None else said
    units = units_of(matter.roles)
    if not may_see(now, units):
        raise NotFound
    return SignCard(
        sign=now,
        cases=matter.cases,
        behind=tuple(_told_of(case) for case in matter.known),
        steps=_steps(now, is_watching=units is None),
        note=words.get(NOTE),
        answer=words.get(ANSWER),
        referral=words.get(REFERRAL) if units is None else None,
        closing=words.get(CLOSING),
    )


def show_sign(matter: SignMatter) -> Effects:
    """Show a sign's card."""
    return Effects(sends=(Send(matter.roles[0].person, card(matter), replaces=matter.pressed),))


def _told_of(case: Case) -> SignCase:
    done = next((each for each in reversed(case.rounds) if each.resolved_at is not None), case.now)
    return SignCase(
        number=case.number,
        category=case.category,
        filed_at=case.filed_at,
        due_at=case.now.due_at,
        state=case.state,
        accepted_at=done.accepted_at,
        resolved_at=done.resolved_at,
        attempts=case.now.number,
        extensions=sum(each.extensions for each in case.rounds),
        solved=min((each.solved for each in done.ratings), key=WORST_FIRST.index, default=None),
        score=min((each.score for each in done.ratings if each.score is not None), default=None),
    )


def _steps(sign: Sign, *, is_watching: bool) -> tuple[SignStep, ...]:
    forms = ((SignStep.PRINT, sign.answer_by is not None), (SignStep.LETTER, is_watching and sign.body is not None))
    printing = tuple(form for form, is_there in forms if is_there)
    if sign.standing is Standing.CLOSED:
        return printing
    if not is_watching:
        return (*((SignStep.ANSWER,) if sign.standing is Standing.ASKED else ()), *printing)
    steps = [SignStep.DRAFT] if sign.unit is not None else []
    return (*steps, *((SignStep.REFER,) if sign.is_signal else ()), SignStep.CLOSE, *printing)


def _watcher(matter: SignMatter) -> Staff:
    return require(matter.roles, Act.HANDLE_SIGN)


def draft_note(desk: Desk, matter: SignMatter, words: str, now: datetime) -> Effects:
    """Show the supervision note as it would go out; the next words are added to it, in place of any before.

    Raises:
        NotPermitted, IllegalTransition: they may not, or there is no unit to send it to.
    """
    watcher = _watcher(matter)
    note = _note(desk, matter, words, now, is_draft=True)
    dialog = Signing(sign=matter.sign.number, step=SignStep.SEND, words=words)
    return Effects(dialog=dialog, sends=(Send(watcher.person, note, replaces=matter.pressed),))


def _note(desk: Desk, matter: SignMatter, words: str, now: datetime, *, is_draft: bool) -> SignNote:
    sign = matter.sign
    if sign.unit is None or sign.standing is Standing.CLOSED:
        raise IllegalTransition
    answer_by = limit(now, desk.county.watch.answer, desk.calendar, round_the_clock=False)
    return SignNote(
        sign=sign,
        unit=sign.unit,
        cases=sign.for_unit,
        behind=_of_unit(matter),
        answer_by=answer_by,
        words=words,
        is_draft=is_draft,
    )


def _of_unit(matter: SignMatter) -> tuple[SignCase, ...]:
    """Tell of the cases that the unit asked may read of: its own."""
    sign = matter.sign
    return tuple(_told_of(case) for case in matter.known if case.number in sign.for_unit and case.unit == sign.unit)


def send_note(desk: Desk, matter: SignMatter, words: str, now: datetime) -> Effects:
    """Send the supervision note to the unit, which is to answer."""
    watcher = _watcher(matter)
    note = _note(desk, matter, words, now, is_draft=False)
    fact, kept = _committed(desk, matter.sign, NOTE, words)
    asked = SignAsked(sign=matter.sign.number, unit=note.unit, answer_by=note.answer_by, words=fact)
    change = _changed(matter.sign, watcher, asked, now, kept)
    readers = dict.fromkeys(each.person for each in readers_of(matter.staff, change.after, now))
    sent = msgspec.structs.replace(note, sign=change.after)
    return Effects(
        signs=(change,),
        dialog=Idle(),
        planned=(plan_reminder(matter.sign.number, note.answer_by),),
        sends=(
            Send(watcher.person, card(matter, change.after, {**matter.said, NOTE: words}), replaces=matter.pressed),
            *(Send(person, sent, Priority.NOTICE) for person in readers if person != watcher.person),
        ),
    )


def print_note(desk: Desk, matter: SignMatter, draft: str | None, now: datetime) -> Effects:
    """Give the note as a form to print: as it is being drafted, else as it was sent.

    Args:
        draft: what was added to the note that whoever asks is drafting; None where they draft none.

    Raises:
        NotFound, NotPermitted, IllegalTransition: it is not for these eyes; or there is no note, nor a unit for one.
    """
    sign = matter.sign
    if not may_see(sign, units_of(matter.roles)):
        raise NotFound
    if draft is not None or sign.answer_by is None or sign.unit is None:
        _watcher(matter)
        note = _note(desk, matter, draft or "", now, is_draft=True)
    else:
        note = SignNote(
            sign=sign,
            unit=sign.unit,
            cases=sign.for_unit,
            answer_by=sign.answer_by,
            words=matter.said.get(NOTE, ""),
            is_draft=False,
        )
    sent_at, answer = (None, None) if note.is_draft else (sign.asked_at, matter.said.get(ANSWER))
    file = SignNoteFile(note=note, cases=_of_unit(matter), sent_at=sent_at, answer=answer)
    return Effects(sends=(Send(matter.roles[0].person, file),))


def print_letter(matter: SignMatter) -> Effects:
    """Give the letter of referral as a form to print, with the evidence.

    Raises:
        NotPermitted, IllegalTransition: they may not, or the signal was referred to nobody.
    """
    watcher, sign = _watcher(matter), matter.sign
    if sign.body is None:
        raise IllegalTransition
    words, answer = matter.said.get(REFERRAL, ""), matter.said.get(ANSWER)
    letter = SignReferral(sign=sign, body=sign.body, words=words, answer=answer)
    file = SignLetterFile(letter=letter, cases=tuple(_told_of(case) for case in matter.known))
    return Effects(sends=(Send(watcher.person, file),))


def ask_words(desk: Desk, matter: SignMatter, step: SignStep, body: str | None) -> Effects:
    """Ask for the words that an answer, a referral or a closing needs; first to whom, where there is a choice.

    Raises:
        NotPermitted, IllegalTransition, StaleButton: it is not theirs to do, or not now, or to nobody of the county file.
    """
    person = matter.roles[0].person
    if step is SignStep.ANSWER:
        _answerer(matter)
    else:
        _watcher(matter)
    if step not in {SignStep.ANSWER, SignStep.REFER, SignStep.CLOSE}:
        raise StaleButton
    if step is not SignStep.ANSWER and step not in _steps(matter.sign, is_watching=True):
        raise IllegalTransition
    bodies = tuple(each.id for each in desk.county.watch.bodies)
    if step is SignStep.REFER:
        if not bodies or (body is not None and body not in bodies):
            raise StaleButton
        if body is None and len(bodies) > 1:
            return Effects(sends=(Send(person, SignBodies(sign=matter.sign.number, bodies=bodies)),))
        body = body or bodies[0]
    wanted = SignWordsWanted(sign=matter.sign.number, step=step, body=body)
    dialog = Signing(sign=matter.sign.number, step=step, body=body)
    return Effects(dialog=dialog, sends=(Send(person, wanted),))


def _answerer(matter: SignMatter) -> Staff:
    """Return the role in which somebody answers for the unit; raises NotPermitted or IllegalTransition."""
    own = tuple(each for each in matter.roles if each.unit is not None and each.unit == matter.sign.unit)
    official = require(own, Act.SEE_OWN_SIGNS)
    if matter.sign.standing is not Standing.ASKED:
        raise IllegalTransition
    return official


def answer_sign(desk: Desk, matter: SignMatter, words: str, now: datetime) -> Effects:
    """Take a unit's answer, and tell those who watch."""
    official = _answerer(matter)
    commitment, kept = _committed(desk, matter.sign, ANSWER, words)
    change = _changed(matter.sign, official, SignAnswered(sign=matter.sign.number, words=commitment or ""), now, kept)
    told = dict.fromkeys(each.person for each in watchers(matter.staff, now))
    answer = SignAnswer(sign=change.after, words=words)
    return Effects(
        signs=(change,),
        dialog=Idle(),
        cancelled=(f"sign/{matter.sign.number}/",),
        sends=(
            Send(official.person, card(matter, change.after, {**matter.said, ANSWER: words})),
            *(Send(person, answer, Priority.NOTICE) for person in told if person != official.person),
        ),
    )


def refer_sign(desk: Desk, matter: SignMatter, body: str | None, words: str, now: datetime) -> Effects:
    """Refer a signal to another body, and give whoever does so the letter with its evidence."""
    watcher = _watcher(matter)
    if body not in {each.id for each in desk.county.watch.bodies} or body is None:
        raise StaleButton
    commitment, kept = _committed(desk, matter.sign, REFERRAL, words)
    fact = SignReferred(sign=matter.sign.number, body=body, words=commitment or "")
    change = _changed(matter.sign, watcher, fact, now, kept)
    letter = SignReferral(sign=change.after, body=body, words=words, answer=matter.said.get(ANSWER))
    return Effects(signs=(change,), dialog=Idle(), sends=(Send(watcher.person, letter),))


def close_sign(desk: Desk, matter: SignMatter, words: str, now: datetime) -> Effects:
    """Close a sign with the reason, and tell the unit where it had been asked."""
    watcher = _watcher(matter)
    commitment, kept = _committed(desk, matter.sign, CLOSING, words)
    change = _changed(matter.sign, watcher, SignClosed(sign=matter.sign.number, words=commitment or ""), now, kept)
    said = {**matter.said, CLOSING: words}
    sends = [Send(watcher.person, card(matter, change.after, said))]
    if matter.sign.answer_by is not None:
        unit_card = SignCard(
            sign=change.after,
            cases=(),
            steps=_steps(change.after, is_watching=False),
            note=said.get(NOTE),
            answer=said.get(ANSWER),
            closing=words,
        )
        readers = dict.fromkeys(each.person for each in readers_of(matter.staff, change.after, now))
        sends += [Send(person, unit_card, Priority.NOTICE) for person in readers if person != watcher.person]
    return Effects(signs=(change,), dialog=Idle(), cancelled=(f"sign/{matter.sign.number}/",), sends=tuple(sends))


def _committed(desk: Desk, sign: Sign, slot: str, text: str) -> tuple[str | None, tuple[SignWords, ...]]:
    if not text:
        return None, ()
    salt = desk.randomness.bytes(SALT_BYTES)
    return text_commitment(salt, text), (SignWords(sign.number, slot, text, salt),)


def _changed(sign: Sign, actor: Staff, fact: SignFact, now: datetime, words: tuple[SignWords, ...]) -> SignChange:
    entry = Entry(at=now, actor=actor.id, case=None, fact=fact)
    return SignChange(sign, evolve(sign, entry), (entry,), words)
