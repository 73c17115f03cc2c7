"""The buttons under every message about proposals from field visits and measures, as `test_keyboards` tries them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from bot.rules.measure import FARTHEST, MeasureStep
from bot.rules.message.measure import MeasureCard, MeasureLine, MeasureList, MeasureMessage, MeasureNews, MeasureWordsWanted
from handlers.callback import Button, ChooseMeasure, ListProposals, NoteProposal, OpenProposal, TakeMeasure
from tests.locales.samples_measure import CHIEF, CHOICE, COLLEAGUE, MYSELF, NOTED, NUMBER, SET, WORDS

TODAY, ON, ME = CHOICE.today, CHOICE.due_on, MYSELF.staff
ALL: Final[list[Button]] = [ListProposals()]
PEOPLE: Final[list[Button]] = [
    ChooseMeasure(NUMBER, CHIEF.staff, ON, is_final=False),
    ChooseMeasure(NUMBER, COLLEAGUE.staff, ON, is_final=False),
]
DAYS: Final[list[list[Button]]] = [
    [ChooseMeasure(NUMBER, ME, TODAY + days, is_final=False) for days in pair] for pair in ((14, 30), (60, 90))
]


def moved(*days: int) -> list[Button]:
    """Return the buttons that move the date."""
    return [ChooseMeasure(NUMBER, ME, day, is_final=False) for day in days]


FINAL: Final[list[list[Button]]] = [[ChooseMeasure(NUMBER, ME, ON, is_final=True)], [OpenProposal(NUMBER)]]

WITH_BUTTONS: Final[Mapping[str, tuple[MeasureMessage, list[list[Button]]]]] = {
    "a proposal just noted": (
        MeasureCard(proposal=NOTED, news=MeasureNews.NOTED, words=WORDS, steps=(MeasureStep.SET, MeasureStep.DROP)),
        [[TakeMeasure(NUMBER, MeasureStep.SET), TakeMeasure(NUMBER, MeasureStep.DROP)], [NoteProposal(NOTED.visit)], ALL],
    ),
    "a proposal for others": (MeasureCard(proposal=NOTED, news=MeasureNews.NOTED, words=WORDS), [ALL]),
    "a measure": (
        MeasureCard(proposal=SET, news=MeasureNews.SOON, words=WORDS, steps=(MeasureStep.DONE,)),
        [[TakeMeasure(NUMBER, MeasureStep.DONE)], ALL],
    ),
    "a choice": (CHOICE, [PEOPLE, *DAYS, moved(ON - 7, ON + 7), *FINAL]),
    "the earliest day": (
        msgspec.structs.replace(CHOICE, due_on=TODAY + 1, options=()),
        [*DAYS, moved(TODAY + 8), [ChooseMeasure(NUMBER, ME, TODAY + 1, is_final=True)], [OpenProposal(NUMBER)]],
    ),
    "the latest day": (
        msgspec.structs.replace(CHOICE, due_on=TODAY + FARTHEST, options=()),
        [
            *DAYS,
            moved(TODAY + FARTHEST - 7),
            [ChooseMeasure(NUMBER, ME, TODAY + FARTHEST, is_final=True)],
            [OpenProposal(NUMBER)],
        ],
    ),
    "a date that has passed": (msgspec.structs.replace(CHOICE, is_change=True, is_fixed=True), [PEOPLE, *FINAL]),
    "nobody chosen": (
        msgspec.structs.replace(CHOICE, owner=None, options=(CHIEF,), is_fixed=True),
        [[ChooseMeasure(NUMBER, CHIEF.staff, ON, is_final=False)], [OpenProposal(NUMBER)]],
    ),
    "measures": (
        MeasureList(lines=(MeasureLine(SET, WORDS, is_late=True),), page=1, total=13, late=1),
        [[OpenProposal(NUMBER)], [ListProposals(0), ListProposals(2)]],
    ),
}

WITHOUT_BUTTONS: Final[tuple[MeasureMessage, ...]] = (
    MeasureList(lines=(), page=0, total=0, late=0),
    MeasureWordsWanted(number=NUMBER, step=MeasureStep.DONE),
)
