"""What is erased is gone: from tables, from whatever repeats it, from the files, from later copies; the ledger holds."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.actions.erase_content import erase_content
from bot.actions.matter import sealed
from bot.errors import Conflict, KeyLost, LedgerBroken, NotFound, SettingsError
from bot.ports import Decision, Letter, Sent
from bot.rules.dialog import Drafting
from bot.rules.effect import Effects
from bot.rules.entry import SYSTEM, ContentErased, Entry, Erasing, FileAdded, Noted
from bot.rules.erasure import AtClosing, CaseContent, Erasure, MilestonePhotos, PersonGone, Tie, read_subject
from bot.rules.identity import CaseNumber, ProjectId
from bot.workers.bell import Bell
from bot.workers.clock import Ticker
from bot.workers.retention import Retention
from storage.audit import Audit
from storage.erasure_list import erasures_of, list_beside, lists_around, read_list, read_lists, write_list
from storage.keyring import Keyring, case_owner, open_keyring, person_owner
from storage.masters import Masters
from storage.restored import Copy, check_content, settle_restored
from storage.sqlite.copy import copy_whole
from storage.store import open_store
from storage.vault import Vault
from tests.storage import conformance_files as files
from tests.storage.conformance import OnePlace, Place
from tests.support import postgres
from tests.support.store import (
    MASTER,
    NEIGHBOUR,
    OFFICER,
    POTHOLE,
    RESIDENT,
    SeededRandomness,
    Town,
    opened_town,
)


async def erased(town: Town, number: CaseNumber) -> None:
    """Erase a case's content by order."""
    now = town.clock.now()
    await town.store.commit([Decision(erase_content(number, Erasing.ORDER, SYSTEM, now))], now)


async def kinds_of(town: Town) -> list[str]:
    """List the kinds of all entries, after checking chain, tree and tables."""
    audit = Audit(town.engine)
    await audit.follow_ledger(lambda _: None)
    await audit.compare_cases(lambda _: None)
    return [row.kind async for page in town.store.read.ledger() for row in page]


async def bodies(town: Town) -> int:
    """Count the letters whose content is kept."""
    return len(await town.rows("letters_kept", after=0, limit=999))


