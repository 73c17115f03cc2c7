"""Commands as people type them: behind a wide slash, by another name, in their own language.

Telegram marks as a command what stands behind a plain slash in Latin letters; to whoever types Chinese the wide one lies
under the same key. Invariant: a name that only sounds like a command opens a page, and never throws anything away.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches
from typing import Any, Final

from handlers.names import command_called

WIDE: Final = "\uff0f"

SLASHES: Final = ("/", WIDE)

NAMED: Final = re.compile(rf"[/{WIDE}]([A-Za-z]\w{{0,31}}(?:@\w+)?)(?!\w)", re.ASCII)
"""A name behind a slash of either kind, and perhaps the bot that it is for."""

APART: Final = re.compile(rf"[/{WIDE}]\s+(\w+)\s*", re.ASCII)
"""A message that is nothing but a slash, a space and a name."""

OF_THEIR_OWN: Final = re.compile(rf"[/{WIDE}](\w+)")
"""A name in any script behind a slash of either kind."""

OF_THEIR_OWN_APART: Final = re.compile(rf"[/{WIDE}]\s+(\w+)\s*")
"""A message that is nothing but a slash, a space and a name in any script."""

LONGEST: Final = 12
"""Signs of one word behind a slash that is meant as a command, though Telegram and we know it as none: /我家."""

ONLY_BY_NAME: Final = frozenset({"cancel", "forget", "new", "start", "reload"})
"""What is not opened by a name that is only like it, as something would be thrown away or begun."""

ALIKE: Final = 0.75


def with_plain_slash(update: dict[str, Any]) -> dict[str, Any]:
    """Mark as a command what Telegram does not: behind a wide slash, a slash and a space, or by a name in another script."""
    message = update.get("message")
    if not isinstance(message, dict) or message.get("entities"):
        return update
    text = message.get("text")
    if not isinstance(text, str) or not text.startswith(SLASHES):
        return update
    named = NAMED.match(text) or APART.fullmatch(text) or _in_their_own_script(text)
    if named is None:
        return update
    mark = {"type": "bot_command", "offset": 0, "length": len(named[1]) + 1}
    plain = f"/{named[1]}{text[named.end() :]}"
    return {**update, "message": {**message, "text": plain, "entities": [mark]}}


def _in_their_own_script(text: str) -> re.Match[str] | None:
    """Find a name that calls a command in Chinese or Uyghur; other words behind a slash are words."""
    named = OF_THEIR_OWN.match(text) or OF_THEIR_OWN_APART.fullmatch(text)
    return None if named is None or command_called(named[1]) is None else named


def meant(name: str, known: Collection[str]) -> str | None:
    """Say which command a name that is none is meant for: by another name of it, or one that was typed wrong."""
    lowered = name.lower()
    if (named := command_called(name) or lowered) in known:
        return named
    like = get_close_matches(lowered, [each for each in known if each not in ONLY_BY_NAME], n=1, cutoff=ALIKE)
    return like[0] if like else None


def is_meant_so(text: str) -> bool:
    """Say whether a text is one word behind a slash, meant as a command though Telegram knows it as none."""
    return text.startswith(SLASHES) and len(text) <= LONGEST and not any(map(str.isspace, text))
