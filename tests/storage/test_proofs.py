"""The tree, checkpoints, and case tables compared with the entries, in both databases; and the key that signs."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.errors import LedgerBroken, SettingsError
from bot.ports import Decision, Sent
from bot.rules.chain import LedgerRow
from bot.rules.checkpoint import Checkpoint, open_checkpoint
from bot.rules.county import Role
from bot.rules.due import CloseUnrated, Due, SendDigest
from bot.rules.effect import Effects
from bot.rules.identity import CaseNumber
from bot.rules.merkle import EMPTY_TREE, NodeId, Nodes, grow, inclusion_proof, is_included, root
from bot.workers.bell import Bell
from bot.workers.clock import Ticker
from storage.audit import Audit, Rebuilt
from storage.audit_once import AuditOnce
from storage.engine import Engine, Parameters, Row, Session
from storage.keyfile import read_secret, read_secret_if_there
from storage.masters import Masters
from storage.proving import extension_from, proofs_of
from storage.signing import KeptCheckpoint, Signer, newest_checkpoint, signed_otherwise
from storage.store import open_store
from storage.tree import computed, frontier, made_by, nodes_of
from storage.vault import SystemRandomness, Vault
from tests.storage.conformance import OnePlace, Place
from tests.support import postgres
from tests.support.store import LEAD, MASTER, NEIGHBOUR, OFFICER, RESIDENT, SeededRandomness, Town, opened_town

SECRET = bytes(range(32))
SIGNER = Signer("minsheng/654022", SECRET)
BEYOND = "\U0010ffff"


HEAD_VIEW = 3
"""The view in which an audit of a short ledger reads the head; what comes later is for the next audit."""


def quiet(_: int) -> None:
    """Show no progress."""


async def lived(town: Town) -> tuple[CaseNumber, CaseNumber]:
    """Let two cases have everything that a case can have, told and untold reminders and a changed answer too."""
    await town.staffed()
    number, other = await town.file(), await town.file(NEIGHBOUR)
    await town.clock.move(timedelta(days=30))
    assert await Ticker(town.store, town.desk, town.clock, Bell(town.clock), ()).step()
    await tell_one(town)
    await town.act(OFFICER, "accept", case=number)
    await town.act(LEAD, "resolve", case=number, answer="修好了")
    await town.act(RESIDENT, "rate", case=number, solved="yes")
    await town.clock.move(timedelta(minutes=5))
    await town.act(RESIDENT, "score", case=number, score=2)
    await town.act(LEAD, "resolve", case=other, answer="修好了")
    await town.act(NEIGHBOUR, "rate", case=other, solved="no")
    return number, other


async def tell_one(town: Town) -> None:
    """Deliver letters until one that carries reminders has arrived."""
    while letters := await town.store.take_letters(1, frozenset(), town.clock.now()):
        await town.store.settle([Sent(letter, 1) for letter in letters], town.clock.now())
        if letters[0].tells:
            return


async def entries(town: Town) -> list[LedgerRow]:
    """Read the whole ledger."""
    return [row async for rows in town.store.read.ledger() for row in rows]


async def last_of(town: Town, number: CaseNumber) -> int:
    """Return the sequence number of a case's last entry."""
    return max(row.seq for row in await entries(town) if row.case_number == number)


async def tamper(town: Town, statement: str, *parameters: Parameters) -> None:
    """Write behind the store's back."""
    async with town.engine.writing() as session:
        assert await session.run(statement, parameters) >= len(parameters)


async def broken(town: Town) -> tuple[int, str]:
    """Verify, and return what does not hold."""
    audit = Audit(town.engine)
    try:
        await audit.follow_ledger(quiet)
        await audit.compare_cases(quiet)
    except LedgerBroken as found:
        assert not await AuditOnce(town.engine).finds_nothing(quiet, quiet)
        return found.seq, found.why
    raise AssertionError("it holds")


