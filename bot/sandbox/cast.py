"""Who appears on the page of chats. Invariant: every person of a cast has an id of their own, so that columns never mix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Person:
    """One column of the page: somebody with an account who can write to the bot."""

    #: Telegram user id; the id of the private chat too.
    user_id: int
    #: As it stands in the person's account and at the head of the column.
    name: str
    #: What the person is, in words for the reader of the page.
    role_label: str
    #: Language of the person's app, sent with every update (IETF tag).
    language_code: str
    #: Base direction of the person's app.
    direction: Direction = "ltr"
    #: Stable word for the part played, for styles and tests: resident, officer, lead, supervisor, translator, admin.
    role: str = "resident"


def default_cast() -> tuple[Person, ...]:
    """Return residents in three languages, an officer, a lead, a supervisor, a translator and an admin; all made up."""
    return (
        Person(1001, "李晓梅", "居民 · 中文", "zh-hans"),
        Person(1002, "ئايگۈل", "ئاھالە · ئۇيغۇرچە", "ug", "rtl"),
        Person(1003, "ᠰᡞᠪᡝ · 关文明", "居民 · ᠰᡞᠪᡝ 锡伯文", "zh-hans"),
        Person(2001, "王建国", "经办人", "zh-hans", role="officer"),
        Person(2002, "佟丽华", "负责人", "zh-hans", role="lead"),
        Person(2003, "马玉兰", "督查人员", "zh-hans", role="supervisor"),
        Person(2004, "古丽娜尔", "双语干部", "zh-hans", role="translator"),
        Person(3001, "陈主任", "管理员", "zh-hans", role="admin"),
    )
