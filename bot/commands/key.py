"""`key rotate`: a new master key while the bot runs. `key export`: the master key for the safe, with what to do with it.

Killed at any moment, `key rotate` leaves a key file that opens every key of the database; said again, it goes on.
"""

from __future__ import annotations

import argparse
import base64
import os
import textwrap
from hashlib import sha256
from pathlib import Path
from typing import Final

from bot.commands.output import print_json
from bot.commands.progress import Progress
from bot.databases import KEY_GONE, describe_database, opened_as_it_is
from bot.errors import SettingsError
from bot.settings import Settings
from storage.engine import Engine
from storage.keyfile import SECRET_BYTES
from storage.keyring import open_keyring
from storage.masters import Masters, Secrets, masters_held, masters_of, read_masters, replace_masters
from storage.rotation import rewrap_all, versions_in_use
from storage.vault import SystemRandomness, Vault

GROUP: Final = 4
"""Letters of a key that stand together on paper."""

FOR_THE_SAFE: Final = """\
MASTER KEY OF THE MINSHENG VAULT
database: {database}

{keys}

What this is. Everything personal in the database, and in every backup of it, is sealed under this key. Whoever has it and a
backup can read all of it. Whoever has lost it can read none of it, for ever; the ledger's figures stay.

What to do with it.
1. Print it twice. Put one copy into the county's safe and one into a safe in another building. Write today's date on them.
2. Delete this file. Never keep it on a disk, in a mail or beside the backups.
3. After `key rotate` do this again. Keep the old paper as long as backups from before the rotation are kept, then destroy
   it.

When the key file is lost. Make a file {path}, readable by the bot's user only
(chmod 600), with one line for each version above: its number, a space, and its 44 letters without spaces between them.
`python -m bot check` says whether it opens the database. Each key's check letters are the first of the SHA-256 of its
44 letters: printf %s KEY | sha256sum
"""


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Rotate or export."""
    return await _rotate(arguments, settings) if arguments.act == "rotate" else _export(arguments, settings)


# ── Rotating ─────────────────────────────────────────────────────────────────


async def _rotate(arguments: argparse.Namespace, settings: Settings) -> int:
    path = settings.key_file
    async with opened_as_it_is(settings, read_only=False) as engine:
        with masters_held(path):
            secrets = _known(path)
            in_use = await versions_in_use(engine)
            await _try(engine, path)
            version = max(secrets)
            if version <= max(in_use, default=0) and len(in_use) <= 1:  # else one that was begun is finished
                version += 1
                secrets = {**secrets, version: SystemRandomness().bytes(SECRET_BYTES)}
                replace_masters(path, secrets)
            if arguments.prepare:
                _say_prepared(arguments, path, version)
                return 0
            vault = Vault(Masters(secrets), SystemRandomness())
            vault.use(version)
            count = await rewrap_all(engine, vault, Progress("keys wrapped"))
            dropped = [] if arguments.keep_old else sorted(set(secrets) - {version})
            if dropped:
                replace_masters(path, {version: secrets[version]})
    _report(arguments, settings, version, count, dropped)
    return 0


def _known(path: Path) -> Secrets:
    secrets = read_masters(path)
    if secrets is None:
        raise SettingsError((KEY_GONE.format(path),))
    return secrets


async def _try(engine: Engine, path: Path) -> None:
    """Make sure that the key file opens this database before anything is changed; raises KeyLost."""
    async with engine.reading() as session:
        await open_keyring(session, Vault(masters_of(path), SystemRandomness()))


def _say_prepared(arguments: argparse.Namespace, path: Path, version: int) -> None:
    if arguments.json:
        print_json({"version": version, "rewrapped": 0, "dropped": []})
        return
    print(f"version {version} is in {path} and not in use yet")
    print("copy the file to every machine that runs the bot, then say `key rotate` on one, then copy it again")


def _report(arguments: argparse.Namespace, settings: Settings, version: int, count: int, dropped: list[int]) -> None:
    if arguments.json:
        print_json({"version": version, "rewrapped": count, "dropped": list(dropped)})
        return
    print(f"{describe_database(settings)}: wrapped under version {version} of the master key now: {count} data keys")
    if dropped:
        print(f"no longer in {settings.key_file}: version {', '.join(map(str, dropped))}")
        print("backups made before now need what is no longer there, from the paper in the safe")
    print("make a backup now, and put the new key into the safe: `python -m bot key export`")


# ── Exporting ────────────────────────────────────────────────────────────────


def _export(arguments: argparse.Namespace, settings: Settings) -> int:
    path = settings.key_file
    keys = "\n\n".join(_for_paper(version, secret) for version, secret in sorted(_known(path).items()))
    text = FOR_THE_SAFE.format(database=describe_database(settings), keys=keys, path=path)
    if arguments.output is None:
        print(text, end="")
        return 0
    target = Path(arguments.output)
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise SettingsError((f"{target} is there already: name a new file",)) from None
    except OSError as error:
        raise SettingsError((f"{target} cannot be written: {error.strerror}",)) from error
    print(f"{target}: print it, put it into the safe, and delete it from here")
    return 0


def _for_paper(version: int, secret: bytes) -> str:
    """Write a key in groups that can be typed, with letters that tell a mistyped one."""
    letters = base64.b64encode(secret).decode()
    groups = " ".join(textwrap.wrap(letters, GROUP))
    return f"version {version}   check letters {sha256(letters.encode()).hexdigest()[:8]}\n    {groups}"