async def rebuilt(town: Town) -> Rebuilt:
    """Make everything anew, after which it holds."""
    made = await Audit(town.engine).rebuild(quiet, quiet)
    audit = Audit(town.engine)
    await audit.follow_ledger(quiet)
    await audit.compare_cases(quiet)
    assert await AuditOnce(town.engine).finds_nothing(quiet, quiet)
    return made


async def projection(town: Town) -> list[Sequence[Row]]:
    """Read the case tables whole."""
    tables = ("projection_cases", "projection_rounds", "projection_ratings", "projection_reminders")
    return [sorted(await town.rows(table, first="", beyond=BEYOND), key=repr) for table in tables]


class Busy:
    """An engine on which something happens just before a view of a given number is opened."""

    def __init__(self, engine: Engine, view: int, happen: Callable[[], Awaitable[object]]) -> None:
        self._engine, self._left, self._happen = engine, view, happen

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Session]:
        """Open a view."""
        self._left -= 1
        if self._left == 0:
            await self._happen()
        async with self._engine.reading() as session:
            yield session

    def __getattr__(self, name: str) -> Any:
        """Do everything else as the engine does."""
        return getattr(self._engine, name)


class ProofConformance(OnePlace):
    """What every store proves."""

    async def test_the_tree_grows_with_every_append(self, town: Town) -> None:
        """Filing, delivery's reports, invitations: from stored nodes the root of every size is the root of its entries."""
        await lived(town)
        leaves = [row.entry_hash for row in await entries(town)]
        tree, roots = EMPTY_TREE, []
        for leaf in leaves:
            tree = grow(tree, [leaf]).frontier
            roots.append(root(tree))
        async with town.engine.reading() as session:
            assert [root(await frontier(session, size)) for size in range(1, len(leaves) + 1)] == roots
            assert root(await frontier(session, 0)) == root(EMPTY_TREE)
            ((count, size),) = await session.rows("tree_size", {})
        assert (count, size) == (nodes_of(len(leaves)), len(leaves))
        assert len(leaves) > 20

    async def test_every_entry_is_proved_from_stored_nodes(self, town: Town) -> None:
        """At every size that the ledger has had since."""
        await town.staffed()
        await town.file()
        leaves = [row.entry_hash for row in await entries(town)]
        async with town.engine.reading() as session:
            for size in range(1, len(leaves) + 1):
                whole = root(await frontier(session, size))
                for index in range(size):

                    def path(nodes: Nodes, index: int = index, size: int = size) -> tuple[bytes, ...]:
                        return inclusion_proof(index, size, nodes)

                    assert is_included(leaves[index], index, size, await computed(session, path), whole)

    async def test_an_honest_store_holds_and_comes_out_equal(self, town: Town) -> None:
        """Verified whole, and made anew from entries alone without a row that differs."""
        await lived(town)
        before = await projection(town)
        assert all(before), "every table has something to compare"
        assert len({row[5] for row in before[2] if row[2] == 1 and row[0] == before[0][0][0]}) == 2, "a replaced answer"
        assert {row[6] for row in before[3]} == {1, None}, "a told reminder and one that nobody knows of"
        assert await rebuilt(town) == Rebuilt(cases=2, replaced=0, nodes=0)
        assert await projection(town) == before

    @pytest.mark.parametrize(
        "statement",
        ["projection_drop_cases", "projection_drop_rounds", "projection_drop_ratings", "projection_drop_reminders"],
    )
    async def test_a_table_that_lost_a_case_is_found_and_made_anew(self, town: Town, statement: str) -> None:
        """Named by the case's last entry; what is made anew is what was there."""
        number, other = await lived(town)
        before = await projection(town)
        if statement == "projection_drop_cases":  # what refers to the case goes first
            await tamper(town, "projection_drop_rounds", {"first": number, "beyond": other, "last": BEYOND})
        await tamper(town, statement, {"first": number, "beyond": other, "last": BEYOND})
        seq, why = await broken(town)
        assert seq == await last_of(town, number)
        assert number in why
        assert (await rebuilt(town)).replaced == 1
        assert await projection(town) == before

    @pytest.mark.parametrize(
        ("statement", "changes"),
        [
            pytest.param("case_update", {"state": "withdrawn", "before": 6}, id="a state"),
            pytest.param("case_update", {"officer": "s-000000000000", "before": 6}, id="an officer"),
            pytest.param("case_update", {"due_at": 0, "before": 6}, id="a limit"),
            pytest.param("case_update", {"version": 7, "before": 6}, id="a version"),
            pytest.param("round_put", {"resolved_at": 1}, id="a resolution moved earlier"),
            pytest.param("round_put", {"due_at": 2**50}, id="a limit moved later"),
            pytest.param("round_put", {"round": 2}, id="a round too many"),
            pytest.param("rating_put", {"score": 5}, id="a better score"),
            pytest.param("rating_put", {"voice": 2}, id="a voice too many"),
            pytest.param("rating_put", {"source": "phone"}, id="another source"),
            pytest.param("reminder_told", {"told": 0}, id="a reminder that was told"),
            pytest.param("reminder_put", {"stage": "before:9d"}, id="a reminder too many"),
        ],
    )
    async def test_a_changed_row_is_found_and_put_right(
        self, town: Town, statement: str, changes: dict[str, str | int]
    ) -> None:
        """Any column of any case table, or a row too many."""
        number, _ = await lived(town)
        before = await projection(town)
        table, names = ROWS[statement]
        row = next(row for row in before[table] if row[0] == number and (table != TOLD or row[-1]))
        await tamper(town, statement, {**dict(zip(names, row, strict=True)), **changes})
        assert await projection(town) != before
        assert (await broken(town))[0] == await last_of(town, number)
        assert (await rebuilt(town)).replaced == 1
        assert await projection(town) == before

    async def test_a_case_that_nobody_filed_is_found(self, town: Town) -> None:
        """Also one whose number stands behind all others."""
        await lived(town)
        before = await projection(town)
        made_up = dict(zip(ROWS["case_update"][1], before[0][0], strict=True))
        for number in ("AA-2026-000001", "CB-2026-000001a", BEYOND + "1", ""):
            await tamper(town, "case_insert", {**made_up, "number": number})
            assert "no entry filed" in (await broken(town))[1]
            assert (await rebuilt(town)).replaced >= 1
            assert await projection(town) == before

    async def test_a_changed_node_is_found_and_put_right(self, town: Town) -> None:
        """Named by the entry whose append made it; a node too many or too few as well."""
        await lived(town)
        nodes = await town.rows("tree_of_level", level=2, first=0, last=99)
        await tamper(town, "tree_mend", {"level": 2, "place": 1, "hash": bytes(32)})
        assert (await broken(town))[0] == 8
        assert await rebuilt(town) == Rebuilt(cases=2, replaced=0, nodes=1)
        assert await town.rows("tree_of_level", level=2, first=0, last=99) == nodes
        await tamper(town, "tree_put", {"level": 3, "place": 99, "hash": bytes(32)})
        assert "no entry made" in (await broken(town))[1]
        assert (await rebuilt(town)).nodes == 1

    async def test_nothing_is_appended_to_a_tree_that_lost_a_node(self, town: Town) -> None:
        """Rather than sign a root that is none; rebuilding brings it back."""
        await town.staffed()
        before = await entries(town)
        assert len(before) == 8
        await tamper(town, "tree_drop_surplus", {"size": 7})
        with pytest.raises(LedgerBroken):
            await town.hire(RESIDENT, Role.ADMIN)
        assert await entries(town) == before
        assert (await rebuilt(town)).nodes > 0

    @pytest.mark.parametrize("view", range(1, HEAD_VIEW + 4))
    async def test_an_audit_beside_a_running_bot_raises_no_false_alarm(self, town: Town, view: int) -> None:
        """Whatever is appended between two of its views: before the last page, or after it and before the head is read."""
        await lived(town)
        before = len(await entries(town))
        audit = Audit(Busy(town.engine, view, town.file))
        await audit.follow_ledger(quiet)
        await audit.compare_cases(quiet)
        assert audit.head.seq == (before + 1 if view <= HEAD_VIEW else before)

    async def test_a_checkpoint_is_the_signed_root_and_is_kept(self, town: Town) -> None:
        """Whoever knows the key can open it; later entries do not change what it says."""
        await town.staffed()
        async with town.engine.writing() as session:
            signed = await SIGNER.checkpoint(session, town.clock.now())
        opened = open_checkpoint(signed.text.encode(), SIGNER.origin, [SIGNER.key])
        leaves = [row.entry_hash for row in await entries(town)]
        assert (opened.size, opened.root) == (len(leaves), root(grow(EMPTY_TREE, leaves).frontier))
        await town.file()
        async with town.engine.reading() as session:
            assert await newest_checkpoint(session) == signed
        await rebuilt(town)

    async def test_a_kept_checkpoint_that_does_not_fit_is_found(self, town: Town) -> None:
        """Of another root, of another size, or none at all."""
        await town.staffed()
        async with town.engine.writing() as session:
            early = await SIGNER.checkpoint(session, town.clock.now())
        await town.file()
        other = (await _signed_elsewhere(town)).text
        for text in (early.text.replace("\n8\n", "\n7\n"), other, "none"):
            await tamper(town, "checkpoint_put", {"size": 8, "text": text, "at": 0})
            assert (await broken(town))[0] == 8
        await tamper(town, "checkpoint_put", {"size": 8, "text": early.text, "at": 0})
        await rebuilt(town)

    async def test_who_signed_a_kept_checkpoint_is_checked_with_the_key(self, town: Town) -> None:
        """One whose signature was changed is named; of another key, which a county may have lost, it is only said."""
        await town.staffed()
        async with town.engine.writing() as session:
            kept = await SIGNER.checkpoint(session, town.clock.now())
        async with town.engine.reading() as session:
            assert await signed_otherwise(session, SECRET) == []
            assert await signed_otherwise(session, bytes(32)) == [kept.size]
        text, _, signature = kept.text.rpartition(" ")
        bent = bytearray(b64decode(signature))
        bent[-1] ^= 1
        await tamper(town, "checkpoint_put", {"size": kept.size, "text": f"{text} {b64encode(bent).decode()}\n", "at": 0})
        async with town.engine.reading() as session:
            with pytest.raises(LedgerBroken, match="its signature is not of the key that it names") as found:
                await signed_otherwise(session, SECRET)
        assert found.value.seq == kept.size

    async def test_what_proves_nothing_is_not_handed_out(self, town: Town) -> None:
        """Where a node of the tree was changed, or an older checkpoint is another ledger's: who asks is told."""
        await town.staffed()
        number = await town.file()
        async with town.engine.writing() as session:
            kept = await SIGNER.checkpoint(session, town.clock.now())
        whole = kept.read()
        foreign = Checkpoint(whole.origin, 4, bytes(32))
        async with town.engine.reading() as session:
            (proven,) = await proofs_of(session, number)
            with pytest.raises(LedgerBroken, match="4"):
                await extension_from(session, foreign, kept)
        assert proven.proof is not None
        await tamper(town, "tree_mend", {"level": 3, "place": 0, "hash": bytes(32)})
        async with town.engine.reading() as session:
            with pytest.raises(LedgerBroken, match=f"checkpoint of {kept.size} entries"):
                await proofs_of(session, number)

    async def test_every_digest_of_the_week_goes_with_a_checkpoint(self, town: Town) -> None:
        """Signed by the clock in the same commit, over all that is in the ledger then; no other due thing signs."""
        await town.staffed()
        randomness = SeededRandomness("signing")
        store = await open_store(town.engine, Vault(Masters({1: MASTER}), randomness), randomness, SIGNER)
        due = Due(key="digest/2026-W47", at=town.clock.now(), task=SendDigest(period="2026-W47"))
        other = Due(key="other", at=town.clock.now(), task=CloseUnrated(case=CaseNumber("CB-2026-000009"), round=1))
        await store.commit([Decision(Effects(planned=(due, other)))], town.clock.now())
        await store.commit([Decision(Effects(), due=other)], town.clock.now())
        async with town.engine.reading() as session:
            assert await newest_checkpoint(session) is None
        assert await Ticker(store, town.desk, town.clock, Bell(town.clock), ()).step()
        async with town.engine.reading() as session:
            kept = await newest_checkpoint(session)
        assert kept is not None
        assert open_checkpoint(kept.text.encode(), SIGNER.origin, [SIGNER.key]).size == (await store.read.head()).seq == 9


