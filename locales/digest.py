"""The digest as messages: a front that fits one screen of a phone, what matters most first, and parts one tap away.

Invariant: nothing is counted here; a figure that the digest does not have is left out, never shown as nought.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, assert_never

from bot.rules.figure import Digest
from bot.rules.message import DigestPage, DigestPart, Making
from locales.catalogue import Phrase
from locales.digest_books import books_in_chat
from locales.digest_lines import (
    BRIEF,
    FULL,
    NOTHING,
    SATISFIED,
    SOLVED,
    Manner,
    handling_time,
    mostly,
    overdue,
    rate_lines,
    received,
    visits,
)
from locales.digest_signs import signs_in_brief, signs_in_chat
from locales.digest_survey import survey_in_chat
from locales.digest_units import townships_in_chat, units_in_chat
from locales.facts import BLANK
from locales.figures import (
    BY_PHONE,
    MEASURES,
    NOTHING_DUE,
    TRANSLATING,
    gap_in_points,
    heading_of,
    is_few,
    period_of,
    rate_of,
    why_few,
)
from locales.markup import Block, Html, bold, code, escape
from locales.speech import Speech

WORK: Final = ("accepted_in_time", "on_time", "reopened")
NOTED: Final = (DigestPart.FIGURES, DigestPart.TOWNSHIPS, DigestPart.BOOKS)
"""The parts with changes in brackets."""

SELDOM: Final = ("false_closures", "still_solved", *MEASURES, *TRANSLATING)
"""Told where anything was counted: in most weeks, and for most of the first year, there is nothing."""


def digest_page(speech: Speech, page: DigestPage, now: datetime) -> list[Block]:
    """Show one part of a digest."""
    digest = page.digest
    if page.part is DigestPart.FRONT:
        return _front(speech, digest, now)
    # tr: Heading of a part of a digest; {digest} is whose it is and of what length, {part} such as "all figures".
    heading = speech.heading("{digest}: {part}", digest=heading_of(speech, digest), part=speech.text(PARTS[page.part]))
    told = _part(speech, digest, page.part) or [speech.paragraph(NOTHING_THERE)]
    return [heading, escape(period_of(speech, digest)), *told, *(_legend(speech, digest) if page.part in NOTED else [])]


def caption(speech: Speech, digest: Digest) -> list[Block]:
    """Say what a file is, under it."""
    return [bold(escape(heading_of(speech, digest))), escape(period_of(speech, digest))]


def in_short(speech: Speech, digest: Digest) -> list[Block]:
    """Tell the figures of a digest without headings: work, what residents say, and the newest appraisal.

    Where nothing could be counted, that is said once, not of every rate.
    """
    rates = [name for name in (*WORK, *SELDOM, *SOLVED, *SATISFIED) if digest.figures.get(name, NOTHING).of]
    return [
        *received(speech, digest),
        *mostly(speech, digest),
        *rate_lines(speech, digest, rates, FULL),
        *([] if rates else [speech.paragraph(NOTHING_DUE)]),
        *handling_time(speech, digest.figures),
        *overdue(speech, digest),
        *visits(speech, digest.figures),
        *_appraisal(speech, digest),
    ]


def _appraisal(speech: Speech, digest: Digest) -> list[Block]:
    """Tell a unit how it was appraised, where enough answered for a result."""
    if digest.survey is None or not digest.survey.units:
        return []
    # tr: Heading: what residents whose cases were handled say of the units. 民主评议
    return [BLANK, speech.heading("Appraisal by those served"), *survey_in_chat(speech, digest)]


def _front(speech: Speech, digest: Digest, now: datetime) -> list[Block]:
    """Show how far units and residents lie apart, what is late and what is warned of, and the checkpoint; 20 lines or so."""
    blocks: list[Block] = caption(speech, digest)
    if digest.begins_at > now:
        # tr: Under the heading of a digest whose period lies ahead.
        return [*blocks, speech.line("The period has not begun; there is nothing to count yet.")]
    if digest.ends_at > now:
        # tr: Under the heading of a digest whose period has not ended.
        blocks.append(speech.line("The period still runs; this is how it stands."))
    blocks += _both_sides(speech, digest, BRIEF)
    blocks += [BLANK, *received(speech, digest), *rate_lines(speech, digest, ("on_time",), BRIEF)]
    blocks += [*overdue(speech, digest), *signs_in_brief(speech, digest), *_few(speech, digest), *_legend(speech, digest)]
    sequence, _, chain = digest.checkpoint.partition(":")
    if chain:
        # tr: The end of the ledger when the digest was computed: number of the last entry and its hash.
        blocks.append(speech.line("Ledger up to entry {sequence}, check code {chain}", sequence=sequence, chain=code(chain)))
    return blocks


def _few(speech: Speech, digest: Digest) -> list[Block]:
    """Say why some of the front's rates are counts alone, where some are."""
    shown = (digest.figures.get(name, NOTHING) for name in (*SOLVED, *SATISFIED, "on_time"))
    return [escape(why_few(speech))] if any(is_few(speech, figure.of) for figure in shown) else []


