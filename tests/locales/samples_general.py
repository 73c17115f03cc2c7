"""One message of every kind that anybody may be told, and of every turn it takes."""

from __future__ import annotations

from collections.abc import Iterator

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
    for hearing in Hearing:
        for is_beside in (True, False):
            yield f"SettingsPage {hearing} {is_beside}", SettingsPage(hearing=hearing, is_beside=is_beside)
