"""The master keys of the vault, by version: a text file that its owner alone can read.

    # a remark
    1 BASE64
    2 BASE64

A version is never given to another key. While data keys are wrapped anew there are two versions in the file, and each data
key says which one opens it; so whoever is killed in between leaves a file and a database that fit each other.
"""

from __future__ import annotations

import base64
import binascii
import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from bot.errors import SettingsError
from storage.keyfile import SECRET_BYTES, make_file, sync_folder

Secrets: TypeAlias = "Mapping[int, bytes]"
"""Keys of 32 bytes by version, from 1."""

SETTING: Final = "BOT_KEY_FILE"
FIRST: Final = 1
HEADING: Final = (
    "# Master key of the Minsheng vault: version and key. Without it nothing personal can be read again.\n"
    "# Keep a copy in a safe, never beside the backups: python -m bot key export\n"
)

if TYPE_CHECKING:  # only annotations name them, and whoever only reads starts without
    from bot.ports import Randomness


class Masters:
    """The master keys at hand; those of a file are read again when a version is wanted that is not known yet."""

    def __init__(self, secrets: Secrets, reread: Callable[[], Secrets] | None = None) -> None:
        self._secrets = secrets
        self._reread = reread

    @property
    def newest(self) -> int:
        """Return the highest version."""
        return max(self._secrets)

    def of(self, version: int) -> bytes | None:
        """Return the key of a version; None when there is none."""
        if version not in self._secrets and self._reread is not None:
            self._secrets = self._reread()
        return self._secrets.get(version)


def masters_of(path: Path) -> Masters:
    """Read a key file that is there, and read it again whenever it may have changed.

    Raises:
        SettingsError: it is not there, cannot be read, is open to others, or holds no key.
    """

    def reread() -> Secrets:
        secrets = read_masters(path)
        if secrets is None:
            raise SettingsError((f"{SETTING}: {path} is not there",))
        return secrets

    return Masters(reread(), reread)


def read_masters(path: Path) -> Secrets | None:
    """Read every version; None when there is no file.

    Raises:
        SettingsError: it cannot be read, is open to others, or holds something else than keys.
    """
    try:
        if not path.exists():
            return None
        if path.stat().st_mode & 0o077:
            raise SettingsError((f"{SETTING}: {path} can be read by others; chmod 600 it",))
        return _parsed(path)
    except OSError as error:
        raise SettingsError((f"{SETTING}: {path} cannot be read: {error.strerror}",)) from error


def make_masters(path: Path, randomness: Randomness) -> Secrets:
    """Read the file, or make it with a first key; of two programs that start at once, the first one's key holds.

    Raises:
        SettingsError: see `read_masters`; or it cannot be written.
    """
    secrets = read_masters(path)
    try:
        if secrets is None:
            make_file(path, written({FIRST: randomness.bytes(SECRET_BYTES)}))
            secrets = read_masters(path)
    except OSError as error:
        raise SettingsError((f"{SETTING}: {path} cannot be made: {error.strerror}",)) from error
    if secrets is None:
        raise SettingsError((f"{SETTING}: {path} was removed as soon as it was made",))
    return secrets


def replace_masters(path: Path, secrets: Secrets) -> None:
    """Put another set of keys into the file: whoever looks sees the old ones or the new ones, also after a power cut.

    Raises:
        SettingsError: it cannot be written; the file is as it was.
    """
    try:
        handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # mode 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(written(secrets))
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).replace(path)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise SettingsError((f"{SETTING}: {path} cannot be written: {error.strerror}",)) from error


@contextmanager
def masters_held(path: Path) -> Iterator[None]:
    """Let nobody else change the file meanwhile; the lock goes with the process, however that ends.

    Raises:
        SettingsError: somebody else is changing it.
    """
    folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise SettingsError((f"another `key rotate` is at work on {path}: wait until it has ended",)) from error
    finally:
        os.close(folder)


def written(secrets: Secrets) -> bytes:
    """Write keys as the file has them, the newest last."""
    lines = (f"{version} {base64.b64encode(secrets[version]).decode()}\n" for version in sorted(secrets))
    return (HEADING + "".join(lines)).encode()


def _parsed(path: Path) -> Secrets:
    """Read the lines; what they hold is never repeated in a message."""
    found: dict[int, bytes] = {}
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        words = line.split()
        if not words or words[0].startswith(b"#"):
            continue
        version, secret = _line(words)
        if secret is None:
            raise SettingsError((f"{SETTING}: line {number} of {path} is not a version and a key of 32 bytes in base64",))
        if version in found:
            raise SettingsError((f"{SETTING}: {path} has version {version} twice",))
        found[version] = secret
    if not found:
        raise SettingsError((f"{SETTING}: {path} holds no key",))
    return MappingProxyType(found)


def _line(words: list[bytes]) -> tuple[int, bytes | None]:
    """Read a version and its key; a key alone is the first version."""
    *before, encoded = words
    if len(before) > 1 or (before and not (before[0].isdigit() and 0 < len(before[0]) < 10)):  # noqa: PLR2004 (a number)
        return 0, None
    version = int(before[0]) if before else FIRST
    try:
        secret = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return version, None
    return version, secret if len(secret) == SECRET_BYTES and version >= FIRST else None
