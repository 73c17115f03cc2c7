"""What admins read of another county file: what it changes, that it is in force, or why it cannot be.

Invariant: places and values stand as in the file, since whoever reads this edits it; what is wrong is said in words.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.rules.county_file import LONGEST, Difference
from bot.rules.message import CountyProposed, CountyRefused, CountyTaken
from locales.county_faults import because
from locales.facts import BLANK
from locales.leave import SIGN
from locales.markup import Block, Html, block_of_code, code, escape
from locales.speech import Speech

FINGERPRINT = 16
"""Characters of a file's SHA-256 that are shown; the ledger has all."""


def blocks(speech: Speech, message: CountyProposed | CountyTaken | CountyRefused) -> list[Block]:
    """Say a message about the county file."""
    match message:
        case CountyProposed():
            return _proposed(speech, message)
        case CountyTaken():
            return _taken(speech, message)
        case CountyRefused():
            return _refused(speech, message)


def _proposed(speech: Speech, message: CountyProposed) -> list[Block]:
    return [
        # tr: Heading: what a changed county file (the county's settings) would change; {total} is in how many places.
        speech.heading("The county file has changed (places: {total})", total=speech.number(message.total)),
        # tr: Fact: the beginning of the checksum by which the county file is known in the ledger.
        speech.line("Fingerprint of the file: {digest}", digest=code(message.digest[:FINGERPRINT])),
        BLANK,
        *_differences(speech, message.differences, message.total),
        BLANK,
        # tr: Under the differences of a county file, before an admin puts it in force.
        speech.line("Nothing has changed yet. Cases filed before keep the limits they were filed under."),
    ]


def _taken(speech: Speech, message: CountyTaken) -> list[Block]:
    return [
        # tr: Heading: a changed county file is in force from now on; {total} is in how many places it differs.
        speech.heading("Another county file is in force (places: {total})", total=speech.number(message.total)),
        # tr: Fact: who put a county file in force, by the last characters of their sign.
        speech.line("By admin {sign}", sign=message.by[-SIGN:]),
        speech.line("Fingerprint of the file: {digest}", digest=code(message.digest[:FINGERPRINT])),
        BLANK,
        *_differences(speech, message.differences, message.total),
    ]


def _refused(speech: Speech, message: CountyRefused) -> list[Block]:
    # tr: Heading: a changed county file has mistakes; {total} is how many. Under it each with its place.
    heading = speech.heading("The county file cannot be used (mistakes: {total})", total=speech.number(message.total))
    # tr: Under the mistakes of a county file.
    stays = speech.line("What was in force stays in force. Mend the file, then send {command} again.", command="/reload")
    told: list[Block] = []
    for mistake in message.mistakes:
        place = [block_of_code(mistake.place)] if mistake.place else []
        told += [BLANK, *place, escape(because(speech, mistake.reason))]
    if message.total > len(message.mistakes):
        told += [BLANK, _more(speech, message.total - len(message.mistakes))]
    return [heading, *told, BLANK, stays]


def _differences(speech: Speech, differences: Sequence[Difference], total: int) -> list[Block]:
    found: list[Block] = []
    for each in differences:
        sides = (("−", each.before), ("+", each.after))
        found.append(block_of_code("\n".join((each.place, *(f"{sign} {_cut(said)}" for sign, said in sides if said)))))
    if total > len(differences):
        found.append(_more(speech, total - len(differences)))
    return found


def _more(speech: Speech, count: int) -> Html:
    # tr: At the end of a list that is cut; {count} more stand in the file.
    return speech.line("… and {count} more", count=speech.number(count))


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST else value[:LONGEST] + "…"
