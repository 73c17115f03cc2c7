"""`digest`: the same figures as in the chat, as text or JSON."""

from __future__ import annotations

import argparse
import html
import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bot.county import read_county
from bot.errors import SettingsError
from bot.reports.digest_json import digest_json
from bot.rules.county import County
from bot.rules.digest import Scope
from bot.rules.identity import TownshipId, UnitId
from bot.rules.message import DigestPage
from bot.rules.period import Period, parse_period, week_of
from bot.settings import Settings
from bot.stores import opened_reader
from locales.catalogue import load_catalogues
from locales.wording import Wording


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Compute a digest and print it."""
    county = read_county(settings.county)
    now = datetime.now(UTC)
    period, scope = _asked(arguments, county, now)
    async with opened_reader(settings) as reader:
        digest = await reader.digest(period, scope, now)
    if arguments.format == "json":
        text = msgspec.json.format(msgspec.json.encode(digest_json(digest)), indent=2).decode()
    else:
        wording = Wording(county, load_catalogues(county.languages))
        text = plain("\n".join(wording.parts(DigestPage(digest=digest), county.languages[0], now)))
    if arguments.output:
        Path(arguments.output).write_text(text + "\n", encoding="utf-8")  # noqa: ASYNC240 (nothing else runs)
    else:
        print(text)
    return 0


def plain(markup: str) -> str:
    """Take the markup out of a message, for a terminal."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def _asked(arguments: argparse.Namespace, county: County, now: datetime) -> tuple[Period, Scope]:
    zone = county.hours.zone
    mistakes = []
    period = week_of(now, zone)
    if arguments.period:
        try:
            period = parse_period(arguments.period, zone)
        except ValueError as error:
            mistakes.append(f"--period: {arguments.period!r} is no period; allowed: {error}")
    if arguments.unit and arguments.unit not in county.units:
        mistakes.append(f"--unit: {arguments.unit!r} is not a unit; allowed: {', '.join(county.units)}")
    if arguments.township and arguments.township not in county.townships:
        mistakes.append(f"--township: {arguments.township!r} is not a township; allowed: {', '.join(county.townships)}")
    if mistakes:
        raise SettingsError(tuple(mistakes))
    unit = UnitId(arguments.unit) if arguments.unit else None
    township = TownshipId(arguments.township) if arguments.township else None
    return period, Scope(county.name.zh, unit, township)
