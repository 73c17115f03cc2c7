"""What an error of ours means for whoever typed a command, and what to do about it: one line for each mistake."""

from __future__ import annotations

from typing import Final

from bot.errors import (
    DatabaseDamaged,
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

DAMAGED: Final = (
    "the database is damaged ({}): stop the bot, keep the file as it is, put back the last backup (`restore FILE --force`); "
    "`ledger verify` says how far the ledger in it holds"
)


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
        case DatabaseDamaged():
            return (DAMAGED.format(error),)
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
