"""Whoever phoned phones again, or is asked what a unit wants to know: an operator outside the unit enters what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from bot.actions.ask_resident import ask_resident
from bot.actions.hear_caller import (
    Proof,
    add_by_phone,
    answer_by_phone,
    ask_who_phones,
    do_by_phone,
    find_caller,
    leave_by_phone,
    return_by_phone,
    want_answer,
    withdraw_by_phone,
)
from bot.actions.link_case import link_case
from bot.actions.matter import Matter
from bot.actions.rate_by_phone import list_calls, open_number, show_call
from bot.actions.repeat_reminder import is_unanswered
from bot.errors import IllegalTransition, NotFound, NotPermitted, StaleButton
from bot.rules.caller import BY_PHONE, PERSON_TRIES, Trying, WrongCode, awaits_call
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.dialog import FindingCaller, HearingAnswer, Idle, OnTheLine
from bot.rules.due import RemindStaff
from bot.rules.effect import Effects
from bot.rules.entry import (
    RESIDENT,
    Added,
    AnyFact,
    Channel,
    Closed,
    Closing,
    Entry,
    Look,
    Looked,
    Reopened,
    ReopenReason,
    Resumed,
    Resuming,
    Urged,
    VoiceAdded,
    VoiceLeft,
    VoiceReturned,
    Withdrawn,
)
from bot.rules.following import Deed
from bot.rules.identity import PersonId
from bot.rules.life import fold
from bot.rules.message import CallCard, CallerSought, CallsList, CallStage, CallWanted, News, Remark, Said, TaskNotice
from bot.rules.staff import Staff
from tests.support.builders import (
    ACCEPTED,
    ADMIN,
    ASKED,
    FILED,
    LEAD,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    RESOLVED,
    SUPERVISOR,
    TRANSPORT,
    entries,
    matter,
    sender,
    staff,
)
from tests.support.known import desk

OPERATOR = staff(Role.OPERATOR, None)
INSIDER = staff(Role.OPERATOR, TRANSPORT, name="insider")
EVERYBODY = (OFFICER, LEAD, OPERATOR, SUPERVISOR, ADMIN)
PHONED = msgspec.structs.replace(FILED, channel=Channel.HOTLINE)
LINE = OnTheLine(case=NUMBER)
QUESTION = HearingAnswer(case=NUMBER, round=1, pause=1)
FRESH = Trying(fits=False, tries=0, since=None, count=0)
PHONE = "13999991234"


def phoned(*facts: object) -> Case:
    """Make a case that came in by telephone."""
    case = fold(entries(PHONED, *facts))  # type: ignore[arg-type]  # facts of cases
    assert case is not None
    return case


def by(case: Case, *roles: Staff, voices: tuple[PersonId, ...] = ()) -> Matter:
    """Put it in front of whoever holds these roles; nobody follows it in a chat."""
    before = matter(case, *(roles or (OPERATOR,)), pressed=9, everybody=EVERYBODY)
    return replace(before, voices=voices, is_linked=bool(voices))


def entered(effects: Effects) -> list[tuple[str, AnyFact]]:
    """Return who entered what."""
    (change,) = effects.cases
    return [(each.actor, each.fact) for each in change.entries]


def stages(effects: Effects) -> list[CallStage]:
    """Return the cards that the operator sees."""
    return [each.message.stage for each in effects.sends if isinstance(each.message, CallCard)]


def news(effects: Effects) -> list[tuple[str, News | None, bool]]:
    """Return which officials are told what, and whether it is said to be by telephone."""
    notices = [(each.to, each.message) for each in effects.sends if isinstance(each.message, TaskNotice)]
    return [(person, notice.news, notice.is_by_phone) for person, notice in notices]


# ── A unit asks ──────────────────────────────────────────────────────────────


def test_operators_are_told_that_a_unit_asks_someone_who_phoned() -> None:
    """Whoever follows the case in a chat is asked there; without a number nobody can be."""
    case = phoned(ACCEPTED)
    asked = ask_resident(desk(), by(case, OFFICER), "哪一栋？", NOW, has_caller=True)
    wanted = [each for each in asked.sends if isinstance(each.message, CallWanted)]
    assert [each.to for each in wanted] == [OPERATOR.person]
    assert isinstance(wanted[0].message, CallWanted)
    assert wanted[0].message.line.waiting_until is not None
    silent = ask_resident(desk(), by(case, OFFICER), "哪一栋？", NOW)
    assert not any(isinstance(each.message, CallWanted) for each in silent.sends)


def test_the_question_is_read_aloud_and_the_answer_goes_to_the_unit() -> None:
    """The clock runs again; the entry names the operator, and the officer reads that it was said by telephone."""
    case = phoned(ACCEPTED, ASKED)
    (shown,) = show_call(by(case), "哪一栋？").sends
    assert isinstance(shown.message, CallCard)
    assert (shown.message.stage, shown.message.answer, shown.message.pause) == (CallStage.QUESTION, "哪一栋？", 1)
    wanted = want_answer(by(case), QUESTION)
    assert (wanted.dialog, stages(wanted)) == (QUESTION, [CallStage.WORDS])
    effects = answer_by_phone(desk(), by(case), QUESTION, entries(PHONED, ACCEPTED, ASKED), "三号楼", NOW)
    ((actor, fact),) = entered(effects)
    assert actor == OPERATOR.id
    assert isinstance(fact, Resumed)
    assert fact.because is Resuming.ANSWERED
    assert [each.text for each in effects.words] == ["三号楼"]
    assert effects.cases[0].after.state is State.ACCEPTED
    assert (effects.dialog, stages(effects)) == (Idle(), [CallStage.ANSWERED])
    assert news(effects) == [(OFFICER.person, News.ANSWERED, True)]


def test_the_number_can_be_opened_while_a_question_waits() -> None:
    """It is entered who opened it."""
    effects = open_number(by(phoned(ACCEPTED, ASKED)), PHONE, NOW, is_drawn=False)
    assert [each.fact for each in effects.entries] == [Looked(at_what=Look.CONTACT)]
    with pytest.raises(IllegalTransition):
        open_number(by(phoned(ACCEPTED)), PHONE, NOW, is_drawn=False)


def test_a_question_that_has_ended_takes_no_answer() -> None:
    """Answered meanwhile, another question, or followed in a chat by now."""
    later = HearingAnswer(case=NUMBER, round=1, pause=2)
    for case, asked, voices in (
        (phoned(ACCEPTED), QUESTION, ()),
        (phoned(ACCEPTED, ASKED), later, ()),
        (phoned(ACCEPTED, ASKED), QUESTION, (RESIDENT_PERSON,)),
    ):
        with pytest.raises(IllegalTransition):
            want_answer(by(case, voices=voices), asked)
    with pytest.raises(IllegalTransition):
        answer_by_phone(desk(), by(phoned(ACCEPTED)), QUESTION, entries(PHONED, ACCEPTED), "三号楼", NOW)


def test_nobody_of_the_unit_answers_its_own_question() -> None:
    """Nor urges itself, nor takes a case back that it would rather not have."""
    case = phoned(ACCEPTED, ASKED)
    asked = entries(PHONED, ACCEPTED, ASKED)
    for insider in (INSIDER, OFFICER, LEAD):
        with pytest.raises(NotPermitted):
            want_answer(by(case, insider), QUESTION)
        with pytest.raises(NotPermitted):
            answer_by_phone(desk(), by(case, insider), QUESTION, asked, "三号楼", NOW)
        with pytest.raises(NotPermitted):
            do_by_phone(desk(), by(phoned(), insider), LINE, Deed.URGE, NOW)
        with pytest.raises(NotPermitted):
            add_by_phone(desk(), by(phoned(), insider), OnTheLine(case=NUMBER, writes=True), "漏水", NOW)
        with pytest.raises(NotPermitted):
            withdraw_by_phone(desk(), by(phoned(), insider), LINE, NOW)


def test_the_list_has_questions_and_what_is_resolved() -> None:
    """With the way to whoever phones by themselves, even where nobody waits."""
    cases = (phoned(ACCEPTED, ASKED), phoned(ACCEPTED, RESOLVED))
    (listed,) = list_calls(OPERATOR.person, (OPERATOR,), cases).sends
    assert isinstance(listed.message, CallsList)
    assert [(line.waiting_until is None, line.resolved_at is None) for line in listed.message.cases] == [
        (False, True),
        (True, False),
    ]


# ── Somebody is on the line ──────────────────────────────────────────────────


def test_whoever_says_what_only_the_caller_can_hears_where_the_case_stands() -> None:
    """The number that was left, or the code."""
    by_code = Trying(fits=True, tries=0, since=None, count=0)
    case = phoned()
    for proof in (Proof("+86 139 9999 1234".replace(" ", ""), PHONE, FRESH), Proof(None, None, by_code)):
        effects = find_caller(desk(), sender(OPERATOR.person, OPERATOR), by(case), proof, NOW)
        assert (effects.dialog, stages(effects), effects.wrong_codes) == (LINE, [CallStage.KNOWN], ())
        card = effects.sends[0].message
        assert isinstance(card, CallCard)
        assert (card.state, card.deeds) == (State.ASSIGNED, (Deed.ADD, Deed.URGE, Deed.WITHDRAW))
        assert set(card.deeds) <= set(BY_PHONE)


@pytest.mark.parametrize(
    ("case", "proof", "voices"),
    [
        (None, Proof(PHONE, None, FRESH), ()),
        (phoned(), Proof("13700000000", PHONE, FRESH), ()),
        (phoned(), Proof(PHONE, None, FRESH), ()),
        (phoned(), Proof(None, None, Trying(fits=True, tries=5, since=None, count=0)), ()),
        (phoned(), Proof(PHONE, PHONE, FRESH), (RESIDENT_PERSON,)),
        (fold(entries(FILED)), Proof(PHONE, PHONE, FRESH), ()),
    ],
    ids=[
        "no case",
        "another number",
        "none was left",
        "a code guessed at too often",
        "in a chat by now",
        "not by telephone",
    ],
)
def test_anything_else_is_a_try_that_is_counted(case: Case | None, proof: Proof, voices: tuple[PersonId, ...]) -> None:
    """It is not said what of it is wrong."""
    found = None if case is None else by(case, voices=voices)
    effects = find_caller(desk(), sender(OPERATOR.person, OPERATOR), found, proof, NOW)
    assert effects.wrong_codes == (WrongCode(None, OPERATOR.person, NOW, 1),)
    assert effects.dialog == FindingCaller()
    assert [each.message for each in effects.sends] == [CallerSought(left=PERSON_TRIES - 1)]


def test_who_has_tried_too_often_tries_no_more() -> None:
    """Not even with what is right; and the last wrong try ends it."""
    often = Trying(fits=True, tries=0, since=NOW, count=PERSON_TRIES)
    effects = find_caller(desk(), sender(OPERATOR.person, OPERATOR), by(phoned()), Proof(PHONE, PHONE, often), NOW)
    assert ([each.message for each in effects.sends], effects.dialog) == ([CallerSought(left=0)], Idle())
    last = Trying(fits=False, tries=0, since=NOW, count=PERSON_TRIES - 1)
    effects = find_caller(desk(), sender(OPERATOR.person, OPERATOR), None, Proof(PHONE, None, last), NOW)
    assert ([each.message for each in effects.sends], effects.dialog) == ([CallerSought(left=0)], Idle())


def test_only_who_enters_calls_is_asked_who_phones() -> None:
    """A resident or an officer is not."""
    assert ask_who_phones(sender(OPERATOR.person, OPERATOR)).dialog == FindingCaller()
    for other in (sender(), sender(OFFICER.person, OFFICER)):
        with pytest.raises(NotPermitted):
            ask_who_phones(other)


def test_what_the_caller_adds_is_read_by_the_unit() -> None:
    """Asked for first; words without being asked for add nothing."""
    case = phoned(ACCEPTED)
    wanted = do_by_phone(desk(), by(case), LINE, Deed.ADD, NOW)
    assert wanted.dialog == OnTheLine(case=NUMBER, writes=True)
    assert isinstance(wanted.dialog, OnTheLine)
    effects = add_by_phone(desk(), by(case), wanted.dialog, "还漏水", NOW)
    ((actor, fact),) = entered(effects)
    assert actor == OPERATOR.id
    assert isinstance(fact, Added)
    assert [each.text for each in effects.words] == ["还漏水"]
    assert (effects.dialog, stages(effects)) == (Idle(), [CallStage.ADDED])
    assert news(effects) == [(OFFICER.person, News.ADDED, True)]
    unasked = add_by_phone(desk(), by(case), LINE, "还漏水", NOW)
    assert (unasked.cases, unasked.words, stages(unasked)) == ((), (), [CallStage.KNOWN])


def test_the_caller_urges_once_a_working_day() -> None:
    """The lead hears of it too."""
    effects = do_by_phone(desk(), by(phoned(ACCEPTED)), LINE, Deed.URGE, NOW)
    assert entered(effects) == [(OPERATOR.id, Urged(voice=1))]
    assert news(effects) == [(OFFICER.person, News.URGED, True), (LEAD.person, News.URGED, True)]
    with pytest.raises(IllegalTransition):
        do_by_phone(desk(), by(effects.cases[0].after), LINE, Deed.URGE, NOW)


def test_a_case_is_withdrawn_once_the_caller_is_sure() -> None:
    """Whatever waited for its moment about it ends."""
    case = phoned(ACCEPTED)
    asked = do_by_phone(desk(), by(case), LINE, Deed.WITHDRAW, NOW)
    assert (asked.cases, stages(asked)) == ((), [CallStage.SURE])
    effects = withdraw_by_phone(desk(), by(case), LINE, NOW)
    assert entered(effects) == [(OPERATOR.id, Withdrawn())]
    assert (effects.cancelled, effects.dialog) == ((f"{NUMBER}/",), Idle())
    assert news(effects) == [(OFFICER.person, News.WITHDRAWN, True)]
    with pytest.raises(IllegalTransition):
        withdraw_by_phone(desk(), by(effects.cases[0].after), LINE, NOW)


def test_a_closed_case_goes_on_at_the_callers_word() -> None:
    """With a new limit, as if they had pressed the button themselves."""
    case = phoned(ACCEPTED, RESOLVED, Closed(round=1, how=Closing.UNRATED))
    effects = do_by_phone(desk(), by(case), LINE, Deed.REOPEN, NOW)
    ((actor, fact),) = entered(effects)
    assert actor == OPERATOR.id
    assert isinstance(fact, Reopened)
    assert (fact.reason, effects.dialog) == (ReopenReason.RESIDENT, Idle())
    assert stages(effects) == [CallStage.AGAIN]


def test_without_whoever_phones_on_the_line_nothing_is_done() -> None:
    """No dialog, one about another case, or one that was linked to a chat meanwhile."""
    case, other = phoned(ACCEPTED), msgspec.structs.replace(LINE, case="CB-2026-000999")
    for dialog in (Idle(), FindingCaller(), other):
        for deed in BY_PHONE:
            with pytest.raises(StaleButton):
                do_by_phone(desk(), by(case), dialog, deed, NOW)
        with pytest.raises(StaleButton):
            withdraw_by_phone(desk(), by(case), dialog, NOW)
    with pytest.raises(NotFound):
        do_by_phone(desk(), by(case, voices=(RESIDENT_PERSON,)), LINE, Deed.URGE, NOW)
    for deed in set(Deed) - set(BY_PHONE):
        with pytest.raises(IllegalTransition):
            do_by_phone(desk(), by(case), LINE, deed, NOW)


def test_what_a_caller_says_answers_no_reminder() -> None:
    """It is entered by an operator, who has done nothing about the case by it."""
    task = RemindStaff(case=NUMBER, round=1, stage="repeat:deputy", to=(Role.OFFICER,), since=NOW)
    at = NOW + timedelta(minutes=5)
    said = [Entry(at=at, actor=OPERATOR.id, case=NUMBER, fact=fact) for fact in (Urged(voice=1), Added(voice=1, words=None))]
    assert is_unanswered(task, said)
    assert not is_unanswered(task, [*said, Entry(at=at, actor=OFFICER.id, case=NUMBER, fact=ACCEPTED)])


def joined(case: Case) -> Matter:
    """Put a case that came in by telephone in front of an operator; a neighbour has joined it in a chat."""
    return replace(by(case), voices=(RESIDENT_PERSON,))


def test_whoever_phoned_leaves_a_case_to_the_others() -> None:
    """Asked once more, entered in the operator's name; no official hears of it, and the case goes on."""
    case = phoned(ACCEPTED, VoiceAdded(voice=2))
    known = find_caller(desk(), sender(OPERATOR.person, OPERATOR), joined(case), Proof(PHONE, PHONE, FRESH), NOW)
    (card,) = [each.message for each in known.sends if isinstance(each.message, CallCard)]
    assert (card.is_followed, Deed.LEAVE in card.deeds, Deed.WITHDRAW in card.deeds) == (True, True, False)
    asked = do_by_phone(desk(), joined(case), LINE, Deed.LEAVE, NOW)
    assert (asked.cases, stages(asked)) == ((), [CallStage.SURE_TO_LEAVE])
    left = leave_by_phone(desk(), joined(case), LINE, NOW)
    assert entered(left) == [(OPERATOR.id, VoiceLeft(voice=1))]
    assert (stages(left), news(left)) == ([CallStage.LEFT], [])
    (change,) = left.cases
    assert (change.after.left, change.leaving, change.after.behind) == ((1,), (), 1)
    with pytest.raises(IllegalTransition):
        leave_by_phone(desk(), joined(change.after), LINE, NOW)
    assert not awaits_call(change.after, ())


