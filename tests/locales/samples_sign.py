"""One message of every kind about warnings and integrity signals, and of every turn it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from bot.rules.case import State
from bot.rules.entry import Channel, Solved
from bot.rules.identity import CaseNumber, SignNumber
from bot.rules.message.sign import (
    SignAnswer,
    SignBodies,
    SignCard,
    SignCase,
    SignLetterFile,
    SignList,
    SignMessage,
    SignNews,
    SignNote,
    SignNoteFile,
    SignReferral,
    SignStep,
    SignWordsWanted,
)
from bot.rules.warning import EVERYWHERE, SIGNALS, Grade, SignKind, Subject
from bot.rules.warning_life import Sign, Standing
from tests.locales.county import QIONGBOLA, ROADS, TRANSPORT
from tests.locales.sample_values import DUE

CASES = (CaseNumber("CB-2026-000123"), CaseNumber("CB-2026-000124"))
EVIL = "<b>&\n\u202eلەنەت"


def sign(kind: SignKind, grade: Grade = Grade.NEAR) -> Sign:
    """Make a sign of a kind."""
    about = {
        SignKind.SURGE: Subject(category=ROADS, township=QIONGBOLA),
        SignKind.PLACE: Subject(category=ROADS, township=QIONGBOLA, case=CASES[0]),
        SignKind.URGED: Subject(case=CASES[0]),
        SignKind.TRANSFERRED: Subject(case=CASES[0]),
        SignKind.SILENT: Subject(channel=Channel.HOTLINE),
        SignKind.TRANSLATORS: Subject(),
    }
    return Sign(
        number=SignNumber("YJ-2026-00012"),
        version=1,
        kind=kind,
        subject=about.get(kind, Subject(unit=TRANSPORT)),
        unit=None if kind in {SignKind.SILENT, SignKind.TRANSLATORS} else TRANSPORT,
        grade=grade,
        peak=grade,
        n=12,
        of=40,
        usual=25,
        days=28,
        cases=CASES,
        raised_at=DUE - timedelta(days=9),
        graded_at=DUE - timedelta(days=9),
    )


SURGE, COPIED = sign(SignKind.SURGE), sign(SignKind.COPIED, Grade.BEHIND)
ASKED = msgspec.structs.replace(COPIED, standing=Standing.ASKED, answer_by=DUE)
LONG = msgspec.structs.replace(COPIED, raised_at=DUE - timedelta(days=400))
OVER = msgspec.structs.replace(SURGE, over_at=DUE, standing=Standing.CLOSED, closed_at=DUE)
REFERRED = msgspec.structs.replace(COPIED, body="discipline", standing=Standing.ANSWERED, grade=Grade.OVERDUE)
NOTE = SignNote(sign=COPIED, unit=TRANSPORT, cases=CASES, answer_by=DUE, words="", is_draft=True)
NOTED = (
    SignCase(number=CASES[0], category=ROADS, filed_at=DUE - timedelta(days=40), due_at=DUE, state=State.ACCEPTED),
    SignCase(number=CASES[1], category=ROADS, filed_at=DUE - timedelta(days=400), due_at=None, state=State.RESOLVED),
)
EVIDENCE = (
    SignCase(
        number=CASES[0],
        category=ROADS,
        filed_at=DUE - timedelta(days=40),
        due_at=DUE,
        state=State.ACCEPTED,
        accepted_at=DUE - timedelta(days=39),
        resolved_at=DUE - timedelta(days=30),
        attempts=2,
        extensions=1,
        solved=Solved.NO,
        score=1,
    ),
    SignCase(
        number=CASES[1],
        category=ROADS,
        filed_at=DUE - timedelta(days=400),
        due_at=DUE + timedelta(days=3),
        state=State.CLOSED,
        accepted_at=DUE - timedelta(days=399),
        resolved_at=DUE - timedelta(days=399),
        solved=Solved.YES,
    ),
)
DRAFT_FILE = SignNoteFile(note=NOTE, cases=NOTED)
SENT_FILE = SignNoteFile(
    note=msgspec.structs.replace(NOTE, sign=ASKED, words=EVIL, is_draft=False),
    cases=NOTED[:1],
    sent_at=DUE - timedelta(days=2),
    answer=EVIL,
)


LETTER = SignReferral(sign=REFERRED, body="discipline", words=EVIL, answer=EVIL)
LETTER_FILE = SignLetterFile(letter=LETTER, cases=EVIDENCE)
BARE_FILE = SignLetterFile(letter=SignReferral(sign=REFERRED, body="gone", words="", answer=None), cases=NOTED[1:])


def signs() -> Iterator[tuple[str, SignMessage]]:
    """Yield every message with a name for it."""
    for kind in SignKind:
        steps = (SignStep.DRAFT, *((SignStep.REFER,) if kind in SIGNALS else ()), SignStep.CLOSE)
        yield f"sign card, {kind.value}", SignCard(sign=sign(kind), cases=CASES, steps=steps)
    everywhere = msgspec.structs.replace(SURGE, subject=Subject(category=ROADS, township=EVERYWHERE))
    without_a_past = msgspec.structs.replace(sign(SignKind.BEHIND, Grade.OVERDUE), usual=None)
    yield "sign card, everywhere", SignCard(sign=everywhere, cases=(), steps=())
    yield "sign card, no past", SignCard(sign=without_a_past, cases=(), steps=())
    not_a_day_old = msgspec.structs.replace(sign(SignKind.OLD), days=0)
    yield "sign card, not a day old", SignCard(sign=not_a_day_old, cases=CASES, steps=())
    said = SignCard(sign=OVER, cases=(), steps=(), note=EVIL, answer=EVIL, referral=EVIL, closing=EVIL)
    yield "sign card, all said", said
    yield "sign card, asked", SignCard(sign=ASKED, cases=CASES, steps=(SignStep.ANSWER,))
    yield "sign card, cases as they stand", SignCard(sign=SURGE, cases=CASES, steps=(), behind=(*NOTED, *EVIDENCE))
    yield "sign card, more cases", SignCard(sign=SURGE, cases=CASES, steps=(), behind=EVIDENCE[:1])
    yield "sign letter, to print", LETTER_FILE
    yield "sign card, referred", SignCard(sign=REFERRED, cases=CASES, steps=(SignStep.CLOSE,))
    yield "sign news", SignNews(begun=(SURGE, COPIED), worse=(ASKED,), over=(OVER,), more=3)
    yield "sign news, begun", SignNews(begun=(SURGE,), worse=(), over=())
    yield "sign news, over", SignNews(begun=(), worse=(), over=(OVER,))
    yield "sign news, signals", SignNews(begun=(COPIED,), worse=(), over=())
    yield "sign list", SignList(signs=(SURGE, ASKED, OVER), page=1, total=13, signals=4)
    yield "sign list, signals", SignList(signs=(COPIED, LONG), page=0, total=2, signals=2)
    yield "sign list, empty, of a unit", SignList(signs=(), page=0, total=0, unit=TRANSPORT)
    yield "sign list, empty", SignList(signs=(), page=0, total=0, history=5)
    yield "sign list, of a unit", SignList(signs=(SURGE,), page=0, total=1, unit=TRANSPORT)
    for is_draft in (True, False):
        for words in ("", EVIL):
            yield (
                f"sign note, draft {is_draft}, added {bool(words)}",
                SignNote(sign=COPIED, unit=TRANSPORT, cases=CASES, answer_by=DUE, words=words, is_draft=is_draft),
            )
    yield "sign answer", SignAnswer(sign=ASKED, words=EVIL)
    yield "sign answer, late", SignAnswer(sign=ASKED, words=None)
    yield "sign file, draft", DRAFT_FILE
    yield "sign file, sent", SENT_FILE
    for step in sorted(set(SignStep) - {SignStep.PRINT, SignStep.LETTER}):
        yield f"sign words, {step.value}", SignWordsWanted(sign=SURGE.number, step=step, body="discipline")
    yield "sign bodies", SignBodies(sign=COPIED.number, bodies=("discipline",))
    yield "sign referral", LETTER
    yield "sign referral, unanswered", SignReferral(sign=REFERRED, body="discipline", words=EVIL, answer=None)
