"""Whether the ledger holds: chain, tree, head, kept checkpoints and all tables that entries make; and making those anew.

Each page is read in a view of its own, so an audit beside a running bot holds nothing up and sees no half of a commit.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

from bot.errors import DatabaseDamaged, LedgerBroken, StorageUnavailable
from bot.rules.chain import EMPTY, Head, LedgerRow, follow
from bot.rules.checkpoint import Checkpoint
from bot.rules.merkle import EMPTY_TREE, Level, NodeId, grow, root
from bot.rules.page import CASE_NUMBER, ENTRY_HASH, SEQ, holds
from storage.assertions import CountedWeek, compare_draws, counted_weeks
from storage.derived import House
from storage.derived_numbers import Numbers
from storage.derived_table import Mismatch
from storage.engine import Engine, Row, Session, blob
from storage.found import Found, told
from storage.insist import insist
from storage.keyring import read_key
from storage.ledger_reader import LEAST, PAGE, LedgerReader, damage
from storage.planned import unplanned, without_digest
from storage.pledges import compare_pledges, compare_remembered
from storage.projection import Projection, Range, mismatches, projected, ranges, replace_range
from storage.rows import read_ledger_row
from storage.schema import schema_flaw
from storage.sealed import misplaced
from storage.signing import kept_checkpoints
from storage.survey_draws import compare_surveys
from storage.tree import Made, made_by, surplus_of
from storage.unsealing import altered
from storage.unsealing_house import altered_house
from storage.vault import TRANSIT, Vault

Tell: TypeAlias = "Callable[[int], None]"
"""Hears how many entries, or cases, are done."""

NODES_AT_ONCE: Final = 20_000
"""How many nodes of the tree are compared in one go."""

OUTSIDE: Final = "the checkpoint from outside"
KEPT: Final = "the checkpoint kept of its entries"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many cases the entries make, and what was different in the tables.

    Attributes:
        replaced: so many cases.
        nodes: so many of the tree's nodes.
        others: so many rows about no case.
        left: what could not be put right, as no entry holds all of it.
    """

    cases: int
    replaced: int
    nodes: int
    others: int = 0
    left: tuple[Mismatch, ...] = ()

    @property
    def is_equal(self) -> bool:
        """Say whether nothing was different."""
        return not self.replaced and not self.nodes and not self.others


