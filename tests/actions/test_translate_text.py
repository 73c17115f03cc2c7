"""A text on its way through the translators' hands: taken, given back, written, corrected, and whom that is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

import msgspec
import pytest

from bot.actions.ask_translation import Text, answered, ask_translation, heard, voices_heard
from bot.actions.translate_text import Desired, give_back, open_text, take_text, use_earlier, write_translation
from bot.actions.write_to_voices import reply, reply_from_stock
from bot.errors import IllegalTransition, NotPermitted, StaleButton
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.dialog import Idle, Translating
from bot.rules.due import RemindStaff, TellNoTranslator
from bot.rules.effect import NOTHING, Priority
from bot.rules.entry import Look, Looked, Translated
from bot.rules.handling import Stock
from bot.rules.identity import CaseNumber, FileId, Language
from bot.rules.message import (
    FileShown,
    News,
    Standing,
    TaskNotice,
    TranslationCard,
    TranslationWanted,
    UnitWrote,
    WordsTranslated,
)
from bot.rules.staff import Staff
from bot.rules.translation import CHINESE, Legible, Rendered, Translation
from tests.support.builders import (
    ADMIN,
    EVERYBODY,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    SJO,
    SUPERVISOR,
    UG,
    WORDS,
    case_in,
    matter,
    staff,
)
from tests.support.known import desk

ONE: Final = replace(staff(Role.TRANSLATOR, None, "one"), language=UG)
TWO: Final = replace(staff(Role.TRANSLATOR, None, "two"), language=UG)
UYGHUR: Final = "مەھەللىمىزنىڭ يولى بۇزۇلۇپ كەتتى"
CASE: Final = case_in(State.ACCEPTED)
ITEM: Final = Translation(NUMBER, "filed", UG, CHINESE, asked_at=NOW, due_at=NOW + timedelta(hours=4))
TAKEN: Final = replace(ITEM, version=2, taken_by=ONE.id, taken_at=NOW)


def desired(
    item: Translation, *roles: Staff, translation: str | None = None, known: Mapping[str, str] | None = None
) -> Desired:
    """Put a text in front of a translator."""
    return Desired(CASE, item, roles, UYGHUR, translation, known=known or {})


def test_words_that_are_chinese_bring_nothing_about() -> None:
    """They are read as they are."""
    assert heard(desk(), CASE, "filed", "路坏了", UG, (ONE,), NOW) == (Legible("路坏了"), NOTHING)


def test_words_that_are_not_go_to_all_translators_of_the_language_who_are_here() -> None:
    """Each is told once, and the clock knows when to remind."""
    sjo = replace(staff(Role.TRANSLATOR, None, "three"), language=SJO)
    read, effects = heard(desk(), CASE, "filed", UYGHUR, None, (ONE, TWO, sjo, *EVERYBODY), NOW)
    assert read.text == ""
    assert read.rendering is not None
    assert read.rendering.state is Rendered.AWAITED
    assert [send.to for send in effects.sends] == [ONE.person, TWO.person]
    assert all(isinstance(send.message, TranslationWanted) for send in effects.sends)
    assert [each.after.language for each in effects.translations] == [UG]
    tasks = [due.task for due in effects.planned]
    assert tasks
    assert all(isinstance(task, RemindStaff) and task.text == "filed/zh_Hans_CN" for task in tasks)


def test_with_nobody_here_those_who_watch_are_told_by_the_clock() -> None:
    """At once, and by one thing for the language, however many texts there are."""
    read, effects = heard(desk(), CASE, "filed", UYGHUR, None, EVERYBODY, NOW)
    assert read.text == UYGHUR
    looks = [due for due in effects.planned if isinstance(due.task, TellNoTranslator)]
    assert [(due.key, due.at) for due in looks] == [("translator/ug", NOW)]
    assert effects.sends == ()


def test_an_emergency_alarms_the_translators() -> None:
    """Day and night."""
    urgent = msgspec.structs.replace(
        CASE, rounds=(msgspec.structs.replace(CASE.now, rule="accept 30min, handle 2h, round the clock"),)
    )
    item, effects = ask_translation(desk(), urgent, Text("filed", UG, CHINESE), (ONE,), NOW)
    assert item.due_at == NOW + timedelta(minutes=30)
    assert [send.priority for send in effects.sends] == [Priority.ALARM]


def test_reading_what_a_resident_wrote_is_a_look() -> None:
    """The resident sees who; reading what an officer wrote is none."""
    effects = open_text(desired(ITEM, ONE), NOW)
    assert [entry.fact for entry in effects.entries] == [Looked(at_what=Look.ORIGINAL)]
    back = Translation(NUMBER, "answer/1", CHINESE, UG, NOW, NOW)
    assert open_text(desired(back, ONE), NOW).entries == ()


@pytest.mark.parametrize(
    ("item", "is_asked"),
    [
        (ITEM, True),
        (TAKEN, True),
        (replace(TAKEN, taken_by=TWO.id), False),
        (replace(TAKEN, done_by=ONE.id, done_at=NOW), False),
    ],
)
def test_whoever_opens_what_no_colleague_has_may_write_at_once(item: Translation, is_asked: bool) -> None:  # noqa: FBT001
    """Their next message is the translation, no report of their own; what is done is corrected by a button only."""
    effects = open_text(desired(item, ONE), NOW)
    assert (effects.dialog == Translating(case=NUMBER, text=ITEM.id)) is is_asked
    assert (effects.dialog is None) is not is_asked


def test_what_nobody_had_is_whoever_s_who_writes_it() -> None:
    """With the moment from which they had it, as if they had taken it first."""
    effects = write_translation(desk(), desired(ITEM, TWO), matter(CASE, TWO), "路坏了", NOW)
    (change,) = effects.translations
    assert (change.after.taken_by, change.after.taken_at, change.after.done_by) == (TWO.id, NOW, TWO.id)
    assert effects.dialog == Idle()


def test_taking_a_text_asks_for_the_translation() -> None:
    """It is the translator's from then on; taken once more it changes nothing."""
    effects = take_text(desired(ITEM, ONE), NOW)
    (change,) = effects.translations
    assert (change.before, change.after) == (ITEM, TAKEN)
    assert effects.dialog == Translating(case=NUMBER, text=ITEM.id)
    assert take_text(desired(TAKEN, ONE), NOW).translations == ()


