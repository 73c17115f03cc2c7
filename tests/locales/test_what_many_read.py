"""What was written for many to read stands as it was written, with its language named to whoever reads another one."""

from __future__ import annotations

import pytest

from bot.rules.county import Kind
from bot.rules.identity import Language, MeetingId, ProjectId
from bot.rules.meeting import Standing
from bot.rules.message import Message
from bot.rules.message.meeting import MatterLine, MeetingPage, RaisedCard
from bot.rules.message.project import ProjectMilestone, ProjectPage
from locales.wording import Wording
from tests.locales.telegram import parsed
from tests.support.builders import NOW, ROADS, SJO, TRANSPORT, UG, ZH

CHINESE, UYGHUR = "路面已经修好", "يول ياساپ بولۇندى"


def said(words: str) -> tuple[Message, ...]:
    """Return every message in which such words stand for many to read."""
    meeting = MeetingId("m1")
    line = MatterLine(number=1, words=words, category=ROADS, seconds=0, standing=Standing.OPEN, case=None)
    reached = ProjectMilestone(at=NOW, words=words)
    return (
        MeetingPage(
            meeting=meeting,
            title="会",
            holder=None,
            township=None,
            ends_at=NOW,
            lines=(line,),
            page=0,
            pages=1,
            total=1,
            has_ended=False,
        ),
        RaisedCard(
            meeting=meeting,
            number=1,
            words=words,
            kind=Kind.REQUEST,
            category=ROADS,
            seconds=0,
            standing=Standing.OPEN,
            case=None,
        ),
        ProjectPage(
            project=ProjectId("heating"),
            unit=TRANSPORT,
            is_lasting=False,
            milestones=(reached,),
            answers=0,
            satisfied=0,
            again_answers=0,
            again_satisfied=0,
            may_judge=False,
            has_judged=False,
            may_add=False,
        ),
    )


@pytest.mark.parametrize(
    ("words", "reader", "note"),
    [
        (CHINESE, UG, "中文"),
        (UYGHUR, ZH, "此为原文，语言：ئۇيغۇرچە"),
        (UYGHUR, SJO, "此为原文，语言：ئۇيغۇرچە"),
        (CHINESE, ZH, None),
        (UYGHUR, UG, None),
        (CHINESE, SJO, None),
    ],
)
def test_the_language_of_what_was_written_is_named_to_whoever_reads_another(
    wording: Wording, words: str, reader: Language, note: str | None
) -> None:
    """In a meeting and its matters, and in a project; whoever reads Xibe reads Chinese too."""
    for message in said(words):
        text = "".join(parsed(part).text for part in wording.parts(message, reader, NOW))
        shown = "".join(sign for sign in text if sign not in "\u2066\u2067\u2068\u2069\u200e\u200f")
        assert words in shown
        if note is None:
            assert "此为原文" not in shown
            assert "ئەسلى يېزىلغىنى" not in shown
        else:
            assert note in shown
