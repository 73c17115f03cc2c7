"""What an export alone cannot show, a checkpoint, a key or a receipt from outside shows; others' vectors agree."""

from __future__ import annotations

import importlib.util
import json
import sys
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.rules.checkpoint import Checkpoint, sign, sign_note, write_text
from tests.rules.test_checkpoint import GO_CHECKPOINTS, GO_KEY, GO_ORIGIN, NOTE, PETER_KEY, TEXT
from tests.rules.test_merkle import KNOWN_LEAVES, KNOWN_ROOTS
from tests.tools.conftest import TOOL, Lines, Run
from tests.tools.ledger_vectors import ORIGIN, SEED
from tests.tools.test_ledger_vectors import published

# ── What only a checkpoint, a key or a receipt shows ────────────────────────


def test_a_cut_end_is_shown_by_a_checkpoint(run: Run, export: Callable[[Lines], str], checkpoints: list[str]) -> None:
    """The chain of what is left holds; the checkpoint counts more."""
    path = export(published()["export"][:5])
    assert run(path).returncode == 0
    done = run(path, "--checkpoint", checkpoints[1], "--checkpoint", checkpoints[2])
    assert done.returncode == 1
    assert "the export has only 5 of its 7 entries; its end is missing" in done.stdout
    assert "4 entries" in done.stdout.split("WRONG")[0]


def test_a_wholesale_rewrite_is_shown_by_checkpoint_and_receipt(
    run: Run, export: Callable[[Lines], str], checkpoints: list[str]
) -> None:
    """A ledger made anew holds by itself; it is not the one that was signed, nor does it have the receipt's entry."""
    held = published()
    lines: Lines = []
    chain = bytes(32)
    for line in held["export"][::-1]:
        chain = sha256(chain + bytes.fromhex(line["entry_hash"])).digest()
        lines.append(line | {"seq": len(lines) + 1, "chain_hash": chain.hex()})
    path = export(lines)
    assert run(path, "--receipt", lines[0]["entry_hash"]).returncode == 0
    done = run(path, "--checkpoint", checkpoints[1], "--checkpoint", checkpoints[2])
    assert done.returncode == 1
    assert done.stdout.count("something was rewritten") == 2
    done = run(path, "--receipt", "0123456789abcdef")
    assert (done.returncode, "receipt 0123456789abcdef: no entry has this hash" in done.stdout) == (1, True)


FORGED: Final[dict[str, tuple[Callable[[str], str], int, str]]] = {
    "another size": (lambda note: note.replace("\n7\n", "\n6\n"), 1, "forged"),
    "another signer's line": (lambda note: note.replace(f"— {ORIGIN}", "— someone.example"), 1, "not signed with the key"),
    "one letter of the signature": (lambda note: note[:-10] + chr(ord(note[-10]) ^ 1) + note[-9:], 1, "forged"),
    "another origin": (lambda note: "x" + note, 1, "forged"),
    "no signature": (lambda note: note.split("—")[0], 2, "not a signed note"),
    "no empty line": (lambda note: note.replace("\n\n", "\n"), 2, "not a signed note"),
    "a carriage return": (lambda note: note.replace("\n", "\r\n"), 2, "not a signed note"),
    "something after it": (lambda note: note + "and more\n", 2, "not a signed note"),
    "a control character": (lambda note: "\x07" + note, 2, "not a signed note"),
    "nothing": (lambda _: "", 2, "not a signed note"),
}


