"""Typed buttons: what a button means, as a value, and as the at most 64 bytes that Telegram keeps for it.

The first character is the version of the format; a button of another version, or one that nobody drew, is stale, and the
person is told so. What a button permits is decided when it is pressed, from what is true then.
"""

from __future__ import annotations

from typing import Final, TypeAlias, cast

import msgspec

from bot.errors import StaleButton
from bot.rules.county import Kind
from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber, CategoryId, Language, TownshipId
from bot.rules.message import Picking

VERSION: Final = "1"
LONGEST: Final = 64
"""Bytes of callback data (Bot API, InlineKeyboardButton)."""


class PickLanguage(msgspec.Struct, frozen=True, array_like=True, tag="l"):
    """Speak this language from now on."""

    language: Language


class Pick(msgspec.Struct, frozen=True, array_like=True, tag="p"):
    """Show a choice on the draft card, or go back from one."""

    picking: Picking


class PickKind(msgspec.Struct, frozen=True, array_like=True, tag="k"):
    """The draft is of this kind."""

    kind: Kind


class PickCategory(msgspec.Struct, frozen=True, array_like=True, tag="c"):
    """The draft is about this."""

    category: CategoryId


class PickTownship(msgspec.Struct, frozen=True, array_like=True, tag="t"):
    """The draft is about this place; None when the person cannot say."""

    township: TownshipId | None


class SendDraft(msgspec.Struct, frozen=True, array_like=True, tag="s"):
    """File the draft."""


class DiscardDraft(msgspec.Struct, frozen=True, array_like=True, tag="d"):
    """Throw the draft away."""


class ShowCase(msgspec.Struct, frozen=True, array_like=True, tag="o"):
    """Show a case."""

    case: CaseNumber


class AcceptCase(msgspec.Struct, frozen=True, array_like=True, tag="a"):
    """Sign for a case."""

    case: CaseNumber


class ResolveCase(msgspec.Struct, frozen=True, array_like=True, tag="r"):
    """Say that a case is done."""

    case: CaseNumber


class RateSolved(msgspec.Struct, frozen=True, array_like=True, tag="v"):
    """Answer whether a round of a case solved it."""

    case: CaseNumber
    round: int
    solved: Solved


class RateScore(msgspec.Struct, frozen=True, array_like=True, tag="n"):
    """Say how satisfied one is with a round of a case, 1 to 5."""

    case: CaseNumber
    round: int
    score: int


class GoOn(msgspec.Struct, frozen=True, array_like=True, tag="g"):
    """A partly solved case shall be worked on again."""

    case: CaseNumber
    round: int


class LetRest(msgspec.Struct, frozen=True, array_like=True, tag="e"):
    """A partly solved case shall rest."""

    case: CaseNumber
    round: int


class AnswerAdmin(msgspec.Struct, frozen=True, array_like=True, tag="y"):
    """Say whether a further admin may come in."""

    invitation: str
    is_welcome: bool


Button: TypeAlias = (
    PickLanguage
    | Pick
    | PickKind
    | PickCategory
    | PickTownship
    | SendDraft
    | DiscardDraft
    | ShowCase
    | AcceptCase
    | ResolveCase
    | RateSolved
    | RateScore
    | GoOn
    | LetRest
    | AnswerAdmin
)


def encode(button: Button) -> str:
    """Write a button as callback data.

    Raises:
        ValueError: it would be longer than Telegram keeps; an id of the county file is too long.
    """
    data = VERSION + msgspec.json.encode(button).decode()
    if len(data.encode()) > LONGEST:
        raise ValueError(f"a button of {len(data.encode())} bytes; {LONGEST} fit")
    return data


def decode(data: str | None) -> Button:
    """Read callback data.

    Raises:
        StaleButton: it is of another version, or no button of this program.
    """
    if data is None or not data.startswith(VERSION) or len(data) > LONGEST:
        raise StaleButton
    try:
        return cast("Button", msgspec.json.decode(data[1:].encode(), type=Button))
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise StaleButton from error
