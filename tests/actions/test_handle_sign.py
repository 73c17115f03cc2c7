"""A supervisor puts a sign before its unit, the unit answers, the supervisor refers or closes it; nobody else does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from bot.actions.handle_sign import (
    PAGE,
    SignMatter,
    answer_sign,
    ask_words,
    card,
    close_sign,
    draft_note,
    list_signs,
    print_letter,
    print_note,
    refer_sign,
    send_note,
    show_sign,
    units_of,
)
from bot.errors import IllegalTransition, NotFound, NotPermitted, StaleButton
from bot.ports import Desk
from bot.rules.case import Case, Rating, Round, State
from bot.rules.chain import text_commitment
from bot.rules.county import Body, Role
from bot.rules.deadline import limit
from bot.rules.dialog import Idle, Signing
from bot.rules.effect import Effects
from bot.rules.entry import SignAnswered, SignAsked, SignClosed, SignReferred, Solved
from bot.rules.identity import CaseNumber, PersonId
from bot.rules.message.sign import (
    SignAnswer,
    SignBodies,
    SignCard,
    SignLetterFile,
    SignList,
    SignNote,
    SignNoteFile,
    SignReferral,
    SignStep,
    SignWordsWanted,
)
from bot.rules.name import Name
from bot.rules.staff import Staff
from bot.rules.warning import Found, Grade, SignKind, Subject
from bot.rules.warning_life import Sign, Standing, number_of
from tests.actions.test_look_out import COPIED, ELSEWHERE, OLD, asked, closed, night, raised
from tests.support.builders import (
    ADMIN,
    EVERYBODY,
    LEAD,
    LETTERS,
    NOW,
    NUMBER,
    OFFICER,
    SUPERVISOR,
    TRANSPORT,
    WATER,
    case_in,
    staff,
)
from tests.support.known import desk

OPERATOR, TRANSLATOR = staff(Role.OPERATOR, LETTERS), staff(Role.TRANSLATOR, None)
ALL = (*EVERYBODY, ELSEWHERE, OPERATOR, TRANSLATOR)
WATCHERS, OTHERS = (SUPERVISOR, ADMIN), (LEAD, OFFICER, ELSEWHERE, OPERATOR, TRANSLATOR)
OWN = Found(
    kind=SignKind.OWN_RATING,
    subject=Subject(unit=TRANSPORT),
    grade=Grade.NEAR,
    unit=TRANSPORT,
    n=2,
    days=28,
    cases=(NUMBER,),
)


def before(who: Staff, sign: Sign, said: Mapping[str, str] | None = None, known: Sequence[Case] = ()) -> SignMatter:
    """Put a sign in front of somebody."""
    own = None if who in WATCHERS else frozenset({NUMBER})
    return SignMatter(sign, (who,), said or {}, ALL, own, known=tuple(known))


def sent(effects: Effects) -> dict[PersonId, object]:
    """Return who gets what."""
    return {send.to: send.message for send in effects.sends}


def the_sign(effects: Effects) -> Sign:
    """Return the sign as it stands after."""
    (change,) = effects.signs
    return change.after


def put_before_unit(sign: Sign) -> Sign:
    """Have the supervisor send the note."""
    return the_sign(send_note(desk(), before(SUPERVISOR, sign), "", NOW))


def test_a_note_is_drafted_for_whoever_watches_and_nobody_else_has_it() -> None:
    """What is written next is added to it, and the draft shows it."""
    effects = draft_note(desk(), before(SUPERVISOR, raised()), "请尽快", NOW)
    assert effects.signs == ()
    assert effects.dialog == Signing(sign=raised().number, step=SignStep.SEND, words="请尽快")
    note = sent(effects)[SUPERVISOR.person]
    assert isinstance(note, SignNote)
    assert (note.unit, note.words, note.is_draft, note.cases) == (TRANSPORT, "请尽快", True, (NUMBER,))
    assert list(sent(effects)) == [SUPERVISOR.person]


def test_a_note_that_is_sent_goes_to_the_lead_with_a_limit_in_working_days() -> None:
    """It is an entry with a commitment to what was added, never the words; the words lie beside the sign."""
    effects = send_note(desk(), before(SUPERVISOR, raised()), "请尽快", NOW)
    (change,) = effects.signs
    (entry,), (words,) = change.entries, change.words
    by = limit(NOW, desk().county.watch.answer, desk().calendar, round_the_clock=False)
    assert entry.fact == SignAsked(
        sign=raised().number, unit=TRANSPORT, answer_by=by, words=text_commitment(words.salt, "请尽快")
    )
    assert (entry.actor, words.text, words.slot) == (SUPERVISOR.id, "请尽快", "note")
    assert (change.after.standing, change.after.answer_by) == (Standing.ASKED, by)
    assert set(sent(effects)) == {SUPERVISOR.person, LEAD.person}
    assert [each.at for each in effects.planned] == [by]
    assert effects.dialog == Idle()


def test_a_note_without_further_words_commits_to_none() -> None:
    """Sent as it was drafted."""
    (change,) = send_note(desk(), before(SUPERVISOR, raised()), "", NOW).signs
    assert (change.entries[0].fact.words, change.words) == (None, ())  # type: ignore[union-attr]  # a SignAsked


Step = Callable[[SignMatter], Effects]
WATCHERS_STEPS: dict[str, Step] = {
    "draft": lambda matter: draft_note(desk(), matter, "", NOW),
    "send": lambda matter: send_note(desk(), matter, "", NOW),
    "refer": lambda matter: refer_sign(desk(), matter, "discipline", "why", NOW),
    "close": lambda matter: close_sign(desk(), matter, "why", NOW),
    "ask why it is closed": lambda matter: ask_words(desk(), matter, SignStep.CLOSE, None),
    "ask why it is referred": lambda matter: ask_words(desk(), matter, SignStep.REFER, "discipline"),
}


@pytest.mark.parametrize("who", OTHERS, ids=lambda who: who.id)
@pytest.mark.parametrize("step", WATCHERS_STEPS)
def test_only_those_who_watch_over_the_county_handle_a_sign(step: str, who: Staff) -> None:
    """Not the unit, not another, nobody who enters or translates; whatever button they press."""
    with pytest.raises(NotPermitted):
        WATCHERS_STEPS[step](before(who, put_before_unit(raised(COPIED))))


@pytest.mark.parametrize("who", WATCHERS, ids=lambda who: who.id)
@pytest.mark.parametrize("step", WATCHERS_STEPS)
def test_supervisors_and_admins_handle_every_sign(step: str, who: Staff) -> None:
    """Each step is theirs."""
    assert sent(WATCHERS_STEPS[step](before(who, raised(COPIED))))[who.person]


@pytest.mark.parametrize("step", WATCHERS_STEPS)
def test_nothing_is_done_with_a_sign_that_is_closed(step: str) -> None:
    """An old button says so and changes nothing."""
    with pytest.raises(IllegalTransition):
        WATCHERS_STEPS[step](before(SUPERVISOR, closed(raised(COPIED))))


def test_a_sign_that_is_nobodys_has_no_note() -> None:
    """A channel that has fallen silent answers nothing; it can be closed."""
    silent = raised(Found(kind=SignKind.SILENT, subject=Subject(), grade=Grade.NEAR, unit=None, n=0, days=7))
    with pytest.raises(IllegalTransition):
        draft_note(desk(), before(SUPERVISOR, silent), "", NOW)
    assert card(before(SUPERVISOR, silent)).steps == (SignStep.CLOSE,)
    assert the_sign(close_sign(desk(), before(SUPERVISOR, silent), "春节", NOW)).standing is Standing.CLOSED


@pytest.mark.parametrize("who", [LEAD, OFFICER], ids=lambda who: who.id)
def test_whoever_handles_the_units_cases_answers_a_note(who: Staff) -> None:
    """The answer is an entry with a commitment, those who watch are told, and the reminder is taken back."""
    sign = put_before_unit(raised())
    wanted = ask_words(desk(), before(who, sign), SignStep.ANSWER, None)
    assert wanted.dialog == Signing(sign=sign.number, step=SignStep.ANSWER)
    effects = answer_sign(desk(), before(who, sign), "已安排", NOW)
    (change,) = effects.signs
    (entry,), (words,) = change.entries, change.words
    assert entry.fact == SignAnswered(sign=sign.number, words=text_commitment(words.salt, "已安排"))
    assert (entry.actor, change.after.standing) == (who.id, Standing.ANSWERED)
    assert sent(effects)[SUPERVISOR.person] == SignAnswer(sign=change.after, words="已安排")
    shown = sent(effects)[who.person]
    assert isinstance(shown, SignCard)
    assert shown.answer == "已安排"
    assert effects.cancelled == (f"sign/{sign.number}/",)


@pytest.mark.parametrize("who", [ELSEWHERE, SUPERVISOR, ADMIN, OPERATOR, TRANSLATOR], ids=lambda who: who.id)
def test_nobody_answers_in_a_units_stead(who: Staff) -> None:
    """Neither another unit nor those who ask."""
    sign = put_before_unit(raised())
    with pytest.raises(NotPermitted):
        answer_sign(desk(), before(who, sign), "x", NOW)
    with pytest.raises(NotPermitted):
        ask_words(desk(), before(who, sign), SignStep.ANSWER, None)


def test_a_note_is_answered_once_and_only_when_it_was_sent() -> None:
    """Before the note there is nothing to answer; after the answer a new note may come."""
    with pytest.raises(IllegalTransition):
        answer_sign(desk(), before(LEAD, raised()), "x", NOW)
    answered = the_sign(answer_sign(desk(), before(LEAD, put_before_unit(raised())), "x", NOW))
    with pytest.raises(IllegalTransition):
        answer_sign(desk(), before(LEAD, answered), "y", NOW)
    assert put_before_unit(answered).standing is Standing.ASKED


def test_a_signal_is_referred_with_its_evidence_and_the_units_answer() -> None:
    """What was counted, the cases behind it, why, and what the unit says; the unit is not told."""
    answered = the_sign(answer_sign(desk(), before(LEAD, put_before_unit(raised(COPIED))), "统一维修", NOW))
    effects = refer_sign(desk(), before(SUPERVISOR, answered, {"answer": "统一维修"}), "discipline", "请核查", NOW)
    (change,) = effects.signs
    (entry,), (words,) = change.entries, change.words
    assert entry.fact == SignReferred(sign=answered.number, body="discipline", words=text_commitment(words.salt, "请核查"))
    assert sent(effects) == {
        SUPERVISOR.person: SignReferral(sign=change.after, body="discipline", words="请核查", answer="统一维修")
    }
    assert (change.after.body, change.after.cases) == ("discipline", COPIED.cases)


def test_a_warning_is_referred_to_nobody_and_a_signal_to_no_body_but_the_countys() -> None:
    """A rise of numbers is no matter of discipline; a forged body does nothing."""
    with pytest.raises(IllegalTransition):
        refer_sign(desk(), before(SUPERVISOR, raised()), "discipline", "why", NOW)
    with pytest.raises(IllegalTransition):
        ask_words(desk(), before(SUPERVISOR, raised()), SignStep.REFER, None)
    for body in ("police", None):
        with pytest.raises(StaleButton):
            refer_sign(desk(), before(SUPERVISOR, raised(COPIED)), body, "why", NOW)
    with pytest.raises(StaleButton):
        ask_words(desk(), before(SUPERVISOR, raised(COPIED)), SignStep.REFER, "police")


def with_bodies(count: int) -> Desk:
    """Make a desk of a county that names so many bodies."""
    bodies = tuple(Body(id=f"b{place}", name=Name("机关", {})) for place in range(count))
    return replace(desk(), county=replace(desk().county, watch=replace(desk().county.watch, bodies=bodies)))


def test_to_whom_is_asked_only_where_there_is_a_choice() -> None:
    """One body is taken as it is, of two one is chosen, without any nothing is referred."""
    sign = raised(COPIED)
    number = sign.number
    one = ask_words(with_bodies(1), before(SUPERVISOR, sign), SignStep.REFER, None)
    assert sent(one) == {SUPERVISOR.person: SignWordsWanted(sign=number, step=SignStep.REFER, body="b0")}
    two = ask_words(with_bodies(2), before(SUPERVISOR, sign), SignStep.REFER, None)
    assert sent(two) == {SUPERVISOR.person: SignBodies(sign=number, bodies=("b0", "b1"))}
    assert two.dialog is None
    with pytest.raises(StaleButton):
        ask_words(with_bodies(0), before(SUPERVISOR, sign), SignStep.REFER, None)


def test_a_sign_is_closed_with_a_reason_and_the_unit_is_told_if_it_was_asked() -> None:
    """Who never heard of a signal does not hear of its end either."""
    sign = put_before_unit(raised(COPIED))
    effects = close_sign(desk(), before(SUPERVISOR, sign, {"note": "请说明"}), "已核实", NOW)
    (change,) = effects.signs
    (entry,), (words,) = change.entries, change.words
    assert entry.fact == SignClosed(sign=sign.number, words=text_commitment(words.salt, "已核实"))
    assert (change.after.standing, change.after.closed_at, change.after.is_open) == (Standing.CLOSED, NOW, False)
    told = sent(effects)[LEAD.person]
    assert isinstance(told, SignCard)
    assert (told.note, told.closing, told.steps, told.cases) == ("请说明", "已核实", (SignStep.PRINT,), ())
    assert LEAD.person not in sent(close_sign(desk(), before(SUPERVISOR, raised(COPIED)), "已核实", NOW))


def test_a_unit_sees_a_signal_only_once_it_is_asked_about_it() -> None:
    """Before that, and for everybody else, it looks as if it were not there."""
    with pytest.raises(NotFound):
        show_sign(before(LEAD, raised(COPIED)))
    with pytest.raises(NotFound):
        show_sign(before(ELSEWHERE, put_before_unit(raised(COPIED))))
    assert card(before(LEAD, put_before_unit(raised(COPIED)))).steps == (SignStep.ANSWER, SignStep.PRINT)
    assert card(before(LEAD, raised())).steps == ()


def test_a_unit_does_not_read_why_a_signal_was_referred() -> None:
    """Those who watch do."""
    said = {"referral": "请核查", "note": "请说明"}
    sign = put_before_unit(raised(COPIED))
    assert (card(before(LEAD, sign, said)).referral, card(before(LEAD, sign, said)).note) == (None, "请说明")
    assert card(before(SUPERVISOR, sign, said)).referral == "请核查"


def test_which_cases_its_own_people_rated_is_told_to_no_unit() -> None:
    """Each of them would show who filed it."""
    sign = put_before_unit(raised(OWN))
    assert sign.for_unit == ()
    note = sent(send_note(desk(), before(SUPERVISOR, raised(OWN)), "", NOW))[LEAD.person]
    assert isinstance(note, SignNote)
    assert (note.cases, raised(OWN).cases) == ((), (NUMBER,))


def test_cases_of_others_are_not_opened_through_a_sign() -> None:
    """Of the cases behind a warning a unit may open its own only."""
    two = msgspec.structs.replace(OLD, cases=(NUMBER, CaseNumber("CB-2026-000009")))
    assert card(before(LEAD, raised(two))).cases == (NUMBER,)
    assert card(before(SUPERVISOR, raised(two))).cases == two.cases


@pytest.mark.parametrize("who", [OPERATOR, TRANSLATOR], ids=lambda who: who.id)
def test_the_list_is_for_those_who_watch_and_for_units(who: Staff) -> None:
    """Whoever enters cases or translates words has no part in it."""
    with pytest.raises(NotPermitted):
        units_of((who,))
    with pytest.raises(NotPermitted):
        list_signs((who,), (), 60, 0, None)


def test_the_list_holds_what_is_open_and_ones_own_gravest_first() -> None:
    """A unit does not see a signal that nobody asked it about, nor what is another's; what is closed is not listed."""
    far = msgspec.structs.replace(OLD, subject=Subject(unit=WATER), unit=WATER, grade=Grade.OVERDUE)
    effects = night((), OLD, COPIED, far)
    signs = [change.after for change in effects.signs]
    of = {who.id: sent(list_signs((who,), signs, 60, 0, None))[who.person] for who in (SUPERVISOR, LEAD, ELSEWHERE)}
    shown = {who: [sign.kind for sign in page.signs] for who, page in of.items() if isinstance(page, SignList)}
    assert shown == {
        SUPERVISOR.id: [SignKind.OLD, SignKind.COPIED, SignKind.OLD],
        LEAD.id: [SignKind.OLD],
        ELSEWHERE.id: [SignKind.OLD],
    }
    counts = {who: (page.total, page.signals) for who, page in of.items() if isinstance(page, SignList)}
    assert counts == {SUPERVISOR.id: (3, 1), LEAD.id: (1, 0), ELSEWHERE.id: (1, 0)}
    assert sent(list_signs((SUPERVISOR,), [closed(raised())], 60, 0, None))[SUPERVISOR.person] == SignList(
        signs=(), page=0, total=0
    )


