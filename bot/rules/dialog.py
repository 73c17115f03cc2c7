"""Where a conversation stands: one row a person, advanced only by effects, so that a restart changes nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.rules.county import Kind, Urgency
from bot.rules.entry import Channel
from bot.rules.file import Media
from bot.rules.handling import Step
from bot.rules.identity import (
    CaseNumber,
    CategoryId,
    FileId,
    MeetingId,
    ProjectId,
    ProposalNumber,
    SignNumber,
    StaffId,
    TownshipId,
    UnitId,
    VisitId,
)
from bot.rules.measure import MeasureStep
from bot.rules.message import CardAct, Picking
from bot.rules.message.sign import SignStep


class Idle(msgspec.Struct, frozen=True, tag=True):
    """Nothing is going on; the next message begins a draft."""


class Written(msgspec.Struct, frozen=True):
    """What one message said; `message` is Telegram's number of it, so that an edit of it finds its words."""

    message: int
    text: str


class FilePart(msgspec.Struct, frozen=True, tag=True):
    """A file of a draft."""

    message: int
    file: FileId
    media: Media


class PlacePart(msgspec.Struct, frozen=True, tag=True):
    """A place on the map, in degrees; nobody but the officer in charge ever sees it."""

    message: int
    latitude: float
    longitude: float


class PhonePart(msgspec.Struct, frozen=True, tag=True):
    """A phone number that the resident gives for this matter; nobody but the officer in charge ever sees it."""

    message: int
    phone: str


Part: TypeAlias = FilePart | PlacePart | PhonePart


