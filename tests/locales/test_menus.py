"""The menu of commands: what stands in it for which role, each command once, work before what residents see."""

from __future__ import annotations

import pytest

from bot.rules.county import Role
from bot.rules.identity import Language
from locales.wording import Wording
from tests.locales.county import LANGUAGES, ZH

OF_RESIDENTS = [
    "start",
    "new",
    "my",
    "proof",
    "link",
    "projects",
    "language",
    "settings",
    "mydata",
    "forget",
    "privacy",
    "help",
    "cancel",
]
"""What everybody sees, in this order, whatever else they do."""


def test_the_menu_of_commands_depends_on_the_role(wording: Wording) -> None:
    """Residents see theirs; officials have the tasks on top, admins the digest."""
    resident = [command for command, _ in wording.commands(None, ZH)]
    assert resident == OF_RESIDENTS
    assert [command for command, _ in wording.commands(Role.OFFICER, ZH)] == [
        "tasks",
        "find",
        "leave",
        "visit",
        "measures",
        "meeting",
        "links",
        "warnings",
        "duty",
        *OF_RESIDENTS,
    ]
    assert [command for command, _ in wording.commands(Role.SUPERVISOR, ZH)] == [
        "triage",
        "find",
        "callbacks",
        "hotline",
        "counter",
        "calls",
        "code",
        "visit",
        "measures",
        "meeting",
        "links",
        "leave",
        "duty",
        "digest",
        "warnings",
        "scorecard",
        "survey",
        "audit",
        *OF_RESIDENTS,
    ]
    assert [command for command, _ in wording.commands(Role.OPERATOR, ZH)] == [
        "hotline",
        "counter",
        "calls",
        "code",
        "callbacks",
        "translate",
        "visit",
        "measures",
        "meeting",
        "links",
        "leave",
        *OF_RESIDENTS,
    ]
    assert [command for command, _ in wording.commands(Role.TRANSLATOR, ZH)] == ["translate", "leave", *OF_RESIDENTS]
    assert [command for command, _ in wording.commands(Role.ADMIN, ZH)] == [
        "digest",
        "scorecard",
        "warnings",
        "staff",
        "survey",
        "audit",
        "duty",
        "reload",
        "triage",
        "callbacks",
        "visit",
        "measures",
        "meeting",
        "links",
        "leave",
        *OF_RESIDENTS,
    ]
    for language in LANGUAGES:
        description, in_a_line = wording.profile(language)
        assert 0 < len(description) <= 512
        assert 0 < len(in_a_line) <= 120
        assert all(0 < len(text) <= 256 for _, text in wording.commands(Role.ADMIN, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_holds_several_roles_sees_each_command_once(wording: Wording, language: Language) -> None:
    """All work first, in the order in which the roles were taken, then what residents see."""
    menu = [command for command, _ in wording.menu((Role.LEAD, Role.OFFICER, Role.ADMIN), language)]
    assert menu == [
        "tasks",
        "find",
        "leave",
        "visit",
        "measures",
        "meeting",
        "links",
        "warnings",
        "scorecard",
        "staff",
        "duty",
        "group",
        "digest",
        "survey",
        "audit",
        "reload",
        "triage",
        "callbacks",
        *OF_RESIDENTS,
    ]
