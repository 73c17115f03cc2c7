"""Which commands there are and what each takes. A command's module is imported only when it is asked for."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Final, NoReturn, TypeAlias, cast

from bot.rules.county import Role
from bot.settings import Settings

Execute: TypeAlias = Callable[[argparse.Namespace, Settings], Coroutine[None, None, int]]
Parser: TypeAlias = argparse.ArgumentParser

ABOUT: Final = "A chatbot through which residents tell their county what is wrong, and a ledger that nobody can dress up."

PROCESSES: Final = (
    "2: a second one compares the tables meanwhile; by itself so where the ledger is long and the machine has two"
)

TO_LAST_WEEK: Final = (
    "end with the last counted week, as the board does (before the first: nothing): whoever fetches later entries day after "
    "day learns on which day a unit had a case"
)

PORTS: Final = range(65_536)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command and its arguments."""

    execute: Execute
    arguments: argparse.Namespace


class OneLine(argparse.ArgumentParser):
    """A parser that says in one line what is wrong and where to read on, as every other mistake is told."""

    def error(self, message: str) -> NoReturn:
        """End with 2, having said what is wrong; the commands under this one say it alike."""
        self.exit(2, f"{self.prog}: {message}; `{self.prog} --help` says what it takes\n")


def parse(words: Sequence[str]) -> Parsed:
    """Read the command line; a wrong one is told in a line, with exit code 2."""
    arguments = parser().parse_args(words)
    if arguments.module == "run":
        signal.signal(signal.SIGTERM, _end)  # until it listens itself: what it needs takes a second to import
    module = import_module(f"bot.commands.{arguments.module}")
    return Parsed(cast("Execute", module.execute), arguments)


def _end(_: int, __: object) -> NoReturn:
    """End a bot that has not begun: it holds nothing."""
    raise SystemExit(0)


@cache
def parser() -> Parser:
    """Describe every command, once in a process."""
    top = OneLine(prog="python -m bot", description=ABOUT)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, about: str, module: str) -> Parser:
        command = commands.add_parser(name, help=about, description=about)
        command.set_defaults(module=module)
        return command

    _demo(add("demo", "the whole bot on this machine, with a page of chats; needs no token and no network", "demo"))
    _run(add("run", "the bot, until it is told to stop", "run"))
    _invite(add("invite", "print a one-time link that gives a role to whoever opens it", "invite"))
    _json(add("cases", "every case of the ledger", "cases"))
    case = add("case", "one case of the ledger", "cases")
    case.add_argument("number", metavar="NUMBER")
    _json(case)
    _digest(add("digest", "the figures of a week, month, quarter or year", "digest"))
    _board(add("board", "the public pages and open data, to put on a website", "board"))
    _deadline(add("deadline", "the limits and reminders of something filed at a moment", "deadline"))
    _json(add("guess", "what texts on standard input seem to be about, one a line", "guess"))
    _ledger(add("ledger", "check the ledger", "ledger"))
    _backup(add("backup", "copy the database, whole and of one moment, while the bot runs (SQLite)", "backup"))
    _restore(add("restore", "put a backup in the place of the database", "restore"))
    copy = add("copy", "move the county from its SQLite file to PostgreSQL, whole", "copy")
    copy.add_argument("--to", required=True, metavar="URL", help="postgresql://…: an empty database")
    copy.add_argument("--trial", action="store_true", help="do not seal the file: the county goes on in it")
    _json(copy)
    erase = add("erase", "destroy the words and files of a case for good; the ledger keeps the facts, and says so", "erase")
    erase.add_argument("--case", required=True, metavar="NUMBER")
    _json(erase)
    _key(add("key", "change the master key while the bot runs, or write it out for the safe", "key"))
    add("migrate", "bring the database to the schema of this program", "migrate")
    _inbox(add("inbox", "updates that could not be handled: why, and running them again", "inbox"))
    _json(add("status", "how the bot is doing: what waits, the last poll, disk, backups", "status"))
    _translations(add("translations", "how far the catalogues are, and the way to a reviewer and back", "translations"))
    _json(add("check", "test settings, county file, database, keys, disk, Bot API (and its webhook) and clock", "check"))
    return top


def _json(command: Parser) -> None:
    command.add_argument("--json", action="store_true", help="for programs")


def _port(word: str) -> int:
    if not (word.isdecimal() and int(word) in PORTS):
        raise argparse.ArgumentTypeError(f"{word!r} is no port; allowed: {PORTS.start} to {PORTS.stop - 1}")
    return int(word)


def _demo(command: Parser) -> None:
    command.add_argument("--port", type=_port, default=8080, help="of the page (default 8080; 0 for any that is free)")
    command.add_argument("--no-browser", action="store_true", help="do not open the page")
    command.add_argument("--data", metavar="DIR", help="keep the data there (default: a temporary folder)")
    command.add_argument("--empty", action="store_true", help="begin without a history")
    command.add_argument("--seed", type=int, default=1, help="of the made-up history (default 1)")


def _run(command: Parser) -> None:
    command.add_argument(
        "--take-over", action="store_true", help="remove a webhook that is in the way of polling; nothing that waits is lost"
    )


def _invite(command: Parser) -> None:
    command.add_argument("--role", required=True, choices=[role.value for role in Role])
    command.add_argument("--unit", help="id of the unit in the county file")
    command.add_argument("--township", help="id of the township in the county file")
    command.add_argument("--language", help="of a translator, the one that they translate; without it every one")
    _json(command)


