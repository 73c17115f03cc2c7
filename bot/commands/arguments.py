"""Which commands there are and what each takes. A command's module is imported only when it is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final, TypeAlias, cast

from bot.rules.county import Role
from bot.settings import Settings

Execute: TypeAlias = Callable[[argparse.Namespace, Settings], Coroutine[None, None, int]]
Parser: TypeAlias = argparse.ArgumentParser

ABOUT: Final = "A chatbot through which residents tell their county what is wrong, and a ledger that nobody can dress up."


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command and its arguments."""

    execute: Execute
    arguments: argparse.Namespace


def parse(words: Sequence[str]) -> Parsed:
    """Read the command line; a wrong one is explained by argparse, which exits with 2."""
    arguments = parser().parse_args(words)
    module = import_module(f"bot.commands.{arguments.module}")
    return Parsed(cast("Execute", module.execute), arguments)


def parser() -> Parser:
    """Describe every command."""
    top = argparse.ArgumentParser(prog="python -m bot", description=ABOUT)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, about: str, module: str) -> Parser:
        command = commands.add_parser(name, help=about, description=about)
        command.set_defaults(module=module)
        return command

    _demo(add("demo", "the whole bot on this machine, with a page of chats; needs no token and no network", "demo"))
    add("run", "the bot, until it is told to stop", "run")
    _invite(add("invite", "print a one-time link that gives a role to whoever opens it", "invite"))
    _json(add("cases", "every case of the ledger", "cases"))
    case = add("case", "one case of the ledger", "cases")
    case.add_argument("number", metavar="NUMBER")
    _json(case)
    _digest(add("digest", "the figures of a week, month, quarter or year", "digest"))
    _deadline(add("deadline", "the limits and reminders of something filed at a moment", "deadline"))
    _ledger(add("ledger", "check the ledger", "ledger"))
    add("migrate", "bring the database to the schema of this program", "migrate")
    _json(add("check", "test settings, county file, database, keys, clock, disk and Bot API", "check"))
    return top


def _json(command: Parser) -> None:
    command.add_argument("--json", action="store_true", help="for programs")


def _demo(command: Parser) -> None:
    command.add_argument("--port", type=int, default=8080, help="of the page (default 8080; 0 for any that is free)")
    command.add_argument("--no-browser", action="store_true", help="do not open the page")
    command.add_argument("--data", metavar="DIR", help="keep the data there (default: a temporary folder)")
    command.add_argument("--empty", action="store_true", help="begin without a history")
    command.add_argument("--seed", type=int, default=1, help="of the made-up history (default 1)")


def _invite(command: Parser) -> None:
    command.add_argument("--role", required=True, choices=[role.value for role in Role])
    command.add_argument("--unit", help="id of the unit in the county file")
    command.add_argument("--township", help="id of the township in the county file")
    _json(command)


def _digest(command: Parser) -> None:
    command.add_argument("--period", help="2026-W47, 2026-11, 2026-Q4 or 2026 (default: the week that runs)")
    command.add_argument("--unit", help="id of a unit")
    command.add_argument("--township", help="id of a township")
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.add_argument("-o", "--output", metavar="FILE", help="write there instead of the terminal")
    command.add_argument("--json", dest="format", action="store_const", const="json", help="the same as --format json")


def _deadline(command: Parser) -> None:
    command.add_argument(
        "--class", dest="deadline_class", required=True, metavar="ID", help="deadline class of the county file"
    )
    command.add_argument("--at", required=True, metavar="ISO", help="when it is filed; without an offset, county time")
    command.add_argument("--from-county", metavar="FILE", help="another county file")
    _json(command)


def _ledger(command: Parser) -> None:
    acts = command.add_subparsers(dest="act", required=True, metavar="ACT")
    for name, about in (("verify", "check every entry and the chain"), ("head", "where the ledger ends")):
        act = acts.add_parser(name, help=about, description=about)
        _json(act)
