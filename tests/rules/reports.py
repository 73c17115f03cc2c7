"""Made-up reports with labels, and how well the guess does on them.

Invariant: what is said of the guess is measured on the reports that were kept aside while its words were chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from bot.county import read_county, sample_county_path
from bot.rules.county import County, Urgency
from bot.rules.guess import guess

CHINESE: Final = "zh_Hans_CN"
UYGHUR: Final = "ug"


@dataclass(frozen=True, slots=True)
class Report:
    """A report and its labels; `is_aside` when nobody looked at it while the words were chosen."""

    id: str
    language: str
    text: str
    kind: str
    category: str
    urgency: str
    is_aside: bool


@cache
def reports() -> tuple[Report, ...]:
    """Read them all."""
    return _read("reports.tsv", "R")


@cache
def unseen() -> tuple[Report, ...]:
    """Read those that were written last, to be tried on words already chosen."""
    return _read("unseen.tsv", "U")


def _read(file: str, begins: str) -> tuple[Report, ...]:
    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line.startswith(begins))
    return tuple(
        Report(number, language, text, kind, category, urgency, is_aside=part == "aside")
        for number, language, text, kind, category, _, urgency, part in rows
    )


def aside(language: str) -> tuple[Report, ...]:
    """Return those of a language that were kept aside."""
    return tuple(report for report in reports() if report.language == language and report.is_aside)


@dataclass(frozen=True, slots=True)
class Score:
    """How many of `of` reports were guessed right; `false_alarms` are called an emergency and are none."""

    of: int
    first: int
    in_three: int
    kind: int
    urgency: int
    emergencies: int
    emergencies_found: int
    false_alarms: int
    confusion: Counter[tuple[str, str]]


def score(county: County, of: Iterable[Report]) -> Score:
    """Guess about each report and compare with its labels."""
    pairs = [(report, guess(county, report.text)) for report in of]
    urgent = [(report.urgency == Urgency.EMERGENCY, found.urgency is Urgency.EMERGENCY) for report, found in pairs]
    return Score(
        of=len(pairs),
        first=sum(found.category == report.category for report, found in pairs),
        in_three=sum(report.category in found.categories for report, found in pairs),
        kind=sum(found.kind == report.kind for report, found in pairs),
        urgency=sum(found.urgency == report.urgency for report, found in pairs),
        emergencies=sum(is_one for is_one, _ in urgent),
        emergencies_found=sum(is_one and is_found for is_one, is_found in urgent),
        false_alarms=sum(is_found and not is_one for is_one, is_found in urgent),
        confusion=Counter((report.category, found.category) for report, found in pairs),
    )


def tables(county: County) -> str:
    """Write the tables of docs/guess.md: shares by language, then labels against first guesses."""
    lines = [
        "| | reports | first guess | within three | kind | urgency | emergencies found | false alarms |",
        "|---|---|---|---|---|---|---|---|",
    ]
    new = {of: tuple(each for each in unseen() if each.language == of and each.is_aside) for of in (CHINESE, UYGHUR)}
    for name, group in (
        ("Chinese, new", new[CHINESE]),
        ("Uyghur, new", new[UYGHUR]),
        ("Chinese, kept aside", aside(CHINESE)),
        ("Uyghur, kept aside", aside(UYGHUR)),
        ("Chinese, looked at", tuple(each for each in reports() if each.language == CHINESE and not each.is_aside)),
        ("Uyghur, looked at", tuple(each for each in reports() if each.language == UYGHUR and not each.is_aside)),
    ):
        got = score(county, group)
        shares = (f"{n / got.of:.0%}" for n in (got.first, got.in_three, got.kind, got.urgency))
        found = f"{got.emergencies_found} of {got.emergencies}"
        lines.append(f"| {name} | {got.of} | {' | '.join(shares)} | {found} | {got.false_alarms} |")
    for title, group in (("new", (*new[CHINESE], *new[UYGHUR])), ("kept aside", (*aside(CHINESE), *aside(UYGHUR)))):
        lines += ["", f"Labels (rows) against first guesses (columns), {title}:", "", *_confusion(county, group)]
    return "\n".join(lines)


def _confusion(county: County, group: Iterable[Report]) -> list[str]:
    confusion = score(county, group).confusion
    ids = list(county.categories)
    lines = ["| label \\ guess | " + " | ".join(ids) + " |", "|---" * (len(ids) + 1) + "|"]
    return lines + [
        f"| {label} | " + " | ".join(str(confusion[label, found] or "") for found in ids) + " |" for label in ids
    ]


if __name__ == "__main__":
    print(tables(read_county(sample_county_path())))  # noqa: T201 (for whoever brings docs/guess.md up to date)
