"""Words of work are known however they are typed, and none of them could be a report."""

from __future__ import annotations

import pytest

from handlers.official.plain import OF_DIGEST, OF_TASKS
from handlers.resident.phrases import even, meaning_of


@pytest.mark.parametrize("word", sorted(OF_TASKS | OF_DIGEST))
def test_a_word_of_work_means_nothing_that_residents_say(word: str) -> None:
    """Whoever holds a role and is a resident, too, is not misunderstood as either."""
    assert meaning_of(word) is None
    assert even(f" {word}。") == even(word)
