"""What commands are called in Chinese, in Uyghur and by other bots leads to one of ours, whichever way it is typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from handlers.names import IN_CHINESE, IN_UYGHUR, OF_OFFICIALS, OF_OTHER_BOTS, called, command_called
from handlers.resident.phrases import even
from handlers.routes import COMMANDS, TO_ALL

TABLES = OF_OTHER_BOTS, IN_CHINESE, IN_UYGHUR, OF_OFFICIALS


def test_no_name_calls_two_commands() -> None:
    """Whoever types it would get either; nor is any name the true one of another command."""
    spelt = Counter(even(name) for table in TABLES for names in table.values() for name in names.split())
    assert [name for name, count in spelt.items() if count > 1 or name in COMMANDS] == []


@pytest.mark.parametrize("table", TABLES)
def test_each_name_calls_a_command_that_there_is(table: Mapping[str, str]) -> None:
    """However it is written: with a space, with an underscore, in capitals."""
    assert table.keys() <= COMMANDS.keys()
    assert {command_called(name) for name in called(table)} == set(table)
    for command, names in table.items():
        for name in names.split():
            assert command_called(name.upper()) == command_called(name.replace("_", " ")) == command
    assert command_called("yardem") == "help"


@pytest.mark.parametrize("table", [IN_CHINESE, IN_UYGHUR])
def test_every_command_of_residents_has_a_name_in_their_language(table: Mapping[str, str]) -> None:
    """Nobody has to know Latin letters for what is theirs."""
    assert set(table) == TO_ALL
