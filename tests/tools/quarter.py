"""`python -m tests.tools.quarter`: a quarter of a county with fifty officers and 5,000 cases, faster than the clock.

With `--month` the busiest month there could be, 10,000 cases. It prints figures, and every promise that was not kept; exit 1
if there is any.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Final

from tests.simulation.quarter import Outcome, Size, live

QUARTER: Final = Size(cases=5_000, officers=50, days=91)
MONTH: Final = Size(cases=10_000, officers=50, days=31)
SHOWN: Final = 20


def report(size: Size, outcome: Outcome, seconds: float) -> str:
    """Write what happened, and what was wrong."""
    figures = outcome.figures
    nightly = [f"{count:,} {why}" for why, count in sorted(outcome.nightly.items()) if count]
    lines = [
        f"{size.days} days, {size.officers} officers, seed {size.seed}; {seconds:.0f} s",
        f"{outcome.cases:,} cases, {outcome.acts:,} acts of people, {outcome.letters:,} letters",
        f"limits: {figures.limits:,}; came while their case was open: {figures.passed:,}; reminded of: {figures.reminded:,}",
        f"moments a working day or four hours before a limit: {figures.moments:,}",
        f"moments at which somebody above had to know: {figures.escalations:,}",
        f"letters in quiet hours: {', '.join(nightly) or 'none'}",
        "cases: " + ", ".join(f"{count:,} {state}" for state, count in sorted(outcome.states.items())),
    ]
    kinds = Counter(wrong.partition(":")[0] for wrong in outcome.wrongs)
    lines.append("not kept: " + (", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items())) or "nothing"))
    return "\n".join([*lines, *outcome.wrongs[:SHOWN]])


def main() -> int:
    """Run; 1 if a promise was not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.quarter", description=__doc__)
    parser.add_argument("--month", action="store_true", help="a month with 10,000 cases instead")
    parser.add_argument("--cases", type=int, help="so many cases")
    parser.add_argument("--officers", type=int, help="so many officers")
    parser.add_argument("--days", type=int, help="so many days of filing")
    parser.add_argument("--grain", type=int, default=60, help="people act at multiples of so many seconds; 60 if not said")
    parser.add_argument("--seed", type=int, default=1, help="another course of events")
    asked = parser.parse_args()
    usual = MONTH if asked.month else QUARTER
    grain = timedelta(seconds=asked.grain)
    size = Size(asked.cases or usual.cases, asked.officers or usual.officers, asked.days or usual.days, asked.seed, grain)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcome = asyncio.run(live(Path(folder) / "bot.db", size))
    sys.stdout.write(report(size, outcome, time.monotonic() - began) + "\n")
    return 1 if outcome.wrongs else 0


if __name__ == "__main__":
    raise SystemExit(main())
