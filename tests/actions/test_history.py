"""What officials read of a case's course: words as they may read them, and what was translated beside what they wrote."""

from __future__ import annotations

from bot.actions.history import case_history
from bot.rules.chain import text_commitment
from bot.rules.county import Role
from bot.rules.entry import Entry, Replied, Translated
from bot.rules.identity import Language
from bot.rules.message import HistoryLine
from bot.rules.slot import said_slot
from tests.support.builders import FILED, NOW, NUMBER, OFFICER, case_of, staff

TRANSLATOR = staff(Role.TRANSLATOR, None)
UG, ZH = Language("ug"), Language("zh_Hans_CN")
ANSWER = text_commitment(bytes(16), "星期五修")


def lines(*entries: tuple[str, object], words: dict[str, str]) -> tuple[HistoryLine, ...]:
    """Tell a course of entries by whoever did them."""
    told = [Entry(at=NOW, actor=actor, case=NUMBER, fact=fact) for actor, fact in entries]  # type: ignore[arg-type]  # facts
    known = {each.id: each for each in (OFFICER, TRANSLATOR)}
    return case_history(case_of(FILED), told, words, known).lines


def test_what_residents_read_stands_beside_what_the_unit_wrote() -> None:
    """With the language, and the translator by role."""
    slot = said_slot(ANSWER)
    translated = Translated(slot=slot, language=UG, words=ANSWER)
    words = {slot: "星期五修", f"{slot}/ug": "جۈمە كۈنى"}
    answer, put = lines(
        (OFFICER.id, Replied(words=ANSWER, stock=None)),
        (TRANSLATOR.id, translated),
        words=words,
    )
    assert (answer.words, answer.language, answer.original) == ("星期五修", None, None)
    assert (put.role, put.language, put.words, put.original) == (Role.TRANSLATOR, UG, "جۈمە كۈنى", "星期五修")


def test_what_a_resident_wrote_is_never_beside_its_translation() -> None:
    """Who translated it is told; the words stand with the filing, in Chinese."""
    translated = Translated(slot="filed", language=ZH, words=ANSWER)
    filed, put = lines(
        ("resident", FILED),
        (TRANSLATOR.id, translated),
        words={"filed": "路灯坏了", "filed/zh_Hans_CN": "路灯坏了"},
    )
    assert filed.words == "路灯坏了"
    assert (put.role, put.language, put.words, put.original) == (Role.TRANSLATOR, ZH, None, None)


def test_a_voice_is_read_as_it_was_written_down() -> None:
    """It has no other words that could stand beside it."""
    put = Translated(slot="filed/1", language=ZH, words=ANSWER)
    (line,) = lines((TRANSLATOR.id, put), words={"filed/1/zh_Hans_CN": "村口没有水"})
    assert (line.words, line.original) == ("村口没有水", None)
