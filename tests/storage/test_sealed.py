"""What must lie sealed beside a case's entries: whatever commits to words needs them, until they are erased."""

from __future__ import annotations

import re
from typing import Final, get_args

import msgspec
import pytest

from bot.rules.entry import (
    RESIDENT,
    AnyFact,
    BesideFact,
    CaseFact,
    ContentErased,
    Entry,
    Erasing,
    FileAdded,
    TieCut,
    VoiceAdded,
    VoiceLeft,
    VoiceLinked,
)
from bot.rules.slot import words_slot
from storage.sealed import LEFT, LOST, MISSED, SEALING, UNKNOWN, Content, There
from tests.rules.test_life import EXAMPLES
from tests.support.builders import NOW, NUMBER

COMMITMENT: Final = re.compile(r"[0-9a-f]{64}")
ABOUT_CASES: Final = {fact.__name__ for fact in (*get_args(CaseFact), *get_args(BesideFact))}


def commits(fact: AnyFact) -> bool:
    """Say whether a fact holds a commitment to words; one to a file's bytes is compared with the file's row."""
    values = [] if isinstance(fact, FileAdded) else msgspec.structs.astuple(fact)
    return any(isinstance(value, str) and COMMITMENT.fullmatch(value) for value in values)


COMMITTING: Final = {name: EXAMPLES[name](1) for name in sorted(ABOUT_CASES) if commits(EXAMPLES[name](1))}


def taken(*facts: AnyFact, actor: str = "s-1") -> Content:
    """Take entries one after the other."""
    content = Content()
    for fact in facts:
        content.take(Entry(at=NOW, actor=actor, case=NUMBER, fact=fact), 1)
    return content


def slot_of(fact: AnyFact) -> str:
    """Name where its words lie."""
    slot = words_slot(fact, 1)
    assert slot is not None, fact
    return slot


def test_no_other_fact_says_words() -> None:
    """What commits to nothing asks for nothing, and need not be looked at."""
    silent = {name: EXAMPLES[name](1) for name in ABOUT_CASES - COMMITTING.keys()}
    assert {name for name, fact in silent.items() if words_slot(fact, 1) is not None} == set()
    assert len(COMMITTING) > 10


@pytest.mark.parametrize("name", COMMITTING)
def test_what_a_fact_commits_to_must_be_there_until_it_is_erased(name: str) -> None:
    """Its words and the key that opens them; gone both, once an entry says so; what is said later is there again."""
    fact, erased = COMMITTING[name], ContentErased(because=Erasing.ORDER)
    assert type(fact) in SEALING
    there = {slot_of(fact), "phone"}
    said = taken(fact)
    assert said.wrong(There(there, True, False)) is None
    assert said.wrong(There({"phone"}, True, False)) == LOST
    assert said.wrong(There(there, False, False)) == LOST
    gone = taken(fact, erased)
    assert gone.wrong(There(set(), False, False)) is None
    assert gone.wrong(There({slot_of(fact)}, False, False)) == LEFT
    assert gone.wrong(There(set(), True, False)) == LEFT
    again = taken(fact, erased, fact)
    assert again.wrong(There({slot_of(fact)}, True, False)) is None
    assert again.wrong(There(there, True, False)) == LEFT
    assert again.wrong(There(set(), True, False)) == LOST


def test_a_file_needs_the_case_s_key() -> None:
    """Also where nothing is said."""
    erased = taken(ContentErased(because=Erasing.ORDER))
    assert erased.wrong(There(set(), True, True)) is None
    assert erased.wrong(There(set(), False, True)) == LOST


FILED: Final = COMMITTING["Filed"]
ERASED: Final = ContentErased(because=Erasing.ORDER)


@pytest.mark.parametrize(
    ("actor", "facts", "voices"),
    [
        (RESIDENT, (FILED,), {1: False}),
        ("s-1", (FILED,), {}),
        ("s-1", (FILED, VoiceLeft(voice=1)), {}),
        ("s-1", (FILED, VoiceLinked(voice=1)), {1: False}),
        (RESIDENT, (FILED, VoiceAdded(voice=2)), {1: False, 2: False}),
        (RESIDENT, (FILED, VoiceAdded(voice=2), VoiceLeft(voice=1)), {1: True, 2: False}),
        (RESIDENT, (FILED, VoiceAdded(voice=2), VoiceLeft(voice=1), VoiceAdded(voice=3)), {1: True, 2: False, 3: False}),
        (RESIDENT, (FILED, VoiceAdded(voice=2), TieCut(voice=1)), {2: False}),
        (RESIDENT, (FILED, VoiceAdded(voice=2), VoiceLeft(voice=2), TieCut(voice=2)), {1: False}),
        (RESIDENT, (FILED, VoiceAdded(voice=2), ERASED), {}),
        (RESIDENT, (FILED, ERASED, VoiceAdded(voice=2)), {2: False}),
    ],
)
def test_whoever_stands_behind_a_case_is_there_and_nobody_else(
    actor: str, facts: tuple[AnyFact, ...], voices: dict[int, bool]
) -> None:
    """Whoever is taken out by hand would not be asked whether it is solved, nor would one who is made to have left."""
    content = taken(*facts, actor=actor)
    slots = frozenset() if ERASED in facts else frozenset({slot_of(FILED)})
    sealed = There(slots, has_key=bool(slots), voices=voices)
    assert content.wrong(sealed) is None
    for too_many in {1, 2, 3} - voices.keys():
        assert content.wrong(sealed._replace(voices={**voices, too_many: False})) == UNKNOWN
        assert content.wrong(sealed._replace(voices={**voices, too_many: True})) == UNKNOWN
    for voice, has_left in voices.items():
        assert content.wrong(sealed._replace(voices={n: left for n, left in voices.items() if n != voice})) == MISSED
        turned = content.wrong(sealed._replace(voices={**voices, voice: not has_left}))
        assert turned == (UNKNOWN if has_left else MISSED)
