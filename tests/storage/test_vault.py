"""What is sealed opens only for its owner, in its place, under its key; nothing personal lies in the files in clear."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.errors import KeyLost
from bot.rules.county import Role
from storage.masters import Masters
from storage.queries import load
from storage.sqlite.engine import open_sqlite
from storage.store import open_store
from storage.vault import RANDOM_PAGE, SystemRandomness, Vault, WrappedKey
from tests.support.store import (
    ADMIN,
    LEAD,
    MASTER,
    NEIGHBOUR,
    OFFICER,
    POTHOLE,
    RESIDENT,
    SUPERVISOR,
    SeededRandomness,
    opened_town,
)

WORDS = "漏水三天了".encode()


def a_vault(master: bytes = MASTER) -> Vault:
    """Make a vault."""
    return Vault(Masters({1: master}), SeededRandomness())


def test_no_randomness_is_given_out_twice() -> None:
    """Neither within a page that was fetched, nor from one to the next, nor to another; also more than a page at once."""
    one, other = SystemRandomness(), SystemRandomness()
    drawn = [each.bytes(12) for each in (one, other) for _ in range(2 * RANDOM_PAGE // 12)]
    assert len(set(drawn)) == len(drawn)
    assert {len(each) for each in drawn} == {12}
    assert len(one.bytes(3 * RANDOM_PAGE)) == 3 * RANDOM_PAGE
    assert one.bytes(0) == b""


def test_what_is_sealed_opens_again() -> None:
    """And looks different each time, so that equal words cannot be recognised."""
    key, _ = a_vault().new_key("person:p-1")
    one, other = key.seal(WORDS, "dialog"), key.seal(WORDS, "dialog")
    assert key.open(one, "dialog") == key.open(other, "dialog") == WORDS
    assert one != other
    assert WORDS not in one


def test_a_stored_key_opens_what_was_sealed_before() -> None:
    """The wrapped key is all that is kept of it."""
    vault = a_vault()
    key, wrapped = vault.new_key("person:p-1")
    assert vault.unwrap(wrapped).open(key.seal(WORDS, "dialog"), "dialog") == WORDS


def test_a_value_of_another_place_stays_shut() -> None:
    """An outbox body put into the dialog's column is not a dialog."""
    key, _ = a_vault().new_key("person:p-1")
    with pytest.raises(KeyLost):
        key.open(key.seal(WORDS, "outbox"), "dialog")


def test_a_value_of_another_owner_stays_shut() -> None:
    """One person's words never open for another, not even with the same secret under another name."""
    vault = a_vault()
    key, wrapped = vault.new_key("person:p-1")
    other, _ = vault.new_key("person:p-2")
    with pytest.raises(KeyLost):
        other.open(key.seal(WORDS, "dialog"), "dialog")
    with pytest.raises(KeyLost):
        vault.unwrap(WrappedKey("person:p-2", wrapped.master_version, wrapped.wrapped))


def test_a_key_of_another_master_stays_shut() -> None:
    """Whoever has the database has nothing without the key file."""
    _, wrapped = a_vault().new_key("person:p-1")
    with pytest.raises(KeyLost):
        a_vault(bytes(32)).unwrap(wrapped)


@pytest.mark.parametrize("place", range(0, 12 + len(WORDS) + 16, 5))
def test_a_value_that_was_changed_stays_shut(place: int) -> None:
    """Nonce, words and tag alike."""
    key, _ = a_vault().new_key("person:p-1")
    sealed = bytearray(key.seal(WORDS, "dialog"))
    sealed[place] ^= 1
    with pytest.raises(KeyLost):
        key.open(bytes(sealed), "dialog")


@pytest.mark.parametrize("length", [0, 1, 7, 8, 11, 12, 13, 27])
def test_a_value_that_was_cut_stays_shut(length: int) -> None:
    """However little of it is left; the same for a wrapped key."""
    vault = a_vault()
    key, wrapped = vault.new_key("person:p-1")
    with pytest.raises(KeyLost):
        key.open(key.seal(WORDS, "dialog")[:length], "dialog")
    with pytest.raises(KeyLost):
        vault.unwrap(WrappedKey(wrapped.owner, 1, wrapped.wrapped[:length]))


def test_a_chat_is_looked_up_by_a_hash_that_only_this_house_can_compute() -> None:
    """The same chat, the same hash; another key, another hash."""
    vault = a_vault()
    lookup, _ = vault.new_key("lookup")
    other, _ = vault.new_key("lookup")
    assert lookup.hash("7100000001") == lookup.hash("7100000001") != other.hash("7100000001")
    assert len(lookup.hash("7100000001")) == 32


async def test_a_store_does_not_open_with_another_key(file: Path) -> None:
    """It refuses at once, and leaves the database as it is."""
    async with opened_town(file) as town:
        await town.file()
    engine = await open_sqlite(file, load("sqlite"), read_only=False)
    with pytest.raises(KeyLost):
        await open_store(engine, a_vault(bytes(32)), SeededRandomness())
    await engine.close()
    async with opened_town(file, seed="again") as town:
        assert len(await town.rows("ledger_page", first=1, limit=9)) == 1


ANSWER, SECOND = "已换新灯泡并检查线路", "路灯又灭了，请再来看看"


async def test_nothing_personal_lies_in_the_files_in_the_clear(file: Path) -> None:
    """Neither words nor answers nor chats, while things are under way and after: every file as raw bytes."""
    async with opened_town(file) as town:
        await town.staffed()
        number = await town.file()
        await town.act(OFFICER, "accept", case=number)
        await town.arrive(NEIGHBOUR, "write", text=SECOND)
        _search(file)
        await town.act(OFFICER, "resolve", case=number, answer=ANSWER)
        await town.act(RESIDENT, "rate", case=number, solved="no")
        await town.act(NEIGHBOUR, "send")
        await town.act(RESIDENT, "crash", text=SECOND)
        letters = await town.store.take_letters(64, frozenset(), town.clock.now())
        assert letters
        _search(file)
        assert len(await town.store.read.staff_of(None, frozenset(Role))) == 4
    _search(file)


def _search(file: Path) -> None:
    """Look for anything personal in every file beside the database, in the ways it could be written."""
    chats = [str(chat) for chat in (RESIDENT, NEIGHBOUR, OFFICER, LEAD, SUPERVISOR, ADMIN)]
    numbers = [int(chat).to_bytes(length, order) for chat in chats for length in (5, 8) for order in ("big", "little")]
    texts = [part for text in (POTHOLE, ANSWER, SECOND) for part in (text[:6], text[-6:])]
    forms = [*numbers, *(encoded for text in (*chats, *texts) for encoded in _written(text))]
    found: Mapping[str, bytes] = {path.name: path.read_bytes() for path in file.parent.iterdir()}
    assert any(b"CB-2026-000001" in content for content in found.values())  # the search does find what is in the clear
    for name, content in found.items():
        assert [form for form in forms if form in content] == [], name


def _written(text: str) -> tuple[bytes, ...]:
    escaped = text.encode("unicode_escape")
    return (text.encode(), text.encode("utf-16-le"), text.encode("gb18030"), escaped, base64.b64encode(text.encode())[:-4])