@pytest.mark.parametrize("name", FORGED)
def test_no_forged_checkpoint_is_believed(
    run: Run, export: Callable[[Lines], str], checkpoints: list[str], name: str
) -> None:
    """With the key, only what the ledger signed counts; what is no checkpoint at all is not done (2)."""
    forge, code, why = FORGED[name]
    path = Path(checkpoints[2])
    path.write_bytes(forge(path.read_text(encoding="utf-8")).encode())
    done = run(export(published()["export"]), "--checkpoint", str(path), "--key", published()["key"])
    assert done.returncode == code
    assert why in done.stdout + done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "a\n07\n{root}\n",
        "a\n-7\n{root}\n",
        "a\nseven\n{root}\n",
        "a\n7\n",
        "\n7\n{root}\n",
        "a\n7\n{root}\n\nb\n",
        "a\n7\nAAAA\n",
        "a\n7\n!{root}\n",
    ],
)
def test_what_is_no_checkpoint_is_not_compared(run: Run, export: Callable[[Lines], str], tmp_path: Path, text: str) -> None:
    """A signed note of something else is refused in one line."""
    path = tmp_path / "note.txt"
    path.write_text(text.format(root=b64encode(bytes(32)).decode()) + "\n— a AAAAAAA=\n", encoding="utf-8")
    done = run(export([]), "--checkpoint", str(path))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_checkpoints_of_different_ledgers_do_not_go_together(
    run: Run, export: Callable[[Lines], str], checkpoints: list[str], tmp_path: Path
) -> None:
    """Equal roots under two names are still two ledgers; and a key signs for its own ledger only."""
    private = Ed25519PrivateKey.from_private_bytes(SEED)
    other = tmp_path / "other.txt"
    other.write_text(sign(Checkpoint("other.example", 7, bytes.fromhex(published()["roots"][7])), private), encoding="utf-8")
    path = export(published()["export"])
    done = run(path, "--checkpoint", checkpoints[2], "--checkpoint", str(other))
    assert (done.returncode, "of different ledgers" in done.stdout) == (1, True)
    done = run(path, "--checkpoint", str(other), "--key", published()["key"])
    assert (done.returncode, "not signed with the key" in done.stdout) == (1, True)
    text = write_text(Checkpoint("other.example", 7, bytes.fromhex(published()["roots"][7])))
    other.write_text(sign_note(text, ORIGIN, private), encoding="utf-8")
    done = run(path, "--checkpoint", str(other), "--key", published()["key"])
    assert (done.returncode, f"it is of other.example, but the key is of {ORIGIN}" in done.stdout) == (1, True)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("nowhere.jsonl",),
        ("EXPORT", "--checkpoint", "nowhere.txt"),
        ("EXPORT", "--key", "nowhere.key"),
        ("EXPORT", "--key", "a+b+c"),
        ("EXPORT", "--key", GO_KEY.replace("033de0ae", "033de0af")),
        ("EXPORT", "--receipt", "0123456789abcde"),
        ("EXPORT", "--receipt", "0123456789abcdeg"),
        ("EXPORT", "--trust-me"),
    ],
)
def test_wrong_use_is_told_and_nothing_is_claimed(run: Run, export: Callable[[Lines], str], words: tuple[str, ...]) -> None:
    """Exit code 2, one readable complaint, and no word that anything holds."""
    path = export(published()["export"])
    done = run(*(path if word == "EXPORT" else word for word in words))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_key_may_lie_in_a_file(run: Run, export: Callable[[Lines], str], checkpoints: list[str], tmp_path: Path) -> None:
    """As it is published: one line."""
    (tmp_path / "ledger.key").write_text(published()["key"] + "\n", encoding="utf-8")
    done = run(export(published()["export"]), "--checkpoint", checkpoints[2], "--key", "ledger.key")
    assert (done.returncode, f"signed by {ORIGIN}" in done.stdout) == (0, True)


# ── Against others' vectors ─────────────────────────────────────────────────


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Load the verifier's file, which is no part of any package."""
    spec = importlib.util.spec_from_file_location("verify_ledger", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_its_tree_is_that_of_other_implementations(tool: ModuleType) -> None:
    """The classic leaves have the classic roots here too."""
    peaks: list[bytes] = []
    for size, expected in enumerate(KNOWN_ROOTS):
        assert tool.root(peaks).hex() == expected
        if size < len(KNOWN_LEAVES):
            peaks = tool.grown(peaks, size, sha256(b"\x00" + bytes.fromhex(KNOWN_LEAVES[size])).digest())


def test_its_notes_are_those_of_the_go_implementation(tool: ModuleType) -> None:
    """It verifies Go's note and the Go checksum database's checkpoints, and no changed ones."""
    assert tool.verify_note(NOTE.encode(), PETER_KEY) == (TEXT, "PeterNeumann")
    with pytest.raises(tool.Broken):
        tool.verify_note(NOTE.replace("answer", "Answer").encode(), PETER_KEY)
    for size, tree_root, signature in GO_CHECKPOINTS:
        note = f"{GO_ORIGIN}\n{size}\n{tree_root}\n\n— sum.golang.org {signature}\n"
        assert tool.verify_note(note.encode(), GO_KEY)[1] == "sum.golang.org"
        with pytest.raises(tool.Broken):
            tool.verify_note(note.replace(str(size), str(size + 1)).encode(), GO_KEY)


def test_its_commitments_are_the_published_ones(tool: ModuleType) -> None:
    """Values and commitments of the vectors come out the same."""
    held = published()
    for vector in held["commitments"]:
        made = tool.commitment(bytes.fromhex(vector["salt"]), vector["name"], vector["value"])
        assert made.hex() == vector["commitment"]
    for vector in held["values"]:
        assert json.loads(vector["canonical"]) == vector["value"]
        assert json.dumps(vector["value"], ensure_ascii=False) == vector["canonical"]


def test_it_imports_nothing_of_the_program() -> None:
    """Whoever distrusts the program can still use it."""
    imports = [
        line for line in TOOL.read_text(encoding="utf-8").splitlines() if line.strip().startswith(("import ", "from "))
    ]
    assert {line.split()[1].split(".")[0] for line in imports} <= set(sys.stdlib_module_names) | {
        "cryptography",
        "__future__",
    }