def test_a_page_that_is_not_there_is_stale() -> None:
    """A button of an earlier, longer list."""
    signs = [msgspec.structs.replace(raised(), number=number_of(2026, place)) for place in range(PAGE + 1)]
    second = sent(list_signs((SUPERVISOR,), signs, 60, 1, None))[SUPERVISOR.person]
    assert isinstance(second, SignList)
    assert (len(second.signs), second.total) == (1, PAGE + 1)
    with pytest.raises(StaleButton):
        list_signs((SUPERVISOR,), signs, 60, 2, None)


def test_a_county_that_has_just_begun_says_that_it_cannot_tell_rises_yet() -> None:
    """From thirteen weeks on it does, and says nothing of it."""
    for weeks, shown in ((5, 5), (13, None)):
        page = sent(list_signs((SUPERVISOR,), (), weeks, 0, None))[SUPERVISOR.person]
        assert isinstance(page, SignList)
        assert page.history == shown


def printed(effects: Effects) -> SignNoteFile:
    """Return the form that was given, to one person."""
    (send,) = effects.sends
    assert isinstance(send.message, SignNoteFile)
    return send.message


def test_a_note_is_printed_as_it_is_being_drafted() -> None:
    """With what was added so far; also where nothing was, and before anything was sent."""
    case = msgspec.structs.replace(case_in(State.ACCEPTED), number=NUMBER)
    draft = printed(print_note(desk(), before(SUPERVISOR, raised(), known=[case]), "请尽快", NOW))
    assert (draft.note.is_draft, draft.note.words, draft.sent_at, draft.answer) == (True, "请尽快", None, None)
    assert [(each.number, each.state, each.due_at) for each in draft.cases] == [(NUMBER, State.ACCEPTED, case.now.due_at)]
    assert printed(print_note(desk(), before(SUPERVISOR, raised()), None, NOW)).note.is_draft


