"""What a translator writes about a case that was merged finds those who handle what it goes on as."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

import msgspec
import pytest

from bot.actions.translate_text import mark_of
from bot.rules.case import Case, State
from bot.rules.county import Role
from bot.rules.dialog import Idle, Translating
from bot.rules.entry import Merged
from bot.rules.identity import CaseNumber
from bot.rules.message import News, Standing, TaskNotice, TranslationCard
from bot.rules.translation import CHINESE, Translation
from handlers.callback import GiveTextBack, ListTexts, TakeText, UseEarlier, decode, encode
from handlers.conversations import open_conversations
from handlers.keyboards import Keyboards
from locales.catalogue import load_catalogues
from locales.wording import Wording
from tests.handlers.test_moved_on import BOT, taken_from
from tests.support.builders import FILED, NOW, NUMBER, OFFICER, UG, WORDS, case_in, county, entry, sender, staff
from tests.support.known import Known, desk

TRANSLATOR: Final = replace(staff(Role.TRANSLATOR, None), language=UG)
BETWEEN, LAST = CaseNumber("CB-2026-000007"), CaseNumber("CB-2026-000008")
UYGHUR: Final = "يول بۇزۇلدى"
MADE: Final = "路坏了"
WORDING: Final = Wording(county(), load_catalogues(county().languages))
TEXT: Final = Translation(NUMBER, "filed", UG, CHINESE, asked_at=NOW, due_at=NOW + timedelta(hours=4))


def merged(number: CaseNumber) -> Case:
    """Make a case that goes on as another one."""
    return msgspec.structs.replace(case_in(State.MERGED), number=number)


def known() -> Known:
    """Know of a case that goes on as another, and this as a third, which an officer has."""
    return Known(
        cases=[merged(NUMBER), merged(BETWEEN), msgspec.structs.replace(case_in(State.ACCEPTED), number=LAST)],
        entries={
            NUMBER: (entry(FILED), entry(Merged(into=BETWEEN))),
            BETWEEN: (entry(FILED, number=BETWEEN), entry(Merged(into=LAST), number=BETWEEN)),
            LAST: (entry(FILED, number=LAST),),
        },
        staff=[OFFICER, TRANSLATOR],
        words={(NUMBER, "filed"): UYGHUR, (LAST, "filed"): WORDS},
        translations=[TEXT],
        memory={UYGHUR: MADE},
    )


@pytest.mark.parametrize(
    "said", [{"text": MADE}, {"data": encode(UseEarlier(TEXT.id, mark_of(MADE)))}], ids=["written", "as earlier"]
)
async def test_whoever_handles_what_a_merged_case_goes_on_as_by_now_reads_it(said: dict[str, object]) -> None:
    """Also where that one was merged in its turn: over the words of the case that goes on."""
    person = sender(TRANSLATOR.person, TRANSLATOR, dialog=Translating(case=NUMBER, text=TEXT.id))
    effects = await open_conversations(desk(known()), BOT).decide(taken_from(said, person), NOW)
    notices = [(each.to, each.message) for each in effects.sends if isinstance(each.message, TaskNotice)]
    ((reader, notice),) = notices
    assert (reader, notice.case, notice.news) == (OFFICER.person, LAST, News.MERGED_READABLE)
    assert (notice.words, notice.said) == (WORDS, MADE)
    assert [(words.case, words.slot) for words in effects.words] == [(NUMBER, TEXT.place)]


OTHER: Final = replace(staff(Role.TRANSLATOR, None, "other"), language=UG)
TAKEN_OVER: Final = replace(TEXT, version=3, taken_by=OTHER.id, taken_at=NOW)
TRANSLATED: Final = replace(TAKEN_OVER, done_by=OTHER.id, done_role=Role.TRANSLATOR, done_at=NOW)


@pytest.mark.parametrize(
    ("said", "item", "standing", "after"),
    [
        ({"text": MADE}, TAKEN_OVER, Standing.TAKEN, [TakeText, ListTexts]),
        ({"text": MADE}, TRANSLATED, Standing.DONE, [ListTexts]),
        ({"data": encode(TakeText(TEXT.id))}, TRANSLATED, Standing.DONE, [ListTexts]),
        ({"data": encode(GiveTextBack(TEXT.id))}, TAKEN_OVER, Standing.TAKEN, [TakeText, ListTexts]),
    ],
    ids=["written, taken over", "written, translated", "taken, translated", "given back, taken over"],
)
async def test_whoever_comes_after_a_colleague_sees_how_it_stands_and_goes_on(
    said: dict[str, object], item: Translation, standing: Standing, after: list[type]
) -> None:
    """Their words are not taken; what stands now does, with the list, and the text itself where it can be taken over."""
    house = replace(known(), translations=[item], staff=[OFFICER, TRANSLATOR, OTHER])
    house.words[NUMBER, item.place] = MADE
    person = sender(TRANSLATOR.person, TRANSLATOR, dialog=Translating(case=NUMBER, text=TEXT.id))
    effects = await open_conversations(desk(house), BOT).decide(taken_from(said, person), NOW)
    (card,) = [each.message for each in effects.sends if isinstance(each.message, TranslationCard)]
    assert (card.standing, card.is_missed) == (standing, True)
    assert (effects.words, effects.translations, effects.entries, effects.dialog) == ((), (), (), Idle())
    drawn = Keyboards(county(), WORDING).under(card, CHINESE)
    assert drawn is not None
    assert [type(decode(key.callback_data)) for row in drawn.inline_keyboard for key in row] == after
    for language, words in ((CHINESE, "同事先了一步"), (UG, "خىزمەتدىشىڭىز بىر قەدەم ئالدىدا")):
        assert words in WORDING.parts(card, language, NOW)[0]
