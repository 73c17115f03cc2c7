"""Telegram in, effects out: python-telegram-bot's handlers say which of them an update is for, that one decides.

Nothing here touches the network: the bot's request class refuses to. Whatever a handler raises reaches the worker.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast

import msgspec
from msgspec.structs import replace
from telegram import User
from telegram.ext import ApplicationBuilder, ContextTypes, ExtBot
from telegram.request import BaseRequest, RequestData

from bot.ports import Desk, Taken
from bot.rules.dialog import abandoned, beside
from bot.rules.effect import Drop, Effects
from bot.rules.identity import FileId
from bot.rules.project import Reached
from handlers.context import Context, DeskApplication, Envelope
from handlers.routes import Route, routes
from handlers.slash import with_plain_slash
from handlers.sparse import read_update


class NoNetwork(BaseRequest):
    """A request class that cannot be used: handlers decide, delivery sends."""

    @property
    def read_timeout(self) -> float | None:
        """Return none: nothing is read."""
        return None

    async def initialize(self) -> None:
        """Do nothing."""

    async def shutdown(self) -> None:
        """Do nothing."""

    async def do_request(  # noqa: PLR0913, PLR0917 (the library's own signature)
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Refuse."""
        raise AssertionError("a handler must not touch the network")


class DeskBot(ExtBot[None]):
    """The bot that handlers see: it knows its name and needs no network to start."""

    def __init__(self, identity: User) -> None:
        super().__init__(token=f"{identity.id}:handlers", request=NoNetwork(), get_updates_request=NoNetwork())
        self._identity = identity

    @property
    def bot(self) -> User:
        """Return who this bot is, as Telegram last said."""
        return self._identity

    def know(self, identity: User) -> None:
        """Learn who this bot is."""
        self._identity = identity


class Conversations:
    """The dispatcher: decides what an update brings about. Make it with `open_conversations`.

    It asks the routes itself, in order: what the application's own `process_update` does besides (keeping for persistence,
    passing errors around, tasks) is of no use here, and took a twentieth of what a text takes.
    """

    def __init__(self, application: DeskApplication, bot: DeskBot, routes: tuple[Route, ...]) -> None:
        self._application = application
        self._bot = bot
        self._routes = routes

    def know(self, identity: User) -> None:
        """Learn who the bot is: commands that name another bot are not for this one."""
        self._bot.know(identity)

    def adopt(self, desk: Desk) -> None:
        """Decide all that follows at another desk; what is being decided stays at the one it was begun at."""
        self._application.desk = desk

    async def decide(self, taken: Taken, now: datetime) -> Effects:
        """Decide what an update brings about; raises whatever its handler raised."""
        application = self._application
        update = read_update(with_plain_slash(msgspec.json.decode(taken.arrival.body)), application.bot)
        envelope = Envelope(taken, now, name=update.effective_user.full_name if update.effective_user else None)
        for route in self._routes:
            check = route.check_update(update)
            if check is not None and check is not False:
                await route.handle_update(update, application, check, Context(application, envelope))
                break
        sender, effects = envelope.taken.sender, envelope.effects
        left = abandoned(sender.dialog, effects.dialog, _settled(effects))
        dropped = tuple(Drop(file, sender.person) for file in left)
        stands = beside(sender.dialog, sender.set_aside, effects.dialog)
        effects = replace(effects, dialog=stands, dropped=effects.dropped + dropped)
        return application.desk.courtesy.applied(effects, now)


def _settled(effects: Effects) -> frozenset[FileId]:
    """Return the files that a milestone keeps from now on, or that are dropped already."""
    reached = (change.milestone for change in effects.projects if isinstance(change, Reached))
    kept = {photo.file for milestone in reached for photo in milestone.photos}
    return frozenset(kept | {drop.file for drop in effects.dropped})


def open_conversations(desk: Desk, identity: User) -> Conversations:
    """Assemble the application, of which only what handlers ask of it is used, and our routes."""
    bot = DeskBot(identity)
    built = (
        ApplicationBuilder()
        .application_class(DeskApplication, {"desk": desk})
        .bot(bot)
        .context_types(ContextTypes(context=Context))
        .updater(None)
        .job_queue(None)
        .build()
    )
    application = cast("DeskApplication", built)  # the builder's types do not follow application_class
    return Conversations(application, bot, routes())
