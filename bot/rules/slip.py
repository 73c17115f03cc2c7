"""A receipt as a picture that can be handed on: every word said already, in one language; nothing in it leads to a person.

Invariant: neither what a case is about nor where it is stands on it, as whoever is shown it need not know.
"""

from __future__ import annotations

import msgspec


class SlipFact(msgspec.Struct, frozen=True, kw_only=True):
    """A line of facts: what it is, and its value."""

    label: str
    value: str


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """A receipt, said.

    Attributes:
        title_beside: the title in a script that is written downwards; empty in a language that has none.
        is_right_to_left: the language is written from right to left.
        number: the case's, such as CB-2026-000123.
        facts: in the order in which they are read.
        steps: what happens next, a sentence each.
        track: how to see where the case stands, and the command that it ends with.
        link: what the code drawn on it opens; None where nobody knows yet what the bot is called.
        proof: what the row of digits is, and the digits.
    """

    title: str
    title_beside: str
    is_right_to_left: bool
    county: str
    number: str
    facts: tuple[SlipFact, ...]
    steps: tuple[str, ...]
    track: str
    command: str
    link: str | None
    proof: SlipFact
