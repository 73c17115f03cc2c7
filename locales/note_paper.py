"""What stands on a supervision note that is printed, in the order of the form.

Invariant: nothing here says more than the note in the chat, but for when each of the unit's own cases came and runs out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.rules.message.sign import SignCase, SignNoteFile
from bot.rules.note_paper import NoteFact, NoteGrade, NotePaper
from bot.rules.paper import Row, Table
from bot.rules.warning import Grade
from locales.catalogue import Phrase
from locales.colours import COLOURS, colour
from locales.markup import cleaned
from locales.paper import PAGE
from locales.sign import NO_VERDICT
from locales.sign_reasons import dated_reason
from locales.speech import Speech

# tr: Title of a printed supervision note, in one of three colours. 督办单
TITLE = Phrase("note paper", "Supervision note")
# tr: Stamp on a printed supervision note that was not sent yet.
DRAFT = Phrase("note paper", "Draft, not sent")
# tr: Head of a cell: the number of the note.
NUMBER = Phrase("note paper", "Number")
# tr: Head of a cell: to which unit the note goes.
UNIT = Phrase("note paper", "Unit asked")
# tr: Head of a cell: the day and time on which the note was sent; written in by hand on a draft.
SENT = Phrase("note paper", "Sent")
# tr: Head of a cell: the day and time until when the unit is to answer.
ANSWER_BY = Phrase("note paper", "Answer by")
# tr: Head of a cell: in which of the three colours the note is.
COLOUR = Phrase("note paper", "Colour")
# tr: Head of a cell: why there is a note.
WHY = Phrase("note paper", "Why")
# tr: Head of a cell: what is asked of the unit.
WANTED = Phrase("note paper", "What is asked")
# tr: What is asked of the unit in every supervision note.
PLEASE = Phrase("note paper", "Please look into it, put right what is wrong, and answer by the date above.")
# tr: Heading of the table of the cases behind a note.
CASES = Phrase("note paper", "Cases behind it")
# tr: Under the table: the numbers of further cases behind the note, which other units have.
OTHERS = Phrase("note paper", "Also counted: {cases}")
# tr: In place of the table, where a note names no case (ratings by the unit's own people would show who filed it).
NONE_NAMED = Phrase("note paper", "No case is named here.")
# tr: Head of the box in which the unit answers, on the printed note.
ANSWER = Phrase("note paper", "Answer of the unit")
# tr: On the printed note, before its table of cases: whoever sends it signs and seals here, by hand. 签发
ISSUED = Phrase("note paper", "Issued by (seal):")
# tr: Under the unit's answer on the printed note: who answers for the unit signs here, by hand.
SIGNED = Phrase("note paper", "Signed:")
# tr: Under the unit's answer on the printed note: the date, by hand.
DATED = Phrase("note paper", "Date:")
# tr: In a table of cases: this one has no limit.
NO_LIMIT = Phrase("note paper", "none")

HEADS: Final = (
    # tr: Head of a column: the number of a case.
    Phrase("note paper", "Case"),
    # tr: Head of a column: the category of a case.
    Phrase("note paper", "Category"),
    # tr: Head of a column: when a case was filed.
    Phrase("note paper", "Filed"),
    # tr: Head of a column: until when a case is to be resolved.
    Phrase("note paper", "Limit"),
    # tr: Head of a column: where a case stands.
    Phrase("note paper", "State"),
)

GRADES: Final[Mapping[Grade, Phrase]] = {
    # tr: What the first colour of warnings means; {colour} is its name. 临近时限
    Grade.NEAR: Phrase("note paper", "{colour} (take note)"),
    # tr: What the second colour of warnings means; {colour} is its name. 滞后
    Grade.BEHIND: Phrase("note paper", "{colour} (behind)"),
    # tr: What the third colour of warnings means; {colour} is its name. 逾期
    Grade.OVERDUE: Phrase("note paper", "{colour} (overdue)"),
}


def note_paper_of(speech: Speech, file: SignNoteFile, now: datetime) -> NotePaper:
    """Say a supervision note for print."""
    note = file.note
    sent = "" if file.sent_at is None else speech.moment(file.sent_at)
    facts = (
        (NUMBER, note.sign.number),
        (UNIT, speech.unit(note.unit)),
        (SENT, sent),
        (ANSWER_BY, speech.moment(note.answer_by)),
    )
    no_verdict = (NoteFact(label="", value=speech.text(NO_VERDICT)),) if note.sign.is_signal else ()
    added = (NoteFact(label="", value=cleaned(note.words)),) if note.words else ()
    return NotePaper(
        is_right_to_left=speech.is_right_to_left,
        county=speech.county_name(),
        title=speech.text(TITLE),
        stamp=speech.text(DRAFT) if note.is_draft else "",
        facts=tuple(NoteFact(label=speech.text(label), value=value) for label, value in facts),
        grades_label=speech.text(COLOUR),
        grades=tuple(grade_box(speech, grade, is_it=grade is note.sign.grade) for grade in Grade),
        why=(NoteFact(label=speech.text(WHY), value=dated_reason(speech, note.sign)), *no_verdict),
        wanted=(NoteFact(label=speech.text(WANTED), value=speech.text(PLEASE)), *added),
        cases=_cases(speech, file, now),
        answer=NoteFact(label=speech.text(ANSWER), value=cleaned(file.answer or "")),
        issued=speech.text(ISSUED),
        signed=(speech.text(SIGNED), speech.text(DATED)),
        page=speech.text(PAGE),
    )


def grade_box(speech: Speech, grade: Grade, *, is_it: bool) -> NoteGrade:
    """Say one of the three colours, with its box."""
    painted = colour(speech, grade)
    return NoteGrade(label=speech.text(GRADES[grade], colour=speech.text(COLOURS[painted])), colour=painted, is_it=is_it)


def _cases(speech: Speech, file: SignNoteFile, now: datetime) -> Table:
    told = {case.number for case in file.cases}
    others = [number for number in file.note.cases if number not in told]
    under = speech.text(OTHERS, cases=" ".join(others)) if others else ""
    return Table(
        title=speech.text(CASES),
        heads=tuple(speech.text(head) for head in HEADS),
        rows=tuple(Row(cells=_cells(speech, case, now)) for case in file.cases),
        note=under if file.note.cases else speech.text(NONE_NAMED),
    )


def _cells(speech: Speech, case: SignCase, now: datetime) -> tuple[str, ...]:
    return (
        case.number,
        speech.category(case.category),
        speech.short_moment(case.filed_at, now),
        speech.text(NO_LIMIT) if case.due_at is None else speech.short_moment(case.due_at, now),
        speech.state(case.state),
    )
