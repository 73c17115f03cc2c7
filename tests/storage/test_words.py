"""Words open as what they are words of, and as nothing else; a column that is no BLOB is never taken for one."""

from __future__ import annotations

import pytest

from bot.errors import KeyLost
from storage.engine import Value, blob
from storage.masters import Masters
from storage.vault import DataKey, Vault
from storage.words import opened_text, sealed_text, words_at
from tests.support.store import MASTER, SeededRandomness

SALT = bytes(range(16))


def a_key() -> DataKey:
    """Draw the key of a case."""
    key, _ = Vault(Masters({1: MASTER}), SeededRandomness()).new_key("case:QQ-2026-000001")
    return key


def test_words_open_with_what_was_sealed_beside_them() -> None:
    """The salt lies with them, since whoever checks an entry needs both, and is not read as words."""
    key = a_key()
    sealed = sealed_text(key, "漏水三天了", SALT, words_at("filed"))
    assert opened_text(key, sealed, words_at("filed")) == "漏水三天了"
    assert SALT.hex().encode() in key.open(sealed, words_at("filed"))


def test_words_moved_to_another_place_do_not_open() -> None:
    """A row that is given another slot would put an answer into a resident's mouth."""
    key = a_key()
    sealed = sealed_text(key, "已修好", SALT, words_at("answer-1"))
    with pytest.raises(KeyLost):
        opened_text(key, sealed, words_at("filed"))


@pytest.mark.parametrize("value", [None, 5, "words", 1.5])
def test_what_is_no_blob_is_refused(value: Value) -> None:
    """Python would make five zeros of the number 5."""
    with pytest.raises(TypeError):
        blob(value)
    assert blob(b"\x05") == b"\x05"
