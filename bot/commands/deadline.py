"""`deadline`: the limits of something filed at a moment, and when the clock would remind of them."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.commands.output import print_json, print_table
from bot.county import read_county
from bot.errors import SettingsError
from bot.rules.calendar import Calendar
from bot.rules.chain import instant
from bot.rules.county import County
from bot.rules.deadline import deadline_for
from bot.rules.identity import ClassId
from bot.rules.reminder import plan_for
from bot.settings import Settings

YEARS: Final = range(1970, 3000)
"""As for periods; far outside them a calendar has no days to reckon with."""


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Compute and print them."""
    county = read_county(Path(arguments.from_county) if arguments.from_county else settings.county)
    at = _at(arguments, county)
    deadline_class = county.classes[ClassId(arguments.deadline_class)]
    calendar = Calendar.of(county.hours)
    deadline = deadline_for(deadline_class, at, calendar)
    moments = plan_for(deadline_class, at, deadline, county.reminders, calendar)
    if arguments.json:
        print_json(
            {
                "class": deadline_class.id,
                "filed_at": instant(at),
                "accept_due_at": instant(deadline.accept_at),
                "due_at": instant(deadline.handle_at),
                "estimated": deadline.is_estimated,
                "reminders": [
                    {"at": instant(moment.at), "stage": moment.stage, "to": [role.value for role in moment.to]}
                    for moment in moments
                ],
            }
        )
        return 0
    zone = county.hours.zone
    rows = [
        ("filed", at, ""),
        ("accept by", deadline.accept_at, ""),
        (
            "resolve by",
            deadline.handle_at,
            "estimated: the year's calendar is not published" if deadline.is_estimated else "",
        ),
        *((moment.stage, moment.at, ", ".join(moment.to)) for moment in moments),
    ]
    print_table(
        ("what", "when", ""), [(what, f"{when.astimezone(zone):%Y-%m-%d %a %H:%M:%S}", note) for what, when, note in rows]
    )
    return 0


def _at(arguments: argparse.Namespace, county: County) -> datetime:
    mistakes = []
    at = datetime.now(UTC)
    try:
        at = datetime.fromisoformat(arguments.at)
    except ValueError:
        mistakes.append(
            f"--at: {arguments.at!r} is no moment; allowed: 2026-11-24T10:30, with an offset such as Z or +08:00 if need be"
        )
    if at.year not in YEARS:
        mistakes.append(f"--at: {arguments.at!r} is not in the years {YEARS.start} to {YEARS.stop - 1}")
    if arguments.deadline_class not in county.classes:
        mistakes.append(f"--class: {arguments.deadline_class!r} is no class; allowed: {', '.join(county.classes)}")
    if mistakes:
        raise SettingsError(tuple(mistakes))
    return (at if at.tzinfo else at.replace(tzinfo=county.hours.zone)).astimezone(UTC)
