"""From a message as data to the text a person reads, in their language: the door of this room.

Invariant: whatever comes out is valid Telegram HTML, or plain text for buttons and flashes, within Telegram's limits.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Final, assert_never

from bot.rules.board import Board
from bot.rules.county import County, Kind, Role
from bot.rules.figure import Digest
from bot.rules.identity import CategoryId, ClassId, Language, ProjectId, TownshipId, UnitId
from bot.rules.message import (
    AdminMessage,
    CallerMessage,
    DraftMessage,
    EntryProof,
    GeneralMessage,
    MeasureMessage,
    MeetingMessage,
    Message,
    OfficialMessage,
    OwnData,
    ProjectMessage,
    ReceiptPicture,
    ResidentMessage,
    RightsMessage,
    SignMessage,
    Toast,
)
from bot.rules.message.sign import SignLetterFile, SignNoteFile
from bot.rules.note_paper import NotePaper
from bot.rules.paper import Paper, Workbook
from bot.rules.slip import Slip
from locales import (
    admin,
    caller,
    draft,
    general,
    measure,
    meeting,
    official,
    own_data,
    project,
    resident,
    rights,
    sign,
    tracking,
)
from locales.board import Ledger, Sheet, sheet_of
from locales.buttons import BUTTONS, SCORE, SCORES, TOASTS
from locales.catalogue import Catalogues
from locales.commands import COMMANDS, DESCRIPTION, RESIDENT_COMMANDS, SHORT_DESCRIPTION, commands_of
from locales.document import Document
from locales.facts import BLANK
from locales.formats import CHINESE
from locales.label import Label
from locales.letter_paper import letter_paper_of
from locales.markup import Block, on_one_line, paginate
from locales.note_paper import note_paper_of
from locales.paper import paper_of
from locales.slip import slip_of
from locales.speech import Speech
from locales.workbook import workbook_of

__all__ = ["Document", "Label", "Wording"]


LETTERED: Final = 2048
"""How many of the buttons written last are kept as they were written: most are of a few kinds, categories and places."""


class Wording:
    """Says every message in every language of a county."""

    def __init__(self, county: County, catalogues: Catalogues) -> None:
        self._county = county
        self._catalogues = catalogues
        self._speeches = {language: Speech(county, catalogues, language) for language in county.languages}
        self._labels = lru_cache(LETTERED)(self._lettered)

    def parts(self, message: Message, language: Language, now: datetime, *, is_beside: bool = False) -> tuple[str, ...]:
        """Say a message.

        Args:
            message: what to say.
            language: the person's, at the moment of sending.
            now: aware UTC; what is left or late is reckoned from it.
            is_beside: Chinese is wanted under it, where nobody has signed off the language yet; no words are said twice.

        Returns:
            Telegram HTML, at most 4096 characters each once parsed: usually one, none for an answered tap.
            Buttons go under the last.
        """
        blocks = _blocks(message, self._speech(language), now)
        if is_beside and blocks and self.takes_chinese_beside(language):
            chinese = _blocks(message, self._speech(CHINESE), now)
            blocks += [BLANK, *(block for block in chinese if not block or block not in blocks)]
        return paginate(blocks)

    def takes_chinese_beside(self, language: Language) -> bool:
        """Say whether Chinese may stand under a language by its reader's choice."""
        return self._catalogues.takes_chinese_beside(language)

    def profile(self, language: Language) -> tuple[str, str]:
        """Say what the bot is, for its page in Telegram: at length, and in a line."""
        speech = self._speech(language)
        return (
            speech.text(DESCRIPTION, county=speech.county_name(), police="110", fire="119", doctor="120"),
            speech.text(SHORT_DESCRIPTION, county=speech.county_name()),
        )

    def document(self, message: Message, language: Language) -> Document | None:
        """Write the file that goes with a message; None where none does. What the message says stands under it."""
        match message:
            case OwnData():
                return own_data.document(self._speech(language), message)
            case EntryProof():
                return tracking.receipt_file(message)
            case _:
                return None

    def toast(self, toast: Toast, language: Language | None) -> str:
        """Say what flashes up after a button: plain text, at most 200 characters.

        Args:
            language: None says it in each of the county's languages, for somebody who has chosen none yet.
        """
        languages = self._county.languages if language is None else (language,)
        return "\n".join(dict.fromkeys(self._speech(each).text(TOASTS[toast]) for each in languages))

    def label(self, label: Label, language: Language, **fields: str) -> str:
        """Say what stands on a button: plain text, about 40 characters.

        Args:
            label: which button.
            language: the person's.
            fields: `value` or `case`, where the label has one.
        """
        return self._labels(label, language, tuple(fields.items()))

    def _lettered(self, label: Label, language: Language, fields: tuple[tuple[str, str], ...]) -> str:
        speech = self._speech(language)
        if label in SCORES:
            return speech.text(SCORE, score=speech.number(SCORES[label]), level=speech.level(SCORES[label]))
        safe = {name: on_one_line(value) for name, value in fields}
        return speech.text(BUTTONS[label], **safe)

    def name_of_unit(self, unit: UnitId, language: Language) -> str:
        """Name a unit."""
        return self._speech(language).unit(unit)

    def name_of_township(self, township: TownshipId | None, language: Language) -> str:
        """Name a township, or say that none was given."""
        return self._speech(language).township(township)

    def name_of_project(self, project: ProjectId, language: Language) -> str:
        """Name a livelihood project."""
        return self._speech(language).project(project)

    def name_of_category(self, category: CategoryId, language: Language) -> str:
        """Name a category."""
        return self._speech(language).category(category)

    def name_of_class(self, deadline_class: ClassId, language: Language) -> str:
        """Name a deadline class."""
        return self._speech(language).deadline_class(deadline_class)

    def name_of_kind(self, kind: Kind, language: Language) -> str:
        """Name a kind."""
        return self._speech(language).kind(kind)

    def commands(self, role: Role | None, language: Language) -> tuple[tuple[str, str], ...]:
        """Return a menu of commands: (command without slash, description), for a role or for residents."""
        speech = self._speech(language)
        return tuple((command, speech.text(COMMANDS[command])) for command in commands_of(role))

    def paper(self, digest: Digest, language: Language, now: datetime) -> Paper:
        """Say a digest for print."""
        return paper_of(self._speech(language), digest, now)

    def slip(self, picture: ReceiptPicture, language: Language) -> Slip:
        """Say a receipt for a picture."""
        return slip_of(self._speech(language), picture)

    def note_paper(self, file: SignNoteFile | SignLetterFile, language: Language, now: datetime) -> NotePaper:
        """Say a supervision note, or a letter of referral, for print."""
        speech = self._speech(language)
        return note_paper_of(speech, file, now) if isinstance(file, SignNoteFile) else letter_paper_of(speech, file, now)

    def workbook(self, digest: Digest, language: Language, now: datetime) -> Workbook:
        """Put a digest into sheets."""
        return workbook_of(self._speech(language), digest, now)

    def menu(self, roles: Iterable[Role], language: Language) -> tuple[tuple[str, str], ...]:
        """Return the menu of someone who holds these roles: each command once, their own work first."""
        speech, names = self._speech(language), dict.fromkeys(name for role in roles for name in commands_of(role))
        work = [name for name in names if name not in RESIDENT_COMMANDS]
        return tuple((name, speech.text(COMMANDS[name])) for name in (*work, *RESIDENT_COMMANDS))

    def board(self, board: Board, language: Language, ledger: Ledger) -> Sheet:
        """Say the public board; sentences stand in another language where this one cannot stand alone yet."""
        own = self._speech(language)
        beside = self._catalogues.own(language).beside
        return sheet_of(own, own if beside is None else self._speech(beside), board, ledger)

    def language_names(self) -> tuple[tuple[Language, str], ...]:
        """Return each language with the label of its button, in the order of the county file."""
        return tuple((language, self._catalogues.own(language).name) for language in self._county.languages)

    def _speech(self, language: Language) -> Speech:
        known = self._speeches.get(language)
        return known if known is not None else Speech(self._county, self._catalogues, language)


def _blocks(message: Message, speech: Speech, now: datetime) -> list[Block]:
    """Leave a message to its area."""
    if isinstance(message, GeneralMessage):
        return general.blocks(speech, message)
    if isinstance(message, DraftMessage):
        return draft.blocks(speech, message)
    if isinstance(message, ResidentMessage):
        return resident.blocks(speech, message, now)
    if isinstance(message, OfficialMessage):
        return official.blocks(speech, message, now)
    if isinstance(message, AdminMessage):
        return admin.blocks(speech, message, now)
    if isinstance(message, RightsMessage):
        return rights.blocks(speech, message)
    if isinstance(message, CallerMessage):
        return caller.blocks(speech, message)
    if isinstance(message, ProjectMessage):
        return project.blocks(speech, message)
    if isinstance(message, MeetingMessage):
        return meeting.blocks(speech, message, now)
    if isinstance(message, SignMessage):
        return sign.blocks(speech, message, now)
    if isinstance(message, MeasureMessage):
        return measure.blocks(speech, message)
    assert_never(message)
