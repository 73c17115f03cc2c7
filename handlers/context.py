"""What a handler is given: the update's sender, the time, the desk; and where its effects go. No dictionaries of things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from msgspec.structs import replace
from telegram.ext import Application, CallbackContext, ExtBot

from bot.ports import Desk, Sender, Taken
from bot.rules.effect import NOTHING, Effects
from bot.rules.identity import Language

NoData: TypeAlias = "dict[Any, Any]"
"""python-telegram-bot's stores of anything; we put nothing there."""


@dataclass(slots=True)
class Envelope:
    """One update on its way through the handlers, and what comes of it."""

    taken: Taken
    now: datetime
    effects: Effects = NOTHING
    name: str | None = None


class DeskApplication(Application[ExtBot[None], "Context", NoData, NoData, NoData, None]):
    """python-telegram-bot's application, with the desk at which everything is decided."""

    def __init__(self, *, desk: Desk, **settings: Any) -> None:  # noqa: ANN401 (the builder's own arguments)
        super().__init__(**settings)
        self.desk = desk


class Context(CallbackContext[ExtBot[None], NoData, NoData, NoData]):
    """python-telegram-bot's context with what our handlers need, typed."""

    def __init__(self, application: DeskApplication, envelope: Envelope) -> None:
        super().__init__(application)
        self.desk = application.desk
        self.envelope = envelope

    @property
    def sender(self) -> Sender:
        """Return who wrote, as they were known when the update was taken: their roles, dialog and settings."""
        return self.envelope.taken.sender

    def return_to_draft(self) -> None:
        """Leave what was asked beside an open draft, if anything was: what is decided now is decided about the draft."""
        taken, draft = self.envelope.taken, self.sender.set_aside
        if draft is not None:
            self.envelope.taken = replace(taken, sender=replace(taken.sender, dialog=draft, set_aside=None))

    @property
    def name_of_sender(self) -> str | None:
        """Return what the sender calls themselves in Telegram."""
        return self.envelope.name

    @property
    def now(self) -> datetime:
        """Return the instant of the decision, aware UTC, whole seconds."""
        return self.envelope.now

    @property
    def language(self) -> Language:
        """Return the sender's language, the county's first where none is chosen."""
        return self.sender.language or self.desk.county.languages[0]

    async def bot_name(self) -> str:
        """Return the bot's name on the network, for links."""
        return await self.desk.read.meta("bot_username") or ""
