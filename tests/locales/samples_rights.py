"""One message of every kind about one's own data, and of every turn it takes."""

from __future__ import annotations

from collections.abc import Iterator

from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.entry import Look, Solved
from bot.rules.erasure import Forgetting
from bot.rules.file import Media
from bot.rules.message import (
    ForgetQuestion,
    Forgotten,
    OwnCase,
    OwnData,
    OwnGiven,
    OwnLook,
    OwnRating,
    OwnRole,
    OwnWords,
    PrivacyPage,
    RightsMessage,
    Spoken,
    TaskWithdrawn,
)
from tests.support.builders import FILED_AT, NOW, NUMBER, QAPQAL_TOWN, ROADS, TRANSPORT, WORDS

OWN: OwnData = OwnData(
    at=NOW,
    known_since=FILED_AT,
    township=QAPQAL_TOWN,
    roles=(OwnRole(role=Role.ADMIN, unit=None), OwnRole(role=Role.OFFICER, unit=TRANSPORT)),
    draft=f"<b>&{WORDS}\n\u202eevil",
    raised=("<b>修桥",),
    draft_given=OwnGiven(phone="+8613800000000", files=(Media.VOICE,)),
    cases=(
        OwnCase(
            case=NUMBER,
            filed_at=FILED_AT,
            state=State.RESOLVED,
            unit=TRANSPORT,
            category=ROADS,
            township=None,
            words=tuple(
                OwnWords(text=text, at=NOW, spoken=spoken) for spoken in Spoken for text in ("<script>x</script>", WORDS)
            ),
            given=OwnGiven(name="<i>古丽", phone="+8613800000000", place="43.84000,81.15000", files=tuple(Media)),
            ratings=(
                OwnRating(at=NOW, solved=Solved.NO, score=None),
                OwnRating(at=NOW, solved=Solved.YES, score=5),
            ),
            looks=(
                *(OwnLook(at=NOW, role=Role.OFFICER, unit=TRANSPORT, what=what) for what in Look),
                OwnLook(at=NOW, role=Role.ADMIN, unit=None, what=Look.IDENTITY),
                OwnLook(at=NOW, role=None, unit=None, what=Look.ORIGINAL),
            ),
        ),
        OwnCase(
            case=NUMBER,
            filed_at=FILED_AT,
            state=State.ASSIGNED,
            unit=TRANSPORT,
            category=ROADS,
            township=QAPQAL_TOWN,
            words=(),
            given=OwnGiven(),
            ratings=(),
            looks=(),
            has_left=True,
        ),
    ),
)


def rights() -> Iterator[tuple[str, RightsMessage]]:
    """Yield every message of this area with a name for it."""
    yield "PrivacyPage", PrivacyPage()
    yield "ForgetQuestion nothing", ForgetQuestion(cases=0, open=0)
    yield "ForgetQuestion", ForgetQuestion(cases=3, open=2)
    for how in Forgetting:
        for shared, is_official in ((0, False), (1, False), (0, True)):
            name = f"Forgotten {how} {shared} {is_official}"
            yield name, Forgotten(how=how, shared=shared, is_official=is_official)
    yield "TaskWithdrawn", TaskWithdrawn(case=NUMBER)
    yield "OwnData", OWN
    yield "OwnData empty", OwnData(at=NOW, known_since=None, township=None, roles=(), draft=None, cases=())