class Erasures(OnePlace):
    """What an erasure promises, whatever the database."""

    async def test_words_key_and_tie_are_gone_and_the_facts_stay(self, town: Town) -> None:
        """The ledger says so and still holds; nobody else's case is touched."""
        number, other = await town.file(), await town.file(NEIGHBOUR)
        await erased(town, number)
        assert await town.store.read.words_of(number, "filed") is None
        assert await town.rows("key_get", owner=case_owner(number)) == []
        assert await town.store.read.voices_of(number) == ()
        assert (await town.case(number)).number == number
        assert await town.store.read.words_of(other, "filed") == POTHOLE
        assert len(await town.store.read.voices_of(other)) == 1
        assert (await kinds_of(town))[-1] == ContentErased.KIND
        assert list(await erasures_of(town.engine)) == [CaseContent(number).subject]

    async def test_what_an_entry_says_went_is_not_kept(self, town: Town) -> None:
        """Words that are put back behind an erasure, as by whoever kept a copy, are found by the next verification."""
        number = await town.file()
        kept = await town.rows("words_of_case", number=number)
        await erased(town, number)
        await kinds_of(town)
        async with town.engine.writing() as session:
            await session.run("words_put", [{"number": number, "slot": slot, "body": body} for slot, body in kept])
        with pytest.raises(LedgerBroken, match="some are still there"):
            await kinds_of(town)

    async def test_letters_and_conversations_that_speak_of_it_go_too(self, town: Town) -> None:
        """They lie under their readers' keys; a reminder that one of them carried counts as not told; the rest stay."""
        await town.staffed()
        number = await town.file()
        other = await town.file(NEIGHBOUR)
        before = await bodies(town)
        await erased(town, number)
        kept = await town.rows("letters_kept", after=0, limit=999)
        assert 0 < len(kept) < before
        letters = [letter async for letter in all_letters(town)]
        assert not [letter for letter in letters if number in repr(letter.message)]
        assert [letter for letter in letters if other in repr(letter.message)]

    async def test_a_draft_of_somebody_else_stays(self, town: Town) -> None:
        """Only what names the case goes."""
        number = await town.file()
        await town.act(NEIGHBOUR, "write", text="水管漏水三天了")
        await erased(town, number)
        await town.arrive(NEIGHBOUR, "send")
        assert isinstance((await town.take_one()).sender.dialog, Drafting)

    async def test_an_erased_case_can_go_on(self, town: Town) -> None:
        """What is said in it afterwards is sealed under a new key, and can be erased again."""
        await town.staffed()
        number = await town.file()
        await erased(town, number)
        await town.act(OFFICER, "accept", case=number)
        await town.act(OFFICER, "resolve", case=number, answer="已换新灯泡")
        assert await town.rows("inbox_counts") == [(0, 0)]
        assert await town.store.read.words_of(number, "answer/1") == "已换新灯泡"
        assert (await kinds_of(town)).count(ContentErased.KIND) == 1
        await erased(town, number)
        assert await town.store.read.words_of(number, "answer/1") is None
        assert (await kinds_of(town)).count(ContentErased.KIND) == 2

    async def test_an_erased_case_can_keep_a_file(self, town: Town) -> None:
        """A picture of what was done can come before a word is said, fetched or not; it goes with the next erasure."""
        number = await town.file()
        await erased(town, number)
        await files.sent(town)
        await files.kept(town, number)
        assert (await kinds_of(town))[-1] == ContentErased.KIND
        await files.fetched(town)
        assert (await kinds_of(town))[-1] == FileAdded.KIND
        assert await town.store.open_file(files.FILE) == files.OPENED
        await erased(town, number)
        assert (await kinds_of(town))[-1] == ContentErased.KIND
        with pytest.raises(NotFound):
            await town.store.open_file(files.FILE)

    async def test_what_is_said_in_the_same_batch_is_decided_anew(self, town: Town) -> None:
        """Or words would lie there behind an entry that says that they went."""
        number, now = await town.file(), town.clock.now().replace(microsecond=0)
        commitment, words = sealed(town.desk, number, "等零件")
        noted = Entry(at=now, actor="s-1", case=number, fact=Noted(words=commitment))
        said = Decision(Effects(entries=(noted,), words=(words,)))
        erasing = Decision(erase_content(number, Erasing.ORDER, SYSTEM, now))
        for batch in ((said, erasing), (erasing, said)):
            with pytest.raises(Conflict):
                await town.store.commit(batch, now)
        await town.store.commit([said], now)
        await town.store.commit([erasing], now)
        assert await town.rows("words_of_case", number=number) == []
        await town.store.commit([said], now)
        assert (await kinds_of(town))[-3:] == [Noted.KIND, ContentErased.KIND, Noted.KIND]

    async def test_a_case_whose_key_is_lost_takes_no_more_words(self, town: Town) -> None:
        """A key that nobody destroyed on purpose is a damage, which no new key may hide."""
        await town.staffed()
        number = await town.file()
        async with town.engine.writing() as session:
            await session.run("key_destroy", [{"owner": case_owner(number)}])
        await town.act(OFFICER, "accept", case=number)
        await town.arrive(OFFICER, "resolve", case=number, answer="已换新灯泡")
        decision = await town.decision()
        with pytest.raises(KeyLost):
            await town.store.commit([decision], town.clock.now())

    async def test_a_person_goes_whole(self, town: Town) -> None:
        """Chat, language, draft, letters, what could not be handled; who writes again is somebody new."""
        number = await town.file()
        await town.act(RESIDENT, "write", text="还有一件事")
        await town.act(RESIDENT, "crash", text="还有一件事")
        ((_, person),) = await town.store.read.voices_of(number)
        now = town.clock.now()
        await town.store.commit([Decision(Effects(erased=(PersonGone(person),)))], now)
        for query, parameters in (
            ("key_get", {"owner": person_owner(person)}),
            ("outbox_of_person", {"person": person}),
        ):
            assert await town.rows(query, **parameters) == []
        assert await town.store.read.voices_of(number) == ()
        assert await bodies(town) == 0
        await town.arrive(RESIDENT, "write", text="新的")
        taken = await town.take_one()
        assert (taken.sender.is_new, taken.sender.person == person) == (True, False)

    async def test_a_tie_is_cut_and_the_words_stay(self, town: Town) -> None:
        """Until the case has ended; then the night takes them."""
        await town.staffed()
        number = await town.file()
        now = town.clock.now()
        wish = Effects(erased=(Tie(number, 1), AtClosing(number)))
        await town.store.commit([Decision(wish)], now)
        assert await town.store.read.voices_of(number) == ()
        await town.act(OFFICER, "accept", case=number)
        await Retention(town.store, town.desk).sweep(now)
        assert await town.store.read.words_of(number, "filed") == POTHOLE
        await town.act(OFFICER, "resolve", case=number, answer="已换新灯泡")
        later = await ended(town)
        await Retention(town.store, town.desk).sweep(later)
        assert await town.store.read.words_of(number, "filed") is None
        facts = [row.facts async for page in town.store.read.ledger() for row in page if row.kind == ContentErased.KIND]
        assert facts == ['{"because":"request"}']
        assert set(await erasures_of(town.engine)) == {Tie(number, 1).subject, CaseContent(number).subject}

    async def test_what_was_kept_long_enough_goes_at_night_and_not_before(self, town: Town) -> None:
        """The county's retention counts from the end of the case; open cases are never touched; once is enough."""
        await town.staffed()
        number = await town.file()
        still_open = await town.file(NEIGHBOUR)
        await town.act(OFFICER, "accept", case=number)
        await town.act(OFFICER, "resolve", case=number, answer="已换新灯泡")
        end = await ended(town)
        for days, is_there in ((0, True), (729, True), (733, False), (734, False)):
            await Retention(town.store, town.desk).sweep(end + timedelta(days=days))
            assert (await town.store.read.words_of(number, "filed") is not None) == is_there, days
        assert await town.store.read.words_of(still_open, "filed") == POTHOLE
        facts = [row.facts async for page in town.store.read.ledger() for row in page if row.kind == ContentErased.KIND]
        assert facts == ['{"because":"retention"}']

    async def test_a_restored_copy_is_erased_again(self, town: Town) -> None:
        """Cases, ties and people that are in it; what it does not know is only remembered; once is enough."""
        number, other = await town.file(), await town.file(NEIGHBOUR)
        ((_, person),) = await town.store.read.voices_of(other)
        subjects = {
            each.subject: town.clock.now()
            for each in (CaseContent(number), Tie(other, 1), PersonGone(person), CaseContent(CaseNumber("CB-2026-009999")))
        }
        async with town.engine.reading() as session:
            keyring = await open_keyring(session, Vault(Masters({1: MASTER}), SeededRandomness()))
        assert [await restored(town, keyring, subjects) for _ in range(2)] == [4, 0]
        assert await town.store.read.words_of(number, "filed") is None
        assert await town.store.read.words_of(other, "filed") == POTHOLE
        assert await town.store.read.voices_of(other) == ()
        assert (await kinds_of(town))[-4:] == ["content_erased", "tie_cut", "restored", "restored"]
        assert (await erasures_of(town.engine)).keys() == subjects.keys()

    async def test_a_line_that_no_entry_bears_out_erases_nothing(self, town: Town) -> None:
        """Where the backup has every entry of that time: who asked for it would be among them. A later one is followed."""
        early, late, gone = [await town.file(chat) for chat in (RESIDENT, NEIGHBOUR, OFFICER)]
        at = town.clock.now()
        await town.store.commit([Decision(erase_content(gone, Erasing.ORDER, "s-lead", at))], at)
        async with town.engine.writing() as session:
            await session.run("erasure_drop", [{"subject": CaseContent(gone).subject}])
        await town.clock.move(timedelta(hours=2))
        await town.act(OFFICER, "write", text="水管漏水三天了")
        await town.act(OFFICER, "send")
        now = town.clock.now()
        subjects = {CaseContent(early).subject: at, Tie(early, 1).subject: at, CaseContent(gone).subject: at}
        copy = Copy(await check_content(town.store.read, quiet), (), {**subjects, CaseContent(late).subject: now})
        settled = await settle_restored(town.engine, None, SeededRandomness("again"), copy, now)
        assert settled.refused == (CaseContent(early).subject, Tie(early, 1).subject)
        assert settled.erased == 2
        assert await town.store.read.words_of(early, "filed") == POTHOLE
        assert await town.store.read.words_of(late, "filed") is None

    async def test_without_a_key_nothing_that_waits_keeps_its_content(self, town: Town) -> None:
        """A machine that has no key file yet cannot tell which letters speak of what was erased."""
        number = await town.file()
        await town.act(NEIGHBOUR, "write", text="水管漏水三天了")
        subjects = {CaseContent(number).subject: town.clock.now()}
        assert await restored(town, None, subjects) == 1
        assert await bodies(town) == 0
        await town.arrive(NEIGHBOUR, "new")
        assert not isinstance((await town.take_one()).sender.dialog, Drafting)


