"""`invite`: a one-time link that gives a role to whoever opens it, good for 48 hours, made with or without a network."""

from __future__ import annotations

import argparse
import secrets
from datetime import UTC, datetime

from bot.actions.join_staff import INVITATION_PREFIX, digest_of
from bot.commands.output import print_json
from bot.county import read_county
from bot.errors import SettingsError
from bot.rules.chain import instant
from bot.rules.county import County, Role
from bot.rules.identity import Language, TownshipId, UnitId
from bot.rules.staff import INVITATION_LIFE, Invitation
from bot.settings import Settings
from bot.stores import USERNAME, opened_store

SECRET_BYTES = 18
UNNAMED = "<bot>"
"""Stands for the bot's name until it has been on the network once."""


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make the link, keep its hash, print it."""
    county = read_county(settings.county)
    role = Role(arguments.role)
    _check(county, role, arguments.unit, arguments.township, arguments.language)
    payload = INVITATION_PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    now = datetime.now(UTC)
    invitation = Invitation(
        digest=digest_of(payload),
        role=role,
        unit=UnitId(arguments.unit) if arguments.unit else None,
        township=TownshipId(arguments.township) if arguments.township else None,
        expires_at=now + INVITATION_LIFE,
        is_used=False,
        language=Language(arguments.language) if arguments.language else None,
    )
    async with opened_store(settings) as store:
        await store.invite(invitation, now)
        username = await store.read.meta(USERNAME) or UNNAMED
    link = f"https://t.me/{username}?start={payload}"
    if arguments.json:
        print_json({"link": link, "payload": payload, "role": role, "expires_at": instant(invitation.expires_at)})
        return 0
    print(link)
    if username == UNNAMED:
        print(f"The bot's name is not known yet; put it for {UNNAMED}, or send the bot: /start {payload}")
    return 0


def _check(county: County, role: Role, unit: str | None, township: str | None, language: str | None) -> None:
    """Refuse a role without its unit, or one that does not exist, all mistakes at once."""
    mistakes = []
    needs_unit = role in {Role.OFFICER, Role.LEAD}
    if needs_unit and unit is None:
        mistakes.append(f"--unit is needed for {role}: one of {', '.join(county.units)}")
    if unit is not None and unit not in county.units:
        mistakes.append(f"--unit: {unit!r} is not a unit; allowed: {', '.join(county.units)}")
    if township is not None and township not in county.townships:
        mistakes.append(f"--township: {township!r} is not a township; allowed: {', '.join(county.townships)}")
    if language is not None and role is not Role.TRANSLATOR:
        mistakes.append("--language is for a translator")
    if language is not None and language not in county.languages:
        mistakes.append(f"--language: {language!r} is no language of the county; allowed: {', '.join(county.languages)}")
    if mistakes:
        raise SettingsError(tuple(mistakes))
