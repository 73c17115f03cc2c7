"""The shortest way to say that all holds: it takes nothing on trust that the longer one looks at.

That it finds what was changed is asked of the command, for each harm there is (test_tamper.py, test_damage.py).
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

from bot.ports import Decision
from bot.rules.effect import Effects
from bot.rules.entry import Entry, Look, Looked
from storage.audit_once import AuditOnce
from tests.storage.test_proofs import Busy
from tests.support.store import OFFICER, Town
from tests.support.unguarded import unguarded

OUT_OF_SIGHT = "\U0010ffff/"
"""Behind every number that a case can have, where no case is looked for."""


LEAST = 5
"""So many views it opens at least: of what is known of checkpoints, lines, nodes, cases and rows of the house."""


async def holds(town: Town) -> bool:
    """Ask it."""
    return await AuditOnce(town.engine).finds_nothing(lambda _: None, lambda _: None)


async def looked(town: Town) -> int:
    """File a case, and let it be looked at, of which no table tells; return that entry."""
    await town.staffed()
    number = await town.file()
    await town.act(OFFICER, "accept", case=number)
    now = town.clock.now()
    entry = Entry(at=now, actor="s-0123456789ab", case=number, fact=Looked(at_what=Look.CONTACT))
    await town.store.commit([Decision(Effects(entries=(entry,)))], now)
    return (await town.store.read.head()).seq


async def test_it_holds_whenever_more_is_entered(town: Town) -> None:
    """Just before each of its views in turn: what the chain was not followed to is not asked for."""
    await looked(town)
    for view in count(1):
        before = await town.store.read.head()
        audit = AuditOnce(Busy(town.engine, view, town.file))
        assert await audit.finds_nothing(lambda _: None, lambda _: None), view
        now = await town.store.read.head()
        assert before.seq <= audit.head.seq <= now.seq
        if now == before:
            break
    assert view > LEAST


async def test_an_entry_that_no_case_brings_up_is_missed(town: Town, file: Path) -> None:
    """Its hashes are as they were, and nothing that is compared tells of it: only the number of entries does."""
    seq = await looked(town)
    with unguarded(file) as connection:
        connection.execute("UPDATE ledger SET case_number = ? WHERE seq = ?", (OUT_OF_SIGHT, seq))
    assert not await holds(town)


async def test_an_entry_is_read_with_its_case(town: Town, file: Path) -> None:
    """Its facts bind nothing that a table has; the chain leads through its hashes."""
    seq = await looked(town)
    with unguarded(file) as connection:
        connection.execute("UPDATE ledger SET actor = 's-ba9876543210' WHERE seq = ?", (seq,))
    assert not await holds(town)


async def test_an_entry_of_the_house_is_read_with_the_chain(town: Town, file: Path) -> None:
    """No case brings it up."""
    await looked(town)
    with unguarded(file) as connection:
        (seq,) = connection.execute("SELECT MIN(seq) FROM ledger WHERE case_number IS NULL AND kind = 'joined'").fetchone()
        connection.execute("UPDATE ledger SET actor = 's-ba9876543210' WHERE seq = ?", (seq,))
    assert not await holds(town)
