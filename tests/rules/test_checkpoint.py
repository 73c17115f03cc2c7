"""Checkpoints are C2SP's: other implementations' notes open here, ours are written byte for byte like theirs."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.checkpoint import (
    Checkpoint,
    VerifierKey,
    open_checkpoint,
    open_note,
    read_key,
    read_note,
    read_text,
    sign,
    sign_note,
    verifier_key,
    write_key,
    write_text,
)

# From golang.org/x/mod/sumdb/note, note_test.go.
PETER_KEY: Final = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SEED: Final = b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
ENOCH_KEY: Final = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT: Final = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_LINE: Final = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ENOCH_LINE: Final = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)
NOTE: Final = TEXT + "\n" + PETER_LINE
PETER: Final = read_key(PETER_KEY)
ENOCH: Final = read_key(ENOCH_KEY)

# Checkpoints that the Go checksum database signed, and the key that is built into the go command.
GO_KEY: Final = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
GO_ORIGIN: Final = "go.sum database tree"
GO_CHECKPOINTS: Final = (
    (
        31700353,
        "qINS1GRFhWHwdkUeqLEoP4yEMkTBBzxBkGwGQlVlVcs=",
        "Az3grnmrIUEDFqHzAElIQCPNoRFRAAdFo47fooyWKMHb89k11GJh5zHIfNCOBmwn/C3YI8oW9/C8DJ87F61QqspBYwM=",
    ),
    (
        65209736,
        "5+uGFjx6xBZG8ip1+wi77v+grwbhhukIrxEUS8PXvRo=",
        "Az3grnbssgK7ubgFX36gVETtNv0U23qxyAhAMai2QUfeGa3nB/akvkMdlUErfcZz7l/R3cVtYspg3dxXABkGZZKdsQ8=",
    ),
)

# The example of C2SP signed-note; its text has an empty line.
POEM: Final = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)

ROOT: Final = bytes(range(32))
OURS: Final = Checkpoint("minsheng.example/chabuchar", 7, ROOT)
SEED_KEY: Final = Ed25519PrivateKey.from_private_bytes(bytes(32))


def test_a_note_of_the_go_implementation_opens() -> None:
    """The text is what stands before the empty line; signatures of unknown keys are passed over."""
    assert open_note(NOTE.encode(), [PETER]) == TEXT
    assert open_note((NOTE + ENOCH_LINE).encode(), [PETER]) == TEXT
    assert open_note((NOTE + ENOCH_LINE).encode(), [PETER, ENOCH]) == TEXT
    assert open_note((TEXT + "\n" + ENOCH_LINE + PETER_LINE).encode(), [PETER]) == TEXT


def test_our_note_is_byte_for_byte_that_of_the_go_implementation() -> None:
    """Ed25519 is deterministic, so the same key signs the same text alike everywhere."""
    private = Ed25519PrivateKey.from_private_bytes(PETER_SEED)
    assert sign_note(TEXT, "PeterNeumann", private) == NOTE
    assert verifier_key("PeterNeumann", private) == PETER


@pytest.mark.parametrize("text", [PETER_KEY, ENOCH_KEY, GO_KEY])
def test_a_key_is_written_as_it_was_read(text: str) -> None:
    """The key text is name, hash and base64."""
    assert write_key(read_key(text)) == text


def test_no_mangled_key_is_read() -> None:
    """Go's own table: every part of the text, every letter raised by one, another length, another algorithm."""
    mangled = [PETER_KEY[i:j] for i in range(len(PETER_KEY)) for j in range(i, len(PETER_KEY) + 1)]
    mangled.remove(PETER_KEY)
    mangled += [PETER_KEY[:i] + chr(ord(PETER_KEY[i]) + 1) + PETER_KEY[i + 1 :] for i in range(len(PETER_KEY))]
    mangled += [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        PETER_KEY.replace("c74f20a3", "C74F20A3"),
        PETER_KEY + "\n",
        "PeterNeumann+c74f20a+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ]
    for text in mangled:
        with pytest.raises(ValueError, match=r"key|base64"):
            read_key(text)


@pytest.mark.parametrize(
    "note",
    [
        TEXT,
        TEXT + "\n",
        TEXT + "\n" + PETER_LINE[:-1],
        "\x01" + NOTE,
        "\t" + NOTE,
        NOTE.replace("\n", "\r\n"),
        TEXT + "\n" + PETER_LINE.replace("PeterNeumann", "Bad Name"),
        TEXT + "\n" + PETER_LINE.replace("PeterNeumann", "Peter+Neumann"),
        TEXT + "\n" + PETER_LINE.replace("PeterNeumann", "Peter\u2003Neumann"),
        TEXT + "\n" + PETER_LINE.replace("PeterNeumann", ""),
        TEXT + "\n" + PETER_LINE.replace("—", "-"),
        TEXT + "\n" + PETER_LINE.replace("nAM=", "nAN="),  # the same bytes, written otherwise
        TEXT + "\n" + PETER_LINE.replace("nAM=", "nAM"),
        TEXT + "\n" + PETER_LINE.replace("nAM=", "nA M="),
        TEXT + "\n— PeterNeumann x08gow==\n",  # a key hash and no signature
        TEXT + "\n— PeterNeumann \n",
        NOTE + ENOCH_LINE[:-1],
        NOTE + ENOCH_LINE.removeprefix("— "),
        NOTE + "Unexpected line.\n",
        NOTE + "\n",
        "\n" + PETER_LINE,
        "\n\n" + PETER_LINE,
        "",
        "\n",
        TEXT + "\n" + PETER_LINE * 101,
    ],
)
def test_no_malformed_note_is_read(note: str) -> None:
    """Go's table of malformed notes, and more: each is refused before any signature is looked at."""
    with pytest.raises(ValueError, match=r"signed note|signature line|base64"):
        read_note(note.encode())


@pytest.mark.parametrize("note", [b"\xff" + NOTE.encode(), b"a" * (1 << 20) + NOTE.encode()])
def test_a_note_is_utf_8_and_of_a_sane_length(note: bytes) -> None:
    """Broken bytes and floods are refused."""
    with pytest.raises(ValueError, match=r"utf-8|not that long"):
        read_note(note)


def test_the_last_empty_line_ends_the_text() -> None:
    """The specification's example has an empty line within its text."""
    text, signatures = read_note(POEM.encode())
    assert text.endswith("sole:\n\ned è subito sera.\n")
    assert [signature.name for signature in signatures] == ["quasimodo.example/salvatore"]
    with pytest.raises(ValueError, match="no known key"):
        open_note(POEM.encode(), [PETER])


def test_a_hundred_signatures_are_read() -> None:
    """As many as Go's implementation accepts."""
    assert len(read_note((TEXT + "\n" + PETER_LINE * 100).encode())[1]) == 100


@pytest.mark.parametrize(
    ("note", "why"),
    [
        (NOTE.replace("cryptography", "cryptographY"), "not of the key"),
        (NOTE + ENOCH_LINE.replace("rwz+eBzm", "rwz+eBzn"), "not of the key"),  # one bad signature of a known key
        (NOTE.replace("x08go/ZJ", "x08go/ZK"), "not of the key"),
        (TEXT + "\n— PeterNeumann x08go/ZJ\n", "not of the key"),  # too short
        (NOTE.replace("x08g", "xxxx"), "no known key"),  # another hash: another key's
        (NOTE.replace("PeterNeumann", "CarmenSandiego"), "no known key"),
        ("\n" + NOTE, "not of the key"),
    ],
)
def test_no_forged_note_is_opened(note: str, why: str) -> None:
    """A text that the known keys did not sign is refused, whatever else stands there."""
    with pytest.raises(ValueError, match=why):
        open_note(note.encode(), [PETER, ENOCH])


def test_without_known_keys_nothing_is_believed() -> None:
    """A signature of a stranger is no signature."""
    with pytest.raises(ValueError, match="no known key"):
        open_note(NOTE.encode(), [])


@pytest.mark.parametrize(("size", "root", "signature"), GO_CHECKPOINTS)
def test_a_checkpoint_of_the_go_checksum_database_opens(size: int, root: str, signature: str) -> None:
    """A real log's checkpoint is read, verified, and belongs to its origin only."""
    note = f"{GO_ORIGIN}\n{size}\n{root}\n\n— sum.golang.org {signature}\n".encode()
    assert open_checkpoint(note, GO_ORIGIN, [read_key(GO_KEY)]) == Checkpoint(GO_ORIGIN, size, b64decode(root))
    with pytest.raises(ValueError, match="another ledger"):
        open_checkpoint(note, "go.sum database", [read_key(GO_KEY)])
    with pytest.raises(ValueError, match="not of the key"):
        open_checkpoint(note.replace(str(size).encode(), str(size + 1).encode()), GO_ORIGIN, [read_key(GO_KEY)])


def test_a_checkpoint_is_three_lines_and_extensions() -> None:
    """The text is the specification's, with and without further lines."""
    root = b64encode(ROOT).decode()
    assert write_text(OURS) == f"minsheng.example/chabuchar\n7\n{root}\n"
    extended = Checkpoint(OURS.origin, 0, ROOT, ("week 2026-W47", "seed 1"))
    assert write_text(extended) == f"minsheng.example/chabuchar\n0\n{root}\nweek 2026-W47\nseed 1\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Log\n",
        "Head\n9944\n",
        "\n9944\n{root}\n",
        "Log\n123\n{root}",
        "Log\n123\n{root}\nextension",
        "Log\nbananas\n{root}\n",
        "Log\n-34\n{root}\n",
        "Log\n+34\n{root}\n",
        "Log\n034\n{root}\n",
        "Log\n00\n{root}\n",
        "Log\n 34\n{root}\n",
        "Log\n34 \n{root}\n",
        "Log\n3_4\n{root}\n",
        "Log\n٣٤\n{root}\n",
        "Log\n\n{root}\n",
        "Log\n9223372036854775808\n{root}\n",
        "Log\n3438945738945739845734895735\n{root}\n",
        "Log\n" + "9" * 5000 + "\n{root}\n",
        "Log\n123\nThisIsn'tBase64\n",
        "Log\n123\nYmFuYW5hcw==\n",
        "Log\n123\n{root} \n",
        "Log\n123\n{root}\n\n",
        "Log\n123\n{root}\nextension\n\n",
        "Log\n123\n{root}\n\nextension\n",
        "Lo\x00g\n123\n{root}\n",
        "Log\r\n123\n{root}\n",
    ],
)
def test_no_malformed_checkpoint_is_read(text: str) -> None:
    """Sizes are plain decimal numbers, roots 32 bytes, lines not empty."""
    with pytest.raises(ValueError, match=r"checkpoint|base64"):
        read_text(text.format(root=b64encode(ROOT).decode()))


