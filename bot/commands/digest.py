"""`digest`: the same figures as in the chat, as text, JSON, picture, PDF or table."""

from __future__ import annotations

import argparse
import html
import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.commands.draw import show_draws
from bot.commands.survey_draw import show_survey_draws
from bot.county import read_county
from bot.errors import SettingsError
from bot.reports.digest_json import digest_bytes
from bot.reports.press import ChildPress
from bot.rules.county import County
from bot.rules.digest import Scope, scope_of
from bot.rules.figure import Digest
from bot.rules.identity import Language, TownshipId, UnitId
from bot.rules.message import DigestPage, DigestPart
from bot.rules.paper import Form
from bot.rules.period import Period, parse_period, week_of
from bot.settings import Settings
from bot.speaking import wording_of
from bot.stores import opened_reader
from locales.wording import Wording

TWO_FORMS: Final = "--json: does not go together with --format {form}; name one of the two"
ON_A_TERMINAL: Final = "-o FILE: a {form} file is not for a terminal; name a file, or send the output into one"


@dataclass(frozen=True, slots=True)
class Asked:
    """What to print, and in which language."""

    period: Period
    scope: Scope
    language: Language


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Compute a digest and print it; or do the draws again."""
    form = form_of(arguments)
    if arguments.draw == "surveys":
        return await show_survey_draws(settings, as_json=form == "json")
    if arguments.draw:
        return await show_draws(settings, as_json=form == "json")
    county = read_county(settings.county)
    now = datetime.now(UTC)
    asked = _asked(arguments, form, county, now)
    async with opened_reader(settings) as reader:
        digest = await reader.digest(asked.period, asked.scope, now)
    content = await _made(form, digest, wording_of(settings, county), asked.language, now)
    if arguments.output:
        try:
            Path(arguments.output).write_bytes(content)  # noqa: ASYNC240 (nothing else runs)
        except OSError as error:
            raise SettingsError((f"-o: {arguments.output} cannot be written ({error.strerror})",)) from error
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    return 0


async def _made(form: str, digest: Digest, wording: Wording, language: Language, now: datetime) -> bytes:
    """Make the file, or the text, of a digest."""
    match form:
        case "json":
            return digest_bytes(digest)
        case "text":
            pages = (DigestPage(digest=digest, part=part) for part in DigestPart)
            return (
                plain("\n\n".join(said for page in pages for said in wording.parts(page, language, now))) + "\n"
            ).encode()
        case Form.XLSX:
            return await ChildPress().print_workbook(wording.workbook(digest, language, now))
        case _:
            return await ChildPress().print_paper(wording.paper(digest, language, now), Form(form))


def plain(markup: str) -> str:
    """Take the markup out of a message, for a terminal."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def form_of(arguments: argparse.Namespace) -> str:
    """Return the one form that is asked for: text where none is.

    Raises:
        SettingsError: two are asked for, of which only one could be made.
    """
    if arguments.json and arguments.format not in {None, "json"}:
        raise SettingsError((TWO_FORMS.format(form=arguments.format),))
    return "json" if arguments.json else arguments.format or "text"


def _asked(arguments: argparse.Namespace, form: str, county: County, now: datetime) -> Asked:
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
    if arguments.language and arguments.language not in county.languages:
        mistakes.append(f"--language: {arguments.language!r} is not one; allowed: {', '.join(county.languages)}")
    if form in set(Form) and not arguments.output and sys.stdout.isatty():
        mistakes.append(ON_A_TERMINAL.format(form=form.upper()))
    if mistakes:
        raise SettingsError(tuple(mistakes))
    unit = UnitId(arguments.unit) if arguments.unit else None
    township = TownshipId(arguments.township) if arguments.township else None
    language = Language(arguments.language) if arguments.language else county.languages[0]
    return Asked(period, scope_of(county, unit, township), language)
