"""`python -m bench`: the program beside bare bots, in the same run, taking turns; prints a table and the ratios.

It judges nothing: there is no figure at which it fails. Everything takes about six minutes on two quiet cores.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from bench import filing, flood, parts, quota, replicas, report
from bench.machine import describe
from bench.picture import draw
from bench.process import Contestant
from bench.race import Course, Run, run
from bench.report import Result, Round, whole
from bench.soak import soak


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    course: Course
    rounds: int
    items: int
    long_ledger: int
    filings: int
    flood: int


FULL: Final = Size(
    Course(1000, per_second=30, seconds=20), rounds=3, items=20_000, long_ledger=100_000, filings=1000, flood=10_000
)
QUICK: Final = Size(Course(200, per_second=30, seconds=4), rounds=1, items=4_000, long_ledger=10_000, filings=100, flood=500)
SHORT_LEDGER: Final = 1_000


async def measure(size: Size, rounds: int) -> Result:
    """Measure everything; say on standard error how far it is."""
    seen = describe()
    done: list[Round] = []
    for number in range(rounds):
        turn: dict[Contestant, Run] = {}
        for contestant in _order(number):
            say(f"round {number + 1} of {rounds}: {contestant.label} ...")
            turn[contestant] = await run(contestant, size.course)
        done.append(turn)
    say("parts ...")
    pure = parts.measure(size.items, rounds=3)
    say(f"filing, {size.long_ledger:,} entries ...")
    filed = await filing.measure(SHORT_LEDGER, size.long_ledger, size.filings)
    say(f"one person's {size.flood:,} messages ...")
    flooded = await flood.measure(size.course, size.flood, rounds=1)
    say("processes beside each other ...")
    together = await replicas.measure(size.course.people, rounds=1)
    return Result(seen, done, pure, filed, flooded, size.flood, together)


def _order(number: int) -> list[Contestant]:
    """Let another bot begin each round, so that none always meets a cold or a warm machine."""
    everyone = list(Contestant)
    first = number % len(everyone)
    return everyone[first:] + everyone[:first]


def say(text: str) -> None:
    """Tell whoever waits."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Run; always 0."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smaller run of one round; only good for trying it out")
    parser.add_argument("--rounds", type=int, help="rounds (default: 3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every round's figures there too")
    parser.add_argument("--table", type=Path, metavar="FILE", help="write what is printed there too")
    parser.add_argument("--replicas", action="store_true", help="instead: one, two and four processes on one PostgreSQL")
    parser.add_argument(
        "--share", type=float, metavar="CORES", help="of the replicas: what each may have of a core, such as 0.2"
    )
    parser.add_argument("--people", type=int, help="of the replicas: how many people")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw the medians there as SVG")
    parser.add_argument("--soak", type=int, metavar="UPDATES", help="instead: so many updates through ours, and its memory")
    parser.add_argument("--flood", type=int, metavar="MESSAGES", help="instead: so many of one person beside the others")
    options = parser.parse_args()
    size = QUICK if options.quick else FULL
    if options.soak:
        print(asyncio.run(soak(options.soak, size.course.people)))
        return 0
    if options.flood:
        waits = asyncio.run(flood.measure(size.course, options.flood, max(1, options.rounds or size.rounds)))
        print(flood.table(waits, options.flood))
        return 0
    if options.replicas:
        return _replicas(options, size)
    result = asyncio.run(measure(size, max(1, options.rounds or size.rounds)))
    print(whole(result))
    if options.table:
        options.table.write_text(report.document(result), encoding="utf-8")
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(result)) + b"\n")
    if options.picture:
        options.picture.write_text(draw(result.rounds), encoding="utf-8")
    return 0


def _replicas(options: argparse.Namespace, size: Size) -> int:
    share, people = options.share, options.people or size.course.people
    if share and (why := quota.refusal()):
        say(f"the processes cannot be held to a share of a core: {why}; measured without")
        share = None
    together = asyncio.run(replicas.measure(people, max(1, options.rounds or size.rounds), share))
    print(replicas.table(together, share))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
