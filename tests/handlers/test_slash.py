"""Commands as people type them are those that they mean; a name that only sounds like one throws nothing away."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.slash import is_meant_so, meant, with_plain_slash

KNOWN = frozenset({"my", "new", "cancel", "help", "language", "forget", "tasks", "settings", "start", "privacy"})


def said(text: str) -> dict[str, Any]:
    """Return an update of nothing but words, as Telegram sends those that it marks nothing in."""
    return {"update_id": 1, "message": {"message_id": 2, "text": text}}


@pytest.mark.parametrize(
    ("typed", "text", "length"),
    [
        ("／my", "/my", 3),
        ("／My？", "/My？", 3),
        ("／new 路灯坏了", "/new 路灯坏了", 4),
        ("／my@minsheng_bot", "/my@minsheng_bot", 16),
        ("/ my", "/my", 3),
        ("／ help ", "/help", 5),
        ("/进度", "/进度", 3),
        ("／投诉 路灯坏了", "/投诉 路灯坏了", 3),
        ("/ 帮助", "/帮助", 3),
        ("/ياردەم", "/ياردەم", 7),
        ("/待办", "/待办", 3),
    ],
)
def test_a_wide_slash_is_a_slash(typed: str, text: str, length: int) -> None:
    """It becomes what Telegram makes of a plain one, so that nothing behind it knows a difference."""
    message = with_plain_slash(said(typed))["message"]
    assert message["text"] == text
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": length}]


@pytest.mark.parametrize(
    "typed", ["路灯坏了", "／路灯", "/ 5号楼没水", "／", "5／6号楼停水", "/ road is broken", "/ 投诉 路灯坏了"]
)
def test_what_names_no_command_stays_as_it_is(typed: str) -> None:
    """Words are words, whatever stands before them."""
    assert with_plain_slash(said(typed)) == said(typed)


def test_what_telegram_marked_stays_as_it_is() -> None:
    """It knows better; nor is what is no message looked at."""
    marked = said("／my")
    marked["message"]["entities"] = [{"type": "url", "offset": 0, "length": 3}]
    assert with_plain_slash(marked) is marked
    assert with_plain_slash({"update_id": 1, "callback_query": {}}) == {"update_id": 1, "callback_query": {}}


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("status", "my"),
        ("STATUS", "my"),
        ("complain", "new"),
        ("lang", "language"),
        ("stop", "cancel"),
        ("langauge", "language"),
        ("setings", "settings"),
        ("cancle", None),
        ("forgot", None),
        ("hotline", None),
        ("abc", None),
        ("进度", "my"),
        ("投诉", "new"),
        ("帮助", "help"),
        ("菜单", "help"),
        ("语言", "language"),
        ("取消", "cancel"),
        ("设置", "settings"),
        ("删除我的信息", "forget"),
        ("待办", "tasks"),
        ("热线", None),
        ("ئەھۋالى", "my"),
        ("شىكايەت", "new"),
        ("ياردەم", "help"),
        ("تىل", "language"),
        ("ئەمەلدىن_قالدۇرۇش", "cancel"),
        ("ئۇچۇرلىرىمنى_ئۆچۈرۈش", "forget"),
        ("路灯", None),
    ],
)
def test_a_name_that_is_none_opens_what_is_meant(name: str, command: str | None) -> None:
    """By another name of it, or typed wrong; but nothing that would be thrown away, and nothing of another role."""
    assert meant(name, KNOWN) == command


@pytest.mark.parametrize(("text", "is_one"), [("/路灯", True), ("／我家", True), ("/路灯 坏了", False), ("路灯", False)])
def test_one_word_behind_a_slash_is_meant_as_a_command(text: str, *, is_one: bool) -> None:
    """A sentence is not."""
    assert is_meant_so(text) is is_one
