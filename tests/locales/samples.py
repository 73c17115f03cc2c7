"""One message of every kind, and of every turn a kind takes: what the program may ever have to say."""

from __future__ import annotations

from collections.abc import Iterator

from bot.rules.message import Message
from tests.locales.samples_admin import admin
from tests.locales.samples_caller import caller
from tests.locales.samples_draft import drafts
from tests.locales.samples_duty import duty
from tests.locales.samples_general import general
from tests.locales.samples_group import groups
from tests.locales.samples_measure import measures
from tests.locales.samples_meeting import meetings
from tests.locales.samples_official import official
from tests.locales.samples_project import projects
from tests.locales.samples_resident import resident
from tests.locales.samples_rights import rights
from tests.locales.samples_sign import signs
from tests.locales.samples_translating import translating, translation_reminders


def messages() -> Iterator[tuple[str, Message]]:
    """Yield every message with a name for it."""
    yield from general()
    yield from drafts()
    yield from resident()
    yield from official()
    yield from admin()
    yield from duty()
    yield from groups()
    yield from rights()
    yield from caller()
    yield from meetings()
    yield from projects()
    yield from translating()
    yield from translation_reminders()
    yield from signs()
    yield from measures()
