"""Facts about a case that many messages tell: its deadline, its name in a list, which one a question is about.

Invariant: no sentence is put together from pieces; a message is whole sentences of the catalogue, one under the other.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.rules.identity import CaseNumber, CategoryId, TownshipId, UnitId
from bot.rules.translation import language_of_words
from locales.markup import Block, Html, Quote, code
from locales.speech import Speech

BLANK: Final = Html("")


def as_written(speech: Speech, words: str) -> list[Block]:
    """Quote what was written for many to read, and name its language to whoever reads another one.

    Nobody translates it: what is raised in a meeting is forgotten with it, and a milestone has no case to lie under.
    """
    language = language_of_words(words, None, speech.county.languages)
    if speech.reads(language):
        return [Quote(words)]
    name = speech.language_name(language)
    # tr: Under words that an official or a resident wrote in another language than the reader's; {language} is its name.
    return [Quote(words), speech.line("As it was written, in this language: {language}", language=name)]


def due(speech: Speech, due_at: datetime | None) -> Html:
    """Tell the deadline as a date in words, or that there is none."""
    if due_at is None:
        # tr: Fact: this matter has no deadline (praise).
        return speech.line("To be resolved by: no deadline for this kind of matter")
    # tr: Fact: the deadline of a case; {moment} is a date and time in words.
    return speech.line("To be resolved by: {moment}", moment=speech.moment(due_at))


def emergency_numbers(speech: Speech) -> Html:
    """Tell whom to ring in danger; the numbers are those of the whole country."""
    # tr: Emergency numbers; {fire} is 119, {police} is 110, {ambulance} is 120.
    return speech.line("fire {fire}, police {police}, ambulance {ambulance}", fire="119", police="110", ambulance="120")


def matter(speech: Speech, case: CaseNumber, category: CategoryId, township: TownshipId | None) -> Html:
    """Name a case in a list: number, category, and township if there is one."""
    number, about = code(case), speech.category(category)
    if township is None:
        # tr: First line of a case in a list: number, category.
        return speech.line("{case} {category}", case=number, category=about)
    # tr: First line of a case in a list: number, category, township.
    return speech.line("{case} {category}, {township}", case=number, category=about, township=speech.township(township))


def asked_about(speech: Speech, case: CaseNumber, category: CategoryId, unit: UnitId) -> tuple[Html, Html, Html]:
    """Say which case a question is about: number, category and unit."""
    return (
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(case)),
        # tr: Fact: the category of a case, such as roads.
        speech.line("Category: {category}", category=speech.category(category)),
        # tr: Fact: the unit that answers for a case.
        speech.line("Responsible unit: {unit}", unit=speech.unit(unit)),
    )
