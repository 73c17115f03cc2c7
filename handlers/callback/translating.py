"""Buttons with which translators work through what waits for them; `text` is an id of `bot.rules.translation.item_id`."""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class ListTexts(msgspec.Struct, frozen=True, array_like=True, tag="xl"):
    """Show a page of what waits to be translated."""

    page: int


class OpenText(msgspec.Struct, frozen=True, array_like=True, tag="xo"):
    """Show a text beside its translation."""

    text: str


class TakeText(msgspec.Struct, frozen=True, array_like=True, tag="xt"):
    """Be at a text from now on, or correct one's own translation of it."""

    text: str


class GiveTextBack(msgspec.Struct, frozen=True, array_like=True, tag="xg"):
    """Leave a text to the colleagues again."""

    text: str


class UseEarlier(msgspec.Struct, frozen=True, array_like=True, tag="xe"):
    """Take what was put together from earlier translations; `mark` tells the one that was shown from any other."""

    text: str
    mark: str


TranslatingButton: TypeAlias = ListTexts | OpenText | TakeText | GiveTextBack | UseEarlier
