"""The diagram beside the draft's conversation draws what the code does: every arrow leads where the actions lead."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Final

import msgspec

from bot.actions.add_draft import add_draft
from bot.actions.draft import KEPT, add_part, discard, edit_words, remove_part, show, tidy, write_words
from bot.actions.file_case import file_case
from bot.actions.join_case import join_case
from bot.actions.matter import Matter
from bot.actions.stake import Stake
from bot.ports import Sender
from bot.rules.case import State
from bot.rules.dialog import Dialog, Drafting, Idle, PhonePart, Written
from bot.rules.effect import Effects
from tests.support.builders import (
    NEIGHBOUR,
    NOW,
    QAPQAL_TOWN,
    RESIDENT_PERSON,
    ROADS,
    WORDS,
    case_in,
    county,
)
from tests.support.known import desk

DIAGRAM: Final = Path(__file__).parents[2] / "handlers" / "resident" / "draft.mmd"
PHONE: Final = PhonePart(2, "110")


def words(dialog: Dialog) -> Effects:
    """Write."""
    return write_words(county(), RESIDENT_PERSON, dialog, None, "路灯坏了", message=1, update=7, at=NOW)


def part(dialog: Dialog) -> Effects:
    """Send something besides words."""
    return add_part(county(), RESIDENT_PERSON, dialog, None, PHONE, caption="", update=7, at=NOW)


def drafting() -> Drafting:
    """Have a draft of one message."""
    made = words(Idle()).dialog
    assert isinstance(made, Drafting)
    return made


def arrows() -> set[tuple[str, str, str]]:
    """Read from, to and label of each arrow."""
    found = re.findall(r"^\s+(\w+) --> (\w+): (.+)$", DIAGRAM.read_text(encoding="utf-8"), re.MULTILINE)
    return set(found)


def reached() -> set[tuple[str, str, str]]:
    """Do what each arrow is labelled with, and say where it leads."""
    draft = drafting()
    both = part(draft).dialog
    assert isinstance(both, Drafting)
    sender = Sender(RESIDENT_PERSON, is_new=False, language=None, township=None, dialog=draft, roles=())
    choice = msgspec.structs.replace(draft, is_guessed=False)
    here = msgspec.structs.replace(draft, words=WORDS, category=ROADS, township=QAPQAL_TOWN)
    like = Matter(case_in(State.ASSIGNED), (), WORDS, (NEIGHBOUR,), ())
    own = Stake(case_in(State.ASSIGNED), 1, RESIDENT_PERSON, WORDS, ())
    tidied = tidy(RESIDENT_PERSON, draft, 7, NOW + KEPT + timedelta(seconds=1))
    does: list[tuple[Dialog, Effects, str]] = [
        (Idle(), words(Idle()), "words, file, place, phone"),
        (Idle(), part(Idle()), "words, file, place, phone"),
        (draft, words(draft), "words, file, place, phone"),
        (draft, part(draft), "words, file, place, phone"),
        (draft, edit_words(county(), RESIDENT_PERSON, draft, Written(1, "停水了"), NOW), "edited words"),
        (draft, show(RESIDENT_PERSON, choice), "choice of kind, category, township, name"),
        (both, remove_part(county(), RESIDENT_PERSON, both, PHONE.message, None), "part taken out"),
        (draft, remove_part(county(), RESIDENT_PERSON, draft, 1, None), "last part taken out"),
        (draft, show(RESIDENT_PERSON, msgspec.structs.replace(draft, is_apart=True)), "filed apart from a case like it"),
        (draft, file_case(desk(), sender, draft, (), NOW), "sent"),
        (draft, join_case(desk(), like, here, RESIDENT_PERSON, NOW), "joined a case like it"),
        (draft, add_draft(desk(), own, draft, (), NOW), "added to a case of one's own"),
        (draft, discard(RESIDENT_PERSON, draft=draft), "discarded"),
    ]
    led = {(type(start).__name__, type(effects.dialog).__name__, label) for start, effects, label in does}
    assert tidied.ended == (RESIDENT_PERSON,)
    return {*led, ("Drafting", "Idle", "a day without a change")}


def test_every_arrow_leads_where_it_is_drawn_to() -> None:
    """And nothing leads anywhere that is not drawn."""
    assert arrows() == reached()
