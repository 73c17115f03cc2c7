"""What every store does with work groups: a code links one chat to one unit, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import Conflict, NotFound
from bot.ports import Decision
from bot.rules.effect import Effects
from bot.rules.identity import StaffId, UnitId
from bot.rules.unit_group import CODE_LIFE, GroupCode
from tests.storage.conformance import OnePlace
from tests.support.store import NEIGHBOUR, RESIDENT, UNIT, Town

WATER = UnitId("water")


class GroupsConformance(OnePlace):
    """Codes are kept by their hash, groups are linked and unlinked."""

    async def test_a_code_links_the_chat_it_is_written_in_once(self, town: Town) -> None:
        """Another chat that writes it later finds it used."""
        code = await _offered(town, "a" * 32, UNIT)
        assert await town.desk.read.group_code(code.digest) == code
        await _link(town, RESIDENT, code)
        (group,) = await town.desk.read.unit_groups()
        assert (group.unit, group.is_reachable) == (UNIT, True)
        assert (await town.desk.read.group_code(code.digest)).is_used
        with pytest.raises(Conflict):
            await _link(town, NEIGHBOUR, code)

    async def test_a_chat_is_of_one_unit_at_a_time(self, town: Town) -> None:
        """Linked anew it leaves the one before."""
        for digest, unit in (("a" * 32, UNIT), ("b" * 32, WATER)):
            await _link(town, RESIDENT, await _offered(town, digest, unit))
        assert [group.unit for group in await town.desk.read.unit_groups()] == [WATER]

    async def test_a_unit_that_unlinks_its_groups_has_none_and_no_code(self, town: Town) -> None:
        """Others keep theirs."""
        used, open_code = await _offered(town, "a" * 32, UNIT), await _offered(town, "b" * 32, UNIT)
        await _link(town, RESIDENT, used)
        await _link(town, NEIGHBOUR, await _offered(town, "c" * 32, WATER))
        await town.store.commit([Decision(Effects(groups_unlinked=(UNIT,)))], town.clock.now())
        assert [group.unit for group in await town.desk.read.unit_groups()] == [WATER]
        with pytest.raises(NotFound):
            await town.desk.read.group_code(open_code.digest)

    async def test_a_code_that_is_too_old_links_nothing(self, town: Town) -> None:
        """Also where the decision was made just before."""
        code = await _offered(town, "a" * 32, UNIT)
        await town.clock.move(CODE_LIFE + timedelta(seconds=1))
        with pytest.raises(Conflict):
            await _link(town, RESIDENT, code)


async def _offered(town: Town, digest: str, unit: UnitId) -> GroupCode:
    code = GroupCode(digest, unit, StaffId("s-lead"), town.clock.now() + CODE_LIFE)
    await town.store.commit([Decision(Effects(group_codes=(code,)))], town.clock.now())
    return code


async def _link(town: Town, chat: int, code: GroupCode) -> None:
    await town.arrive(chat, "new")
    taken = await town.take_one()
    await town.store.commit([Decision(Effects(group_linked=code.digest), taken=taken)], town.clock.now())