def _digest(command: Parser) -> None:
    command.add_argument("--period", help="2026-W47, 2026-11, 2026-Q4 or 2026 (default: the week that runs)")
    command.add_argument("--unit", help="id of a unit")
    command.add_argument("--township", help="id of a township")
    command.add_argument(
        "--format", choices=("text", "json", "png", "pdf", "xlsx"), help="what to make of it (default: text)"
    )
    command.add_argument("--language", help="of words: one of the county file (default: its first)")
    command.add_argument("-o", "--output", metavar="FILE", help="write there instead of the terminal")
    command.add_argument("--json", action="store_true", help="the same as --format json")
    command.add_argument(
        "--draw",
        nargs="?",
        const="callbacks",
        choices=("callbacks", "surveys"),
        help="instead: who was drawn to be asked again, or in which order the cases of surveys came; drawn again",
    )


def _board(command: Parser) -> None:
    command.add_argument("--out", required=True, metavar="DIR", help="where to; what else lies there is left alone")


def _deadline(command: Parser) -> None:
    command.add_argument(
        "--class", dest="deadline_class", required=True, metavar="ID", help="deadline class of the county file"
    )
    command.add_argument("--at", required=True, metavar="ISO", help="when it is filed; without an offset, county time")
    command.add_argument("--from-county", metavar="FILE", help="another county file")
    _json(command)


def _backup(command: Parser) -> None:
    command.add_argument("file", metavar="FILE", help="where to; an older backup of that name is replaced")
    command.add_argument(
        "--keep", type=int, metavar="N", help="write FILE with the time in its name, and keep the N newest of those"
    )
    _json(command)


def _restore(command: Parser) -> None:
    command.add_argument("file", metavar="FILE", nargs="?", help="the backup")
    command.add_argument("--force", action="store_true", help="replace the database that is there, though entries are lost")
    command.add_argument(
        "--adopt", action="store_true", help="PostgreSQL: make the database safe to go on from that pg_restore has filled"
    )
    command.add_argument(
        "--checkpoint", metavar="FILE", help="a checkpoint that was kept elsewhere: refuse a backup that is older"
    )
    _json(command)


def _key(command: Parser) -> None:
    acts = command.add_subparsers(dest="act", required=True, metavar="ACT")
    about = "draw a new master key and wrap every data key under it, while the bot runs"
    rotate = acts.add_parser("rotate", help=about, description=about)
    rotate.add_argument("--keep-old", action="store_true", help="leave earlier versions in the key file, for old backups")
    rotate.add_argument(
        "--prepare",
        action="store_true",
        help="only put the new version into the key file, to copy it to every machine that runs the bot first",
    )
    _json(rotate)
    about = "write out the master key, with what to do with it: for a safe, never for a disk beside the backups"
    _output(acts.add_parser("export", help=about, description=about))


def _translations(command: Parser) -> None:
    command.set_defaults(act="status")
    _json(command)
    acts = command.add_subparsers(dest="act", metavar="ACT")
    about = "how many sentences each language has, and how many a native reader has signed off"
    _json(acts.add_parser("status", help=about, description=about))
    about = "write a catalogue out for a reviewer"
    export = acts.add_parser("export", help=about, description=about)
    export.add_argument("language", metavar="LANGUAGE", help="zh_Hans_CN, ug, sjo …")
    export.add_argument("--format", choices=("csv", "po"), default="csv", help="a table, or gettext (default: csv)")
    _output(export)
    about = "take up what a reviewer brings back; shown from the next start of the bot"
    taken = acts.add_parser("import", help=about, description=about)
    taken.add_argument("language", metavar="LANGUAGE")
    taken.add_argument("file", metavar="FILE", help="CSV or PO")


def _inbox(command: Parser) -> None:
    act = command.add_mutually_exclusive_group()
    act.add_argument("--retry", type=int, metavar="NO", help="have one handled again")
    act.add_argument("--all", action="store_true", help="have all of them handled again")
    act.add_argument("--drop", type=int, metavar="NO", help="give one up for good")
    _json(command)


def _ledger(command: Parser) -> None:
    acts = command.add_subparsers(dest="act", required=True, metavar="ACT")

    def add(name: str, about: str) -> Parser:
        return acts.add_parser(name, help=about, description=about)

    verify = add("verify", "check every entry, the chain, the tree and the case tables, or an exported ledger")
    verify.add_argument("export", metavar="EXPORT", nargs="?", help="an exported ledger instead of the database")
    verify.add_argument("--checkpoint", metavar="FILE", help="a checkpoint that was kept elsewhere")
    verify.add_argument("--open", action="store_true", help="open words and files, too, with the key file, and compare them")
    verify.add_argument("--processes", type=int, choices=(1, 2), help=PROCESSES)
    _json(verify)
    export = add("export", "every entry as a line that anyone can check")
    export.add_argument("--public", action="store_true", help="show only what the public may see; the rest as commitments")
    export.add_argument("--to-last-week", action="store_true", help=TO_LAST_WEEK)
    _output(export)
    checkpoint = add("checkpoint", "sign the ledger as it is now, as text that anyone can keep")
    _output(checkpoint)
    _json(checkpoint)
    prove = add("prove", "prove that the entries of a case are in the newest checkpoint, with the filer's signed receipt")
    prove.add_argument("number", metavar="NUMBER")
    _output(prove)
    _json(prove)
    extend = add("extend", "prove that the newest checkpoint only adds to one that somebody kept")
    extend.add_argument("file", metavar="FILE", help="the earlier checkpoint")
    _output(extend)
    _json(add("rebuild", "make the case tables anew from the entries alone, and replace what differs"))
    _json(add("head", "where the ledger ends"))


def _output(command: Parser) -> None:
    command.add_argument("-o", "--output", metavar="FILE", help="write there instead of the terminal")
