"""What waits for its moment: reminders, rating questions, closings, the weekly digest. One row each, taken once.

A due thing names what it was planned for (case and round); when its moment comes and the case has moved on, it does nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, TypeAlias

import msgspec

from bot.rules.county import Role
from bot.rules.identity import CaseNumber, Language, MeetingId, PersonId, ProjectId, ProposalNumber, SignNumber

REPEAT_DEPUTY: Final = "repeat:deputy"
REPEAT_LEAD: Final = "repeat:lead"
"""The stages of a reminder repeated because nobody answered it."""

_ABOVE: Final = {
    Role.OFFICER: Role.LEAD,
    Role.LEAD: Role.SUPERVISOR,
    Role.TRANSLATOR: Role.SUPERVISOR,
    Role.OPERATOR: Role.SUPERVISOR,
    Role.SUPERVISOR: Role.ADMIN,
}


class RemindStaff(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell officials about a limit; `stage` as in `bot.rules.reminder`, `to` in which function.

    Attributes:
        limit_at: the limit, where it is not one of the case's own: that for finding a unit.
        is_last: none before the limit follows it, so it is repeated to others when nobody answers it by an act.
        since: of a repetition, when the reminder that it repeats was told.
        text: about a translation, the slot in which it will lie; None: any of the case.
    """

    case: CaseNumber
    round: int
    stage: str
    to: tuple[Role, ...]
    limit_at: datetime | None = None
    is_last: bool = False
    since: datetime | None = None
    text: str | None = None


class TellNoTranslator(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell those who watch that texts in a language wait and nobody is here to translate them, every day while it lasts."""

    language: Language


class EndPause(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Let the clock run again: a resident was asked, and the time for an answer is over; `pause` is which, from 1."""

    case: CaseNumber
    round: int
    pause: int


class AskAgain(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask a resident again whether it is solved; `stage` such as `rating:3cd`."""

    case: CaseNumber
    round: int
    stage: str


class CloseUnrated(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Close a resolved case that nobody rated."""

    case: CaseNumber
    round: int


class AskFixed(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask those behind a case whose limit passes whether it is fixed meanwhile."""

    case: CaseNumber
    round: int


class FollowUp(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask those behind a case that was solved whether it still is; `stage` is how long after its end, such as `90cd`."""

    case: CaseNumber
    round: int
    stage: str


class CallbackSilent(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell whoever had the bot ask about a drawn case that nobody has answered; nothing where somebody has."""

    case: CaseNumber
    round: int


class SendMorning(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show everybody who handles cases what there is to do; `on` is the working day, as 2026-11-25."""

    on: str


class CheckDuty(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Report who would not be woken next, as nobody is on duty; `on` is the working day, as 2026-11-25."""

    on: str


class SendDigest(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Send the digest of a period to the admins, and plan the next."""

    period: str


class LookOut(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Look for warnings and integrity signals, and plan the next look; `on` is the day, as 2026-11-25."""

    on: str


class RemindSign(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell that a supervision note is not answered by its limit; nothing where it is."""

    sign: SignNumber


class RemindMeasure(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell whoever sees to a measure that its date comes, and who leads them that it has passed.

    Attributes:
        due_at: the date it was planned for; nothing is told of another.
        weeks: how many weeks ago it passed; None before it does.
    """

    proposal: ProposalNumber
    due_at: datetime
    weeks: int | None = None


class ForgetPerson(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Forget the chat of somebody who asked for that, once they had their answer."""

    person: PersonId


class TellCallbacks(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell those outside the units whom the draw at the end of a period fell on; `period` as in SendDigest."""

    period: str


class EndSurvey(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Count what those who were served answered about a period, and let nobody answer any more."""

    period: str


class PledgeSurvey(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Bind to the seed with which a survey about a period will draw; nothing where that is done."""

    period: str


class TidyDraft(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Throw a draft away that lay for a day, and tell its owner; `begun_by` tells it from a later one of theirs."""

    person: PersonId
    begun_by: int


class AskToSettle(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell whoever opened a meeting that its time is over, and that what was raised waits for their word."""

    meeting: MeetingId


class AskProject(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask somebody who judged a project once more how satisfied they are."""

    project: ProjectId
    person: PersonId


class EndMeeting(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """End a meeting that nobody ended."""

    meeting: MeetingId


class TellUnreachable(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell those who must know that an official cannot be written to any more; for a resident it does nothing."""

    person: PersonId


CaseTask: TypeAlias = RemindStaff | EndPause | AskAgain | CloseUnrated | AskFixed | FollowUp | CallbackSilent
TellingTask: TypeAlias = TellCallbacks | TellNoTranslator | TellUnreachable | RemindSign | RemindMeasure
HouseTask: TypeAlias = (
    SendMorning
    | CheckDuty
    | LookOut
    | SendDigest
    | TellingTask
    | TidyDraft
    | AskToSettle
    | EndMeeting
    | AskProject
    | ForgetPerson
    | EndSurvey
    | PledgeSurvey
)
DueTask: TypeAlias = CaseTask | HouseTask
"""What is due of one case, and what is due of none."""


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A task and its moment.

    Attributes:
        key: what makes it the same thing when planned twice, such as `CB-2026-000123/1/before:1d`.
    """

    key: str
    at: datetime
    task: DueTask


def due_of_case(at: datetime, task: CaseTask) -> Due:
    """Name a case's due thing after the case, the round and the stage, so that it exists once."""
    match task:
        case CloseUnrated():
            stage = "unrated"
        case EndPause(pause=pause):
            stage = f"pause:{pause}"
        case AskFixed():
            stage = "fixed"
        case FollowUp(stage=length):
            stage = f"follow:{length}"
        case CallbackSilent():
            stage = "callback"
        case _:
            stage = task.stage
    return Due(key=f"{task.case}/{task.round}/{stage}", at=at, task=task)


def climbed(case: CaseNumber, attempt: int, stage: str, role: Role, at: datetime) -> Due | None:
    """Plan at once that those above hear of a reminder that could not be delivered; above the admins there is nobody."""
    above = _ABOVE.get(role)
    if above is None:
        return None
    return Due(
        key=f"{case}/{attempt}/{stage}/{above.value}",
        at=at,
        task=RemindStaff(case=case, round=attempt, stage=stage, to=(above,)),
    )
