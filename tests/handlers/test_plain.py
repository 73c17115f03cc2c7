"""Words of work are known however they are typed, and none of them could be a report."""

from __future__ import annotations

import pytest

from handlers.admin.commands import COMMANDS as ADMIN_COMMANDS
from handlers.names import OF_OFFICIALS
from handlers.official.commands import COMMANDS as OFFICIAL_COMMANDS
from handlers.resident.phrases import even, meaning_of

WORDS = sorted(name.replace("_", " ") for names in OF_OFFICIALS.values() for name in names.split())


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_work_means_nothing_that_residents_say(word: str) -> None:
    """Whoever holds a role and is a resident, too, is not misunderstood as either."""
    assert meaning_of(word) is None
    assert even(f" {word}。") == even(word)


def test_each_word_calls_one_command_that_there_is() -> None:
    """What two commands are called by would bring up either."""
    assert len({even(word) for word in WORDS}) == len(WORDS)
    assert set(OF_OFFICIALS) <= {*OFFICIAL_COMMANDS, *ADMIN_COMMANDS}
