"""`digest --draw surveys`: in which order the cases of each survey came, drawn again with the seed that it told."""

from __future__ import annotations

from bot.commands.output import Json, print_json
from bot.county import read_county
from bot.databases import opened_as_it_is
from bot.errors import SettingsError
from bot.rules.chain import instant
from bot.settings import Settings
from storage.survey_draws import SurveyDraw, survey_draws


async def show_survey_draws(settings: Settings, *, as_json: bool) -> int:
    """Print the draw of every survey, the newest first; exit code 1 where a seed is not the one that was pledged.

    Raises:
        SettingsError: no survey was begun yet.
        LedgerBroken: an entry that a draw rests on cannot be read.
    """
    zone = read_county(settings.county).hours.zone
    async with opened_as_it_is(settings, read_only=True) as engine, engine.reading() as session:
        found = await survey_draws(session, zone)
    if not found:
        raise SettingsError(("no survey was begun yet: an admin or a supervisor begins one with /survey",))
    if as_json:
        print_json([_described(each) for each in found])
    else:
        for each in found:
            _print(each)
    return 0 if all(each.is_kept for each in found) else 1


def _described(draw: SurveyDraw) -> dict[str, Json]:
    order: list[Json] = [
        {"unit": unit, "closed": draw.closed[unit], "cases": list[Json](cases)} for unit, cases in sorted(draw.order.items())
    ]
    return {
        "period": draw.period,
        "pledge": draw.pledge,
        "pledged_at": None if draw.pledged_at is None else instant(draw.pledged_at),
        "begun_at": instant(draw.begun_at),
        "seed": draw.seed,
        "asked": draw.asked,
        "order": order,
        "ok": draw.is_kept,
    }


def _print(draw: SurveyDraw) -> None:
    print(f"survey about {draw.period}, begun {instant(draw.begun_at)}: {draw.asked} people asked")
    print(f"seed: {draw.seed}")
    if draw.pledge is None or draw.pledged_at is None:
        print("WRONG: no entry before it binds to a seed")
    elif draw.is_kept:
        print(f"pledged {instant(draw.pledged_at)}: {draw.pledge}, which is the SHA-256 of the seed")
    else:
        print(f"WRONG: pledged {instant(draw.pledged_at)} was {draw.pledge}, which is not the SHA-256 of the seed")
    for unit, cases in sorted(draw.order.items()):
        print(f"{unit}, {draw.closed[unit]} closed, in this order: {' '.join(cases)}")
