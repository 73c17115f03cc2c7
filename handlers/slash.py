"""Commands as people type them: behind a wide slash, by another name, in their own language.

Telegram marks as a command what stands behind a plain slash in Latin letters; to whoever types Chinese the wide one lies
under the same key. Invariant: a name that only sounds like a command opens a page, and never throws anything away.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any, Final

WIDE: Final = "\uff0f"

SLASHES: Final = ("/", WIDE)

NAMED: Final = re.compile(rf"[/{WIDE}]([A-Za-z]\w{{0,31}}(?:@\w+)?)(?!\w)", re.ASCII)
"""A name behind a slash of either kind, and perhaps the bot that it is for."""

APART: Final = re.compile(rf"[/{WIDE}]\s+(\w+)\s*", re.ASCII)
"""A message that is nothing but a slash, a space and a name."""

LONGEST: Final = 12
"""Signs of one word behind a slash that is meant as a command though Telegram knows it as none: /投诉."""

OTHER_NAMES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("status", "track", "tracking", "progress", "cases", "case", "list", "mine", "query", "jindu"), "my"),
    **dict.fromkeys(("report", "complain", "complaint", "tousu", "write", "create", "add", "submit"), "new"),
    **dict.fromkeys(("lang", "languages", "yuyan", "til"), "language"),
    **dict.fromkeys(("stop", "exit", "quit", "abort"), "cancel"),
    **dict.fromkeys(("menu", "info", "about", "commands", "bangzhu", "yardem"), "help"),
    **dict.fromkeys(("begin", "restart", "hello"), "start"),
    **dict.fromkeys(("rating", "evaluate", "feedback"), "rate"),
    **dict.fromkeys(("setting", "options", "config"), "settings"),
    **dict.fromkeys(("data", "export"), "mydata"),
    **dict.fromkeys(("delete", "erase"), "forget"),
    **dict.fromkeys(("receipt", "receipts"), "proof"),
    **dict.fromkeys(("task", "todo"), "tasks"),
    **dict.fromkeys(("search",), "find"),
    **dict.fromkeys(("call", "phone"), "hotline"),
    **dict.fromkeys(("report_week", "weekly", "week"), "digest"),
}
"""What commands are called by those who know other bots, or guess."""

ONLY_BY_NAME: Final = frozenset({"cancel", "forget", "new", "start", "reload"})
"""What is not opened by a name that is only like it, as something would be thrown away or begun."""

ALIKE: Final = 0.75


def with_plain_slash(update: dict[str, Any]) -> dict[str, Any]:
    """Mark as a command what begins with a wide slash, or with a space behind its slash, as Telegram marks the others."""
    message = update.get("message")
    if not isinstance(message, dict) or message.get("entities"):
        return update
    text = message.get("text")
    if not isinstance(text, str) or not text.startswith(SLASHES):
        return update
    named = NAMED.match(text) or APART.fullmatch(text)
    if named is None:
        return update
    mark = {"type": "bot_command", "offset": 0, "length": len(named[1]) + 1}
    plain = f"/{named[1]}{text[named.end() :]}"
    return {**update, "message": {**message, "text": plain, "entities": [mark]}}


def meant(name: str, known: Collection[str]) -> str | None:
    """Say which command a name that is none is meant for: by another name of it, or one that was typed wrong."""
    lowered = name.lower()
    if (named := OTHER_NAMES.get(lowered, lowered)) in known:
        return named
    like = get_close_matches(lowered, [each for each in known if each not in ONLY_BY_NAME], n=1, cutoff=ALIKE)
    return like[0] if like else None


def is_meant_so(text: str) -> bool:
    """Say whether a text is one word behind a slash, meant as a command though Telegram knows it as none."""
    return text.startswith(SLASHES) and len(text) <= LONGEST and not any(map(str.isspace, text))