class Drafting(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A draft card is open.

    Attributes:
        words: all that was written so far; empty while the words are still asked for.
        is_guessed: the category was guessed and not yet changed by hand.
        begun_by: the place in the inbox of the update that began it, which tells one draft of a person from the next.
        because: the words that the guess went by.
        written: all that was written, by message.
        parts: what was sent besides words, in order.
        name: what the sender calls themselves, when they give it for this matter; None: anonymous.
        is_calm: the resident said that it is no emergency.
        changed_at: when it was last added to; None for one of an earlier program.
        is_apart: it is to be filed as a case of its own, whatever open case is like it.
        channel: the way it came in; but for the bot it is somebody else's, whom an operator writes down.
        about: the unit whose officials a confidential matter is about, where that is said.
    """

    words: str
    kind: Kind
    category: CategoryId
    township: TownshipId | None
    urgency: Urgency
    is_guessed: bool
    picking: Picking = Picking.NOTHING
    begun_by: int = 0
    because: tuple[str, ...] = ()
    written: tuple[Written, ...] = ()
    parts: tuple[Part, ...] = ()
    name: str | None = None
    is_calm: bool = False
    changed_at: datetime | None = None
    is_apart: bool = False
    channel: Channel = Channel.BOT
    about: UnitId | None = None

    @property
    def is_for_another(self) -> bool:
        """Say whether it is written down for somebody who phones, comes to a counter or is visited."""
        return self.channel is not Channel.BOT

    @property
    def files(self) -> tuple[FilePart, ...]:
        """Return the files among its parts."""
        return tuple(part for part in self.parts if isinstance(part, FilePart))


class Resolving(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """An officer was asked what was done about a case; `words` wait for the photo or document that must go with them."""

    case: CaseNumber
    words: str = ""


class Answering(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A resident is about to answer what the unit asked; `pause` is which question of the round, from 1."""

    case: CaseNumber
    round: int
    pause: int


class Adding(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A resident is about to add words to a case of theirs."""

    case: CaseNumber


class Commenting(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A resident is about to say something about how a round of their case was handled."""

    case: CaseNumber
    round: int


class Linking(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Somebody wants to link a case to their chat; `case` is the one whose code is asked for, once it is known."""

    case: CaseNumber | None = None


class RenewingCode(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """An operator was asked whose lost code is made anew: the number of the case, and the phone number that was left."""


class FindingCaller(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """An operator was asked who is on the line: the number of a case, and what only its caller can say of it."""


class OnTheLine(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Whoever is on the line with an operator has said what only the caller of this case can.

    Attributes:
        writes: the next words are what they add to it.
    """

    case: CaseNumber
    writes: bool = False


class HearingAnswer(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """An operator writes down what a caller answers to a unit; `pause` is which question of the round, from 1."""

    case: CaseNumber
    round: int
    pause: int


class ReachingMilestone(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """An official was asked what was reached in a project of their unit; nobody else sees any of it before they publish it.

    Attributes:
        photos: each file, and whether it shows how it was before.
        begun_by: the place in the inbox of the update that began it, which tells its card from that of a later one.
    """

    project: ProjectId
    words: str = ""
    photos: tuple[tuple[FileId, bool], ...] = ()
    begun_by: int = 0


class Raising(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Somebody in a meeting is about to raise a matter."""

    meeting: MeetingId


class Visiting(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """An official puts a field visit down: where it was, and how many households and firms they saw."""

    township: TownshipId | None
    households: int
    firms: int


class Writing(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """An official was asked for the words that a step with a case needs.

    Attributes:
        choice: what was chosen for the step before: a unit, a class, a colleague, an article.
    """

    case: CaseNumber
    step: Step
    choice: str | None = None


class CardWriting(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Somebody was asked for the words of an objection to a scorecard, of an answer to it, or why points are given."""

    period: str
    unit: UnitId
    act: CardAct
    indicator: str | None = None
    points: int | None = None


class Assigning(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A unit is being found for a case; `words` go with the decision."""

    case: CaseNumber
    unit: UnitId | None
    category: CategoryId
    is_final: bool
    words: str


class OpeningMeeting(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """An official was asked what the meeting is about that they open; `hours` is how long it lasts."""

    township: TownshipId | None
    hours: int


class Translating(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A translator was asked for a translation; `text` is the id of what is translated."""

    case: CaseNumber
    text: str


class Signing(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Words about a sign are asked for: what is added to a note, an answer, why it is referred or closed.

    Attributes:
        body: to whom it is referred.
        words: what is added to the note so far.
    """

    sign: SignNumber
    step: SignStep
    body: str | None = None
    words: str = ""


class Proposing(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """An official was asked for a research note or a suggestion from a field visit."""

    visit: VisitId


class Measuring(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """An official was asked for the words of a step with a proposal; for a change, `owner` and `due_at` are chosen."""

    proposal: ProposalNumber
    step: MeasureStep
    owner: StaffId | None = None
    due_at: datetime | None = None


class InGroup(msgspec.Struct, frozen=True, tag=True):
    """The chat is one of several people, and was told what is not said in it."""


ResidentDialog: TypeAlias = Idle | Drafting | Answering | Adding | Commenting | Linking | Raising
OfficialDialog: TypeAlias = (
    Resolving
    | Writing
    | Assigning
    | Visiting
    | Proposing
    | RenewingCode
    | FindingCaller
    | OnTheLine
    | HearingAnswer
    | Measuring
    | OpeningMeeting
    | ReachingMilestone
    | Translating
    | CardWriting
    | Signing
)

Dialog: TypeAlias = ResidentDialog | OfficialDialog | InGroup


class Beside(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Something is asked while a draft lies open."""

    draft: Drafting
    asked: Dialog


Conversation: TypeAlias = Dialog | Beside


def apart(conversation: Conversation) -> tuple[Dialog, Drafting | None]:
    """Tell what is asked from the draft that lies open beside it."""
    return (conversation.asked, conversation.draft) if isinstance(conversation, Beside) else (conversation, None)


def abandoned(before: Dialog, after: Conversation | None, settled: Collection[FileId] = ()) -> tuple[FileId, ...]:
    """Return the photos of a milestone whose card is over, by whatever act: nobody wants them any more.

    Args:
        before: where the conversation stood; `after`: where it is to stand, None: where it stood.
        settled: files of which the act itself says what becomes of them, as publishing does.
    """
    if not isinstance(before, ReachingMilestone) or after is None:
        return ()
    if isinstance(after, ReachingMilestone) and after.begun_by == before.begun_by:
        return ()
    return tuple(file for file, _ in before.photos if file not in settled)


def beside(before: Dialog, draft: Drafting | None, after: Conversation | None) -> Conversation | None:
    """Keep an open draft while something else is asked; when that is over, the draft goes on.

    Args:
        before: where the conversation stood; `draft`: what lay open beside it.
        after: where it is to stand; None: where it stood.
    """
    if isinstance(before, Drafting):
        draft = before if before.words or before.parts else None
    if after is None or draft is None or isinstance(after, Drafting | Beside):
        return after
    if isinstance(after, Idle):
        return after if isinstance(before, Drafting) else draft
    return Beside(draft=draft, asked=after)
