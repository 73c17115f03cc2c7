"""One message of every kind about translating, and of every turn it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from bot.rules.county import Role
from bot.rules.identity import CaseNumber, Language, StaffId
from bot.rules.message import (
    Earlier,
    Message,
    NoTranslator,
    RatingQuestion,
    ReminderNotice,
    Standing,
    TextLine,
    TranslationCard,
    TranslationList,
    TranslationWanted,
    UnitWrote,
    WordsTranslated,
)
from bot.rules.translation import CHINESE, Legible, Rendered, Rendering
from tests.locales.county import QIONGBOLA, ROADS, SJO, TRANSPORT, UG
from tests.locales.sample_values import DUE, NOW, NUMBER, UYGHUR_WORDS, WORDS
from tests.locales.samples_official import reminder_line, task

SOON, LATE = NOW + timedelta(hours=2), NOW - timedelta(minutes=40)


def rendering(state: Rendered) -> Rendering:
    """Make what is said beside words of a resident."""
    is_done = state is Rendered.DONE
    role, staff = (Role.TRANSLATOR, StaffId("s-012345678901")) if is_done else (None, None)
    return Rendering(state=state, at=LATE if is_done else SOON, role=role, staff=staff)


def line(number: int, source: Language, target: Language, *, mine: bool = False, voice: bool = False) -> TextLine:
    """Make a line of a translator's list."""
    return TextLine(
        text="0123456789ab",
        case=CaseNumber(f"CB-2026-{number:06}"),
        source=source,
        target=target,
        due_at=SOON if number % 2 else LATE,
        is_voice=voice,
        is_taken=mine or number % 3 == 0,
        is_mine=mine,
    )


CARD = TranslationCard(
    text="0123456789ab",
    case=NUMBER,
    source=UG,
    target=CHINESE,
    due_at=SOON,
    category=ROADS,
    township=QIONGBOLA,
    is_voice=False,
    standing=Standing.FREE,
    original=UYGHUR_WORDS,
    translation=None,
)

WANTED = TranslationWanted(
    case=NUMBER,
    slot="filed",
    source=UG,
    target=CHINESE,
    due_at=SOON,
    category=ROADS,
    township=QIONGBOLA,
    is_voice=False,
    is_urgent=False,
)


def translating() -> Iterator[tuple[str, Message]]:
    """Yield every message to translators, and what others read of their work."""
    yield "translation wanted", WANTED
    yield "translation wanted at once", msgspec.structs.replace(WANTED, is_urgent=True, is_voice=True, due_at=LATE)
    lines = (line(1, UG, CHINESE), line(2, CHINESE, SJO, mine=True), line(3, UG, CHINESE, voice=True))
    yield "translation list", TranslationList(lines=lines, total=12, page=0, done=(line(7, UG, CHINESE),))
    yield "translation list, only what was done", TranslationList(lines=(), total=0, page=0, done=(line(8, SJO, CHINESE),))
    yield "translation list, second page", TranslationList(lines=lines[:1], total=9, page=1, done=())
    yield "translation card", CARD
    for standing in (Standing.MINE, Standing.TAKEN):
        yield f"translation card, {standing}", msgspec.structs.replace(CARD, standing=standing, due_at=LATE)
    for standing in (Standing.WRITTEN, Standing.DONE):
        yield f"translation card, {standing}", msgspec.structs.replace(CARD, standing=standing, translation=WORDS)
    missed = msgspec.structs.replace(CARD, standing=Standing.DONE, translation=WORDS, is_missed=True)
    yield "translation card, a colleague was quicker", missed
    yield (
        "translation card of a voice",
        msgspec.structs.replace(CARD, is_voice=True, original="", source=CHINESE, due_at=DUE),
    )
    earlier = (Earlier(sentence=UYGHUR_WORDS, translation=WORDS),)
    yield "translation card, translated before", msgspec.structs.replace(CARD, earlier=earlier, whole=WORDS, mark="01234567")
    yield "translation card, a sentence translated before", msgspec.structs.replace(CARD, earlier=earlier)
    yield "nobody translates", NoTranslator(language=SJO, waiting=3, late=1, is_away=False)
    yield "nobody writes down voices", NoTranslator(language=CHINESE, waiting=2, late=0, is_away=False)
    yield "a voice that is still being fetched", msgspec.structs.replace(CARD, is_voice=True, original="", is_here=False)
    yield "all translators away", NoTranslator(language=UG, waiting=1, late=0, is_away=True)
    for state in Rendered:
        words = "" if state is Rendered.AWAITED else WORDS if state is Rendered.DONE else UYGHUR_WORDS
        yield f"task, words {state}", msgspec.structs.replace(task(words), rendering=rendering(state))
    spoken = tuple(Legible(text, rendering(state)) for text, state in ((WORDS, Rendered.DONE), ("", Rendered.AWAITED)))
    yield "task with voices", msgspec.structs.replace(task(""), spoken=spoken)
    said = msgspec.structs.replace(task(), said=WORDS, said_rendering=rendering(Rendered.DONE))
    yield "task, addition translated", said
    yield (
        "task, addition being translated",
        msgspec.structs.replace(task(), said=None, said_rendering=rendering(Rendered.AWAITED)),
    )
    told = WordsTranslated(case=NUMBER, unit=TRANSPORT, words=UYGHUR_WORDS, original=WORDS, is_corrected=False)
    yield "words translated", told
    following = (UG, SJO)
    wrote = UnitWrote(case=NUMBER, unit=TRANSPORT, words=WORDS, stock=None, is_for_all=False, following=following)
    yield "unit wrote, translation follows", wrote
    asked = RatingQuestion(case=NUMBER, round=1, unit=TRANSPORT, answer=WORDS, is_repeated=False, following=following)
    yield "rating question, translation follows", asked
    yield (
        "rating question, translated",
        msgspec.structs.replace(asked, is_repeated=True, following=(), translations=((UG, UYGHUR_WORDS),)),
    )
    yield "words translated anew", msgspec.structs.replace(told, is_corrected=True)


def translation_reminders() -> Iterator[tuple[str, Message]]:
    """Yield reminders of what waits to be translated: before its limit, at it, after it."""
    lines = (
        reminder_line(21, "translation:before:50%", SOON),
        reminder_line(22, "translation:overdue:0h", NOW),
        reminder_line(23, "translation:overdue:4h", LATE),
    )
    yield "reminders of translations", ReminderNotice(lines=lines)
