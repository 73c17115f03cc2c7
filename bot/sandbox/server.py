"""The stand-in as one object: Bot API, people and page on one address.

Invariant: after `stop` no task or socket of it is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from aiohttp import web

from bot.sandbox.bot_api import BotApi
from bot.sandbox.cast import Person
from bot.sandbox.clock import MovableClock
from bot.sandbox.desk import Desk
from bot.sandbox.faults import Faults
from bot.sandbox.message import User
from bot.sandbox.scene import Scene
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World

_BODY_BYTES = 52 * 1024 * 1024
_SHUTDOWN_SECONDS = 1.0
_BOT_ID = 7_000_000_001


class Sandbox:
    """A local Telegram with one bot in it.

    Args:
        clock: whose time stands on messages; the page moves it.
        cast: who has a column on the page; all of them have an account and none has written yet.
        token: the bot's token, or several; None takes any.
        username: under which start links find the bot.
        time_zone: IANA name, for the times on the page.
        history: messages kept per chat.
        webhook_retry: pause before an update is delivered again.
    """

    def __init__(  # noqa: PLR0913 (all are named, and all but the clock have a default)
        self,
        *,
        clock: MovableClock,
        cast: Sequence[Person] = (),
        token: str | Sequence[str] | None = None,
        username: str = "minsheng_bot",
        bot_name: str = "民声台账",
        time_zone: str = "Asia/Shanghai",
        history: int = 5000,
        recorded_calls: int = 10_000,
        webhook_retry: timedelta = timedelta(milliseconds=200),
    ) -> None:
        tokens = (token,) if isinstance(token, str) else tuple(token or ())
        account = User(_id_in(tokens), bot_name, username=username, is_bot=True)
        self._scene = Scene(clock, account, history=history, recorded_calls=recorded_calls)
        #: People's acts, and what they see.
        self.world = World(self._scene)
        self.world.create_cast(cast)
        self._webhook = Webhook(self._scene.updates, clock.now, webhook_retry)
        self._bot_api = BotApi(self._scene, self._webhook, tokens)
        self._desk = Desk(self.world, cast, time_zone)
        self._runner: web.AppRunner | None = None
        self._url = ""

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose."""
        return self._scene.faults

    @property
    def url(self) -> str:
        """Address of the page, with a slash at the end; empty before `start`."""
        return f"{self._url}/" if self._url else ""

    @property
    def api_base(self) -> str:
        """Root of the Bot API, without `/bot` and without a slash at the end."""
        return self._url

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one.

        Raises:
            OSError: the address is taken.
        """
        application = web.Application(client_max_size=_BODY_BYTES)
        application.add_routes([*self._bot_api.routes(), *self._desk.routes()])
        runner = web.AppRunner(
            application,
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=_SHUTDOWN_SECONDS,
            keepalive_timeout=3600,
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        self._url = f"http://{host}:{runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Hang up on everyone and listen no more."""
        await self._webhook.delete()
        self._scene.updates.close()
        self._desk.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None


def _id_in(tokens: Sequence[str]) -> int:
    """Return the account id that a token begins with, as BotFather makes them."""
    number = tokens[0].partition(":")[0] if tokens else ""
    return int(number) if number.isdecimal() else _BOT_ID
