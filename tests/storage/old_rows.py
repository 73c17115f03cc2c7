"""What a database of the first schema held: it is still there after every migration since."""

from __future__ import annotations

from typing import Final

CASE_END: Final = ("normal", None, 0, 1, None, 1, 2)
OLD_ROWS: Final[dict[str, tuple[object, ...]]] = {
    "ledger": (1, "2026-11-24T04:00:00Z", "invited", 1, None, "system", "{}", b"s", b"e", b"c"),
    "tree": (1, 0, b"h"),
    "checkpoints": (1, "text", 1),
    "cases": ("CB-2026-000001", 1, "assigned", "complaint", "roads", None, "transport", "bot", *CASE_END),
    "rounds": ("CB-2026-000001", 1, 1, "accept 2h, handle 7d", 1, 2, None, None, None, None),
    "ratings": ("CB-2026-000001", 1, 1, "yes", 5, 3),
    "reminders": ("CB-2026-000001", 1, "before:1d", "s-1", "officer", 4, None),
    "keys": ("person:p-1", 1, b"w"),
    "persons": ("p-1", b"k", b"c", "ug", None, 1, None),
    "voices": ("CB-2026-000001", 1, "p-1"),
    "words": ("CB-2026-000001", "filed", b"b"),
    "staff": ("s-1", "p-2", "officer", "transport", None, 1, None),
    "invitations": ("d", "admin", None, None, 1, None, None),
    "inbox": (1, 7, b"k", b"b", 1, 0, None, None, None),
    "dialogs": ("p-1", b"s"),
    "due": ("CB-2026-000001/1/before:1d", 1, "{}"),
    "outbox": (1, "p-1", 1, b"b", None, None, None, 1, 1, 0, None, None, None),
    "anchors": ("p-1", "draft", 5),
    "counters": ("CB-2026", 1),
    "meta": ("bot_username", "bot"),
}
"""A row of each table of the first schema, as its columns stood."""

MEASURES_AT: Final = 37
"""The last schema that did not keep for which unit a measure's date counts."""

_FACTS: Final = '{"due_at":"2026-11-24T11:00:00Z","proposal":"JY-2026-00001","staff":"s-1","unit":%s,"words":null}'
MEASURE_ENTRIES: Final = tuple(
    (seq, at, "measure_set", 1, None, "s-1", _FACTS % unit, b"s", b"e", b"c")
    for seq, at, unit in (
        (2, "2026-11-20T04:00:00Z", '"water"'),
        (3, "2026-11-24T10:59:59Z", '"transport"'),
        (4, "2026-11-24T11:00:00Z", "null"),
    )
)
"""A measure that was handed on twice, once in time and once when its date had come, as the ledger has it."""

OLD_MEASURE: Final = ("JY-2026-00001", 4, "water", "kan", None, 1, 2, 3, None, 1, 0, '{"owner_unit":null}')
OLD_NOTE: Final = ("JY-2026-00002", 1, "water", "kan", None, 1, None, None, None, 1, 0, '{"owner_unit":null}')
"""A measure, and a proposal that is none yet, as that schema had them."""