def test_a_colleague_may_take_it_over_but_not_translate_what_is_translated() -> None:
    """Nothing is stuck with whoever took it; what is done is done."""
    (change,) = take_text(desired(TAKEN, TWO), NOW).translations
    assert change.after.taken_by == TWO.id
    with pytest.raises(IllegalTransition):
        take_text(desired(replace(TAKEN, done_by=ONE.id, done_at=NOW), TWO), NOW)


def test_giving_back_leaves_it_to_all() -> None:
    """Only whoever has it can."""
    effects = give_back(desired(TAKEN, ONE))
    (change,) = effects.translations
    assert change.after.taken_by is None
    assert effects.dialog == Idle()
    for refused in (desired(TAKEN, TWO), desired(ITEM, ONE), desired(replace(TAKEN, done_by=ONE.id, done_at=NOW), ONE)):
        with pytest.raises(IllegalTransition):
            give_back(refused)


@pytest.mark.parametrize("other", [OFFICER, SUPERVISOR, ADMIN, staff(Role.OPERATOR, None), replace(ONE, language=SJO)])
def test_nobody_else_gets_to_see_it(other: Staff) -> None:
    """Not even the officer of the case: the original may lead to the person."""
    with pytest.raises(NotPermitted):
        open_text(desired(ITEM, other), NOW)
    with pytest.raises(NotPermitted):
        take_text(desired(ITEM, other), NOW)
    with pytest.raises(NotPermitted):
        give_back(desired(TAKEN, other))
    with pytest.raises(NotPermitted):
        write_translation(desk(), desired(TAKEN, other), matter(CASE, other), "路坏了", NOW)


def test_a_translation_is_sealed_entered_and_told_to_the_officer() -> None:
    """By a commitment only; the officer reads it with who made it."""
    effects = write_translation(desk(), desired(TAKEN, ONE), matter(CASE, ONE), "我们小区的路坏了", NOW)
    (entry,) = effects.entries
    assert isinstance(entry.fact, Translated)
    assert (entry.actor, entry.fact.slot, entry.fact.language) == (ONE.id, "filed", CHINESE)
    (words,) = effects.words
    assert (words.slot, words.text) == ("filed/zh_Hans_CN", "我们小区的路坏了")
    assert effects.cancelled == (f"{NUMBER}/translation/filed/zh_Hans_CN/",)
    card, told = effects.sends
    assert isinstance(card.message, TranslationCard)
    assert card.message.standing is Standing.WRITTEN
    assert isinstance(told.message, TaskNotice)
    assert (told.to, told.message.news, told.message.words) == (OFFICER.person, News.TRANSLATED, "我们小区的路坏了")
    assert told.message.rendering is not None
    assert told.message.rendering.staff == ONE.id


