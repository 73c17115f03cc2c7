"""`cases` and `case NUMBER`: what the ledger holds, without a personal word."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.commands.output import Json, instant_or_none, print_json, print_table
from bot.county import read_county
from bot.rules.case import Case
from bot.rules.identity import CaseNumber
from bot.settings import Settings
from bot.stores import opened_reader
from storage.rows import ReminderRecord


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print one case, or all."""
    number = getattr(arguments, "number", None)
    async with opened_reader(settings) as reader:
        if number is not None:
            case = await reader.case(CaseNumber(number))
            found = [(case, await reader.reminders_of(case.number))]
        else:
            found = [each async for each in reader.cases()]
    if arguments.json:
        described = [describe(case, reminders) for case, reminders in found]
        print_json(described if number is None else described[0])
    elif number is not None:
        _print_one(*found[0])
    else:
        _print_all([case for case, _ in found], read_county(settings.county).hours.zone)
    return 0


def describe(case: Case, reminders: Sequence[ReminderRecord]) -> dict[str, Json]:
    """Write a case as the outside contract has it."""
    current = case.now
    rating = current.ratings[0] if current.ratings else None
    return {
        "number": case.number,
        "state": case.state,
        "kind": case.kind,
        "category": case.category,
        "class": case.deadline_class,
        "township": case.township,
        "unit": case.unit,
        "channel": case.channel,
        "filed_at": instant_or_none(case.filed_at),
        "accepted_at": instant_or_none(current.accepted_at),
        "due_at": instant_or_none(current.due_at),
        "resolved_at": instant_or_none(current.resolved_at),
        "closed_at": instant_or_none(current.closed_at),
        "rating": {"solved": rating.solved if rating else None, "score": rating.score if rating else None},
        "reminders": [
            {
                "at": instant_or_none(reminder.at),
                "to": reminder.role,
                "staff": reminder.staff,
                "stage": reminder.stage,
                "round": reminder.round,
                "told": reminder.was_told,
            }
            for reminder in reminders
        ],
        "round": current.number,
        "rating_source": rating.source if rating else None,
        "urgency": case.urgency,
        "rule": current.rule,
    }


def _print_one(case: Case, reminders: Sequence[ReminderRecord]) -> None:
    for name, value in describe(case, reminders).items():
        if isinstance(value, list):
            for each in value:
                print(f"{name:<12} {'  '.join(str(part) for part in each.values())}" if isinstance(each, dict) else each)
        elif isinstance(value, dict):
            print(f"{name:<12} {'  '.join(f'{key} {part}' for key, part in value.items())}")
        else:
            print(f"{name:<12} {'-' if value is None else value}")


def _print_all(cases: Sequence[Case], zone: ZoneInfo) -> None:
    if not cases:
        print("no case yet")
        return
    header = ("number", "state", "category", "township", "unit", "filed", "due")
    rows = [
        (
            case.number,
            case.state.value,
            case.category,
            case.township or "-",
            case.unit,
            f"{case.filed_at.astimezone(zone):%Y-%m-%d %H:%M}",
            f"{case.now.due_at.astimezone(zone):%Y-%m-%d %H:%M}" if case.now.due_at else "-",
        )
        for case in cases
    ]
    print_table(header, rows)