def test_a_case_that_is_theirs_alone_is_withdrawn_not_left() -> None:
    """Nobody would stand behind it."""
    with pytest.raises(IllegalTransition):
        do_by_phone(desk(), by(phoned(ACCEPTED)), LINE, Deed.LEAVE, NOW)


def test_what_was_left_by_telephone_is_linked_to_no_chat() -> None:
    """The code shows who it is, so they are told why; no try is counted."""
    case = phoned(ACCEPTED, VoiceAdded(voice=2), VoiceLeft(voice=1))
    opens = Trying(fits=True, tries=0, since=None, count=0)
    effects = link_case(RESIDENT_PERSON, case, opens, None, NOW)
    assert [each.message for each in effects.sends] == [Said(Remark.LEFT_BY_PHONE)]
    assert (effects.linked, effects.entries, effects.wrong_codes) == ((), (), ())


def left(case: Case, actor: str) -> list[Entry]:
    """Return the entry by which the caller of a case left it."""
    return [Entry(at=NOW, actor=actor, case=case.number, fact=VoiceLeft(voice=1))]


def test_whoever_left_by_telephone_comes_back_by_telephone() -> None:
    """As the same voice, entered in the operator's name; nobody hears of it, and all that a caller can do is there again."""
    case = phoned(ACCEPTED, VoiceAdded(voice=2), VoiceLeft(voice=1))
    by_phone = left(case, OPERATOR.id)
    found = find_caller(desk(), sender(OPERATOR.person, OPERATOR), joined(case), Proof(PHONE, PHONE, FRESH), NOW, by_phone)
    assert (stages(found), found.dialog, found.cases) == ([CallStage.AWAY], LINE, ())
    back = return_by_phone(desk(), joined(case), LINE, by_phone, NOW)
    assert entered(back) == [(OPERATOR.id, VoiceReturned(voice=1))]
    assert (stages(back), news(back), back.dialog) == ([CallStage.RETURNED], [], LINE)
    (card,) = [each.message for each in back.sends if isinstance(each.message, CallCard)]
    assert (card.state, Deed.ADD in card.deeds, Deed.LEAVE in card.deeds) == (State.ACCEPTED, True, True)
    (change,) = back.cases
    assert (change.after.left, change.joining, change.after.behind) == ((), (), 2)
    opens = Trying(fits=True, tries=0, since=None, count=0)
    assert link_case(RESIDENT_PERSON, change.after, opens, None, NOW).linked
    with pytest.raises(IllegalTransition):
        return_by_phone(desk(), joined(change.after), LINE, by_phone, NOW)


def test_nobody_comes_back_by_telephone_without_proof_or_to_what_is_over() -> None:
    """Nor whoever left in a chat: there they come back as one more voice, and read what is asked of them."""
    case = phoned(ACCEPTED, VoiceAdded(voice=2), VoiceLeft(voice=1))
    with pytest.raises(StaleButton):
        return_by_phone(desk(), joined(case), Idle(), left(case, OPERATOR.id), NOW)
    over = phoned(ACCEPTED, VoiceAdded(voice=2), VoiceLeft(voice=1), Withdrawn())
    for gone, actor in ((case, RESIDENT), (over, OPERATOR.id)):
        entries = left(gone, actor)
        asked = joined(gone), Proof(PHONE, PHONE, FRESH), NOW, entries
        assert stages(find_caller(desk(), sender(OPERATOR.person, OPERATOR), *asked)) == [CallStage.GONE]
        with pytest.raises(IllegalTransition):
            return_by_phone(desk(), joined(gone), LINE, entries, NOW)
