"""Words in another language than whoever must read them: they go to the translators, with a limit of their own.

Invariant: nothing waits for a translation: the case goes to its unit at once, and what a unit writes to its reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.ports import Desk
from bot.rules.case import Case
from bot.rules.due import Due, RemindStaff, TellNoTranslator
from bot.rules.effect import NOTHING, Effects, Priority, Send, TranslationChange
from bot.rules.identity import Language
from bot.rules.message import TranslationWanted
from bot.rules.reminder import Moment, plan_translation
from bot.rules.staff import Staff
from bot.rules.translation import (
    CHINESE,
    Legible,
    Translation,
    language_of_words,
    legible,
    translators,
    translators_here,
    written_down,
)


@dataclass(frozen=True, slots=True)
class Text:
    """Words, or a voice, of a case, and from which language they are to go into which."""

    slot: str
    source: Language
    target: Language
    is_voice: bool = False


def heard(  # noqa: PLR0913, PLR0917 (who said what, and who is here)
    desk: Desk, case: Case, slot: str, text: str, language: Language | None, staff: Iterable[Staff], now: datetime
) -> tuple[Legible, Effects]:
    """Take words of a resident: return how officials read them now, and what that brings about.

    Args:
        language: the one that the resident chose.
    """
    source = language_of_words(text, language, desk.county.languages)
    if source == CHINESE:
        return Legible(text), NOTHING
    item, effects = ask_translation(desk, case, Text(slot, source, CHINESE), staff, now)
    return legible(text, item, None), effects


def voices_heard(
    desk: Desk, case: Case, kept: Iterable[str], language: Language | None, staff: Iterable[Staff], now: datetime
) -> tuple[tuple[Legible, ...], Effects]:
    """Have voices of a resident written down in Chinese, as nobody who handles the case ever hears them.

    Args:
        kept: the slots of the case in which they lie.
        language: the one that the resident chose; a voice of somebody who chose none is taken to be Chinese.

    Returns:
        How officials read them now, and what that brings about.
    """
    everyone, source, effects, items = tuple(staff), language or CHINESE, NOTHING, []
    for slot in kept:
        item, asked = ask_translation(desk, case, Text(slot, source, CHINESE, is_voice=True), everyone, now)
        effects += asked
        items.append(item)
    return written_down(items, {}), effects


def answered(
    desk: Desk, case: Case, said: tuple[str, str], languages: Iterable[Language], staff: Iterable[Staff], now: datetime
) -> tuple[tuple[Language, ...], Effects]:
    """Ask for what an official wrote to be put into the languages of those who read it; they get the Chinese at once.

    Args:
        said: the vault slot of the words, and the words.
        languages: of those behind the case.

    Returns:
        Into which a translation follows, and what asking for it brings about; nothing for words that are not Chinese.
    """
    (slot, text), everyone = said, tuple(staff)
    following: list[Language] = []
    effects = NOTHING
    if not text or language_of_words(text, None, desk.county.languages) != CHINESE:
        return (), effects
    for target in sorted({*languages} - {CHINESE}):
        item, asked = ask_translation(desk, case, Text(slot, CHINESE, target), everyone, now)
        effects += asked
        if item.has_translator:
            following.append(target)
    return tuple(following), effects


def ask_translation(
    desk: Desk, case: Case, text: Text, staff: Iterable[Staff], now: datetime
) -> tuple[Translation, Effects]:
    """Ask the translators of a language for a translation; with none of them here those who watch are told."""
    everyone = tuple(staff)
    clock = case.now.runs_round_the_clock
    limit_at, moments = plan_translation(now, desk.county.translation, desk.calendar, round_the_clock=clock)
    language = text.source if text.target == CHINESE else text.target
    item = Translation(
        case=case.number,
        slot=text.slot,
        source=text.source,
        target=text.target,
        asked_at=now,
        due_at=limit_at,
        is_voice=text.is_voice,
        is_urgent=clock,
        has_translator=bool(translators(language, everyone)),
    )
    here = translators_here(language, everyone, now)
    look = TellNoTranslator(language=language)
    nobody = () if here else (Due(key=no_translator_key(look), at=now, task=look),)
    return item, Effects(
        translations=(TranslationChange(None, item),),
        planned=(*_reminders(case, item, moments), *nobody),
        sends=tuple(
            Send(person, _wanted(case, item), Priority.ALARM if clock else Priority.NOTICE)
            for person in dict.fromkeys(each.person for each in here)
        ),
    )


def reminders_of(item: Translation) -> str:
    """Begin the name of everything that the clock does about a translation."""
    return f"{item.case}/translation/{item.place}/"


def no_translator_key(task: TellNoTranslator) -> str:
    """Name the look at a language that nobody here translates: there is one at a time."""
    return f"translator/{task.language}"


def _reminders(case: Case, item: Translation, moments: Sequence[Moment]) -> tuple[Due, ...]:
    return tuple(
        Due(
            key=reminders_of(item) + moment.stage,
            at=moment.at,
            task=RemindStaff(
                case=case.number,
                round=case.now.number,
                stage=moment.stage,
                to=moment.to,
                limit_at=item.due_at,
                text=item.place,
            ),
        )
        for moment in moments
    )


def _wanted(case: Case, item: Translation) -> TranslationWanted:
    return TranslationWanted(
        case=case.number,
        slot=item.slot,
        source=item.source,
        target=item.target,
        due_at=item.due_at,
        category=case.category,
        township=case.township,
        is_voice=item.is_voice,
        is_urgent=item.is_urgent,
    )
