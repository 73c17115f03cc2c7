"""Where `status` asks the running bot: only where that answers this machine."""

from __future__ import annotations

import pytest

from bot.commands.status import asked_at
from bot.settings import Address


@pytest.mark.parametrize(
    ("listens", "asked"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.53", "127.0.0.53"),
        ("::1", "::1"),
        ("localhost", "localhost"),
        ("0.0.0.0", "127.0.0.1"),  # noqa: S104 (not listened at)
        ("::", "::1"),
    ],
)
def test_it_asks_where_this_machine_is_answered(listens: str, asked: str) -> None:
    """A bot that listens everywhere listens here, too."""
    assert asked_at(Address(listens, 8080)) == Address(asked, 8080)


@pytest.mark.parametrize("listens", ["10.0.0.5", "192.168.1.7", "2001:db8::1", "fe80::1%eth0"])
def test_it_does_not_call_a_bot_dead_that_may_not_answer(listens: str) -> None:
    """At an address of the network health is told to nobody, and the technician would be called every ten minutes."""
    assert asked_at(Address(listens, 8080)) is None


def test_it_asks_nobody_where_nobody_listens() -> None:
    """Polling needs no address."""
    assert asked_at(None) is None
