"""Photos, voices, papers and places travel through the program that a county runs, and only what may be seen is."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.sandbox.message import Message
from tests.media.files import SECRET, paper, photo, voice
from tests.support.program import Program, program

RESIDENT, OFFICER = 11, 21
NUMBER = re.compile(r"CB-\d{4}-\d{6}")
SECONDS = 30.0


async def card_with(running: Program, part: str) -> Message:
    """Wait until the resident's draft card says this."""

    def find() -> Message | None:
        messages = reversed(running.sandbox.world.transcript(RESIDENT))
        return next((each for each in messages if "提交" in each.labels and part in each.text), None)

    found = await running.sandbox.world.wait_for(find, SECONDS)
    assert found is not None
    return found


async def filed(running: Program) -> str:
    """Send the draft; return the number on the receipt."""
    await running.press(RESIDENT, "提交")
    receipt = await running.hears(RESIDENT, "CB-")
    found = NUMBER.search(receipt.text)
    assert found is not None
    return found.group()


def entries(folder: Path) -> list[tuple[str, str, str]]:
    """Return kind, case and facts of each entry of the ledger."""
    with closing(sqlite3.connect(folder / "bot.db")) as database:
        return database.execute("SELECT kind, case_number, facts FROM ledger ORDER BY seq").fetchall()


async def test_an_album_a_voice_and_a_place_become_one_case(tmp_path: Path) -> None:
    """Before the words and after them; the officer sees the photos clean, the place once in charge, and hears no voice."""
    async with program(tmp_path, [RESIDENT, OFFICER]) as running:
        world = running.sandbox.world
        await running.start()
        await running.hire(OFFICER, "officer", "transport")
        world.text(RESIDENT, "/start")
        await running.press(RESIDENT, "中文")
        for _ in range(2):
            world.photo(RESIDENT, photo(), album="album")
        world.voice(RESIDENT, voice())
        world.location(RESIDENT, 43.84, 81.15)
        world.text(RESIDENT, "村口的路灯坏了")
        card = await card_with(running, "村口的路灯坏了")
        assert all(part in card.text for part in ("2张照片", "1条语音", "地图位置"))
        assert len([each for each in world.transcript(RESIDENT) if "提交" in each.labels]) == 1
        number = await filed(running)

        await running.hears(OFFICER, number)
        before = await told_of_all(running)
        assert "43.84" not in before.text
        await running.press(OFFICER, "签收")
        await world.wait_for(lambda: all("签收" not in each.labels for each in world.transcript(OFFICER)), SECONDS)
        where = await told_of_all(running)
        assert "43.84000, 81.15000" in where.text
        await world.wait_for(lambda: len(shown(running, where.message_id)) == 2, SECONDS)
        for message in shown(running, where.message_id):
            content = content_of(running, message)
            assert content.startswith(b"\xff\xd8\xff")
            assert SECRET not in content
        assert not any("voice" in each.media or "audio" in each.media for each in world.transcript(OFFICER))
        looks = [facts for kind, case, facts in entries(tmp_path) if kind == "looked" and case == number]
        assert set(looks) == {'{"at_what":"files"}', '{"at_what":"place"}'}
        assert [kind for kind, *_ in entries(tmp_path)].count("file_added") == 3
        verified = await running.ask("ledger", "verify", "--json")
        assert (verified.code, verified.json()["ok"]) == (0, True)
        assert await running.stop() == 0
    secrets = (SECRET, b"43.84", "村口".encode())
    for content in database(tmp_path):
        assert not any(secret in content for secret in secrets)


def database(folder: Path) -> list[bytes]:
    """Return the database's files as they lie on the disk."""
    return [file.read_bytes() for file in folder.glob("bot.db*")]


async def told_of_all(running: Program) -> Message:
    """Have the officer ask what came with the case until nothing of it is still being fetched."""
    while True:
        seen = running.last_id(OFFICER)
        await running.press(OFFICER, "照片、位置、电话")
        told = await running.hears(OFFICER, "随附材料", after=seen)
        if "正在下载" not in told.text:
            return told


def shown(running: Program, after: int) -> list[Message]:
    """Return the photos that the officer was shown behind a message."""
    return [each for each in running.sandbox.world.transcript(OFFICER) if each.message_id > after and "photo" in each.media]


def content_of(running: Program, message: Message) -> bytes:
    """Return the bytes of a photo."""
    sizes = message.media["photo"]
    assert isinstance(sizes, list)
    return running.sandbox.world.scene.files[sizes[-1]["file_id"]].content


async def test_a_file_that_is_not_taken_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    """A program with the name of a photo; a paper beside it is kept; both survive a power cut in between."""
    async with program(tmp_path, [RESIDENT]) as running:
        world = running.sandbox.world
        await running.start()
        world.text(RESIDENT, "/start")
        await running.press(RESIDENT, "中文")
        world.document(RESIDENT, b"MZ\x90\x00" + bytes(500), "photo.jpg", "image/jpeg", caption="村口的路灯坏了")
        world.document(RESIDENT, paper(), "letter.pdf", "application/pdf")
        await card_with(running, "2个文件")
        await running.kill()
        await running.start()
        await running.hears(RESIDENT, "没有收下")
        await filed(running)
        assert await running.stop() == 0
        assert [kind for kind, *_ in entries(tmp_path)].count("file_added") == 1


async def test_parts_are_taken_out_and_words_edited(tmp_path: Path) -> None:
    """What was deleted or changed in the chat can be taken out or is changed on the card; an emergency says whom to ring."""
    async with program(tmp_path, [RESIDENT]) as running:
        world = running.sandbox.world
        await running.start()
        world.text(RESIDENT, "/start")
        await running.press(RESIDENT, "中文")
        first = world.text(RESIDENT, "楼里着火了")
        card = await card_with(running, "119")
        world.photo(RESIDENT, photo())
        await card_with(running, "1张照片")
        world.edit(RESIDENT, first.message_id, "楼道里的灯坏了")
        await world.wait_for(lambda: "楼道里的灯坏了" in world.message(RESIDENT, card.message_id).text, SECONDS)
        assert "119" not in world.message(RESIDENT, card.message_id).text
        await running.press(RESIDENT, "附件（可删除）")
        await running.press(RESIDENT, "删除照片 1")
        await world.wait_for(lambda: "1张照片" not in world.message(RESIDENT, card.message_id).text, SECONDS)
        assert await running.stop() == 0


async def test_a_unit_shows_what_it_did(tmp_path: Path) -> None:
    """A photo sent while it is asked what was done is evidence; its caption is the answer."""
    async with program(tmp_path, [RESIDENT, OFFICER]) as running:
        world = running.sandbox.world
        await running.start()
        await running.hire(OFFICER, "officer", "transport")
        world.text(RESIDENT, "/start")
        await running.press(RESIDENT, "中文")
        world.text(RESIDENT, "村口的路灯坏了")
        number = await filed(running)
        await running.press(OFFICER, "签收")
        await running.press(OFFICER, "办结")
        await running.hears(OFFICER, "这件事是怎么办的")
        world.photo(OFFICER, photo())
        await running.hears(OFFICER, "文件已放入")
        world.photo(OFFICER, photo(), "灯换好了")
        await running.hears(RESIDENT, "灯换好了")
        await told_of_all(running)
        assert await running.stop() == 0
    slots = [facts for kind, case, facts in entries(tmp_path) if kind == "file_added" and case == number]
    assert [f'"slot":"evidence/1/{place}"' in facts for place, facts in enumerate(slots, start=1)] == [True, True]
