"""What can be erased: a case's content, the tie between a voice and a case, a person. Facts in the ledger never are.

What was erased is known by a subject, a short text that names nobody: it is kept in a list, so that it is erased again in
any older backup that is put back.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from bot.rules.identity import CaseNumber, PersonId, ProjectId


class Forgetting(StrEnum):
    """What somebody wants to be forgotten."""

    TIE = "tie"  # that the cases are theirs; the words of open ones stay until they end
    ALL = "all"  # their words too: open cases are withdrawn


CASE: Final = "case:"
VOICE: Final = "voice:"
PERSON: Final = "person:"
CLOSING: Final = "closing:"
PHOTOS: Final = "photos:"


@dataclass(frozen=True, slots=True)
class CaseContent:
    """Words and files of a case, and who stands behind it."""

    case: CaseNumber

    @property
    def subject(self) -> str:
        """Name it in the list of erasures."""
        return f"{CASE}{self.case}"


@dataclass(frozen=True, slots=True)
class Tie:
    """That a person is this voice of the case."""

    case: CaseNumber
    voice: int

    @property
    def subject(self) -> str:
        """Name it in the list of erasures."""
        return f"{VOICE}{self.case}/{self.voice}"


@dataclass(frozen=True, slots=True)
class AtClosing:
    """A case's content, as soon as the case has ended: until then the unit needs the words."""

    case: CaseNumber

    @property
    def subject(self) -> str:
        """Name it in the list of erasures."""
        return f"{CLOSING}{self.case}"


@dataclass(frozen=True, slots=True)
class PersonGone:
    """Everything that is held about a person: their chat, their language, their drafts, their key."""

    person: PersonId

    @property
    def subject(self) -> str:
        """Name it in the list of erasures."""
        return f"{PERSON}{self.person}"


@dataclass(frozen=True, slots=True)
class MilestonePhotos:
    """The photos of a milestone of a livelihood project; its words stay."""

    project: ProjectId
    place: int

    @property
    def subject(self) -> str:
        """Name it in the list of erasures."""
        return f"{PHOTOS}{self.project}/{self.place}"


Erasure: TypeAlias = CaseContent | Tie | AtClosing | PersonGone | MilestonePhotos


def read_subject(subject: str) -> Erasure | None:
    """Read what a subject names; None when it names nothing that this program knows."""
    kind, colon, name = subject.partition(":")
    match f"{kind}{colon}":
        case "case:" if name:
            return CaseContent(CaseNumber(name))
        case "closing:" if name:
            return AtClosing(CaseNumber(name))
        case "person:" if name:
            return PersonGone(PersonId(name))
        case "voice:":
            number, _, voice = name.rpartition("/")
            return Tie(CaseNumber(number), int(voice)) if number and voice.isdecimal() else None
        case "photos:":
            project, _, place = name.rpartition("/")
            return MilestonePhotos(ProjectId(project), int(place)) if project and place.isdecimal() else None
        case _:
            return None