def quiet(_: int, __: int) -> None:
    """Show no progress."""


async def restored(town: Town, keyring: Keyring | None, erasures: Mapping[str, datetime]) -> int:
    """Settle a town's store as if it had been restored just now; return how many erasures were done again."""
    copy = Copy(await check_content(town.store.read, lambda _, __: None), (), erasures)
    return (await settle_restored(town.engine, keyring, SeededRandomness("again"), copy, town.clock.now())).erased


async def ended(town: Town) -> datetime:
    """Let the resolved cases of a town be closed unrated, by the clock; return a moment just after."""
    ticker = Ticker(town.store, town.desk, town.clock, Bell(town.clock), ())
    await town.clock.move(timedelta(days=30))
    while await ticker.step():
        pass
    return town.clock.now()


async def all_letters(town: Town) -> AsyncIterator[Letter]:
    """Take every letter that waits."""
    while letters := await town.store.take_letters(99, frozenset(), town.clock.now()):
        for letter in letters:
            yield letter
        await town.store.settle([Sent(letter, 1) for letter in letters], town.clock.now())


class TestSqlite(Erasures):
    """Erasing in SQLite."""

    @pytest.fixture
    def place(self, file: Path) -> Place:
        """Name the file."""
        return partial(opened_town, file)


class TestPostgres(Erasures):
    """Erasing in PostgreSQL."""

    @pytest.fixture
    def place(self, url: str) -> Place:
        """Name the database."""
        return partial(postgres.opened_town, url)


