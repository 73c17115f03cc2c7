"""What a resident chooses through the real bot: how much they hear, Chinese under their language, another language."""

from __future__ import annotations

import json
from pathlib import Path

from tests.endtoend.test_days_pass import LEAD, MONDAY, NUMBER, OFFICER, RESIDENT, file
from tests.media.files import photo
from tests.support.stage import stage


async def test_who_wants_to_hear_little_is_told_what_needs_them(tmp_path: Path) -> None:
    """Signing for the case is only a step; what the unit writes and the question at the end come."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.say(RESIDENT, "/settings")
        await on.press(RESIDENT, "只要需要我答复的")
        assert on.heard(RESIDENT, "只告诉您需要您答复的")[-1].labels[1] == "• 只要需要我答复的"
        await on.press(OFFICER, "签收")
        assert not on.heard(RESIDENT, "您反映的事已在办理")
        await on.press(OFFICER, "办结")
        on.sandbox.world.photo(OFFICER, photo())
        await on.say(OFFICER, "已更换路灯六盏")
        assert on.heard(RESIDENT, "问题解决了吗")
        assert await on.house.store.pending(on.clock.now()) == 0  # what was not wanted is gone, too


async def test_chinese_stands_under_uyghur_for_who_wants_it(tmp_path: Path) -> None:
    """Every message from then on, also those that others bring about; a resident's own words are said once."""
    async with stage(tmp_path, MONDAY) as on:
        await on.say(RESIDENT, "/start")
        await on.press(RESIDENT, "ئۇيغۇرچە")
        await on.say(RESIDENT, "/settings")
        await on.press(RESIDENT, "ئاستىدا خەنزۇچىسىنى كۆرسىتىش")
        page = on.sandbox.world.transcript(RESIDENT)[-1]
        assert "تەڭشەكلەر" in page.text
        assert "设置" in page.text
        await on.say(RESIDENT, "كەنتىمىزدە سۇ توختاپ قالدى")
        card = on.sandbox.world.transcript(RESIDENT)[-1]
        assert "请核对" in card.text
        assert card.text.count("كەنتىمىزدە سۇ توختاپ قالدى") == 1
        await on.say(RESIDENT, "/settings")
        await on.press(RESIDENT, "خەنزۇچىسىنى كۆرسەتمەسلىك")
        assert "设置" not in on.sandbox.world.transcript(RESIDENT)[-1].text


async def test_another_language_turns_what_is_open(tmp_path: Path) -> None:
    """The card of the draft and the page of the case change where they stand, and nothing new is written below them."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.say(RESIDENT, "/my")
        await on.press(RESIDENT, f"查看 {NUMBER}")
        await on.say(RESIDENT, "坎乡三村的自来水停了两天")
        await on.say(RESIDENT, "/language")
        before = len(on.sandbox.world.transcript(RESIDENT))
        await on.press(RESIDENT, "ئۇيغۇرچە")
        chat = on.sandbox.world.transcript(RESIDENT)
        assert len(chat) == before
        card = next(each for each in reversed(chat) if each.sender.is_bot and "坎乡三村的自来水停了两天" in each.text)
        page = next(each for each in reversed(chat) if each.sender.is_bot and "坎乡三村口的路灯坏了" in each.text)
        assert "تۈرى" in card.text
        assert "مۆھلىتى" in page.text
        assert "提交" not in card.labels


async def test_the_menu_of_a_chat_follows_the_language_where_telegram_keeps_none_for_it(tmp_path: Path) -> None:
    """For Xibe, and for whoever had it before; officials' menus follow any choice."""
    async with stage(tmp_path, MONDAY) as on:
        commands = on.sandbox.world.scene.menu.commands

        def menu(account: int) -> dict[str, str]:
            scope = json.dumps({"type": "chat", "chat_id": account}, sort_keys=True)
            return {str(each["command"]): str(each["description"]) for each in commands.get((scope, ""), [])}

        await file(on)
        assert menu(RESIDENT) == {}
        await on.say(RESIDENT, "/language")
        await on.press(RESIDENT, "ᠰᡞᠪᡝ 锡伯文")
        assert "settings" in menu(RESIDENT)
        await on.say(RESIDENT, "/language")
        await on.press(RESIDENT, "ئۇيغۇرچە")
        assert "ئىش" in menu(RESIDENT)["my"]
        await on.say(LEAD, "/language")
        await on.press(LEAD, "ئۇيغۇرچە")
        assert "ئىش" in menu(LEAD)["tasks"]


async def test_the_bot_says_on_its_page_what_it_is(tmp_path: Path) -> None:
    """In Chinese for everybody, and in each language for which Telegram keeps a page; said once, not at every start."""
    async with stage(tmp_path, MONDAY) as on:
        world = on.sandbox.world
        await world.wait_for(lambda: world.calls("setMyShortDescription")[2:])
        about = world.scene.menu.about
        assert about["short_description", "zh"] == about["short_description", ""]
        assert "خەلق ئاۋازى" in about["description", "ug"]
        await world.wait_for(lambda: world.calls("setMyShortDescription")[2:])
        await on.say(RESIDENT, "/start")
    async with stage(tmp_path, MONDAY) as again:
        menus = again.sandbox.world
        await menus.wait_for(lambda: menus.calls("setMyCommands")[2:])
        await again.say(RESIDENT, "/help")
        assert menus.calls("setMyDescription") == []
