"""Buttons under a digest: the period before and after, another length, its parts, and the digest as a file."""

from __future__ import annotations

from typing import Final

from bot.rules.figure import Digest
from bot.rules.message import DigestPage, DigestPart
from bot.rules.paper import Form
from bot.rules.period import Stretch, parse_period, period_of
from handlers.callback import Button, PrintDigest, ShowDigest, ShowPart
from handlers.keyboards.lettering import Lettering, Rows, in_columns
from locales.wording import Label

STRETCHES: Final = {
    Stretch.WEEK: Label.DIGEST_WEEK,
    Stretch.MONTH: Label.DIGEST_MONTH,
    Stretch.QUARTER: Label.DIGEST_QUARTER,
    Stretch.YEAR: Label.DIGEST_YEAR,
}
FILES: Final = ((Label.DIGEST_PICTURE, Form.PNG), (Label.DIGEST_PAPER, Form.PDF), (Label.DIGEST_TABLE, Form.XLSX))
PARTS: Final = (
    (Label.DIGEST_FIGURES, DigestPart.FIGURES),
    (Label.DIGEST_WARNINGS, DigestPart.WARNINGS),
    (Label.DIGEST_BOOKS, DigestPart.BOOKS),
    (Label.DIGEST_SURVEY, DigestPart.SURVEY),
)
PAGE: Final = 40
"""How many units stand under one message: Telegram takes 100 buttons."""


def area_of(digest: Digest) -> str:
    """Write what a digest is about as buttons carry it."""
    if digest.unit is not None:
        return f"u:{digest.unit}"
    return "" if digest.township is None else f"t:{digest.township}"


def rows(page: DigestPage, say: Lettering) -> Rows:
    """Draw the buttons of a digest."""
    digest = page.digest
    if page.part is DigestPart.FRONT:
        return _usual(page, say)
    back: list[tuple[str, Button]] = [(say.label(Label.BACK), ShowDigest(digest.period, area_of(digest)))]
    return [*_choices(page, say), back]


def _choices(page: DigestPage, say: Lettering) -> Rows:
    """Draw the units or townships of which there is a digest, where the part is about them."""
    digest = page.digest
    choices: list[tuple[str, Button]] = []
    if page.part is DigestPart.UNITS:
        choices = [(say.unit(each), ShowDigest(digest.period, f"u:{each}")) for each in say.county.units]
    elif page.part is DigestPart.TOWNSHIPS:
        choices = [(say.township(each), ShowDigest(digest.period, f"t:{each}")) for each in say.county.townships]
    shown = choices[page.page * PAGE : (page.page + 1) * PAGE]
    turning: list[tuple[str, Button]] = []
    for label, to in ((Label.PAGE_BEFORE, page.page - 1), (Label.PAGE_AFTER, page.page + 1)):
        if 0 <= to * PAGE < len(choices):
            turning.append((say.label(label), ShowPart(digest.period, area_of(digest), page.part, to)))
    return [*in_columns(shown), *([turning] if turning else [])]


def _usual(page: DigestPage, say: Lettering) -> Rows:
    digest, area = page.digest, area_of(page.digest)
    period = parse_period(digest.period, say.county.hours.zone)
    around: list[tuple[str, Button]] = [(say.label(Label.DIGEST_EARLIER), ShowDigest(period.previous().text, area))]
    if not page.is_last:
        around.append((say.label(Label.DIGEST_LATER), ShowDigest(period.next().text, area)))
    lengths: list[tuple[str, Button]] = []
    for stretch, label in STRETCHES.items():
        shown = say.label(label)
        chosen = stretch is period.stretch
        lengths.append(
            (
                say.label(Label.CHOSEN, value=shown) if chosen else shown,
                ShowDigest(period_of(stretch, period.begins_at, period.zone).text, area),
            )
        )
    areas: list[tuple[str, Button]] = [
        (say.label(Label.DIGEST_UNITS), ShowPart(digest.period, area, DigestPart.UNITS)),
        (say.label(Label.DIGEST_TOWNSHIPS), ShowPart(digest.period, area, DigestPart.TOWNSHIPS)),
    ]
    if area:
        areas.append((say.label(Label.DIGEST_COUNTY), ShowDigest(digest.period)))
    files: list[tuple[str, Button]] = [
        (say.label(label, value=form.upper()), PrintDigest(digest.period, area, form)) for label, form in FILES
    ]
    parts: list[tuple[str, Button]] = [
        (say.label(label), ShowPart(digest.period, area, part))
        for label, part in PARTS
        if part is not DigestPart.SURVEY or digest.township is None
    ]
    return [around, lengths, parts, areas, files]