@pytest.mark.parametrize(
    ("state", "reader"), [(State.ACCEPTED, OFFICER), (State.ASSIGNED, OFFICER), (State.TRIAGE, SUPERVISOR)], ids=str
)
@pytest.mark.parametrize("slot", ["filed", "filed/1"])
def test_what_came_with_a_merged_case_is_told_to_whoever_handles_the_other(state: State, reader: Staff, slot: str) -> None:
    """Over that case's own words, be it written or spoken, and the correction after it; it is kept with the merged one."""
    item = replace(TAKEN, slot=slot, is_voice=slot != "filed")
    merged = replace(desired(item, ONE), case=case_in(State.MERGED))
    other = msgspec.structs.replace(case_in(state), number=CaseNumber("CB-2026-000007"))
    effects = write_translation(desk(), merged, matter(other, ONE), "我们小区的路坏了", NOW)
    assert [(words.case, words.slot) for words in effects.words] == [(NUMBER, f"{slot}/zh_Hans_CN")]
    _, told = effects.sends
    assert isinstance(told.message, TaskNotice)
    assert (told.to, told.message.case, told.message.news) == (reader.person, other.number, News.MERGED_READABLE)
    assert (told.message.words, told.message.said) == (WORDS, "我们小区的路坏了")
    assert told.message.rendering is None
    assert told.message.said_rendering is not None
    again = replace(merged, item=effects.translations[0].after, translation="路")
    corrected = write_translation(desk(), again, matter(other, ONE), "路坏了", NOW).sends[1].message
    assert isinstance(corrected, TaskNotice)
    assert (corrected.news, corrected.words, corrected.said) == (News.RETRANSLATED, WORDS, "路坏了")


def test_only_whoever_has_it_writes_it_and_only_whoever_wrote_it_corrects_it() -> None:
    """A colleague's words come too late."""
    done = replace(TAKEN, version=3, done_by=ONE.id, done_role=Role.TRANSLATOR, done_at=NOW)
    corrected = write_translation(desk(), desired(done, ONE, translation="路"), matter(CASE, ONE), "路坏了", NOW)
    told = corrected.sends[1].message
    assert isinstance(told, TaskNotice)
    assert told.news is News.RETRANSLATED
    for item in (TAKEN, done):
        with pytest.raises(IllegalTransition):
            write_translation(desk(), desired(item, TWO), matter(CASE, TWO), "路坏了", NOW)


def test_an_answer_goes_back_to_those_who_read_the_language() -> None:
    """With the Chinese beside it."""
    back = replace(Translation(NUMBER, "answer/1", CHINESE, UG, NOW, NOW), taken_by=ONE.id)
    found = replace(desired(back, ONE), original="已经修好", readers=(RESIDENT_PERSON,))
    effects = write_translation(desk(), found, matter(CASE, ONE), "ياسالدى", NOW)
    _, told = effects.sends
    assert told.to == RESIDENT_PERSON
    assert isinstance(told.message, WordsTranslated)
    assert (told.message.words, told.message.original) == ("ياسالدى", "已经修好")


def test_what_an_official_writes_is_asked_for_in_every_language_behind_the_case() -> None:
    """Not in Chinese, and where nobody translates none is promised, though it waits for whoever comes."""
    following, effects = answered(desk(), CASE, ("said/1", "周五来修"), (UG, SJO, CHINESE), (ONE,), NOW)
    assert following == (UG,)
    items = [change.after for change in effects.translations]
    assert [(item.slot, item.source, item.target) for item in items] == [("said/1", CHINESE, SJO), ("said/1", CHINESE, UG)]


@pytest.mark.parametrize(("text", "languages"), [("周五来修", {CHINESE}), ("周五来修", set()), (UYGHUR, {UG}), ("", {UG})])
def test_what_its_readers_can_read_is_not_asked_for(text: str, languages: set[Language]) -> None:
    """Chinese readers, an officer who writes Uyghur, and nothing at all."""
    assert answered(desk(), CASE, ("said/1", text), languages, (ONE,), NOW) == ((), NOTHING)


def test_a_reply_says_that_its_translation_follows_and_stock_needs_none() -> None:
    """To everybody behind the case; who reads Chinese is not told so, as that is said by language."""
    of = replace(matter(CASE, OFFICER, everybody=(*EVERYBODY, ONE)), languages=frozenset({UG}))
    written = [send.message for send in reply(desk(), of, "周五来修", NOW).sends if isinstance(send.message, UnitWrote)]
    assert written
    assert all(message.following == (UG,) for message in written)
    stock = reply_from_stock(desk(), of, Stock.LOOKING, NOW)
    assert stock.translations == ()
    assert all(message.following == () for message in (s.message for s in stock.sends) if isinstance(message, UnitWrote))


