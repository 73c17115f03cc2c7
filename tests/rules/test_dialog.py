"""A draft lies open while something else is asked, and goes on after it."""

from __future__ import annotations

import msgspec
import pytest

from bot.rules.county import Kind, Urgency
from bot.rules.dialog import Adding, Beside, Dialog, Drafting, Idle, Linking, ReachingMilestone, abandoned, apart, beside
from bot.rules.identity import CaseNumber, CategoryId, FileId, ProjectId

DRAFT = Drafting(
    words="路灯坏了",
    kind=Kind.COMPLAINT,
    category=CategoryId("roads"),
    township=None,
    urgency=Urgency.NORMAL,
    is_guessed=True,
)
EMPTY = Drafting(
    words="", kind=Kind.COMPLAINT, category=CategoryId("roads"), township=None, urgency=Urgency.NORMAL, is_guessed=True
)
ADDING = Adding(case=CaseNumber("CB-2026-000001"))
LINKING = Linking()


def test_what_is_asked_beside_a_draft_keeps_it() -> None:
    """From one question to the next, and back to the draft when they are answered."""
    asked = beside(DRAFT, None, ADDING)
    assert asked == Beside(draft=DRAFT, asked=ADDING)
    assert asked is not None
    assert apart(asked) == (ADDING, DRAFT)
    assert beside(ADDING, DRAFT, LINKING) == Beside(draft=DRAFT, asked=LINKING)
    assert beside(LINKING, DRAFT, Idle()) == DRAFT


@pytest.mark.parametrize("draft", [None, DRAFT])
def test_where_nothing_changes_nothing_is_said(draft: Drafting | None) -> None:
    """What was decided leaves the conversation where it stood."""
    assert beside(ADDING, draft, None) is None


def test_a_draft_that_is_over_is_over() -> None:
    """Sent or thrown away, it does not come back."""
    assert beside(DRAFT, None, Idle()) == Idle()


def test_another_draft_takes_its_place() -> None:
    """There is one at a time."""
    assert beside(ADDING, DRAFT, EMPTY) == EMPTY
    assert beside(DRAFT, None, EMPTY) == EMPTY


@pytest.mark.parametrize("before", [Idle(), EMPTY, ADDING])
def test_without_a_draft_a_question_stands_alone(before: Dialog) -> None:
    """A draft with nothing in it is not kept."""
    assert beside(before, None, LINKING) == LINKING
    assert beside(before, None, Idle()) == Idle()


def test_photos_that_were_not_published_go_with_their_card() -> None:
    """Whatever ends it; not while more is said of the same milestone, nor those that publishing it keeps."""
    reaching = ReachingMilestone(
        project=ProjectId("roads"), photos=((FileId("f-1"), True), (FileId("f-2"), False)), begun_by=7
    )
    for over in (ADDING, Idle(), DRAFT, msgspec.structs.replace(reaching, photos=(), begun_by=8)):
        assert abandoned(reaching, over) == ("f-1", "f-2")
    assert abandoned(reaching, Idle(), {FileId("f-1")}) == ("f-2",)
    for after in (None, msgspec.structs.replace(reaching, words="通车")):
        assert abandoned(reaching, after) == ()
    assert abandoned(DRAFT, ADDING) == ()


def test_what_is_kept_already_stays_as_it_is() -> None:
    """Asked twice, it says the same."""
    assert beside(DRAFT, None, beside(DRAFT, None, ADDING)) == beside(DRAFT, None, ADDING)