@pytest.mark.parametrize("who", [LEAD, OFFICER, SUPERVISOR, ADMIN], ids=lambda who: who.id)
def test_a_note_that_was_sent_is_printed_by_whoever_sent_it_and_whoever_has_it(who: Staff) -> None:
    """As it was sent, when it was sent, with its own limit and the answer that came; also when all is closed."""
    sign = put_before_unit(raised())
    said = {"note": "请尽快", "answer": "已安排"}
    for now in (sign, closed(sign)):
        file = printed(print_note(desk(), before(who, now, said), None, NOW + timedelta(days=1)))
        assert (file.note.is_draft, file.note.words, file.answer) == (False, "请尽快", "已安排")
        assert (file.sent_at, file.note.answer_by) == (NOW, sign.answer_by)


def test_on_paper_a_unit_reads_no_more_of_a_case_than_in_the_chat() -> None:
    """Of others' cases their numbers only, and none of those that would show who filed them."""
    sign = put_before_unit(raised())
    others = msgspec.structs.replace(case_in(State.ACCEPTED), number=NUMBER, unit=WATER)
    assert printed(print_note(desk(), before(LEAD, sign, known=[others]), None, NOW)).cases == ()
    own = put_before_unit(raised(OWN))
    mine = msgspec.structs.replace(case_in(State.ACCEPTED), number=NUMBER)
    file = printed(print_note(desk(), before(LEAD, own, known=[mine]), None, NOW))
    assert (file.cases, file.note.cases) == ((), ())