# ── The files ────────────────────────────────────────────────────────────────


async def wrapped_key(town: Town, number: CaseNumber) -> bytes:
    """Return a case's data key as it is stored."""
    ((_, wrapped),) = await town.rows("key_get", owner=case_owner(number))
    return bytes(wrapped)


async def sealed_words(town: Town, number: CaseNumber) -> bytes:
    """Return a case's words as they are stored."""
    ((body, _, _),) = await town.rows("words_get", number=number, slot="filed")
    return bytes(body)


def files_with(folder: Path, part: bytes) -> set[str]:
    """Name the files below a folder in which some bytes stand."""
    return {path.name for path in folder.rglob("*") if path.is_file() and part in path.read_bytes()}


async def test_in_sqlite_neither_key_nor_ciphertext_is_in_any_file(town: Town, file: Path) -> None:
    """Database, write-ahead log and its index, as raw bytes, the moment after, while the program runs; later copies too."""
    await town.staffed()
    number = await town.file(RESIDENT, POTHOLE * 300)  # long: it spills over into pages of its own
    for chat in range(501, 530):
        await town.file(chat)
    key, words = await wrapped_key(town, number), await sealed_words(town, number)
    letters = [bytes(row[3]) for row in await town.rows("letters_kept", after=0, limit=999)]
    parts = {"key": key, "nonce": words[:16], "middle": words[4000:4032], "end": words[-32:]}
    assert all(files_with(file.parent, part) for part in (*parts.values(), letters[-1]))  # the search finds what is there
    await erased(town, number)
    left = [bytes(row[3]) for row in await town.rows("letters_kept", after=0, limit=999)]
    parts |= {f"letter {place}": body[:24] for place, body in enumerate(letters) if body not in left}
    assert len(parts) > 5
    assert file.with_name(file.name + "-wal").exists()
    assert [name for name, part in parts.items() if files_with(file.parent, part)] == []
    copy = file.with_name("copy.db")
    copy.touch()
    await copy_whole(file, copy, lambda _, __: None)
    assert [name for name, part in parts.items() if files_with(file.parent, part)] == []
    assert (await check_content(town.store.read, lambda _, __: None)).cases == 30


async def test_in_sqlite_what_was_handled_is_not_in_the_files_either(town: Town, file: Path) -> None:
    """An update that is done and a letter that was sent leave zeros in the database's pages."""
    await town.arrive(RESIDENT, "write", text=POTHOLE * 20)
    ((_, _, body, *_),) = await town.rows("inbox_take", seqs="[1]")
    await town.work()
    await town.engine.shred(in_passing=True)
    assert files_with(file.parent, bytes(body)[:32]) == set()


async def test_in_sqlite_nothing_says_when_somebody_wrote_who_is_forgotten(town: Town, file: Path) -> None:
    """The keyed hash of their chat beside a moment would lead whoever has the key to the case that was filed at it."""
    number = await town.file()
    ((_, person),) = await town.store.read.voices_of(number)
    ((chat_key,),) = await town.rows("person_chat_key", person=person)
    await town.engine.shred(in_passing=True)
    assert files_with(file.parent, bytes(chat_key)) == {file.name}
    await town.store.commit([Decision(Effects(erased=(PersonGone(person),)))], town.clock.now())
    await town.engine.shred(in_passing=True)
    assert files_with(file.parent, bytes(chat_key)) == set()


