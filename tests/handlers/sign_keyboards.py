"""The buttons under every message about warnings and integrity signals, as `test_keyboards` tries them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.message.sign import (
    SignAnswer,
    SignBodies,
    SignCard,
    SignList,
    SignMessage,
    SignNews,
    SignNote,
    SignReferral,
    SignStep,
    SignWordsWanted,
)
from handlers.callback import Button, ListSigns, OpenSign, ShowCase, TakeSign
from tests.locales.sample_values import DUE
from tests.locales.samples_sign import ASKED, CASES, COPIED, DRAFT_FILE, LETTER_FILE, REFERRED, SURGE
from tests.support.builders import TRANSPORT

NUMBER: Final = SURGE.number
BEHIND: Final[list[Button]] = [ShowCase(case) for case in CASES]

WITH_BUTTONS: Final[Mapping[str, tuple[SignMessage, list[list[Button]]]]] = {
    "news of signs": (SignNews(begun=(SURGE,), worse=(), over=()), [[OpenSign(NUMBER)], [ListSigns()]]),
    "signs": (SignList(signs=(SURGE,), page=1, total=13), [[OpenSign(NUMBER)], [ListSigns(0), ListSigns(2)]]),
    "no signs": (SignNews(begun=(), worse=(), over=(SURGE,)), [[ListSigns()]]),
    "a sign": (
        SignCard(sign=SURGE, cases=CASES, steps=(SignStep.DRAFT, SignStep.REFER, SignStep.CLOSE)),
        [
            [TakeSign(NUMBER, SignStep.DRAFT), TakeSign(NUMBER, SignStep.REFER)],
            [TakeSign(NUMBER, SignStep.CLOSE)],
            BEHIND,
            [ListSigns()],
        ],
    ),
    "a note being drafted": (
        SignNote(sign=COPIED, unit=TRANSPORT, cases=CASES, answer_by=DUE, words="", is_draft=True),
        [[TakeSign(NUMBER, SignStep.SEND), TakeSign(NUMBER, SignStep.PRINT)], [OpenSign(NUMBER)]],
    ),
    "a note to the unit": (
        SignNote(sign=COPIED, unit=TRANSPORT, cases=CASES, answer_by=DUE, words="", is_draft=False),
        [[TakeSign(NUMBER, SignStep.ANSWER), TakeSign(NUMBER, SignStep.PRINT)], BEHIND],
    ),
    "an answer to a note": (SignAnswer(sign=ASKED, words="已整改"), [[OpenSign(NUMBER)]]),
    "to whom it is referred": (
        SignBodies(sign=NUMBER, bodies=("discipline",)),
        [[TakeSign(NUMBER, SignStep.REFER, "discipline")]],
    ),
    "a letter of referral": (
        SignReferral(sign=REFERRED, body="discipline", words="请核查", answer=None),
        [[TakeSign(NUMBER, SignStep.LETTER)], BEHIND, [OpenSign(NUMBER)]],
    ),
}

WITHOUT_BUTTONS: Final[tuple[SignMessage, ...]] = (
    SignList(signs=(), page=0, total=0),
    DRAFT_FILE,
    LETTER_FILE,
    SignWordsWanted(sign=NUMBER, step=SignStep.DRAFT),
)
