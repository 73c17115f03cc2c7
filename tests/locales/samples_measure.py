"""One message of every kind about proposals from field visits and measures, and of every turn it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import msgspec

from bot.rules.identity import ProposalNumber, StaffId, VisitId
from bot.rules.measure import MeasureStep, Proposal, Standing
from bot.rules.message.measure import (
    MeasureCard,
    MeasureChoice,
    MeasureLine,
    MeasureList,
    MeasureMessage,
    MeasureNews,
    MeasureWordsWanted,
    Owner,
)
from tests.locales.county import QIONGBOLA, TRANSPORT
from tests.locales.sample_values import DUE

NUMBER: Final = ProposalNumber("JY-2026-00007")
WORDS: Final = "<b>村口</b>建一个\u202e公交候车亭 & 长椅" + "，方便老人和学生" * 5
OFFICER, LEAD = StaffId("s-000000001001"), StaffId("s-000000001002")

NOTED: Final = Proposal(
    number=NUMBER,
    version=1,
    visit=VisitId("v-0123456789ab"),
    staff=OFFICER,
    unit=TRANSPORT,
    township=QIONGBOLA,
    noted_at=DUE - timedelta(days=40),
    words="ab" * 32,
)
SET: Final = msgspec.structs.replace(
    NOTED,
    version=2,
    standing=Standing.SET,
    owner=LEAD,
    owner_unit=TRANSPORT,
    due_at=DUE,
    measured_at=DUE - timedelta(days=30),
)
DONE: Final = msgspec.structs.replace(SET, version=3, standing=Standing.DONE, ended_at=DUE, closing="cd" * 32)
MYSELF: Final = Owner(OFFICER, TRANSPORT, is_reader=True, is_lead=False)
COLLEAGUE: Final = Owner(StaffId("s-000000001003"), TRANSPORT, is_reader=False, is_lead=False)
CHIEF: Final = Owner(LEAD, TRANSPORT, is_reader=False, is_lead=True)
UNATTACHED: Final = Owner(StaffId("s-000000001004"), None, is_reader=False, is_lead=False)
CHOICE: Final = MeasureChoice(
    number=NUMBER,
    words=WORDS,
    owner=MYSELF,
    due_at=DUE,
    due_on=739_600,
    today=739_580,
    options=(MYSELF, CHIEF, COLLEAGUE),
)


def measures() -> Iterator[tuple[str, MeasureMessage]]:
    """Yield each message with a name for it."""
    for news in MeasureNews:
        yield f"measure: {news.value}", MeasureCard(proposal=SET, news=news, words=WORDS, steps=tuple(MeasureStep))
    yield "proposal", MeasureCard(proposal=NOTED, news=MeasureNews.SHOWN, words=WORDS)
    yield (
        "measure of no unit",
        MeasureCard(proposal=msgspec.structs.replace(SET, owner_unit=None), news=MeasureNews.SHOWN, words=None),
    )
    yield "measure changed", MeasureCard(proposal=SET, news=MeasureNews.CHANGED, words=WORDS, reason="等<待>审批")
    yield "measure carried out", MeasureCard(proposal=DONE, news=MeasureNews.DONE, words=WORDS, closing="已建成 & 使用")
    dropped = msgspec.structs.replace(DONE, standing=Standing.DROPPED)
    yield "proposal given up", MeasureCard(proposal=dropped, news=MeasureNews.DROPPED, words=WORDS, closing="无法实施")
    yield "choice", CHOICE
    for owner in (None, CHIEF, UNATTACHED):
        yield f"choice of {owner}", msgspec.structs.replace(CHOICE, owner=owner)
    yield "change of what is late", msgspec.structs.replace(CHOICE, is_change=True, is_fixed=True)
    yield "words of a proposal", MeasureWordsWanted(number=None, step=None)
    for step in MeasureStep:
        yield f"words of {step.value}", MeasureWordsWanted(number=NUMBER, step=step)
    lines = (
        MeasureLine(SET, WORDS, is_late=True),
        MeasureLine(SET, "短", is_late=False),
        MeasureLine(NOTED, None, is_late=False),
    )
    yield "measures", MeasureList(lines=lines, page=0, total=9, late=1)
    yield "no measures", MeasureList(lines=(), page=0, total=0, late=0)
