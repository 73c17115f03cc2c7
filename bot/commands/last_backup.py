"""When the last good backup was made: a note beside the database, or beside the keys where the database is on a server."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from bot.settings import Settings, SqliteLocation

NOTE: Final = "last-backup.json"


class LastBackup(msgspec.Struct, frozen=True):
    """What is known of it; `entries` is how many the copy's ledger has."""

    at: datetime
    file: str
    entries: int


def note_backup(settings: Settings, backup: LastBackup) -> bool:
    """Write it down; say whether that was possible. A backup without its note is as good a backup."""
    place = _place(settings)
    unfinished = place.with_name(f"{NOTE}.unfinished")
    try:
        unfinished.write_bytes(msgspec.json.encode(backup))
        unfinished.replace(place)
    except OSError:
        return False
    return True


def last_backup(settings: Settings) -> LastBackup | None:
    """Return the last one that was noted; None when there is no note, or none that can be read."""
    try:
        found = msgspec.json.decode(_place(settings).read_bytes(), type=LastBackup)
    except (OSError, msgspec.DecodeError):
        return None
    return found if found.at.tzinfo is not None else msgspec.structs.replace(found, at=found.at.replace(tzinfo=UTC))


def _place(settings: Settings) -> Path:
    database = settings.database
    folder = database.path.parent if isinstance(database, SqliteLocation) else settings.key_file.parent
    return Path(os.path.abspath(folder)) / NOTE  # noqa: PTH100 (links stay as they are)
