"""The table as a picture: bars, one colour a bot, drawn as SVG without any library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bench.process import Contestant
from bench.report import LINES, Line, Round, middle

SHOWN: Final = (LINES[0], LINES[1], LINES[2], LINES[10], LINES[11], LINES[12])
COLOURS: Final = {Contestant.OURS: "#b3261e", Contestant.PTB: "#7a8793", Contestant.AIOGRAM: "#b9c2ca"}
WIDTH, LEFT, BAR, GAP, GROUP = 880, 330, 14, 3, 72
LONGEST: Final = WIDTH - LEFT - 80


def draw(rounds: Sequence[Round]) -> str:
    """Draw one group of bars for each figure; the longest bar of a group fills the width."""
    height = 60 + GROUP * len(SHOWN)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        *(_key(place, contestant) for place, contestant in enumerate(Contestant)),
    ]
    for place, line in enumerate(SHOWN):
        parts += _group(60 + place * GROUP, line, rounds)
    return "\n".join([*parts, "</svg>", ""])


def _key(place: int, contestant: Contestant) -> str:
    left = 20 + place * 220
    return (
        f'<rect x="{left}" y="18" width="14" height="14" fill="{COLOURS[contestant]}"/>'
        f'<text x="{left + 20}" y="30" fill="#222222">{contestant.label}</text>'
    )


def _group(top: int, line: Line, rounds: Sequence[Round]) -> list[str]:
    values = {contestant: middle(rounds, contestant, line.figure) for contestant in Contestant}
    most = max(values.values()) or 1.0
    drawn = [f'<text x="20" y="{top + 28}" fill="#222222">{line.about}</text>']
    for place, (contestant, value) in enumerate(values.items()):
        y, width = top + place * (BAR + GAP), LONGEST * value / most
        drawn.append(f'<rect x="{LEFT}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{COLOURS[contestant]}"/>')
        text = f"{value:,.{line.digits}f}"
        drawn.append(f'<text x="{LEFT + width + 6:.1f}" y="{y + 12}" fill="#222222">{text}</text>')
    return drawn