def test_what_was_translated_before_is_offered_and_taken_by_a_tap() -> None:
    """From a card that showed it, and only if it is still what there is; never by itself."""
    known = {UYGHUR: "我们小区的路坏了"}
    shown = open_text(desired(ITEM, ONE, known=known), NOW).sends[0].message
    assert isinstance(shown, TranslationCard)
    assert shown.whole == "我们小区的路坏了"
    effects = use_earlier(desk(), desired(ITEM, ONE, known=known), matter(CASE, ONE), shown.mark, NOW)
    (change,) = effects.translations
    assert (change.before, change.after.done_by, change.after.version) == (ITEM, ONE.id, 2)
    assert effects.dialog is None
    opened = replace(desired(ITEM, ONE, known=known), is_next=True)
    assert (
        use_earlier(desk(), opened, matter(CASE, ONE), shown.mark, NOW).dialog == Idle()
    )  # the next message is no correction
    assert [words.text for words in effects.words] == ["我们小区的路坏了"]
    for found, mark in ((desired(ITEM, ONE), shown.mark), (desired(ITEM, ONE, known={UYGHUR: "路"}), shown.mark)):
        with pytest.raises(StaleButton):
            use_earlier(desk(), found, matter(CASE, ONE), mark, NOW)
    for item in (TAKEN, replace(TAKEN, done_by=TWO.id, done_at=NOW)):
        with pytest.raises(IllegalTransition):
            use_earlier(desk(), desired(item, TWO, known=known), matter(CASE, TWO), shown.mark, NOW)


def test_what_units_write_is_remembered_and_offered_like_what_residents_do() -> None:
    """From Chinese into Uyghur: the sentence of an answer is kept for that way, and taken by a tap the next time."""
    answer = Translation(NUMBER, "answer/1", CHINESE, UG, asked_at=NOW, due_at=NOW + timedelta(hours=4))
    taken = replace(answer, version=2, taken_by=ONE.id, taken_at=NOW)
    said = replace(desired(taken, ONE), original="周五来修。", translation=None)
    (remembered,) = write_translation(desk(), said, matter(CASE, ONE), "جۈمە كۈنى كېلىمىز.", NOW).remembered
    assert (remembered.item.source, remembered.item.target) == (CHINESE, UG)
    again = replace(desired(answer, ONE, known=dict(remembered.pairs)), original="周五来修")
    shown = open_text(again, NOW).sends[0].message
    assert isinstance(shown, TranslationCard)
    effects = use_earlier(desk(), again, matter(CASE, ONE), shown.mark, NOW)
    assert [(words.slot, words.text) for words in effects.words] == [("answer/1/ug", "جۈمە كۈنى كېلىمىز.")]


def test_nothing_of_what_is_confidential_is_remembered() -> None:
    """Its sentences are offered with no other case."""
    written = write_translation(desk(), desired(TAKEN, ONE), matter(CASE, ONE), "路坏了", NOW)
    (remembered,) = written.remembered
    assert remembered.pairs == ((UYGHUR, "路坏了"),)
    secret = replace(desired(TAKEN, ONE), case=msgspec.structs.replace(CASE, is_confidential=True))
    assert write_translation(desk(), secret, matter(CASE, ONE), "路坏了", NOW).remembered == ()


def test_a_voice_is_asked_to_be_written_down_and_played_to_whoever_does_it() -> None:
    """Once it is here; whoever handles the case gets the words alone."""
    operator = staff(Role.OPERATOR, None)
    (change,) = voices_heard(desk(), CASE, ("filed/1",), None, (operator,), NOW)[1].translations
    item = change.after
    assert (item.source, item.target, item.is_voice) == (CHINESE, CHINESE, True)
    voice = Desired(CASE, item, (operator,), "", None, file=FileId("f-1"))
    card, heard_by = open_text(voice, NOW).sends
    assert isinstance(card.message, TranslationCard)
    assert card.message.is_here
    assert isinstance(heard_by.message, FileShown)
    (waiting,) = open_text(replace(voice, file=None), NOW).sends
    assert isinstance(waiting.message, TranslationCard)
    assert not waiting.message.is_here
    taken = replace(voice, item=replace(item, taken_by=operator.id))
    written = write_translation(desk(), taken, matter(CASE, operator), "晚上看不清路", NOW)
    assert [words.slot for words in written.words] == ["filed/1/zh_Hans_CN"]
    assert written.remembered == ()
    told = written.sends[1].message
    assert isinstance(told, TaskNotice)
    assert (told.news, told.said) == (News.WRITTEN_DOWN, "晚上看不清路")