def test_the_largest_size_is_read() -> None:
    """A signed 64-bit number, as Go and databases count."""
    assert read_text(f"Log\n{2**63 - 1}\n{b64encode(ROOT).decode()}\n").size == 2**63 - 1


@pytest.mark.parametrize("origin", ["", "two words", "a+b", "line\nbreak", "tab\t", "\ud800"])
def test_nothing_is_signed_under_a_name_that_cannot_be_written(origin: str) -> None:
    """An origin that would break the format is refused before the key is used."""
    with pytest.raises(ValueError, match=r"line|name|surrogates"):
        sign(Checkpoint(origin, 7, ROOT), SEED_KEY)


@pytest.mark.parametrize("text", ["", "no line feed", "control\x07\n", "carriage\r\n"])
def test_nothing_is_signed_that_is_not_a_note(text: str) -> None:
    """A text ends in a line feed and has no other control character."""
    with pytest.raises(ValueError, match="a note's text"):
        sign_note(text, "name", SEED_KEY)


def test_two_keys_of_one_name_and_hash_are_not_told_apart_by_chance() -> None:
    """Key hashes are short; colliding known keys are an error, not the last one's victory."""
    assert open_note(NOTE.encode(), [PETER, PETER]) == TEXT
    with pytest.raises(ValueError, match="same name and hash"):
        open_note(NOTE.encode(), [PETER, *collision("n")])


