"""A small torture of the real program on each database, and a reconciliation that finds what is wrong when something is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.faults.diary import Diary, Sight
from tests.faults.fleet import Shape
from tests.faults.reconcile import Books, Entry, reconcile
from tests.faults.torture import Plan, torture
from tests.support.postgres import Server

SMALL = Plan(kills=4, updates=260, residents=40, seed=7, shape=Shape(fresh_share=0.5), loses_answers=False)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_fault_23_killed_at_random_moments_while_everything_goes_wrong(
    tmp_path: Path, request: pytest.FixtureRequest, engine: str
) -> None:
    """0 lost, 0 doubled, every repeated message explained; `make torture` does the same a thousand times over.

    On PostgreSQL they are two, and one or the other is killed: the other takes over its polling, updates and letters.
    """
    server: Server | None = request.getfixturevalue("server") if engine == "postgresql" else None
    plan = replace(SMALL, shape=replace(SMALL.shape, processes=2 if server else 1))
    outcome, run = await torture(plan, tmp_path, server.empty() if server else tmp_path / "bot.db")
    assert list(outcome.findings) == []
    assert run.kills == SMALL.kills
    assert outcome.figures["entries filed"] == outcome.figures["complaints sent"] > 20
    assert sum(run.sandbox.faults.struck.values()) > 10


async def test_fault_23_killed_behind_a_webhook(tmp_path: Path) -> None:
    """The same when updates are brought instead of fetched."""
    outcome, _ = await torture(replace(SMALL, shape=Shape("webhook"), seed=8), tmp_path, tmp_path / "bot.db")
    assert list(outcome.findings) == []


def filed(seq: int, number: int, category: str) -> Entry:
    """Make an entry of a filing."""
    return Entry(seq, "filed", f"CB-2026-{number:06}", {"category": category})


def receipt(number: int, life: int = 0, *, is_answer_lost: bool = False) -> Sight:
    """Make the sight of a receipt."""
    return Sight(f"已登记 CB-2026-{number:06}", life, is_answer_lost=is_answer_lost)


def books(*ledger: Entry) -> Books:
    """Make a database in which nothing waits."""
    return Books(ledger, waiting=0, aside=0, unsent=0, given_up={})


GOOD = books(filed(1, 1, "roads"), filed(2, 2, "jobs"))


def diary(*sights: Sight) -> Diary:
    """Make the notes of somebody who complained about roads and then about wages."""
    return Diary(5, filed=["roads", "jobs"], sights=list(sights))


def test_a_run_in_which_all_is_well_has_no_finding() -> None:
    """Also when a message came twice for a reason: the program died behind it, or its answer was lost."""
    explained = diary(receipt(1, is_answer_lost=True), receipt(1), receipt(2), receipt(2, life=1))
    for notes in (diary(receipt(1), receipt(2)), explained):
        assert reconcile([notes], GOOD).findings == []
    assert reconcile([explained], GOOD).figures["messages repeated, explained by a kill"] == 1


def test_another_process_may_repeat_what_came_from_a_dying_one_but_only_the_last() -> None:
    """Both come while it is dying: the one that was on its way, and the one that is sent in its stead."""
    assert reconcile([diary(receipt(1), receipt(2, life=1), receipt(2, life=1))], GOOD).findings == []
    doubled = diary(receipt(1, life=1), receipt(2, life=1), receipt(1, life=1))
    assert any("unexplained repeat" in finding for finding in reconcile([doubled], GOOD).findings)


def test_who_asks_again_after_waiting_in_vain_is_answered_again_once_for_each_time() -> None:
    """It is counted as such; what came before, one more than was asked for, or about another case is not explained."""
    again = Sight("", 0, is_own=True, asks_again="CB-2026-000001")
    notes = diary(receipt(1), again, receipt(1), receipt(2))
    outcome = reconcile([notes], GOOD)
    assert outcome.findings == []
    assert outcome.figures["messages repeated, asked for again after a wait in vain"] == 1
    for sights in (
        (receipt(1), receipt(1), again, receipt(2)),
        (receipt(1), again, receipt(1), receipt(1), receipt(2)),
        (receipt(1), again, receipt(2), receipt(2)),
    ):
        assert any("unexplained repeat" in finding for finding in reconcile([diary(*sights)], GOOD).findings)


@pytest.mark.parametrize(
    ("notes", "found", "said"),
    [
        pytest.param(diary(receipt(1)), books(filed(1, 1, "roads")), "jobs: 1 complaints were sent, 0", id="lost"),
        pytest.param(
            diary(receipt(1), receipt(2)), books(*GOOD.ledger, filed(3, 3, "jobs")), "jobs: 1 complaints", id="doubled"
        ),
        pytest.param(
            diary(receipt(1), receipt(2)), books(*GOOD.ledger, filed(3, 2, "x")), "is filed 2 times", id="a number twice"
        ),
        pytest.param(diary(receipt(2), receipt(1)), GOOD, "in another order", id="out of order"),
        pytest.param(diary(receipt(1), receipt(9)), GOOD, "CB-2026-000009, which is not in the ledger", id="made up"),
        pytest.param(diary(receipt(1)), GOOD, "1 receipts were never seen", id="a receipt that never came"),
        pytest.param(diary(receipt(1), receipt(2), receipt(2)), GOOD, "unexplained repeat", id="repeated for no reason"),
        pytest.param(
            diary(receipt(1), receipt(2), receipt(1, life=1)), GOOD, "unexplained repeat", id="not the last before the kill"
        ),
        pytest.param(
            diary(receipt(1), receipt(2)),
            books(*GOOD.ledger, Entry(3, "accepted", "CB-2026-000001", {})),
            "accepted 1 times",
        ),
        pytest.param(
            diary(receipt(1), receipt(2)), books(*GOOD.ledger, Entry(4, "closed", None, {})), "the ledger has a gap"
        ),
        pytest.param(diary(receipt(1), receipt(2)), replace(GOOD, waiting=1), "1 updates and 0 messages still wait"),
        pytest.param(diary(receipt(1), receipt(2)), replace(GOOD, aside=1), "1 updates were set aside"),
    ],
)
def test_the_reconciliation_finds(notes: Diary, found: Books, said: str) -> None:
    """Each way in which chats and ledger can disagree."""
    assert any(said in finding for finding in reconcile([notes], found).findings)


def test_two_people_with_one_receipt_are_found() -> None:
    """A number belongs to one of them."""
    other = replace(diary(receipt(1)), person=6, filed=["roads"])
    findings = reconcile([diary(receipt(1), receipt(2)), other], books(*GOOD.ledger, filed(3, 3, "roads"))).findings
    assert any("2 people hold a receipt" in finding for finding in findings)
