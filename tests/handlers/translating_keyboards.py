"""Which buttons go under what translators read."""

from __future__ import annotations

from typing import Final

import msgspec

from bot.rules.message import (
    Message,
    NoTranslator,
    Standing,
    TranslationList,
    WordsTranslated,
)
from bot.rules.translation import CHINESE, item_id
from handlers.callback import (
    Button,
    GiveTextBack,
    ListTexts,
    OpenText,
    TakeText,
    UseEarlier,
)
from tests.handlers.keyboard_samples import (
    TEXT,
)
from tests.locales.samples_translating import CARD as TEXT_CARD
from tests.locales.samples_translating import WANTED
from tests.support.builders import (
    NUMBER,
    TRANSPORT,
    UG,
)

WITH_BUTTONS: Final[dict[str, tuple[Message, list[list[Button]]]]] = {
    "translation wanted": (WANTED, [[OpenText(item_id(NUMBER, "filed", CHINESE))]]),
    "texts to translate": (
        TranslationList(lines=(TEXT,), total=9, page=0, done=(TEXT,)),
        [[OpenText("0123456789ab")], [ListTexts(1)], [OpenText("0123456789ab")]],
    ),
    "texts to translate, the last page": (
        TranslationList(lines=(TEXT,), total=9, page=1, done=()),
        [[OpenText("0123456789ab")], [ListTexts(0)]],
    ),
    "a text that is free": (TEXT_CARD, [[TakeText("0123456789ab")], [ListTexts(0)]]),
    "a text of one's own": (
        msgspec.structs.replace(TEXT_CARD, standing=Standing.MINE),
        [[TakeText("0123456789ab"), GiveTextBack("0123456789ab")], [ListTexts(0)]],
    ),
    "a text that was translated before": (
        msgspec.structs.replace(TEXT_CARD, whole="路坏了", mark="01234567"),
        [[TakeText("0123456789ab")], [UseEarlier("0123456789ab", "01234567")], [ListTexts(0)]],
    ),
    "a text that a colleague translated": (msgspec.structs.replace(TEXT_CARD, standing=Standing.DONE), [[ListTexts(0)]]),
}

WITHOUT_BUTTONS: Final[tuple[Message, ...]] = (
    NoTranslator(language=UG, waiting=1, late=0, is_away=False),
    WordsTranslated(case=NUMBER, unit=TRANSPORT, words="周五来修", original="周五来修", is_corrected=False),
)
