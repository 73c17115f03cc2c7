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
from bot.rules.dialog import Translating
from bot.rules.entry import Merged
from bot.rules.identity import CaseNumber
from bot.rules.message import News, TaskNotice
from bot.rules.translation import CHINESE, Translation
from handlers.callback import UseEarlier, encode
from handlers.conversations import open_conversations
from tests.handlers.test_moved_on import BOT, taken_from
from tests.support.builders import FILED, NOW, NUMBER, OFFICER, UG, WORDS, case_in, entry, sender, staff
from tests.support.known import Known, desk

TRANSLATOR: Final = replace(staff(Role.TRANSLATOR, None), language=UG)
BETWEEN, LAST = CaseNumber("CB-2026-000007"), CaseNumber("CB-2026-000008")
UYGHUR: Final = "يول بۇزۇلدى"
MADE: Final = "路坏了"
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
