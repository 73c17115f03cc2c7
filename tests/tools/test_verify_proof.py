"""The stand-alone verifier on receipts, proofs and extensions as files, and on draws: honest ones pass, no other does."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.rules.checkpoint import Checkpoint, sign, verifier_key, write_key
from bot.rules.draw import Ended, draw, pledge
from bot.rules.identity import CaseNumber, UnitId
from bot.rules.merkle import EMPTY_TREE, NodeId, consistency_proof, grow, inclusion_proof, root
from bot.rules.receipt import Extension, Proof, SignedReceipt, sign_receipt, write_extension, write_proof
from tests.rules.test_merkle import (
    KNOWN_CONSISTENCIES,
    KNOWN_INCLUSIONS,
    KNOWN_LEAVES,
    KNOWN_ROOTS,
    SOME_HASH,
    leaf_hash,
    unhex,
)
from tests.tools.conftest import Lines, Run
from tests.tools.ledger_vectors import ORIGIN, SEED, rows
from tests.tools.test_verify_checkpoint import tool as tool  # noqa: PLC0414 (a fixture)

PRIVATE: Final = Ed25519PrivateKey.from_private_bytes(SEED)
OTHER: Final = Ed25519PrivateKey.from_private_bytes(bytes(32))
KEY: Final = write_key(verifier_key(ORIGIN, PRIVATE))
LEAVES: Final = tuple(row.entry_hash for row in rows())
NODES: Final = dict(grow(EMPTY_TREE, LEAVES).nodes) | {NodeId(0, place): leaf for place, leaf in enumerate(LEAVES)}
INDEX: Final = 2
OLD, SIZE = 5, len(LEAVES)


def note(size: int, private: Ed25519PrivateKey = PRIVATE, *lines: str, origin: str = ORIGIN, spoilt: bool = False) -> str:
    """Sign a checkpoint of the published ledger."""
    its_root = bytes(32) if spoilt else root(grow(EMPTY_TREE, LEAVES[:size]).frontier)
    return sign(Checkpoint(origin, size, its_root, lines), private)


def receipt(entry_hash: bytes = LEAVES[INDEX], private: Ed25519PrivateKey = PRIVATE, origin: str = ORIGIN) -> str:
    """Sign the receipt of an entry."""
    return sign_receipt(SignedReceipt(origin, CaseNumber("CB-2026-000001"), "2026-11-24T02:30:00Z", entry_hash), private)


def proof(index: int = INDEX, path: tuple[bytes, ...] | None = None, signed: str | None = None) -> str:
    """Prove the entry."""
    honest = inclusion_proof(INDEX, SIZE, NODES.__getitem__)
    return write_proof(Proof(index, honest if path is None else path, signed or note(SIZE)))


def extension(path: tuple[bytes, ...] | None = None, signed: str | None = None, old: int = OLD) -> str:
    """Prove that the ledger only added."""
    honest = consistency_proof(OLD, SIZE, NODES.__getitem__)
    return write_extension(Extension(old, honest if path is None else path, signed or note(SIZE)))


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str], str]:
    """Write a file."""

    def write(name: str, text: str) -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return write


PATH: Final = inclusion_proof(INDEX, SIZE, NODES.__getitem__)
WAY: Final = consistency_proof(OLD, SIZE, NODES.__getitem__)


def flipped(path: tuple[bytes, ...], place: int) -> tuple[bytes, ...]:
    """Flip a bit in one element."""
    return (*path[:place], bytes([path[place][0] ^ 1]) + path[place][1:], *path[place + 1 :])


# ── Receipts and proofs ──────────────────────────────────────────────────────


def test_a_receipt_with_its_proof_needs_no_export(run: Run, file: Callable[[str, str], str]) -> None:
    """One file from the bot, and the key from elsewhere."""
    done = run("--proof", file("proof.txt", receipt() + proof()), "--key", KEY)
    assert done.returncode == 0, done.stdout
    assert "CB-2026-000001 2026-11-24T02:30:00Z, signed by" in done.stdout
    assert f"entry {INDEX + 1} of the {SIZE}" in done.stdout
    done = run("--proof", "proof.txt")
    assert (done.returncode, done.stdout.count("SIGNATURE NOT CHECKED")) == (0, 3)
    done = run("--proof", file("bare.txt", proof()), "--receipt", LEAVES[INDEX].hex(), "--key", KEY)
    assert done.returncode == 0


def test_a_receipt_alone_is_only_signed(run: Run, file: Callable[[str, str], str]) -> None:
    """It is said that nobody looked whether the entry is in the ledger."""
    done = run("--receipt", file("receipt.txt", receipt()), "--key", KEY)
    assert done.returncode == 0
    assert "NOT CHECKED whether it is in the ledger" in done.stdout


def test_a_signed_receipt_is_found_in_an_export(
    run: Run, file: Callable[[str, str], str], export: Callable[[Lines], str]
) -> None:
    """Or it is said that it is not there: whoever holds it was dropped from the ledger."""
    from tests.tools.test_ledger_vectors import published  # noqa: PLC0415 (what the verifier reads, not what is tested)

    path = export(published()["public_export"])
    done = run(
        path, "--receipt", file("receipt.txt", receipt()), "--proof", file("proof.txt", receipt() + proof()), "--key", KEY
    )
    assert (done.returncode, f"it is entry {INDEX + 1}" in done.stdout) == (0, True)
    done = run(path, "--receipt", file("lost.txt", receipt(SOME_HASH)), "--key", KEY)
    assert (done.returncode, "no entry has this hash" in done.stdout) == (1, True)


DISHONEST: Final = {
    "another leaf": receipt(LEAVES[INDEX + 1]) + proof(),
    "another index": receipt() + proof(index=INDEX + 1),
    "an index beyond the tree": receipt() + proof(index=SIZE),
    **{f"another sibling at {place}": receipt() + proof(path=flipped(PATH, place)) for place in range(len(PATH))},
    "siblings swapped": receipt() + proof(path=(PATH[1], PATH[0], *PATH[2:])),
    "a sibling left out": receipt() + proof(path=PATH[:-1]),
    "a sibling more": receipt() + proof(path=(*PATH, SOME_HASH)),
    "no sibling": receipt() + proof(path=()),
    "a checkpoint of another root": receipt() + proof(signed=note(SIZE, spoilt=True)),
    "a checkpoint of another size": receipt() + proof(signed=note(OLD)),
    "a checkpoint of another key": receipt() + proof(signed=note(SIZE, OTHER)),
    "a checkpoint of another ledger": receipt() + proof(signed=sign(Checkpoint("x.example", SIZE, bytes(32)), PRIVATE)),
    "a receipt of another key": receipt(private=OTHER) + proof(),
    "a receipt of another ledger": receipt(origin="x.example") + proof(),
    "a receipt with another case": receipt().replace("000001", "000002") + proof(),
}


@pytest.mark.parametrize("text", DISHONEST.values(), ids=DISHONEST)
def test_no_dishonest_proof_is_believed(run: Run, file: Callable[[str, str], str], text: str) -> None:
    """Exit code 1, and it is said."""
    done = run("--proof", file("proof.txt", text), "--key", KEY)
    assert (done.returncode, "WRONG" in done.stdout) == (1, True), done.stdout + done.stderr


@pytest.mark.parametrize(
    "text",
    ["", receipt(), proof().replace("index", "place"), proof().replace("=\n", "\n", 1), proof(), extension(), "x" + proof()],
    ids=["nothing", "a receipt alone", "no index", "no base64", "no receipt", "an extension", "something before"],
)
def test_what_is_no_proof_is_not_checked(run: Run, file: Callable[[str, str], str], text: str) -> None:
    """Exit code 2: nothing is claimed."""
    done = run("--proof", file("proof.txt", text), "--key", KEY)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("proof.txt: ")


# ── Two checkpoints ──────────────────────────────────────────────────────────


def test_a_later_checkpoint_is_shown_to_add_only(run: Run, file: Callable[[str, str], str]) -> None:
    """Without an export: the old one, the proof and the new one are enough."""
    words = ("--checkpoint", file("old.txt", note(OLD)), "--extension", file("extension.txt", extension()), "--key", KEY)
    done = run(*words)
    assert (done.returncode, "only added to old.txt" in done.stdout) == (0, True), done.stdout


FORGED: Final = {
    **{f"another element at {place}": extension(path=flipped(WAY, place)) for place in range(len(WAY))},
    "a middle from elsewhere (GHSA-672p-m5jq-mrh8)": extension(path=(WAY[0], *([SOME_HASH] * (len(WAY) - 2)), WAY[-1])),
    "an element left out": extension(path=WAY[:-1]),
    "the first left out": extension(path=WAY[1:]),
    "an element more": extension(path=(*WAY, SOME_HASH)),
    "nothing": extension(path=()),
    "a later root that is another": extension(signed=note(SIZE, spoilt=True)),
    "a later checkpoint of another key": extension(signed=note(SIZE, OTHER)),
}


@pytest.mark.parametrize("text", FORGED.values(), ids=FORGED)
def test_no_forged_extension_is_believed(run: Run, file: Callable[[str, str], str], text: str) -> None:
    """Every element takes part, the middle too."""
    old = file("old.txt", note(OLD))
    done = run("--checkpoint", old, "--extension", file("extension.txt", text), "--key", KEY)
    assert (done.returncode, "WRONG" in done.stdout) == (1, True), done.stdout + done.stderr


def test_an_extension_needs_the_checkpoint_that_it_goes_on_from(run: Run, file: Callable[[str, str], str]) -> None:
    """Another one does not do."""
    done = run("--checkpoint", file("old.txt", note(OLD - 1)), "--extension", file("extension.txt", extension()))
    assert (done.returncode, "give the checkpoint of 5 entries" in done.stderr) == (2, True)


def test_two_ledgers_of_one_size_are_told_apart(run: Run, file: Callable[[str, str], str]) -> None:
    """Two people were shown different ledgers, both signed."""
    done = run(
        "--checkpoint", file("one.txt", note(OLD)), "--checkpoint", file("two.txt", note(OLD, spoilt=True)), "--key", KEY
    )
    assert (done.returncode, "two different ledgers" in done.stdout) == (1, True)


@pytest.mark.parametrize(("index", "size", "path"), KNOWN_INCLUSIONS)
def test_its_inclusion_proofs_are_those_of_other_implementations(
    tool: ModuleType, index: int, size: int, path: tuple[str, ...]
) -> None:
    """The vectors of transparency-dev and certificate-transparency-go; each spoilt in every element as well."""
    leaf, way = leaf_hash(bytes.fromhex(KNOWN_LEAVES[index])), list(unhex(path))
    assert tool.included(leaf, index, size, way) == bytes.fromhex(KNOWN_ROOTS[size])
    for place in range(len(way)):
        spoilt = list(flipped(tuple(way), place))
        assert tool.included(leaf, index, size, spoilt) != bytes.fromhex(KNOWN_ROOTS[size])
    assert tool.included(leaf, index, size, [*way, SOME_HASH]) is None


@pytest.mark.parametrize(("old", "size", "path"), KNOWN_CONSISTENCIES)
def test_its_consistency_proofs_are_those_of_other_implementations(
    tool: ModuleType, old: int, size: int, path: tuple[str, ...]
) -> None:
    """The same vectors; an element more, less or other is never believed."""
    roots, way = [bytes.fromhex(each) for each in KNOWN_ROOTS], list(unhex(path))
    assert tool.extended(old, roots[old], size, roots[size], way)
    spoilt = [list(flipped(tuple(way), place)) for place in range(len(way))]
    for each in ([*way, SOME_HASH], *spoilt, *([way[:-1], way[1:]] if way else [])):
        assert not tool.extended(old, roots[old], size, roots[size], each)
    assert not tool.extended(old, roots[old + 1] if old < 8 else SOME_HASH, size, roots[size], way)


# ── Draws ────────────────────────────────────────────────────────────────────


def test_it_draws_as_the_program_draws(tool: ModuleType) -> None:
    """The rule stands in docs/ledger.md; two who know only that agree."""
    for number in range(50):
        seed = sha256(b"%d" % number).digest()
        cases = [
            (sha256(b"%d/%d" % (number, each)).digest(), None if each % 7 == 0 else f"unit-{each % 5}")
            for each in range(number * 3)
        ]
        drawn = draw(seed, [Ended(entry_hash, UnitId(unit) if unit else None) for entry_hash, unit in cases])
        assert tool.draw(seed, cases) == [each.entry_hash for each in drawn]


def drawn_ledger(forge: str = "") -> tuple[Any, Any]:
    """Make what the verifier collects of a draw over entries 11 to 30, or a forged one."""
    ended = [(seq, sha256(b"%d" % seq).digest(), f"unit-{seq % 3}") for seq in range(11, 31)]
    seed = sha256(b"pledged").digest()
    honest = draw(seed, [Ended(each, UnitId(unit)) for _, each, unit in ended])
    drawn: list[tuple[int, Any]] = [(31 + place, each.entry_hash.hex()) for place, each in enumerate(honest)]
    match forge:
        case "another drawn":
            drawn[0] = (31, ended[-1][1].hex() if drawn[0][1] != ended[-1][1].hex() else ended[0][1].hex())
        case "one left out":
            del drawn[-1]
        case "one more":
            drawn.append((31 + len(drawn), ended[0][1].hex()))
        case "another order":
            drawn[0], drawn[1] = (31, drawn[1][1]), (32, drawn[0][1])
        case "another seed":
            seed = bytes(32)
        case _:
            pass
    return (ended, drawn), {"since": 10, "until": 30, "seed": seed.hex()}


@pytest.mark.parametrize("forge", ["another drawn", "one left out", "one more", "another order", "another seed"])
def test_no_dishonest_draw_is_believed(tool: ModuleType, forge: str) -> None:
    """Nobody is put in, left out or moved."""
    (ended, drawn), told = drawn_ledger(forge)
    audit = tool.Audit()
    tool.Draws(ended, drawn, [(50, told)]).finish(audit)
    assert audit.wrong != []


def test_an_honest_draw_holds_and_says_whether_the_seed_was_fixed(tool: ModuleType) -> None:
    """With the checkpoint from before; without it that is not claimed; and one that binds to another seed is shown."""
    (ended, drawn), told = drawn_ledger()
    line = pledge(bytes.fromhex(told["seed"]))
    for lines, said in (
        ((line,), "bound to the seed before"),
        (None, "NOT CHECKED"),
        (("callback-seed 00",), "another seed"),
    ):
        audit = tool.Audit()
        if lines is not None:
            audit.checkpoints.append(tool.Checkpoint("held.txt", ORIGIN, 10, bytes(32), "", lines))
        tool.Draws(ended, drawn, [(50, told)]).finish(audit)
        assert any(said in text for text in [*audit.found, *audit.wrong])
        assert bool(audit.wrong) == (said == "another seed")


SURVEY_SEED = bytes(range(32)).hex()
OF_ITS_MONTH = {"entry": "survey_pledged", "period": "2026-10", "pledge": sha256(bytes.fromhex(SURVEY_SEED)).hexdigest()}
BEGUN = {"entry": "survey_begun", "period": "2026-10", "seed": SURVEY_SEED}


@pytest.mark.parametrize(
    "lines",
    [
        [BEGUN, OF_ITS_MONTH],
        [{**OF_ITS_MONTH, "period": "2026-09"}, BEGUN],
        [{**OF_ITS_MONTH, "pledge": "00" * 32}, OF_ITS_MONTH, BEGUN],
        [OF_ITS_MONTH, {"entry": "restored"}, BEGUN],
        [OF_ITS_MONTH, {**BEGUN, "seed": "00" * 32}],
        [OF_ITS_MONTH, {**BEGUN, "seed": None}],
    ],
)
def test_no_surveys_seed_is_believed_that_was_not_pledged(tool: ModuleType, lines: list[dict[str, Any]]) -> None:
    """The first pledge of the period counts, and none from before a restore."""
    assert of_surveys(tool, lines).wrong != []


def test_a_surveys_seed_that_was_pledged_holds(tool: ModuleType) -> None:
    """Also where somebody pledged another for the same month later."""
    audit = of_surveys(tool, [OF_ITS_MONTH, {**OF_ITS_MONTH, "pledge": "00" * 32}, BEGUN])
    assert audit.wrong == []
    assert any("is the one that was pledged before" in text for text in audit.found)


def of_surveys(tool: ModuleType, lines: list[dict[str, Any]]) -> Any:
    """Return what the verifier makes of such lines."""
    audit, draws = tool.Audit(), tool.Draws()
    for seq, shown in enumerate(lines, start=1):
        draws.take(tool.Line(seq, shown, is_partial=True, entry_hash=bytes(32), chain_hash=bytes(32)))
    draws.finish(audit)
    return audit
