"""A file that is prepared beside another and takes its place whole: whoever looks sees the old file or the new one.

It is locked while it is worked on, so that no two programs prepare the same; one that was left behind by a program that died
is begun anew.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bot.errors import DatabaseInUse, SettingsError, StorageUnavailable

COMPANIONS: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database; it belongs to that database alone and would damage another."""


class Unfinished:
    """A file in the making. Make it with `unfinished_beside`."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle = handle

    def take_place_of(self, target: Path) -> None:
        """Become `target`, for good once this returns; nothing may have the unfinished file open.

        Raises:
            StorageUnavailable: the disk is full, or takes no more; `target` is as it was.
        """
        try:
            os.fsync(self._handle)
            self.path.replace(target)
            sync_folder(target)
        except OSError as error:
            raise StorageUnavailable(str(error)) from error


@contextmanager
def unfinished_beside(target: Path) -> Iterator[Unfinished]:
    """Begin an empty file beside `target`, for its owner alone; what does not take a place is removed.

    Raises:
        DatabaseInUse: another program prepares the same file.
        SettingsError: it cannot be written there.
    """
    path = target.with_name(f"{target.name}.unfinished")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise SettingsError((f"{path} cannot be written: {error.strerror}",)) from error
    try:
        _lock(path, handle)
        try:
            remove_companions(path)
            os.fchmod(handle, 0o600)
            os.ftruncate(handle, 0)
            yield Unfinished(path, handle)
        finally:
            if _is(path, handle):
                remove_companions(path)
                path.unlink()
    finally:
        os.close(handle)


def remove_companions(path: Path) -> None:
    """Remove what SQLite left beside a database that is no more."""
    for ending in COMPANIONS:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def sync_folder(path: Path) -> None:
    """Make sure that a file's name survives a power cut."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _lock(path: Path, handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise DatabaseInUse(path) from error
    if not _is(path, handle):  # it was finished between our opening and our locking it: it is somebody's database by now
        raise DatabaseInUse(path)


def _is(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(follow_symlinks=False), os.fstat(handle))
    except FileNotFoundError:
        return False
