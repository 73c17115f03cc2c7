"""`python -m bot`: the command line. Exit 0: done; 1: done, and something is wrong; 2: not done.

Whatever cannot be done is said in one line on standard error that says what to do; no stack trace reaches a person.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.commands.arguments import parse
from bot.errors import (
    DatabaseInUse,
    KeyLost,
    KeyVersionMissing,
    LedgerBroken,
    MinshengError,
    NewerSchema,
    NoDatabase,
    NotFound,
    OutdatedSchema,
    PressFailed,
    SettingsError,
    SourceRefused,
    StorageUnavailable,
)
from bot.settings import Settings

NOT_DONE: Final = 2
INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    parsed = parse(sys.argv[1:] if arguments is None else arguments)
    here = Path.cwd()
    try:
        settings = Settings.read(os.environ, here, is_terminal=sys.stderr.isatty())
        return asyncio.run(parsed.execute(parsed.arguments, settings))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has seen enough
        return 0
    except MinshengError as error:
        print("\n".join(explain(error)), file=sys.stderr)
        return NOT_DONE


def explain(error: MinshengError) -> tuple[str, ...]:  # noqa: PLR0912 (a table)
    """Say what happened and what to do, one line each."""
    match error:
        case SettingsError(mistakes=mistakes):
            return mistakes
        case NotFound():
            return ("there is no such case",)
        case NoDatabase():
            return ("there is no database yet: `python -m bot migrate` makes it, and so do run, demo and invite",)
        case DatabaseInUse():
            return (f"another program has {error} open: stop the bot (and whatever else uses it), then try again",)
        case OutdatedSchema():
            return ("the database is older than this program: run `python -m bot migrate`",)
        case NewerSchema():
            return ("the database was written by a newer program: use that version, or restore an older backup",)
        case KeyLost():
            return ("the key file does not open this database: put back the BOT_KEY_FILE that was used with it",)
        case KeyVersionMissing():
            return (f"the key file has no version {error} of the master key: put the BOT_KEY_FILE here that has it",)
        case StorageUnavailable():
            return (f"the database is out of reach ({error}): look at BOT_DATABASE, the disk and its permissions",)
        case SourceRefused():
            return ("Telegram does not accept BOT_TOKEN: ask @BotFather for the current one",)
        case PressFailed():
            return (f"it could not be printed ({error}): the figures are there as --format text, json or xlsx",)
        case LedgerBroken(seq=seq, why=why):
            return (f"the ledger does not hold at entry {seq}: {why}",)
        case _:
            return (f"{type(error).__name__}: please report this",)


if __name__ == "__main__":
    sys.exit(main())
