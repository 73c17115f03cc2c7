"""How the words and files of a case are called in the vault: what was filed, answered, said, added, shown as evidence."""

from __future__ import annotations

from typing import Final

from bot.rules.entry import AnyFact, Filed, Reopened, Resolved, Translated
from bot.rules.identity import Language

FILED: Final = "filed"
"""The words that a case was filed with; its files lie under it, from 1."""

PLACE: Final = "place"
"""Degrees, north then east, with a comma; the filer's, for this matter alone, like the next two."""

PHONE: Final = "phone"
NAME: Final = "name"

ANSWER: Final = "answer"
"""What begins the slots of what was done; under it a round of the case."""

EVIDENCE: Final = "evidence"
"""What begins the slots of a unit's files; under it a round of the case."""

SAID: Final = ("words", "question", "reason")
"""Fields of entries that commit to words said after the filing."""


def said_in(fact: AnyFact, attempt: int) -> tuple[str, str] | None:
    """Name the slot in which the words lie that an entry commits to, and the commitment; None where it commits to none.

    Args:
        attempt: the round that the case is in.
    """
    match fact:
        case Filed(words=commitment):
            return FILED, commitment
        case Resolved(answer=commitment):
            return answer_slot(attempt), commitment
        case Translated(slot=slot, language=language, words=commitment):
            return translated_slot(slot, language), commitment
        case Reopened():
            return None  # its reason is none in words
        case _:
            held = (getattr(fact, name, None) for name in SAID)
            found = next((each for each in held if isinstance(each, str)), None)
            return None if found is None else (said_slot(found), found)


def words_slot(fact: AnyFact, attempt: int) -> str | None:
    """Name the slot alone; see `said_in`."""
    said = said_in(fact, attempt)
    return None if said is None else said[0]


def answer_slot(round_number: int) -> str:
    """Name the slot of what was done in a round."""
    return f"{ANSWER}/{round_number}"


def said_slot(commitment: str) -> str:
    """Name the slot of words by what the ledger holds of them."""
    return f"said/{commitment[:16]}"


def added_by(voice: int) -> str:
    """Begin the name of every slot of what a voice sent after filing."""
    return f"added/{voice}/"


def evidence_of(round_number: int) -> str:
    """Begin the name of every slot in which the evidence of a round lies."""
    return f"{EVIDENCE}/{round_number}/"


def translated_slot(slot: str, target: Language) -> str:
    """Name the slot in which the translation of the words of another slot, or of a voice, lies."""
    return f"{slot}/{target}"
