"""What an operator reads when updates stop coming and when they come again: one line each, not one for every try."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from bot.errors import SourceUnavailable, Trouble
from bot.ports import Clock

log = logging.getLogger(__name__)

SAID_AGAIN: Final = timedelta(minutes=10)
"""How often a trouble that lasts is told again."""

MEANING: Final = {
    Trouble.TOKEN: "Telegram does not accept BOT_TOKEN",
    Trouble.WEBHOOK: "a webhook is still set for this bot, so that updates cannot be fetched: `run --take-over` removes it "
    "and loses nothing",
    Trouble.POLLER: "another program fetches this bot's updates: stop it, or use another token here; nothing is lost",
    Trouble.ADDRESS: "Telegram does not take BOT_WEBHOOK_URL",
    Trouble.TOO_MANY: "Telegram asks to be called less often",
    Trouble.SERVER: "the Bot API server fails, or something else answers in its place",
    Trouble.MALFORMED: "the Bot API server answers with something that cannot be read",
    Trouble.TIMEOUT: "the Bot API server does not answer in time",
    Trouble.LOST: "the connection to the Bot API server broke",
    Trouble.UNREACHABLE: "the Bot API server cannot be reached: look at network, name server, BOT_API_BASE and BOT_PROXY",
    Trouble.DATABASE: "the database is out of reach",
}
"""Each trouble in words, and what to do where something can be done."""


class TroubleLog:
    """Writes a trouble down when it begins or becomes another one, every ten minutes while it lasts, and its end."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._reason: Trouble | None = None
        self._since: datetime | None = None
        self._said_at: datetime | None = None

    def begin(self, error: SourceUnavailable, wait: float) -> None:
        """Tell of a failed try; the next one is in `wait` seconds."""
        now = self._clock.now()
        self._since = self._since or now
        is_old = error.reason is self._reason and self._said_at is not None and abs(now - self._said_at) < SAID_AGAIN
        if is_old:
            return
        self._reason, self._said_at = error.reason, now
        said = f" ({error.said})" if error.said else ""
        log.warning("%s%s; next try in %.0f s, then again by itself", MEANING[error.reason], said, wait)

    def end(self) -> None:
        """Tell that it is over, if there was any."""
        if self._since is not None:
            lasted = (self._clock.now() - self._since).total_seconds()
            log.info("updates come again, after %.0f s", lasted)
        self._reason = self._since = self._said_at = None