async def test_somebody_who_reads_is_waited_for_the_next_night(town: Town, file: Path) -> None:
    """A view that another program holds keeps the log; that is said, nothing fails, and the next time it is cleaned."""
    number = await town.file()
    key = await wrapped_key(town, number)
    reader = sqlite3.connect(file, isolation_level=None)
    with closing(reader):
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM keys").fetchone()
        await erased(town, number)
        assert await town.store.read.words_of(number, "filed") is None
        assert not await town.engine.shred(in_passing=True)
        assert files_with(file.parent, key)
    assert await town.engine.shred(in_passing=True)
    assert files_with(file.parent, key) == set()


async def test_in_postgres_the_tables_files_are_clean_after_the_night(url: str) -> None:
    """Keys, ties, and letters that repeat the words: in no file of the database; the server's log may have them."""
    async with postgres.opened_town(url) as town:
        await town.staffed()
        number = await town.file()
        for chat in range(501, 530):
            await town.file(chat)
        key = await wrapped_key(town, number)
        async with postgres.connected(url) as connection:
            await connection.execute("CHECKPOINT")
            ((folder, name),) = await connection.fetch(
                "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
            )
        tables = Path(str(folder)) / "base" / str(name)
        assert files_with(tables, key)
        await erased(town, number)
        assert await town.store.shred(town.clock.now())
        async with postgres.connected(url) as connection:
            await connection.execute("CHECKPOINT")
        assert files_with(tables, key) == set()
        assert await town.store.shred(town.clock.now())  # nothing newer: nothing to do


# ── The list ─────────────────────────────────────────────────────────────────


async def test_the_list_is_kept_beside_the_database(file: Path) -> None:
    """At once; and by the next start, when the program was killed before it could."""
    randomness = SeededRandomness("listed")
    async with opened_town(file) as town:
        number = await town.file()
        await erased(town, number)
        assert read_list(list_beside(file)) == {}
        await open_store(town.engine, Vault(Masters({1: MASTER}), randomness), randomness, erased=list_beside(file))
        assert list(read_list(list_beside(file))) == [CaseContent(number).subject]
        store = await open_store(town.engine, Vault(Masters({1: MASTER}), randomness), randomness, erased=list_beside(file))
        other = await town.file(NEIGHBOUR)
        now = town.clock.now()
        await store.commit([Decision(erase_content(other, Erasing.ORDER, SYSTEM, now))], now)
        assert list(read_list(list_beside(file))) == [CaseContent(number).subject, CaseContent(other).subject]


def test_a_list_grows_and_is_read_with_those_around_it(tmp_path: Path) -> None:
    """The earlier time counts; what is known already leaves the file as it is; the mode is its owner's."""
    early, late = datetime(2026, 11, 24, 1, tzinfo=UTC), datetime(2026, 11, 25, 1, tzinfo=UTC)
    one, other = list_beside(tmp_path / "a.db"), list_beside(tmp_path / "b.db")
    write_list(one, {"case:A": late})
    before = one.stat()
    write_list(one, {"case:A": early})
    assert one.stat().st_ino == before.st_ino
    assert before.st_mode & 0o777 == 0o600
    write_list(other, {"case:A": early, "person:p": late})
    assert lists_around(tmp_path / "b.db") == [one, other]
    assert read_lists([one, other, tmp_path / "none.erased"]) == {"case:A": early, "person:p": late}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.db.erased", "b.db.erased"]


@pytest.mark.parametrize("content", [b"case:A\n", b"yesterday case:A\n", b"\xff\xfe", b"\n"])
def test_a_list_that_makes_no_sense_is_refused(tmp_path: Path, content: bytes) -> None:
    """Rather than restore without it."""
    path = tmp_path / "a.erased"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match="list of erasures"):
        read_list(path)


@pytest.mark.parametrize(
    "erasure",
    [
        CaseContent(CaseNumber("CB-2026-000001")),
        Tie(CaseNumber("CB-2026-000001"), 12),
        AtClosing(CaseNumber("CB-1")),
        MilestonePhotos(ProjectId("rural-roads"), 3),
    ],
)
def test_a_subject_names_what_it_was_made_of(erasure: Erasure) -> None:
    """What the list holds is read back as it was."""
    assert read_subject(erasure.subject) == erasure


@pytest.mark.parametrize(
    "subject", ["", "case:", "person:", "voice:CB-1", "voice:CB-1/x", "voice:/1", "photos:a/b", "file:7"]
)
def test_a_subject_of_another_version_names_nothing(subject: str) -> None:
    """It stays in the list and is passed over."""
    assert read_subject(subject) is None
