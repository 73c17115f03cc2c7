"""A field visit is put down on one card and entered once; what was heard becomes cases of their own."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from bot.actions.enter_case import begin, enter_case
from bot.actions.log_visit import ANCHOR, begin_visit, count_seen, enter_visit, repeat_card, set_place, visit_of
from bot.errors import NotPermitted, StaleButton
from bot.rules.county import Role
from bot.rules.dialog import Drafting, Idle, Visiting
from bot.rules.entry import Channel, Filed, Visited
from bot.rules.identity import TownshipId
from bot.rules.message import CallReceipt, Remark, Said, VisitCard, VisitEntered
from bot.rules.visit import MOST_SEEN
from tests.support.builders import (
    EVERYBODY,
    NOW,
    OFFICER,
    QAPQAL_TOWN,
    QIONGBOLA,
    TRANSPORT,
    county,
    draft,
    sender,
    staff,
)
from tests.support.known import desk

WALKER = sender(OFFICER.person, OFFICER)
SEEN = Visiting(township=QAPQAL_TOWN, households=3, firms=1)


def test_a_visit_begins_where_the_official_was_last() -> None:
    """With nobody seen yet."""
    where = msgspec.structs.replace(SEEN, households=0, firms=0)
    effects = begin_visit(replace(WALKER, township=QAPQAL_TOWN))
    assert effects.dialog == where
    assert [each.message for each in effects.sends] == [VisitCard(township=QAPQAL_TOWN, households=0, firms=0)]
    busy = begin_visit(replace(WALKER, dialog=draft()))
    assert [each.message for each in busy.sends] == [Said(Remark.DRAFT_OPEN)]


@pytest.mark.parametrize("roles", [(), (staff(Role.TRANSLATOR),)], ids=["resident", "translator"])
def test_who_does_not_go_out_logs_nothing(roles: tuple[object, ...]) -> None:
    """Neither begins nor enters, nor enters what was heard."""
    nobody = sender(OFFICER.person, *roles)  # type: ignore[arg-type]  # officials
    with pytest.raises(NotPermitted):
        begin_visit(nobody)
    with pytest.raises(NotPermitted):
        enter_visit(desk(), nobody, SEEN, NOW, None)
    with pytest.raises(NotPermitted):
        begin(desk(), nobody, Channel.VISIT, 7)


@pytest.mark.parametrize(
    ("seen", "is_then"),
    [((1, 0), (4, 1)), ((0, 5), (3, 6)), ((-5, -5), (0, 0)), ((MOST_SEEN, MOST_SEEN), (MOST_SEEN, MOST_SEEN))],
)
def test_taps_count_whom_they_saw(seen: tuple[int, int], is_then: tuple[int, int]) -> None:
    """Never less than nobody, never more than a day allows."""
    dialog = count_seen(OFFICER.person, SEEN, seen, 5).dialog
    assert isinstance(dialog, Visiting)
    assert (dialog.households, dialog.firms) == is_then


def test_whoever_writes_instead_of_pressing_reads_the_card_anew() -> None:
    """Below their words, as it stands: an edit that changes nothing is no answer."""
    effects = repeat_card(OFFICER.person, SEEN)
    assert (effects.dialog, effects.forget_anchor) == (SEEN, ANCHOR)
    (send,) = effects.sends
    assert (send.message, send.replaces) == (VisitCard(township=QAPQAL_TOWN, households=3, firms=1), None)


def test_the_place_is_one_of_the_county() -> None:
    """Another, of a button from before the county file changed, is stale."""
    placed = set_place(county(), OFFICER.person, SEEN, QIONGBOLA, 5).dialog
    assert isinstance(placed, Visiting)
    assert placed.township == QIONGBOLA
    with pytest.raises(StaleButton):
        set_place(county(), OFFICER.person, SEEN, TownshipId("nowhere"), 5)


def test_a_visit_is_entered_with_its_counts_and_no_name() -> None:
    """The entry is all that there is of it."""
    effects = enter_visit(desk(), WALKER, SEEN, NOW, 5)
    (entry,) = effects.entries
    assert (entry.actor, entry.case) == (OFFICER.id, None)
    assert isinstance(entry.fact, Visited)
    assert entry.fact == Visited(visit=entry.fact.visit, unit=TRANSPORT, township=QAPQAL_TOWN, households=3, firms=1)
    assert isinstance(effects.dialog, Idle)
    assert [each.message for each in effects.sends] == [
        VisitEntered(township=QAPQAL_TOWN, households=3, firms=1, visit=entry.fact.visit)
    ]


@pytest.mark.parametrize("lacking", [{"township": None}, {"households": 0, "firms": 0}], ids=["nowhere", "nobody"])
def test_a_visit_to_nobody_or_nowhere_is_not_entered(lacking: dict[str, object]) -> None:
    """The card says what is missing, and stays."""
    effects = enter_visit(desk(), WALKER, msgspec.structs.replace(SEEN, **lacking), NOW, 5)
    assert (effects.entries, effects.dialog) == ((), None)
    (send,) = effects.sends
    assert isinstance(send.message, VisitCard)
    assert send.message.is_lacking


def test_what_was_heard_becomes_a_case_of_the_channel_visit() -> None:
    """Entered by whoever heard it, with a number and a code for whoever said it."""
    begun = begin(desk(), WALKER, Channel.VISIT, 7).dialog
    assert isinstance(begun, Drafting)
    assert begun.channel is Channel.VISIT
    heard = msgspec.structs.replace(draft(), channel=Channel.VISIT)
    effects = enter_case(desk(), WALKER, heard, EVERYBODY, NOW, bot="bot")
    (change,) = effects.cases
    assert isinstance(change.entries[0].fact, Filed)
    assert (change.entries[0].actor, change.after.channel, change.filer) == (OFFICER.id, Channel.VISIT, None)
    assert any(isinstance(each.message, CallReceipt) for each in effects.sends)


def test_a_button_of_a_visit_that_is_not_put_down_any_more_is_stale() -> None:
    """It was entered, or left."""
    assert visit_of(SEEN) is SEEN
    with pytest.raises(StaleButton):
        visit_of(Idle())