def _legend(speech: Speech, digest: Digest) -> list[Block]:
    if not digest.before:
        return []
    # tr: Under the figures of the digest: what the first number in brackets means.
    return [speech.line("In brackets: the change to the period before (for rates, percentage points)")]


def _part(speech: Speech, digest: Digest, part: DigestPart) -> list[Block]:
    match part:
        case DigestPart.FRONT | DigestPart.FIGURES:
            return _figures(speech, digest)
        case DigestPart.UNITS:
            return units_in_chat(speech, digest)
        case DigestPart.TOWNSHIPS:
            return townships_in_chat(speech, digest)
        case DigestPart.WARNINGS:
            return signs_in_chat(speech, digest)
        case DigestPart.BOOKS:
            return books_in_chat(speech, digest)
        case DigestPart.SURVEY:
            return survey_in_chat(speech, digest)
    assert_never(part)


def _figures(speech: Speech, digest: Digest) -> list[Block]:
    """Tell every rate with what it left out, and how sure it is."""
    blocks = _both_sides(speech, digest, FULL)
    if digest.figures.get("answered_by_phone", NOTHING).n:
        # tr: Heading in the digest: ratings that operators heard by telephone; they are counted in the figures above, too.
        blocks += [speech.heading("Of these, heard by telephone"), *rate_lines(speech, digest, BY_PHONE, FULL)]
    work = _work(speech, digest)
    # tr: Heading in the digest: cases received, and how units handled them.
    heading = speech.heading("How cases were handled")
    return [*blocks, *([heading] if work else []), *mostly(speech, digest), *work]


def _work(speech: Speech, digest: Digest) -> list[Block]:
    seldom = [name for name in SELDOM if digest.figures.get(name, NOTHING).of]
    rates = rate_lines(speech, digest, (*WORK, *seldom), FULL)
    return [*rates, *handling_time(speech, digest.figures), *overdue(speech, digest)]


def _both_sides(speech: Speech, digest: Digest, manner: Manner) -> list[Block]:
    """Tell what units say and what residents say, how far these lie apart standing first."""
    # tr: Heading in the digest: how satisfied residents are. 满意率
    satisfied = speech.heading("Satisfied: how residents answered")
    return [
        *_side(_apart(speech, digest), rate_lines(speech, digest, SOLVED, manner), digest, SOLVED, speech),
        *_side(satisfied, rate_lines(speech, digest, SATISFIED, manner), digest, SATISFIED, speech),
    ]


def _apart(speech: Speech, digest: Digest) -> Html:
    """Say how far what units and what residents say lie apart; that residents say more is told in words."""
    gap = gap_in_points(speech, digest, "handled", "confirmed_solved")
    if gap is None:
        # tr: Heading in the digest: how much is solved, as units and as residents say. 解决率
        return speech.heading("Solved: what units say, what residents say")
    if gap < 0:
        # tr: Heading in the digest: residents say more often that it is solved than units say it is done. 解决率
        return speech.heading("Solved: residents say {points} points more than units", points=speech.points(-gap))
    # tr: Heading in the digest: how far what units say and what residents say lie apart, in percentage points. 解决率
    return speech.heading("Solved: units and residents are {points} points apart", points=speech.points(gap))


def _side(heading: Html, told: list[Block], digest: Digest, names: tuple[str, ...], speech: Speech) -> list[Block]:
    lines = told
    if lines and all(rate_of(digest.figures.get(name)) is None for name in names):
        lines = [speech.paragraph(NOTHING_DUE)]
    return [heading, *lines] if lines else []


PARTS: Final[Mapping[DigestPart, Phrase]] = {
    # tr: Part of a digest, in its heading: every figure with what it is made of.
    DigestPart.FIGURES: Phrase("digest", "all figures"),
    # tr: Part of a digest, in its heading: the units.
    DigestPart.UNITS: Phrase("digest", "units"),
    # tr: Part of a digest, in its heading: the townships.
    DigestPart.TOWNSHIPS: Phrase("digest", "townships"),
    # tr: Part of a digest, in its heading: early warnings. 预警
    DigestPart.WARNINGS: Phrase("digest", "early warnings"),
    # tr: Part of a digest, in its heading: visible results and groundwork. 两本账：显绩与潜绩
    DigestPart.BOOKS: Phrase("digest", "two books"),
    # tr: Part of a digest, in its heading: what residents who were served say of the units. 民主评议
    DigestPart.SURVEY: Phrase("digest", "appraisal by those served"),
}

# tr: Stands where a part of a digest would be.
NOTHING_THERE = Phrase("digest", "Nothing was counted here.")

MAKING: Final[Mapping[Making, Phrase]] = {
    # tr: While a file is being made; {form} is PDF, PNG or XLSX. The line is taken away when the file is there.
    Making.PRINTING: Phrase("making", "Making the {form} file …"),
    # tr: The file is made and on its way; {form} is PDF, PNG or XLSX.
    Making.SENDING: Phrase("making", "The {form} file is made, sending it …"),
    # tr: A file could not be made; {form} is PDF, PNG or XLSX.
    Making.FAILED: Phrase(
        "making", "The {form} file could not be made. Please try again later; the figures are in the message above."
    ),
}
