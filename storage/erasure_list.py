"""The list of erasures, a file beside the database and beside each backup: what it names is erased again after a restore.

    2026-11-24T03:36:39Z case:CB-2026-000001

A line names nobody. The file only ever grows; lines of another version of the program are kept as they are.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.errors import SettingsError, StorageUnavailable
from storage.engine import Engine, typed
from storage.keyfile import sync_folder
from storage.rows import moment

ENDING: Final = ".erased"
MOMENT: Final = "%Y-%m-%dT%H:%M:%SZ"


def list_beside(path: Path) -> Path:
    """Name the list that belongs to a database or a backup."""
    return path.with_name(path.name + ENDING)


def read_list(path: Path) -> Mapping[str, datetime]:
    """Read what was erased, and when first, by subject; nothing where there is no such file.

    Raises:
        SettingsError: it cannot be read, or a line is none.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError((f"{path}, the list of erasures, cannot be read: {error}",)) from error
    found: dict[str, datetime] = {}
    for number, line in enumerate(lines, start=1):
        at, _, subject = line.partition(" ")
        try:
            found.setdefault(subject.strip(), datetime.strptime(at, MOMENT).replace(tzinfo=UTC))
        except ValueError as error:
            raise SettingsError((f"{path}, the list of erasures: line {number} is no time and subject",)) from error
    return found


def read_lists(paths: Iterable[Path]) -> Mapping[str, datetime]:
    """Read several lists as one; of two lines about the same the earlier time counts."""
    found: dict[str, datetime] = {}
    for path in paths:
        for subject, at in read_list(path).items():
            found[subject] = min(at, found.get(subject, at))
    return found


def lists_around(path: Path) -> list[Path]:
    """Return every list in the folder of a backup: the newest knows of erasures that came after this one."""
    return sorted(path.absolute().parent.glob(f"*{ENDING}"))


def write_list(path: Path, erasures: Mapping[str, datetime]) -> None:
    """Add to a list, which is replaced whole or left as it is; a file that has it all already is not touched.

    Raises:
        StorageUnavailable: it cannot be written.
    """
    known = read_list(path)
    if erasures.keys() <= known.keys():
        return
    lines = sorted((at, subject) for subject, at in {**erasures, **known}.items())
    text = "".join(f"{at.astimezone(UTC):{MOMENT}} {subject}\n" for at, subject in lines)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).replace(path)
        except BaseException:
            Path(unfinished).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise StorageUnavailable(f"{path}, the list of erasures, cannot be written: {error.strerror}") from error


async def erasures_of(engine: Engine) -> Mapping[str, datetime]:
    """Return what a database knows to be erased, or to be erased when its case ends."""
    async with engine.reading() as session:
        rows = typed(await session.rows("erasures_all", {}), tuple[str, int])
    return {subject: moment(at) for subject, at in rows}
