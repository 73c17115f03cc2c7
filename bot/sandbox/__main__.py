"""`python -m bot.sandbox`: the stand-in alone, for a bot in another process.

Invariant: prints one line, the address, once it listens.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys

from bot.sandbox.cast import default_cast
from bot.sandbox.clock import OffsetClock
from bot.sandbox.server import Sandbox


async def _serve(host: str, port: int, token: str | None) -> None:
    sandbox = Sandbox(clock=OffsetClock(), cast=default_cast(), token=token)
    await sandbox.start(host, port)
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    print(sandbox.url, flush=True)  # noqa: T201 (the one line that is promised)
    await stopped.wait()
    await sandbox.stop()


def main() -> int:
    """Serve until a signal comes; 2 when the address is taken."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description="A local stand-in for the Telegram Bot API.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8081, help="port to listen on; 0 takes a free one (default: 8081)")
    parser.add_argument("--token", help="take only this token (default: any)")
    options = parser.parse_args()
    try:
        asyncio.run(_serve(options.host, options.port, options.token))
    except OSError as error:
        print(f"cannot listen on {options.host}:{options.port}: {error.strerror}", file=sys.stderr)  # noqa: T201 (one line)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