def collision(name: str) -> tuple[VerifierKey, VerifierKey]:
    """Find two keys of one hash: about 80,000 tries, always the same ones."""
    seen: dict[bytes, VerifierKey] = {}
    for number in range(1 << 20):
        key = VerifierKey(name, number.to_bytes(32, "big"))
        if (other := seen.setdefault(key.key_hash, key)) is not key:
            return other, key
    raise AssertionError


lines = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\x7f"), min_size=1, max_size=20)
names = lines.filter(lambda name: "+" not in name and not any(letter.isspace() for letter in name))


@given(names, st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32), st.lists(lines, max_size=3), st.data())
def test_what_is_signed_opens_and_any_changed_byte_does_not(
    origin: str, size: int, root: bytes, extensions: list[str], data: st.DataObject
) -> None:
    """Every checkpoint survives the way to paper and back; a change of one bit never does."""
    checkpoint = Checkpoint(origin, size, root, tuple(extensions))
    keys = [verifier_key(origin, SEED_KEY)]
    note = sign(checkpoint, SEED_KEY).encode()
    assert open_checkpoint(note, origin, keys) == checkpoint
    at, bit = data.draw(st.integers(0, len(note) - 1)), data.draw(st.integers(0, 7))
    with pytest.raises(ValueError, match=r"[a-z]"):
        open_checkpoint(note[:at] + bytes([note[at] ^ 1 << bit]) + note[at + 1 :], origin, keys)