@pytest.mark.parametrize("who", OTHERS, ids=lambda who: who.id)
def test_nobody_else_prints_a_note_or_a_draft(who: Staff) -> None:
    """Neither the unit before it is asked, nor another, nor those who enter and translate."""
    with pytest.raises((NotFound, NotPermitted)):
        print_note(desk(), before(who, raised()), "", NOW)
    if who not in {LEAD, OFFICER}:
        with pytest.raises((NotFound, NotPermitted)):
            print_note(desk(), before(who, put_before_unit(raised())), None, NOW)


def test_there_is_no_form_about_a_sign_that_is_nobodys() -> None:
    """A channel answers nothing, on paper either."""
    silent = raised(Found(kind=SignKind.SILENT, subject=Subject(), grade=Grade.NEAR, unit=None, n=0, days=7))
    with pytest.raises(IllegalTransition):
        print_note(desk(), before(SUPERVISOR, silent), None, NOW)


def rated(round_: Round, solved: Solved, score: int | None) -> Rating:
    """Answer for an attempt, each time as one more voice."""
    return Rating(voice=len(round_.ratings) + 1, solved=solved, score=score, at=NOW)


def test_a_card_and_a_note_tell_how_the_cases_stand_now() -> None:
    """Of those that the reader sees; in a note those of its unit."""
    case = msgspec.structs.replace(case_in(State.ACCEPTED), number=NUMBER)
    others = msgspec.structs.replace(case, number=CaseNumber("CB-2026-000009"), unit=WATER)
    sign = raised(msgspec.structs.replace(OLD, cases=(NUMBER, others.number)))
    matter = before(SUPERVISOR, sign, known=[case, others])
    assert [(each.number, each.state, each.due_at) for each in card(matter).behind] == [
        (NUMBER, State.ACCEPTED, case.now.due_at),
        (others.number, State.ACCEPTED, case.now.due_at),
    ]
    effects = send_note(desk(), matter, "", NOW)
    note = sent(effects)[LEAD.person]
    assert isinstance(note, SignNote)
    assert [each.number for each in note.behind] == [NUMBER]
    assert note.cases == (NUMBER, others.number)


