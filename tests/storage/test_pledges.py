"""Which seeds a kept checkpoint must have beside it: not those from before a restore, which are forgotten."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.errors import LedgerBroken
from bot.rules.checkpoint import Checkpoint, sign
from bot.rules.draw import pledge
from storage.engine import Parameters, Row
from storage.pledges import compare_pledges

LINE = pledge(bytes(32))


class Told:
    """A database that holds checkpoints of some sizes, with a line each, some seeds, and perhaps a restore."""

    def __init__(self, checkpoints: dict[int, str], draws: dict[int, str], restored: int | None = None) -> None:
        self.answers: dict[str, Sequence[Row]] = {
            "checkpoint_all": [(size, _signed(size, line)) for size, line in checkpoints.items()],
            "draw_pledges": list(draws.items()),
            "restored_last": [(restored,)],
        }

    async def rows(self, query: str, parameters: Parameters) -> Sequence[Row]:
        """Answer what is asked."""
        assert parameters == {}
        return self.answers[query]

    async def run(self, query: str, parameters: Sequence[Parameters]) -> int:
        """Refuse to write."""
        raise AssertionError((query, parameters))


def _signed(size: int, line: str) -> str:
    return sign(Checkpoint("minsheng/1", size, bytes(32), (line,)), Ed25519PrivateKey.from_private_bytes(bytes(32)))


@pytest.mark.parametrize(
    "told",
    [
        Told({}, {}),
        Told({9: LINE}, {9: LINE}),
        Told({9: LINE, 12: LINE}, {9: LINE}),  # signed again before the draw
        Told({9: LINE}, {}, restored=10),
        Told({9: "another line"}, {}),
    ],
)
async def test_what_is_honest_is_not_missed(told: Told) -> None:
    """Also where a checkpoint is signed twice over one seed, or a later program writes lines of another kind."""
    await compare_pledges(told)


@pytest.mark.parametrize(
    ("told", "seq"),
    [
        (Told({}, {9: LINE}), 9),
        (Told({12: LINE}, {9: LINE}), 9),
        (Told({9: "another line"}, {9: LINE}), 9),
        (Told({9: LINE}, {}), 9),
        (Told({9: LINE}, {}, restored=8), 9),
        (Told({}, {0: LINE}), 1),
    ],
)
async def test_what_went_alone_is_named(told: Told, seq: int) -> None:
    """By the entries that the checkpoint was of, or of which it still is."""
    with pytest.raises(LedgerBroken) as found:
        await compare_pledges(told)
    assert found.value.seq == seq