async def _signed_elsewhere(town: Town) -> KeptCheckpoint:
    """Sign the same size over another tree, with the right key."""
    async with town.engine.writing() as session:
        await session.run("tree_mend", [{"level": 3, "place": 0, "hash": bytes(32)}])
        await session.run("ledger_head_move", [{"seq": 8, "chain_hash": bytes(32)}])
        forged = await SIGNER.checkpoint(session, town.clock.now())
        head = (await session.rows("ledger_page", {"first": 1, "limit": 99}))[-1]
        await session.run("ledger_head_move", [{"seq": head[0], "chain_hash": head[9]}])
    await Audit(town.engine).rebuild(quiet, quiet)
    return forged


CASE = (
    "number version state kind category township unit channel urgency deadline_class confidential filed_at "
    "officer round due_at voices left_voices joint transfers final urgings urged_at person_asked_at about since_at"
)
ROUND = (
    "number round opened_at rule accept_due_at due_at accepted_at resolved_at closed_at how "
    "unit pauses waiting_since waiting_until extensions wish_by wish_due_at called_back since_at left_voices"
)
RATING = "number round voice solved score at source"
REMINDER = "number round stage staff role at told"
ROWS = {
    "case_update": (0, CASE.split()),
    "round_put": (1, ROUND.split()),
    "rating_put": (2, RATING.split()),
    "reminder_told": (3, REMINDER.split()),
    "reminder_put": (3, REMINDER.split()),
}
"""Which table a statement writes, and its columns."""

