"""Which buttons go under which message. What stands on them comes from the catalogues."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.rules.case import State
from bot.rules.county import County, Kind
from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber, Language
from bot.rules.message import (
    AdminWanted,
    ChooseLanguage,
    DraftCard,
    Message,
    MyCases,
    PartlyQuestion,
    Picking,
    RatingQuestion,
    ReminderNotice,
    ScoreQuestion,
    TaskList,
    TaskNotice,
)
from handlers.callback import (
    AcceptCase,
    AnswerAdmin,
    Button,
    DiscardDraft,
    GoOn,
    LetRest,
    Pick,
    PickCategory,
    PickKind,
    PickLanguage,
    PickTownship,
    RateScore,
    RateSolved,
    ResolveCase,
    SendDraft,
    ShowCase,
    encode,
)
from locales.wording import Label, Wording

Rows: TypeAlias = list[list[tuple[str, Button]]]

SCORES: Final = (Label.SCORE_5, Label.SCORE_4, Label.SCORE_3, Label.SCORE_2, Label.SCORE_1)
"""The best first, each with what it counts."""


class Keyboards:
    """Draws keyboards for a county."""

    def __init__(self, county: County, wording: Wording) -> None:
        self._county = county
        self._wording = wording

    def under(self, message: Message, language: Language) -> InlineKeyboardMarkup | None:
        """Draw the buttons of a message, or none."""
        rows = self._rows(message, language)
        if not rows:
            return None
        return InlineKeyboardMarkup(
            [[InlineKeyboardButton(text, callback_data=encode(button)) for text, button in row] for row in rows]
        )

    def _rows(self, message: Message, language: Language) -> Rows:
        match message:
            case ChooseLanguage():
                return [[(name, PickLanguage(choice))] for choice, name in self._wording.language_names()]
            case DraftCard():
                return self._draft(message, language)
            case RatingQuestion(case=case, round=attempt):
                return self._rating(case, attempt, language)
            case ScoreQuestion(case=case, round=attempt):
                return [
                    [(self._wording.label(label, language), RateScore(case, attempt, 5 - index))]
                    for index, label in enumerate(SCORES)
                ]
            case PartlyQuestion(case=case, round=attempt):
                return [
                    [(self._wording.label(Label.GO_ON, language), GoOn(case, attempt))],
                    [(self._wording.label(Label.LET_REST, language), LetRest(case, attempt))],
                ]
            case TaskNotice():
                return self._task(message, language)
            case TaskList(cases=lines) | MyCases(cases=lines):
                return self._cases((line.case for line in lines), language)
            case ReminderNotice(lines=reminders):
                return self._cases((line.case for line in reminders), language)
            case AdminWanted(invitation=invitation):
                labels = ((Label.LET_IN, True), (Label.KEEP_OUT, False))
                say = self._wording.label
                return [[(say(label, language), AnswerAdmin(invitation, answer)) for label, answer in labels]]
            case _:
                return []

    def _draft(self, card: DraftCard, language: Language) -> Rows:
        say = self._wording
        choices: list[tuple[str, Button]]
        match card.picking:
            case Picking.NOTHING:
                return self._card(card, language)
            case Picking.SENT:
                return []
            case Picking.KIND:
                choices = [(say.name_of_kind(kind, language), PickKind(kind)) for kind in Kind]
            case Picking.CATEGORY:
                choices = [(say.name_of_category(each, language), PickCategory(each)) for each in self._county.categories]
            case Picking.TOWNSHIP:
                choices = [(say.name_of_township(each, language), PickTownship(each)) for each in self._county.townships]
                choices.append((say.label(Label.UNKNOWN_TOWNSHIP, language), PickTownship(None)))
        return [*_in_columns(choices), [(say.label(Label.BACK, language), Pick(Picking.NOTHING))]]

    def _card(self, card: DraftCard, language: Language) -> Rows:
        say = self._wording
        kind = say.name_of_kind(card.kind, language)
        category = say.name_of_category(card.category, language)
        township = say.name_of_township(card.township, language)
        return [
            [(say.label(Label.PICK_CATEGORY, language, value=category), Pick(Picking.CATEGORY))],
            [
                (say.label(Label.PICK_KIND, language, value=kind), Pick(Picking.KIND)),
                (say.label(Label.PICK_TOWNSHIP, language, value=township), Pick(Picking.TOWNSHIP)),
            ],
            [(say.label(Label.SEND, language), SendDraft()), (say.label(Label.DISCARD, language), DiscardDraft())],
        ]

    def _rating(self, case: CaseNumber, attempt: int, language: Language) -> Rows:
        say = self._wording.label
        return [
            [(say(Label.SOLVED_YES, language), RateSolved(case, attempt, Solved.YES))],
            [(say(Label.SOLVED_PARTLY, language), RateSolved(case, attempt, Solved.PARTLY))],
            [(say(Label.SOLVED_NO, language), RateSolved(case, attempt, Solved.NO))],
        ]

    def _task(self, notice: TaskNotice, language: Language) -> Rows:
        accept = (self._wording.label(Label.ACCEPT, language), AcceptCase(notice.case))
        resolve = (self._wording.label(Label.RESOLVE, language), ResolveCase(notice.case))
        match notice.state:
            case State.ASSIGNED:
                return [[accept, resolve]]
            case State.ACCEPTED:
                return [[resolve]]
            case _:
                return []

    def _cases(self, numbers: Iterable[CaseNumber], language: Language) -> Rows:
        label = self._wording.label
        return [[(label(Label.SHOW_CASE, language, case=number), ShowCase(number))] for number in numbers]


def _in_columns(choices: Sequence[tuple[str, Button]]) -> Rows:
    """Put choices in two columns."""
    return [list(choices[start : start + 2]) for start in range(0, len(choices), 2)]