def test_a_letter_of_referral_is_printed_with_the_evidence() -> None:
    """Of the attempt that was resolved last, with the worst that anybody answered; by those who watch, closed or not."""
    case = msgspec.structs.replace(case_in(State.CLOSED), number=NUMBER)
    first = msgspec.structs.replace(case.now, resolved_at=NOW, accepted_at=NOW, extensions=2, ratings=())
    for solved, score in ((Solved.YES, 5), (Solved.NO, 1), (Solved.PARTLY, None)):
        first = msgspec.structs.replace(first, ratings=(*first.ratings, rated(first, solved, score)))
    second = msgspec.structs.replace(first, number=2, accepted_at=None, resolved_at=None, ratings=(), extensions=0)
    case = msgspec.structs.replace(case, rounds=(first, second))
    sign = the_sign(refer_sign(desk(), before(SUPERVISOR, raised(COPIED)), "discipline", "请核查", NOW))
    said = {"referral": "请核查", "answer": "已说明"}
    for now in (sign, closed(sign)):
        matter = before(SUPERVISOR, now, said, [case])
        assert SignStep.LETTER in card(matter).steps
        (file,) = sent(print_letter(matter)).values()
        assert isinstance(file, SignLetterFile)
        assert (file.letter.body, file.letter.words, file.letter.answer) == ("discipline", "请核查", "已说明")
        (told,) = file.cases
        assert (told.accepted_at, told.resolved_at, told.attempts, told.extensions) == (NOW, NOW, 2, 2)
        assert (told.solved, told.score) == (Solved.NO, 1)


def test_there_is_no_letter_of_what_was_referred_to_nobody_and_none_for_a_unit() -> None:
    """What goes to another body is between it and those who watch."""
    assert SignStep.LETTER not in card(before(SUPERVISOR, raised(COPIED))).steps
    with pytest.raises(IllegalTransition):
        print_letter(before(SUPERVISOR, raised(COPIED)))
    sign = put_before_unit(the_sign(refer_sign(desk(), before(SUPERVISOR, raised(COPIED)), "discipline", "x", NOW)))
    for who in OTHERS:
        with pytest.raises((NotFound, NotPermitted)):
            print_letter(before(who, sign))
    assert SignStep.LETTER not in card(before(LEAD, sign)).steps


def test_what_is_asked_and_over_waits_for_its_answer_still() -> None:
    """That numbers fell again does not spare the unit its answer."""
    sign = msgspec.structs.replace(asked(raised()), over_at=NOW + timedelta(days=1))
    assert sign.is_open
    assert the_sign(answer_sign(desk(), before(LEAD, sign), "x", NOW)).is_open
