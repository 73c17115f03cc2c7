"""Files that hold one secret of 32 bytes: base64, one line, readable by nobody else, made on first use.

A key file is written whole or not at all; one that others can read is refused, never mended.
"""

from __future__ import annotations

import base64
import binascii
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.errors import SettingsError

if TYPE_CHECKING:  # only annotations name them, and whoever only reads starts without
    from bot.ports import Randomness

SECRET_BYTES: Final = 32


def read_secret(path: Path, setting: str, randomness: Randomness) -> bytes:
    """Read the secret, or make it on the first run.

    Args:
        setting: which setting names the file, for messages.

    Raises:
        SettingsError: the file cannot be read or written, is open to others, or holds no key.
    """
    try:
        if not path.exists():
            make_file(path, base64.b64encode(randomness.bytes(SECRET_BYTES)) + b"\n")
        return _read(path, setting)
    except OSError as error:
        raise SettingsError((f"{setting}: {path} cannot be read or made: {error}",)) from error


def read_secret_if_there(path: Path, setting: str) -> bytes | None:
    """Read the secret; None when there is no file.

    Raises:
        SettingsError: as `read_secret`.
    """
    try:
        return _read(path, setting) if path.exists() else None
    except OSError as error:
        raise SettingsError((f"{setting}: {path} cannot be read: {error}",)) from error


def _read(path: Path, setting: str) -> bytes:
    if path.stat().st_mode & 0o077:
        raise SettingsError((f"{setting}: {path} can be read by others; chmod 600 it",))
    try:
        secret = base64.b64decode(path.read_bytes().strip(), validate=True)
    except binascii.Error as error:
        raise SettingsError((f"{setting}: {path} holds no key of 32 bytes in base64",)) from error
    if len(secret) != SECRET_BYTES:
        raise SettingsError((f"{setting}: {path} holds no key of 32 bytes in base64",))
    return secret


def make_file(path: Path, line: bytes) -> None:
    """Write the file whole or not at all; of two programs that start at once, the first one's key holds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(unfinished, path)
    finally:
        Path(unfinished).unlink()
    sync_folder(path.parent)  # the key must be there at least as long as what it sealed or signed


def sync_folder(path: Path) -> None:
    """Make sure that the names in a folder survive a power cut."""
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
