"""What entries determine is compared, in every table and column, and put right as far as entries hold it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import cache, partial
from typing import Any, Final, Protocol

import pytest

from bot.actions.erase_content import erase_content
from bot.actions.matter import sealed
from bot.errors import KeyLost, LedgerBroken
from bot.ports import Decision
from bot.rules.county import Role
from bot.rules.county_file import FILE
from bot.rules.effect import Effects
from bot.rules.entry import (
    Announced,
    Commented,
    Entry,
    Erasing,
    InvitedAtFirst,
    JoinedAtFirst,
    Noted,
    Replied,
    Restored,
    StaffEnded,
    TieCut,
)
from bot.rules.erasure import AtClosing, PersonGone, Tie
from bot.rules.identity import CaseNumber, StaffId
from bot.rules.staff import INVITATION_LIFE, Invitation
from storage.audit import Audit, Rebuilt
from storage.derived import NOT_DERIVED, NOT_DERIVED_IN_POSTGRES, OF_CASES, OF_THE_HOUSE, OF_THE_LEDGER
from storage.keyring import read_key
from storage.masters import Masters
from storage.rows import stamp
from storage.sqlite.migrate import migrations
from storage.vault import SEAL_BYTES, TRANSIT, Vault
from storage.words import sealed_text, words_at
from tests.digest.year import live
from tests.storage.conformance import OnePlace
from tests.storage.full_house import SALT, full, now, said, write
from tests.support.store import MASTER, NEIGHBOUR, OFFICER, RESIDENT, UNIT, SeededRandomness, Town

KEYS: Final = {
    "cases": ("number",),
    "rounds": ("number",),
    "cases_before": ("number",),
    "rounds_before": ("number",),
    "ratings": ("number",),
    "reminders": ("number",),
    "follow_ups": ("number",),
    "files": ("id", "slot"),
    "translations": ("id", "slot"),
    "staff": ("id",),
    "invitations": ("digest",),
    "shifts": ("staff",),
    "unit_groups": ("code", "staff"),
    "meetings": ("id",),
    "milestones": ("project",),
    "visits": ("id",),
    "signs": ("number",),
    "sign_words": ("sign", "slot"),
    "house_words": ("slot",),
    "proposals": ("number",),
    "turns": ("name",),
}
"""What tells one row from another, to make up one that nobody entered."""

DERIVED: Final = {**OF_CASES, **OF_THE_HOUSE}
SEALED: Final = ("files", "translations", "milestones", "meetings", "staff", "sign_words", "house_words")
"""What was lost of these is in no entry; it is named instead of made anew."""

SEALED_WITH: Final = ("files", "translations", "sign_words", "house_words")
"""What nobody entered is not thrown away where a file, a translation or words lie sealed with it."""

MENDED: Final = {
    "cases": "state",
    "rounds": "due_at",
    "cases_before": "unit",
    "rounds_before": "due_at",
    "ratings": "score",
    "reminders": "role",
    "follow_ups": "solved",
    "files": "size",
    "translations": "done_at",
    "staff": "role",
    "invitations": "role",
    "shifts": "ends_at",
    "meetings": "people",
    "milestones": "at",
    "visits": "households",
    "signs": "version",
    "proposals": "is_done",
    "turns": "version",
}
"""A column of each table that entries hold."""

MOMENTS: Final = "-- Rows that entries make say when they were made"
"""How the migration begins that brings moments in step."""

KEEPING: Final = "-- What a case and its attempts no longer are"
"""How the migration begins that keeps it."""

PAST: Final = ("cases_before", "rounds_before")

AS_WRITTEN: Final = {
    "staff": ("joined_at", "left_at"),
    "visits": ("at",),
    "unit_groups": ("linked_at",),
    "meetings": ("people",),
}
"""What was written by another clock, or count, than the entries', before that migration."""

LATER_BY: Final = 1_700_000
MAY_GO: Final = ("unit_groups",)
"""A group that is linked anew leaves where it was, without an entry about that."""