TOLD = 3
"""The table of reminders."""


class TestInSqlite(ProofConformance):
    """Proofs in SQLite."""

    @pytest.fixture
    def place(self, file: Path) -> Place:
        """Name the file."""
        return partial(opened_town, file)


class TestInPostgres(ProofConformance):
    """Proofs in PostgreSQL."""

    @pytest.fixture
    def place(self, url: str) -> Place:
        """Name the database."""
        return partial(postgres.opened_town, url)


def test_the_key_that_signs_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    """Mode 0600; looked for without being made."""
    path = tmp_path / "keys" / "sign.key"
    assert read_secret_if_there(path, "BOT_SIGN_KEY_FILE") is None
    secret = read_secret(path, "BOT_SIGN_KEY_FILE", SystemRandomness())
    assert (len(secret), path.stat().st_mode & 0o777) == (32, 0o600)
    assert read_secret_if_there(path, "BOT_SIGN_KEY_FILE") == secret


@pytest.mark.parametrize("reads", [partial(read_secret, randomness=SystemRandomness()), read_secret_if_there])
def test_a_signing_key_that_others_can_read_is_refused(tmp_path: Path, reads: Callable[[Path, str], object]) -> None:
    """The message names the setting and what to do."""
    path = tmp_path / "sign.key"
    read_secret(path, "BOT_SIGN_KEY_FILE", SystemRandomness())
    path.chmod(0o640)
    with pytest.raises(SettingsError) as refused:
        reads(path, "BOT_SIGN_KEY_FILE")
    assert "BOT_SIGN_KEY_FILE" in refused.value.mistakes[0]
    assert "chmod 600" in refused.value.mistakes[0]


def test_a_node_is_named_by_the_entry_that_completes_it() -> None:
    """Level 3, place 0 covers entries 1 to 8."""
    assert [made_by(NodeId(*node)) for node in ((0, 4), (1, 0), (3, 0), (2, 1))] == [5, 2, 8, 8]
