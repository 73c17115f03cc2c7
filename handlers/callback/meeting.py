"""Buttons of residents' meetings: of those who come, and of whoever holds one."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.identity import CategoryId, MeetingId, TownshipId


class ShowMeeting(msgspec.Struct, frozen=True, array_like=True, tag="ms"):
    """Show a page of what is raised in a meeting."""

    meeting: MeetingId
    page: int


class RaiseMatter(msgspec.Struct, frozen=True, array_like=True, tag="mr"):
    """Raise a matter in a meeting."""

    meeting: MeetingId


class SecondMatter(msgspec.Struct, frozen=True, array_like=True, tag="mb"):
    """Stand behind a matter, or no longer, as the button said; `page` is the one that is shown."""

    meeting: MeetingId
    number: int
    page: int
    is_behind: bool = True


class ListMeetings(msgspec.Struct, frozen=True, array_like=True, tag="ml"):
    """List the meetings that an official holds."""


class PlaceMeeting(msgspec.Struct, frozen=True, array_like=True, tag="mp"):
    """Open a meeting here, or for the whole county; nothing is chosen yet without `is_placed`."""

    township: TownshipId | None
    is_placed: bool


class LengthOfMeeting(msgspec.Struct, frozen=True, array_like=True, tag="mh"):
    """Open a meeting for so many hours."""

    township: TownshipId | None
    hours: int


class HoldMeeting(msgspec.Struct, frozen=True, array_like=True, tag="mm"):
    """Show a meeting to whoever holds it."""

    meeting: MeetingId
    page: int


class ShowRaised(msgspec.Struct, frozen=True, array_like=True, tag="mt"):
    """Show a matter whole, or the categories to choose from."""

    meeting: MeetingId
    number: int
    is_picking: bool


class AdoptMatter(msgspec.Struct, frozen=True, array_like=True, tag="ma"):
    """Make a case of a matter; None: of what it was guessed to be about."""

    meeting: MeetingId
    number: int
    category: CategoryId | None


class DeclineMatter(msgspec.Struct, frozen=True, array_like=True, tag="md"):
    """Take a matter off the list."""

    meeting: MeetingId
    number: int


class ShowLink(msgspec.Struct, frozen=True, array_like=True, tag="mq"):
    """Give the link as a QR code."""

    meeting: MeetingId


class EndTheMeeting(msgspec.Struct, frozen=True, array_like=True, tag="me"):
    """End a meeting; without `is_sure` it is asked once more."""

    meeting: MeetingId
    is_sure: bool


AttendingButton: TypeAlias = ShowMeeting | RaiseMatter | SecondMatter
HoldingButton: TypeAlias = (
    ListMeetings
    | PlaceMeeting
    | LengthOfMeeting
    | HoldMeeting
    | ShowRaised
    | AdoptMatter
    | DeclineMatter
    | ShowLink
    | EndTheMeeting
)
MeetingButton: TypeAlias = AttendingButton | HoldingButton