class Hand(Protocol):
    """Somebody who writes into the database behind the program's back."""

    async def tables(self) -> Sequence[str]:
        """Name every table."""
        ...

    async def rows(self, table: str) -> Sequence[dict[str, Any]]:
        """Read a table whole."""
        ...

    async def put(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        """Put rows in the place of all that there were, whatever refers to them."""
        ...

    async def forget(self, tables: Sequence[str], columns: Mapping[str, str]) -> None:
        """Drop tables whole, and a column of others."""
        ...

    async def migrate_again(self, beginning: str) -> None:
        """Run the migration that begins so once more."""
        ...


class DerivedConformance(OnePlace):
    """What every store compares with its entries."""

    @pytest.fixture
    def hand(self) -> Hand:
        """Reach into the database."""
        raise NotImplementedError

    async def test_every_table_is_in_one_list(self, town: Town, hand: Hand) -> None:
        """A new one has to be compared, or a reason given."""
        lists = [set(OF_CASES), set(OF_THE_HOUSE), set(OF_THE_LEDGER), set(NOT_DERIVED)]
        if town.store.is_shared:
            lists.append(set(NOT_DERIVED_IN_POSTGRES))
        assert sum(map(len, lists)) == len(set().union(*lists)), "in two lists"
        assert set(await hand.tables()) == set().union(*lists)
        assert all(NOT_DERIVED.values())

    async def test_a_full_house_holds_and_comes_out_equal(self, town: Town, hand: Hand) -> None:
        """With a row in each table, and each row at the moment that the ledger says."""
        await full(town)
        for table in DERIVED:
            assert await hand.rows(table), table
        assert await broken(town) is None
        assert await Audit(town.engine).rebuild(quiet, quiet) == Rebuilt(cases=3, replaced=0, nodes=0)

    async def test_every_column_is_compared(self, town: Town, hand: Hand) -> None:
        """One value of one row changed: found, and the table named. Columns that are left out can change."""
        await full(town)
        missed = []
        for table, left_out in DERIVED.items():
            before = await hand.rows(table)
            assert set(left_out) < set(before[0]), table
            for column in before[0]:
                await hand.put(table, edited(table, before, column))
                found = await broken(town)
                if (found is None or table not in found[1]) is not (column in left_out):
                    missed.append((table, column, found))
            await hand.put(table, before)
        assert not missed, missed
        assert await broken(town) is None

    async def test_rows_of_an_earlier_version_come_to_the_moments_of_their_entries(self, town: Town, hand: Hand) -> None:
        """They once said when they were written, a moment after it was decided."""
        await full(town)
        before = {table: as_set(await hand.rows(table)) for table in AS_WRITTEN}
        for table, columns in AS_WRITTEN.items():
            rows = [dict(row) for row in await hand.rows(table)]
            for row in rows:
                row.update({name: row[name] + LATER_BY for name in columns if row[name] is not None})
            await hand.put(table, rows)
        assert await broken(town) is not None
        await hand.migrate_again(MOMENTS)
        assert await broken(town) is None
        assert {table: as_set(await hand.rows(table)) for table in AS_WRITTEN} == before

    async def test_what_cases_no_longer_are_is_read_off_an_earlier_version_s_entries(self, town: Town, hand: Hand) -> None:
        """The migration that begins to keep it makes what every later commit, and `rebuild`, makes."""
        await live(town.store, 60, seed=7)
        before = {table: as_set(await hand.rows(table)) for table in (*PAST, "cases", "rounds")}
        assert all(len(before[table]) > 5 for table in PAST)
        await hand.forget(PAST, {"cases": "since_at", "rounds": "since_at"})
        await hand.migrate_again(KEEPING)
        assert {table: as_set(await hand.rows(table)) for table in before} == before
        assert (await Audit(town.engine).rebuild(quiet, quiet)).is_equal

    async def test_a_row_too_many_or_too_few_is_found(self, town: Town, hand: Hand) -> None:
        """One that nobody entered, in every table; and one that is gone."""
        await full(town)
        for table in DERIVED:
            before = await hand.rows(table)
            place = chosen(table, before)
            if table in KEYS:
                made_up = dict(before[place])
                for column in KEYS[table]:
                    made_up[column] = other(made_up[column])
                await hand.put(table, [*before, made_up])
                assert table in (await broken(town) or (0, ""))[1], f"a row too many in {table}"
            if table not in MAY_GO:
                await hand.put(table, [*before[:place], *before[place + 1 :]])
                assert table in (await broken(town) or (0, ""))[1], f"a row gone from {table}"
            await hand.put(table, before)

    async def test_what_entries_bind_to_must_lie_sealed(self, town: Town, hand: Hand) -> None:
        """Any words gone or blank, any piece of a file gone or cut, any key gone: found, and the case named."""
        await full(town)
        number = (await hand.rows("files"))[0]["number"]
        await said_of_all(town, number)
        assert await broken(town) is None
        words, keys, pieces = [await hand.rows(table) for table in ("words", "keys", "file_pieces")]
        assert {row["slot"].partition("/")[0] for row in words} == {"filed", "answer", "said"}
        for place, row in enumerate(words):
            instead = [{**row, "body": bytes(SEAL_BYTES)}] if place % 2 else []
            await hand.put("words", [*words[:place], *instead, *words[place + 1 :]])
            assert f"sealed words of {row['number']} are lost" in (await broken(town) or (0, ""))[1], row
        await hand.put("words", words)
        for row in keys:
            if row["owner"].startswith("case:"):
                await hand.put("keys", [each for each in keys if each is not row])
                assert f"of {row['owner'][5:]} are lost" in (await broken(town) or (0, ""))[1], row["owner"]
        await hand.put("keys", keys)
        for place, row in enumerate(pieces):
            for shorter in ([], [{**row, "body": bytes(row["body"])[:-1]}]):
                await hand.put("file_pieces", [*pieces[:place], *shorter, *pieces[place + 1 :]])
                assert f"files does not agree with the entries of {number}" in (await broken(town) or (0, ""))[1], place
        await hand.put("file_pieces", pieces)
        assert await broken(town) is None

    async def test_opened_with_the_key_it_is_what_was_entered(self, town: Town, hand: Hand) -> None:
        """Other words under the right key, words of another case, a piece of zeros, another key: all else holds."""
        await full(town)
        vault = Vault(Masters({1: MASTER}), SeededRandomness("another"))
        assert await unopened(town, vault) is None
        words, keys, pieces = [await hand.rows(table) for table in ("words", "keys", "file_pieces")]
        one, other = [row for row in words if row["slot"] == "filed"][:2]
        async with town.engine.reading() as session:
            key = await read_key(session, vault, f"case:{one['number']}")
        assert key is not None
        forged = sealed_text(key, "一切都好", SALT, words_at("filed"))
        owner = f"case:{one['number']}"
        _, drawn = vault.new_key(owner)
        harms = (
            ("words", words, one, {"body": forged}),
            ("words", words, one, {"body": other["body"]}),
            ("file_pieces", pieces, pieces[1], {"body": bytes(len(pieces[1]["body"]))}),
            ("keys", keys, next(row for row in keys if row["owner"] == owner), {"wrapped": drawn.wrapped}),
            ("keys", keys, next(row for row in keys if row["owner"] == owner), {"wrapped": bytes(60)}),
        )
        for table, rows, row, columns in harms:
            await hand.put(table, [{**each, **columns} if each is row else each for each in rows])
            assert await broken(town) is None
            assert f"words or a file of {one['number']} are not what was entered" in (await unopened(town, vault) or "")
            await hand.put(table, rows)
        with pytest.raises(KeyLost):
            await unopened(town, Vault(Masters({1: bytes(32)}), SeededRandomness("another")))

    async def test_the_list_of_erasures_says_what_entries_say(self, town: Town, hand: Hand) -> None:
        """A line more would erase what nobody asked to have erased, some night or later; a line less brings it back."""
        gone, left, kept = [await town.file(chat) for chat in (RESIDENT, OFFICER, RESIDENT)]
        await write(town, erase_content(gone, Erasing.ORDER, "s-lead", now(town)))
        cut = said(town, TieCut(voice=1), "resident", left)
        await write(town, Effects(entries=cut, erased=(Tie(left, 1), AtClosing(left))))
        rows = await hand.rows("erasures")
        assert {row["subject"] for row in rows} == {f"case:{gone}", f"closing:{left}", f"voice:{left}/1"}
        assert await broken(town) is None
        for forged in (f"case:{kept}", f"closing:{kept}", f"voice:{kept}/1", f"voice:{left}/2"):
            await hand.put("erasures", [*rows, {**rows[0], "subject": forged}])
            number = forged.partition(":")[2].partition("/")[0]
            assert f"the list of erasures names {number}" in (await broken(town) or (0, ""))[1], forged
        for row in rows:
            kind, _, number = str(row["subject"]).partition(":")
            await hand.put("erasures", [each for each in rows if each is not row])
            said_of_it = None if kind == "closing" else f"lacks what was erased of {number.partition('/')[0]}"
            assert (said_of_it or "") in (await broken(town) or (0, ""))[1], row
            assert (await broken(town) is None) is (said_of_it is None)  # one to come may have come, or be a restore's
        of_others = [{**rows[0], "subject": subject} for subject in ("person:p-1", "case:CB-1999-000001")]
        await hand.put("erasures", [*rows, *of_others])
        assert await broken(town) is None

    async def test_opened_with_the_key_what_is_said_of_the_house_is_what_was_entered(self, town: Town, hand: Hand) -> None:
        """Other words about a warning or a scorecard, words of another place, an official's letters led elsewhere."""
        await full(town)
        vault = Vault(Masters({1: MASTER}), SeededRandomness("another"))
        assert await unopened(town, vault) is None
        async with town.engine.reading() as session:
            transit = await read_key(session, vault, TRANSIT)
            signs, house, staff, persons = [
                await hand.rows(table) for table in ("sign_words", "house_words", "staff", "persons")
            ]
            (official,) = [row for row in staff if row["role"] == "lead"]
            whose = next(row for row in persons if row["id"] == official["person"])
            key = await read_key(session, vault, f"person:{whose['id']}")
        assert transit is not None
        assert key is not None
        about = f"sign/{signs[0]['sign']}/{signs[0]['slot']}"
        first, words = house[0]["slot"], "无事"
        harms = (
            ("sign_words", signs, {"body": sealed_text(transit, words, SALT, about)}, signs[0]["sign"]),
            ("sign_words", signs, {"body": house[0]["body"]}, signs[0]["sign"]),
            ("house_words", house, {"body": sealed_text(transit, words, SALT, f"house/{first}")}, first),
        )
        for table, rows, columns, subject in harms:
            await hand.put(table, [{**rows[0], **columns}, *rows[1:]])
            assert await broken(town) is None
            assert f"of {subject}" in (await unopened(town, vault) or "")
            await hand.put(table, rows)
        moved = {**whose, "chat": key.seal(b"777", "chat")}
        await hand.put("persons", [moved if row is whose else row for row in persons])
        assert await broken(town) is None
        of_official = f"what is meant for {official['id']} goes to another chat than theirs, or to none"
        assert (await unopened(town, vault) or "").startswith(of_official)

    async def test_opened_with_the_key_whoever_stands_behind_a_case_writes_to_it(self, town: Town, hand: Hand) -> None:
        """With two hashes of chats swapped one would read the other's cases; without chat or key nobody is told anything."""
        first, second = await town.file(RESIDENT), await town.file(NEIGHBOUR)
        vault = Vault(Masters({1: MASTER}), SeededRandomness("another"))
        persons, keys, voices = [await hand.rows(table) for table in ("persons", "keys", "voices")]
        of = {row["number"]: row["person"] for row in voices}
        chats = {row["id"]: row["chat_key"] for row in persons}
        swapped = {of[first]: chats[of[second]], of[second]: chats[of[first]]}
        harms: tuple[tuple[str, Sequence[dict[str, Any]], Sequence[dict[str, Any]]], ...] = (
            ("persons", persons, [{**row, "chat_key": swapped.get(row["id"], row["chat_key"])} for row in persons]),
            ("persons", persons, [row for row in persons if row["id"] != of[first]]),
            ("keys", keys, [row for row in keys if row["owner"] != f"person:{of[first]}"]),
        )
        for table, before, after in harms:
            await hand.put(table, after)
            assert await broken(town) is None
            said = f"what is meant for voice 1 of {first} goes to another chat than theirs, or to none"
            assert (await unopened(town, vault) or "").startswith(said)
            await hand.put(table, before)
        assert await unopened(town, vault) is None

    async def test_nobody_is_gone_from_a_case_without_an_entry(self, town: Town, hand: Hand) -> None:
        """Who was taken out of it, or made to have left, would never be asked whether it is solved."""
        number = await town.file()
        (row,) = await hand.rows("voices")
        for harm in ([], [{**row, "has_left": 1}]):
            await hand.put("voices", harm)
            assert f"somebody who stands behind {number} is not there" in (await broken(town) or (0, ""))[1]
        await hand.put("voices", [row])
        assert await broken(town) is None

    async def test_nobody_comes_to_a_case_or_a_role_without_an_entry(self, town: Town, hand: Hand) -> None:
        """A voice written by hand would read the answers; a link written by hand would give a role."""
        await full(town)
        voices = await hand.rows("voices")
        await hand.put("voices", [*voices, {**voices[0], "voice": 9}])
        assert f"somebody stands behind {voices[0]['number']} whom no entry knows" in (await broken(town) or (0, ""))[1]
        await hand.put("voices", voices)
        assert await broken(town) is None
        joined = JoinedAtFirst(staff=StaffId("s-0"), role=Role.ADMIN, unit=None, township=None, confirmed_by=None)
        await write(town, Effects(entries=said(town, joined, "s-0")))
        assert "s-0 holds a role to which nobody was invited" in (await broken(town) or (0, ""))[1]

    async def test_no_number_is_given_twice(self, town: Town, hand: Hand) -> None:
        """A series that was set back, or is gone, is found and goes on again; one that is ahead may be: it left some out."""
        number = await town.file()
        (row,) = await hand.rows("counters")
        assert number == f"{row['name']}-{row['value']:06d}"
        for harm in ([], [{**row, "value": 0}]):
            await hand.put("counters", harm)
            assert await broken(town) == (1, f"the table counters does not agree with the entries of {row['name']}")
            assert await rebuilt(town) == Rebuilt(cases=1, replaced=0, nodes=0, others=1)
            assert await hand.rows("counters") == [row]
        await hand.put("counters", [{**row, "value": row["value"] + 5}])
        assert await broken(town) is None

    async def test_numbers_that_a_restore_left_out_stay_left_out(self, town: Town, hand: Hand) -> None:
        """They may have been given out since the backup was made."""
        await town.file()
        await write(town, Effects(entries=said(town, Restored(entries=1, skipped=1000))))
        (row,) = await hand.rows("counters")
        assert await broken(town) == (2, f"the table counters does not agree with the entries of {row['name']}")
        await hand.put("counters", [{**row, "value": row["value"] + 1000}])
        assert await town.file() == f"{row['name']}-{row['value'] + 1001:06d}"
        assert await broken(town) is None

    async def test_who_holds_a_role_is_bound_by_the_entry_with_which_they_came(self, town: Town, hand: Hand) -> None:
        """Another person in their place, their chat's hash made another's, a salt taken away: found, and said of nobody."""
        await town.staffed()
        await town.file()
        staff, persons = [await hand.rows(table) for table in ("staff", "persons")]
        official = staff[0]
        resident = next(row for row in persons if row["id"] not in {row["person"] for row in staff})
        others = [row for row in persons if row["id"] not in {official["person"], resident["id"]}]
        (whose,) = [row for row in persons if row["id"] == official["person"]]
        harms = (
            ("staff", [{**official, "person": resident["id"]}, *staff[1:]]),
            ("staff", [{**official, "salt": None}, *staff[1:]]),
            ("staff", [{**official, "salt": b"s" * 16}, *staff[1:]]),
            ("staff", [{**official, "person": "p-gone"}, *staff[1:]]),
            ("persons", [*others, {**whose, "chat_key": resident["chat_key"]}]),
            ("persons", [*others, resident]),
        )
        for table, rows in harms:
            before = await hand.rows(table)
            await hand.put(table, rows)
            assert (
                f"the table staff does not agree with the entries of {official['id']}" in (await broken(town) or (0, ""))[1]
            )
            assert [each.subject for each in (await rebuilt(town)).left] == [official["id"]]
            await hand.put(table, before)
        assert await broken(town) is None
        assert await unbound(town) == 0

    async def test_whoever_came_before_that_is_said_to_be_bound_by_nothing(self, town: Town, hand: Hand) -> None:
        """Entries of the first version hold; how many roles rest on them is told, until their holders come anew."""
        await town.hire(OFFICER, Role.OFFICER, UNIT)
        now_, id_ = now(town), StaffId("s-earlier")
        invited = InvitedAtFirst(role=Role.LEAD, unit=UNIT, township=None)
        joined = JoinedAtFirst(staff=id_, role=Role.LEAD, unit=UNIT, township=None, confirmed_by=None)
        await write(town, Effects(entries=(*said(town, invited), *said(town, joined, id_))))
        (officer,) = await hand.rows("staff")
        lead = {**officer, "id": id_, "role": "lead", "salt": None, "joined_at": stamp(now_)}
        await hand.put("staff", [officer, lead])
        assert await broken(town) is None
        assert await unbound(town) == 1
        await town.hire(OFFICER, Role.LEAD, UNIT)
        assert await broken(town) is None
        assert await unbound(town) == 0

    async def test_whoever_is_erased_leaves_nothing_that_binds_a_role_to_them(self, town: Town, hand: Hand) -> None:
        """And all holds; who comes back under the same name is somebody else."""
        await town.hire(OFFICER, Role.OFFICER, UNIT)
        ((official,), (person,)) = [await hand.rows(table) for table in ("staff", "persons")]
        ended = Effects(entries=said(town, StaffEnded(staff=official["id"])), left=(official["id"],))
        await write(town, ended + Effects(erased=(PersonGone(official["person"]),)))
        assert [(row["salt"], row["left_at"] is None) for row in await hand.rows("staff")] == [(None, False)]
        assert await hand.rows("persons") == []
        assert await broken(town) is None
        await hand.put("persons", [person])
        assert "the table staff" in (await broken(town) or (0, ""))[1]

    async def test_a_link_that_nobody_made_and_one_that_is_good_again_are_found(self, town: Town, hand: Hand) -> None:
        """Before anybody comes by it: planted, made for another role, good for longer, or spent and made good again."""
        await town.hire(OFFICER, Role.OFFICER, UNIT)
        open_link = Invitation("f" * 32, Role.OFFICER, UNIT, None, town.clock.now() + INVITATION_LIFE, is_used=False)
        await town.store.invite(open_link, town.clock.now())
        links = await hand.rows("invitations")
        spent, good = sorted(links, key=lambda row: row["used_at"] is None)
        harms = (
            [*links, {**good, "digest": "e" * 32}],
            [spent, {**good, "role": "admin", "unit": None}],
            [spent, {**good, "expires_at": good["expires_at"] + 1}],
            [good, {**spent, "used_at": None}],
            [spent],
        )
        for rows in harms:
            await hand.put("invitations", rows)
            assert "the table invitations" in (await broken(town) or (0, ""))[1], rows
            assert (await rebuilt(town)).left == ()
        assert as_set(await hand.rows("invitations")) == as_set([spent, {**good, "used_at": 0}])
        await hand.put("invitations", [spent, {**good, "used_at": 1}])
        assert await broken(town) is None

    async def test_of_links_of_the_first_version_there_are_no_more_than_were_made(self, town: Town, hand: Hand) -> None:
        """Nor one that is good for longer than the newest of them."""
        await write(town, Effects(entries=said(town, InvitedAtFirst(role=Role.OFFICER, unit=UNIT, township=None))))
        until = stamp(now(town) + INVITATION_LIFE)
        of = {"digest": "a" * 32, "role": "officer", "unit": UNIT, "township": None}
        link: dict[str, Any] = {**of, "expires_at": until, "used_at": None, "asked_by": None, "language": None}
        for rows, said_of in (
            ([link], None),
            ([link, {**link, "digest": "b" * 32}], "which no entry made"),
            ([{**link, "unit": "water"}], "which no entry made"),
            ([{**link, "expires_at": until + 86_400_000_000}], "does not agree"),
            ([{**link, "expires_at": until + 86_400_000_000, "used_at": 1}], None),
        ):
            await hand.put("invitations", rows)
            found = await broken(town)
            assert (found is None) if said_of is None else said_of in (found or (0, ""))[1], rows

    async def test_a_changed_row_is_put_right(self, town: Town, hand: Hand) -> None:
        """It is what it was; what no entry holds, the county file, is named."""
        await full(town)
        for table, column in MENDED.items():
            before = await hand.rows(table)
            await hand.put(table, edited(table, before, column))
            made = await rebuilt(town)
            assert not made.is_equal, table
            assert made.left == (), table
            assert as_set(await hand.rows(table)) == as_set(before), table
        await hand.put("meta", edited("meta", await hand.rows("meta"), "value"))
        assert [each.table for each in (await rebuilt(town)).left] == ["meta"]

    async def test_what_nobody_entered_goes_and_what_is_gone_comes_back(self, town: Town, hand: Hand) -> None:
        """Unless something lies sealed with it, or was said before there was an entry: then it stays, and is named."""
        await full(town)
        for table, keys in KEYS.items():
            before = await hand.rows(table)
            place = chosen(table, before)
            made_up = {**before[place], **{column: other(before[place][column]) for column in keys}}
            await hand.put(table, [*before, made_up])
            left = {each.table for each in (await rebuilt(town)).left}
            assert left == ({table} if table in SEALED_WITH else set()), table
            if not left:
                assert as_set(await hand.rows(table)) == as_set(before), table
            await hand.put(table, before)
            if table in MAY_GO:
                continue
            await hand.put(table, [*before[:place], *before[place + 1 :]])
            left = {each.table for each in (await rebuilt(town)).left}
            assert left == ({table} if table in SEALED else set()), table
            if not left:
                assert as_set(await hand.rows(table)) == as_set(before), table
            await hand.put(table, before)
        assert await broken(town) is None


def quiet(_: int) -> None:
    """Show no progress."""


async def said_of_all(town: Town, number: CaseNumber) -> None:
    """Say something in a case with each kind of entry that may be made at any time."""
    moment = now(town)
    for kind in (Noted, Announced, partial(Replied, stock=None), partial(Commented, round=1, voice=1)):
        commitment, words = sealed(town.desk, number, f"说了一句 {kind}")
        entry = Entry(at=moment, actor="s-lead", case=number, fact=kind(words=commitment))
        await town.store.commit([Decision(Effects(entries=(entry,), words=(words,)))], moment)


async def broken(town: Town) -> tuple[int, str] | None:
    """Verify; return what does not hold."""
    audit = Audit(town.engine)
    try:
        await audit.follow_ledger(quiet)
        await audit.compare_cases(quiet)
    except LedgerBroken as found:
        return found.seq, found.why
    return None


async def unbound(town: Town) -> int:
    """Count the roles that no entry binds to whoever holds them."""
    audit = Audit(town.engine)
    await audit.follow_ledger(quiet)
    await audit.compare_cases(quiet)
    return audit.unbound


async def unopened(town: Town, vault: Vault) -> str | None:
    """Open all that lies sealed of cases; return what is not as it was entered."""
    try:
        await Audit(town.engine).open_cases(vault, quiet)
    except LedgerBroken as found:
        return found.why
    return None


async def rebuilt(town: Town) -> Rebuilt:
    """Make everything anew; what is not left out holds afterwards."""
    made = await Audit(town.engine).rebuild(quiet, quiet)
    assert (await broken(town) is None) is not bool(made.left)
    return made


def chosen(table: str, rows: Sequence[dict[str, Any]]) -> int:
    """Choose a row: the last, of what the house remembers the county in force."""
    if table != "meta":
        return len(rows) - 1
    return next(place for place, row in enumerate(rows) if row["name"] == FILE)


def edited(table: str, rows: Sequence[dict[str, Any]], column: str) -> list[dict[str, Any]]:
    """Change one value of one row."""
    place = chosen(table, rows)
    changed = other(rows[place][column], is_text=column in text_columns(table))
    return [*rows[:place], {**rows[place], column: changed}, *rows[place + 1 :]]


@cache
def text_columns(table: str) -> frozenset[str]:
    """Name the columns that hold text, on both databases."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for _, script in migrations():
            connection.executescript(script)
        return frozenset(name for _, name, kind, *_ in connection.execute(f"PRAGMA table_info({table})") if kind == "TEXT")


def other(value: Any, *, is_text: bool = True) -> Any:
    """Return another value that may stand in the same column."""
    match value:
        case None:
            return "x" if is_text else 1
        case int():
            return value + 1
        case bytes():
            return value[:-1] + bytes([value[-1] ^ 1])
        case _:
            return f"{value}x"


def as_set(rows: Sequence[dict[str, Any]]) -> set[tuple[Any, ...]]:
    """Forget in which order rows and columns came."""
    return {tuple(row[name] for name in sorted(row)) for row in rows}