class Audit:
    """One walk over a ledger, from the first entry to the last; `head` is how far it holds."""

    def __init__(self, engine: Engine, outside: Checkpoint | None = None) -> None:
        self.head: Head = EMPTY
        self._engine = engine
        self._reader = LedgerReader(engine)
        self._outside = outside
        self._tree = EMPTY_TREE
        self._house = House()
        self._taken = 0
        self._known: dict[int, list[tuple[str, bytes]]] = {}

    @property
    def unbound(self) -> int:
        """Say how many officials came to their roles before an entry bound these to them."""
        return self._house.unbound

    # ── Checking ─────────────────────────────────────────────────────────────

    async def size(self) -> int | None:
        """Say how many entries there should be, for whoever waits; None where the database does not tell."""
        try:
            return max((await self._reader.head()).seq, 0)
        except DatabaseDamaged:
            return None  # where it is damaged is found by following it

    async def find_flaws(self) -> None:
        """Look at the database's own file, also where it holds what no entry speaks of.

        Raises:
            LedgerBroken: it is damaged; the entry named is the last that was followed.
        """
        async with self._engine.reading() as session:
            said = [str(text) for (text,) in await session.rows("store_flaw", {})]
        if said != ["ok"]:
            raise LedgerBroken(max(self.head.seq, 1), damage(" ".join(" ".join(said).split())))

    async def compare_schema(self) -> None:
        """Compare what the database is made of with what the migrations make.

        Raises:
            LedgerBroken: naming the part that is missing, changed or too much; its entry is the last that was followed.
        """
        why = await schema_flaw(self._engine)
        if why is not None:
            raise LedgerBroken(max(self.head.seq, 1), f"the database is not built as the program builds it: {why}")

    async def follow_ledger(self, tell: Tell) -> None:
        """Follow chain and tree to the end that the head names, past every checkpoint that is known.

        Raises:
            LedgerBroken: naming the first entry that does not hold.
        """
        await self._know_checkpoints()
        self._compare_checkpoints()
        async for made in self._nodes(tell):
            await self._compare_tree(made)
        await self._compare_tree_size()
        if self._outside is not None and self._outside.size > self.head.seq:
            why = f"the entry is missing; {OUTSIDE} is about {self._outside.size} entries: the end was cut off"
            raise LedgerBroken(self.head.seq + 1, why)

    async def compare_cases(self, tell: Tell) -> None:
        """Compare all that the entries make with what is there; raises LedgerBroken as `conclude`."""
        await self.conclude(await self.find_in_cases(tell))

    async def find_in_cases(self, tell: Tell) -> Found:
        """Follow draws, surveys' seeds and what weeks' ends assert, and compare every table about cases with the entries.

        It asks nothing of the chain, so another process can do it meanwhile.

        Raises:
            LedgerBroken: of draws, seeds, weeks and entries the first that does not follow; of entry 0: the case tables
                cannot be read.
        """
        async with self._engine.reading() as session:
            await compare_draws(session)
            await compare_pledges(session)
            await compare_remembered(session)
            await compare_surveys(session)
            weeks = await counted_weeks(session)
            found = Found().and_these(await without_digest(session, weeks[-1].seq if weeks else None))
        count, numbers = 0, Numbers()
        async for cases in ranges(self._engine):
            expected, differ = await self._differing(cases, weeks, with_others=True)
            numbers.take(expected)
            found = found.and_these(differ)
            count += len(expected)
            tell(count)
        async with self._engine.reading() as session:
            return found.and_these(await numbers.wrong(session))

    async def conclude(self, found: Found) -> None:
        """Compare what the house's entries make, and name, of this and what was found in cases, the first.

        Raises:
            LedgerBroken: of the cases and other rows that differ, the one whose last entry is the earliest.
        """
        found = found.and_these(await self._house_mismatches())
        if found.first is not None:
            raise LedgerBroken(found.first.seq or self.head.seq, told(found.first, found.count))

    async def open_cases(self, vault: Vault, tell: Tell) -> None:
        """Open all that lies sealed of cases and of the house, and hold it against what entries hold of it.

        Raises:
            LedgerBroken: naming the case whose last entry is the earliest.
            KeyLost, KeyVersionMissing: the master key at hand is not the one that this database was sealed under.
        """
        async with self._engine.reading() as session:
            await read_key(session, vault, TRANSIT)
        found, count = Found(), 0
        async for cases in ranges(self._engine):
            async with self._engine.reading() as session:
                expected = await projected(session, cases)
                found = found.and_these(await altered(session, vault, cases.parameters, expected))
            count += len(expected)
            tell(count)
        async with self._engine.reading() as session:
            await self._catch_up(session)
            found = found.and_these(await altered_house(session, vault, self._house.bound))
        if found.first is not None:
            raise LedgerBroken(found.first.seq or self.head.seq, told(found.first, found.count))

    async def _differing(
        self, cases: Range, weeks: Sequence[CountedWeek] = (), *, with_others: bool = False
    ) -> tuple[dict[str, Projection], list[Mismatch]]:
        try:
            async with self._engine.reading() as session:
                expected = dict(await self._projected(session, cases, weeks))
                found = await mismatches(session, cases, expected)
                if with_others:  # what lies beside the rows that entries determine
                    sealed = {number: (each.content, each.last_seq) for number, each in expected.items()}
                    found += await misplaced(session, cases.parameters, sealed)
                    found += await unplanned(session, cases.parameters, expected)
                return expected, found
        except StorageUnavailable as error:
            raise LedgerBroken(self.head.seq, f"the case tables cannot be read: {error}") from error

    async def _projected(self, session: Session, cases: Range, weeks: Sequence[CountedWeek]) -> Mapping[str, Projection]:
        return await projected(session, cases, weeks)

    async def _house_mismatches(self) -> list[Mismatch]:
        try:
            async with self._engine.reading() as session:
                await self._catch_up(session)
                return await self._house.mismatches(session)
        except StorageUnavailable as error:
            raise LedgerBroken(self.head.seq, f"the tables of the house cannot be read: {error}") from error

    async def _catch_up(self, session: Session) -> None:
        """Take what was entered since the chain was followed, so that the tables are compared with all that made them."""
        while rows := await session.rows("ledger_page", {"first": self._taken + 1, "limit": PAGE}):
            for row in map(read_ledger_row, rows):
                self._take(row)

    def _take(self, row: LedgerRow) -> None:
        self._taken = row.seq
        if row.case_number is None:
            self._house.take(row)

    async def _relieve(self) -> None:
        if self._house.is_full:
            async with self._engine.reading() as session:
                await self._house.relieve(session)

    # ── Making anew ──────────────────────────────────────────────────────────

    async def rebuild(self, tell_entries: Tell, tell_cases: Tell) -> Rebuilt:
        """Make tree and tables anew from the entries alone, and replace what differs, in one transaction each.

        Raises:
            LedgerBroken: the entries themselves do not hold, or the file is damaged; nothing was changed.
        """
        await self.find_flaws()
        wrong_nodes = await self._mend_tree(tell_entries)
        others = len(await self._house_mismatches())
        left = await insist(self._mend_house) if others else []
        cases, wrong, numbers = 0, 0, Numbers()
        differing_ranges: list[Range] = []
        async for each in ranges(self._engine):
            expected, differ = await self._differing(each)
            numbers.take(expected)
            cases, wrong = cases + len(expected), wrong + len(differ)
            if differ:
                differing_ranges.append(each)
            tell_cases(cases)
        if differing_ranges:
            left += await insist(partial(self._replace, differing_ranges))
        others += await insist(partial(self._mend_numbers, numbers))
        return Rebuilt(cases, wrong, wrong_nodes, others, tuple(left))

    async def _replace(self, differing_ranges: Sequence[Range]) -> list[Mismatch]:
        left: list[Mismatch] = []
        async with self._engine.writing() as session:
            await session.rows("ledger_head_lock", {})  # nobody appends until it is done
            for each in differing_ranges:
                left += await replace_range(session, each, await projected(session, each))
        return left

    async def _mend_numbers(self, numbers: Numbers) -> int:
        async with self._engine.writing() as session:
            return await numbers.mend(session)

    async def _mend_house(self) -> list[Mismatch]:
        async with self._engine.writing() as session:
            await session.rows("ledger_head_lock", {})
            await self._catch_up(session)
            return await self._house.mend(session)

    async def _mend_tree(self, tell: Tell) -> int:
        """Follow the chain, and collect the nodes that are not what the entries say; write them, and drop the surplus."""
        wrong: list[tuple[NodeId, bytes]] = []
        async for made in self._nodes(tell):
            async with self._engine.reading() as session:
                wrong += await made.differing(session)
        async with self._engine.reading() as session:
            surplus = await surplus_of(session)
        return await insist(partial(self._mend, wrong)) if wrong or surplus else 0

    async def _mend(self, wrong: Sequence[tuple[NodeId, bytes]]) -> int:
        async with self._engine.writing() as session:
            await session.rows("ledger_head_lock", {})
            await session.run(
                "tree_mend", [{"level": node.level, "place": node.place, "hash": digest} for node, digest in wrong]
            )
            ((_, size),) = await session.rows("tree_size", {})
            dropped = await session.run("tree_drop_surplus", [{"size": size}])
        return len(wrong) + dropped

    # ── Pages ────────────────────────────────────────────────────────────────

    async def _nodes(self, tell: Tell) -> AsyncIterator[Made]:
        """Follow the chain to the head; yield the nodes that it makes, many at a time."""
        made = Made()
        async for levels in self._pages():
            made.add(levels)
            if len(made) >= NODES_AT_ONCE:
                yield made
                made = Made()
            await self._relieve()
            tell(self.head.seq)
        yield made

    async def _pages(self) -> AsyncIterator[Sequence[Level]]:
        """Follow the chain to the head, also to one that moves on meanwhile; yield the nodes that each page makes."""
        first = LEAST
        while True:
            begun_at = self.head.seq
            async for lines in self._lines(first):
                yield self._follow(lines)
            said = await self._reader.head()
            if said.seq <= self.head.seq or self.head.seq == begun_at:
                _compare_head(self.head, said)
                return
            first = self.head.seq + 1

    def _lines(self, first: int) -> AsyncIterator[Sequence[Row]]:
        return self._reader.ledger_lines(first)

    def _hold(self, lines: Sequence[Row]) -> bool:
        return holds(self.head, lines)

    def _follow(self, lines: Sequence[Row]) -> list[Level]:
        """Follow a page, and let the tree grow, stopping at every size of which a checkpoint is known.

        Of one that holds as a whole, only those lines are looked at again on which more hangs than the chain.
        """
        begun_at, made = self._tree.size, list[Level]()
        is_honest = self._hold(lines)
        looked_at = [*self._stops(lines[:-1]), lines[-1]] if is_honest else lines
        for row in map(read_ledger_row, looked_at):
            self.head = Head(row.seq, row.chain_hash) if is_honest else follow(self.head, row)
            self._take(row)
            if row.seq in self._known:
                made += self._grow(lines[self._tree.size - begun_at : row.seq - begun_at])
                self._compare_checkpoints()
        return made + self._grow(lines[self._tree.size - begun_at :])

    def _stops(self, lines: Sequence[Row]) -> list[Row]:
        """Return the lines that are of the house, or the last of which a checkpoint is known."""
        return [line for line in lines if line[CASE_NUMBER] is None or line[SEQ] in self._known]

    def _grow(self, lines: Sequence[Row]) -> list[Level]:
        self._tree, levels = grow(self._tree, [blob(line[ENTRY_HASH]) for line in lines])
        return list(levels)

    async def _know_checkpoints(self) -> None:
        if self._outside is not None:
            self._known.setdefault(self._outside.size, []).append((OUTSIDE, self._outside.root))
        async with self._engine.reading() as session:
            for kept in await kept_checkpoints(session):
                self._known.setdefault(kept.size, []).append((KEPT, kept.read().root))

    def _compare_checkpoints(self) -> None:
        for whose, expected in self._known.get(self.head.seq, ()):
            if root(self._tree) != expected:
                raise LedgerBroken(self.head.seq, f"{whose} has another root: something up to this entry was rewritten")

    async def _compare_tree(self, made: Made) -> None:
        async with self._engine.reading() as session:
            wrong = await made.differing(session)
        if wrong:
            raise _node_broken(wrong)

    async def _compare_tree_size(self) -> None:
        async with self._engine.reading() as session:
            if await surplus_of(session):
                raise LedgerBroken(self.head.seq, "the tree over the ledger has nodes that no entry made")


def _node_broken(wrong: Sequence[tuple[NodeId, bytes]]) -> LedgerBroken:
    node = min((node for node, _ in wrong), key=lambda node: (made_by(node), node.level))
    return LedgerBroken(made_by(node), f"the tree over the ledger is not that of its entries, at {node.level}/{node.place}")


def _compare_head(found: Head, said: Head) -> None:
    """Raise LedgerBroken when the ledger does not end where it was last said to."""
    if found.seq < said.seq:
        raise LedgerBroken(found.seq + 1, f"the entry is missing; the ledger once ended with entry {said.seq}")
    if found != said:
        raise LedgerBroken(found.seq, "the ledger does not end where its head says")
