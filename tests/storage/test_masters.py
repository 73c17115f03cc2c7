"""The key file: made once for its owner alone, read with all its versions, replaced whole; a wrong one is refused."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from bot.errors import KeyVersionMissing, SettingsError
from storage.masters import (
    Masters,
    make_masters,
    masters_held,
    masters_of,
    read_masters,
    replace_masters,
    written,
)
from storage.vault import SystemRandomness, Vault
from tests.support.store import MASTER

OTHER = bytes(reversed(range(32)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Name a key file in a folder that is not there yet."""
    return tmp_path / "data" / "master.key"


def test_it_is_made_once_for_its_owner_alone(path: Path) -> None:
    """Mode 0600, version 1, read again the next time; nothing else is left beside it."""
    secrets = make_masters(path, SystemRandomness())
    assert list(secrets) == [1]
    assert len(secrets[1]) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert make_masters(path, SystemRandomness()) == secrets == read_masters(path)
    assert [each.name for each in path.parent.iterdir()] == ["master.key"]


def test_of_two_that_start_at_once_the_first_ones_key_holds(path: Path) -> None:
    """The second finds the file made while it drew its own key."""

    class Slow:
        """Draws so slowly that another program makes the file meanwhile."""

        def bytes(self, count: int) -> bytes:
            """Let the other one begin, then draw."""
            make_masters(path, SystemRandomness())
            return bytes(count)

    assert make_masters(path, Slow())[1] != bytes(32)
    assert [each.name for each in path.parent.iterdir()] == ["master.key"]


def test_looking_for_it_makes_none(path: Path) -> None:
    """Only the first run makes one."""
    assert read_masters(path) is None
    with pytest.raises(SettingsError, match="is not there"):
        masters_of(path)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_one_that_others_can_reach_is_refused(path: Path, mode: int) -> None:
    """The message says what to do."""
    make_masters(path, SystemRandomness())
    path.chmod(mode)
    with pytest.raises(SettingsError, match="chmod 600"):
        read_masters(path)


def put(path: Path, content: bytes) -> None:
    """Write a key file by hand."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(0o600)
    path.write_bytes(content)


def test_a_line_without_a_version_is_the_first(path: Path) -> None:
    """As files of the first program have it; remarks and empty lines say nothing."""
    put(path, base64.b64encode(MASTER) + b"\n")
    assert read_masters(path) == {1: MASTER}
    put(path, b"# safe\n\n1 " + base64.b64encode(MASTER) + b"\n\t3   " + base64.b64encode(OTHER))
    assert read_masters(path) == {1: MASTER, 3: OTHER}


def test_what_is_written_is_read(path: Path) -> None:
    """All versions, the mode kept, the file replaced whole."""
    put(path, b"")
    replace_masters(path, {2: OTHER, 1: MASTER})
    assert read_masters(path) == {1: MASTER, 2: OTHER}
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == written({1: MASTER, 2: OTHER})
    assert [each.name for each in path.parent.iterdir()] == ["master.key"]


GOOD = base64.b64encode(MASTER)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"# only a remark\n", id="a remark"),
        pytest.param(b"too short", id="too short"),
        pytest.param(base64.b64encode(bytes(31)), id="31 bytes"),
        pytest.param(base64.b64encode(bytes(33)), id="33 bytes"),
        pytest.param(b"\xff" * 44, id="no letters"),
        pytest.param(b"0 " + GOOD, id="version 0"),
        pytest.param(b"-1 " + GOOD, id="version below 0"),
        pytest.param(b"one " + GOOD, id="version in words"),
        pytest.param(b"1 1 " + GOOD, id="three words"),
        pytest.param(b"1 " + GOOD + b"\n1 " + GOOD, id="a version twice"),
        pytest.param(GOOD + b"\n2 " + GOOD[:-4], id="a cut line"),
        pytest.param(b"SQLite format 3\0" + bytes(4000), id="another file"),
    ],
)
def test_what_holds_no_key_is_refused(path: Path, content: bytes) -> None:
    """Rather than run with a key that is none; one line, in which what the file holds is not repeated."""
    put(path, content)
    with pytest.raises(SettingsError) as refused:
        read_masters(path)
    (line,) = refused.value.mistakes
    assert str(path) in line
    assert GOOD.decode() not in line
    assert "\n" not in line


def test_a_version_that_is_not_known_is_looked_for_in_the_file(path: Path) -> None:
    """That is how a running bot notices a rotation; one that is nowhere is named."""
    put(path, written({1: MASTER}))
    vault = Vault(masters_of(path), SystemRandomness())
    after = Vault(Masters({1: MASTER, 2: OTHER}), SystemRandomness())
    _, wrapped = after.new_key("case:1")
    assert (vault.version, wrapped.master_version) == (1, 2)
    with pytest.raises(KeyVersionMissing) as lost:
        vault.unwrap(wrapped)
    assert lost.value.args == (2,)
    replace_masters(path, {1: MASTER, 2: OTHER})
    vault.unwrap(wrapped)
    vault.use(2)
    assert vault.new_key("case:2")[1].master_version == 2


def test_only_one_changes_it_at_a_time(path: Path) -> None:
    """A second rotation is told to wait."""
    put(path, b"")
    with masters_held(path), pytest.raises(SettingsError, match="at work"), masters_held(path):
        pass
    with masters_held(path):
        pass
