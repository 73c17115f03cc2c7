"""One message of every kind that anybody may be told, and of every turn it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from bot.rules.county import Role
from bot.rules.message import (
    ChooseLanguage,
    GeneralMessage,
    Hearing,
    Help,
    Remark,
    Said,
    SettingsPage,
    TapAnswered,
    Toast,
    Welcome,
)
from bot.rules.message.general import OfficePage

HOURS: Final = (
    (datetime(2026, 11, 27, 2, 0, tzinfo=UTC), datetime(2026, 11, 27, 6, 0, tzinfo=UTC)),
    (datetime(2026, 11, 27, 7, 30, tzinfo=UTC), datetime(2026, 11, 27, 11, 30, tzinfo=UTC)),
)


def general() -> Iterator[tuple[str, GeneralMessage]]:
    """Yield every message of this area with a name for it."""
    for remark in Remark:
        yield f"Said {remark}", Said(remark)
    yield "ChooseLanguage", ChooseLanguage()
    yield "Welcome", Welcome()
    yield "Help resident", Help(None)
    yield "TapAnswered", TapAnswered(tap="42", toast=Toast.DONE)
    yield "Help officer", Help(Role.OFFICER)
    yield "Help admin", Help(Role.ADMIN)
    for is_open, has_draft in ((True, False), (False, True)):
        page = OfficePage(is_open=is_open, periods=HOURS, has_draft=has_draft)
        yield f"OfficePage {is_open} {has_draft}", page
    for hearing in Hearing:
        for is_beside in (True, False):
            yield f"SettingsPage {hearing} {is_beside}", SettingsPage(hearing=hearing, is_beside=is_beside)
