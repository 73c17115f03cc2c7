"""`guess`: what texts on standard input seem to be about, one text a line, one answer a line, in order."""

from __future__ import annotations

import argparse
import sys

import msgspec

from bot.county import read_county
from bot.rules.guess import guess
from bot.settings import Settings


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Guess about each line; a line with nothing on it is answered too, so that answers and texts go together."""
    county = read_county(settings.county)
    for line in sys.stdin.buffer:
        found = guess(county, line.decode("utf-8", errors="replace").rstrip("\r\n"))
        if arguments.json:
            answer = {
                "categories": found.categories,
                "kind": found.kind,
                "urgency": found.urgency,
                "because": found.because,
            }
            print(msgspec.json.encode(answer).decode(), flush=True)
        else:
            names = " > ".join(county.categories[category].name.zh for category in found.categories)
            print(f"{names}  [{found.kind}, {found.urgency}]  {', '.join(found.because)}", flush=True)
    return 0
