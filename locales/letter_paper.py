"""What stands on a letter of referral (转办函) that is printed: the signal, why it is referred, and the evidence.

Invariant: the evidence is what the ledger has of each case, moments and the answers whether it is solved; it names no person
and repeats no word of a resident.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.rules.message.sign import SignCase, SignLetterFile
from bot.rules.note_paper import NoteFact, NotePaper
from bot.rules.paper import Row, Table
from bot.rules.warning import Grade
from locales.catalogue import Phrase
from locales.markup import cleaned
from locales.note_paper import CASES, DATED, ISSUED, NO_LIMIT, NUMBER, grade_box
from locales.paper import PAGE
from locales.sign import CHECK, NO_VERDICT, named_body
from locales.sign_reasons import dated_reason
from locales.speech import COMMA, Speech

# tr: Title of a printed letter with which an integrity signal is handed to another body. 转办函
TITLE = Phrase("letter paper", "Letter of referral")
# tr: Head of a cell: to which body the letter goes, such as the discipline inspection commission.
TO = Phrase("letter paper", "Referred to")
# tr: Head of a cell: the unit that the signal is about.
UNIT = Phrase("letter paper", "Unit concerned")
# tr: Head of a cell: since when the signal has been found.
SINCE = Phrase("letter paper", "First seen")
# tr: Head of a cell: which of the three colours the signal has.
COLOUR = Phrase("letter paper", "Colour")
# tr: Head of a cell: what the program counted, the reason for the signal.
WHY = Phrase("letter paper", "What was counted")
# tr: Head of a cell: what is asked of the body, and why the signal is referred.
WANTED = Phrase("letter paper", "Why it is referred")
# tr: What is asked of the body to which a signal is referred.
PLEASE = Phrase("letter paper", "Please look into it within your powers and say in writing what came of it.")
# tr: In place of the cases, where none behind the signal can be shown to whoever prints the letter.
NONE_SHOWN = Phrase("letter paper", "No case can be shown here.")
# tr: Under the table: the numbers of further cases behind the signal. {cases} is a line of numbers.
OTHERS = Phrase("letter paper", "Also counted: {cases}")
# tr: Head of a box with what the unit said about the signal.
ANSWER = Phrase("letter paper", "What the unit said")
# tr: In that box: the unit was not asked, or has not answered.
NO_ANSWER = Phrase("letter paper", "The unit has said nothing.")
# tr: Under the letter: whoever receives it signs here, by hand.
RECEIVED = Phrase("letter paper", "Received by:")
# tr: In the table of evidence: nothing there (not signed for, not resolved).
NOTHING = Phrase("letter paper", "none")
# tr: In the table of evidence: no voice has answered whether it is solved.
UNRATED = Phrase("letter paper", "not rated")
# tr: In the table of evidence: the answer to whether it is solved, and the score of 1 to 5.
RATED = Phrase("letter paper", "{solved}, score {score}")
# tr: In the table of evidence: how often a case was taken up, as it was reopened; {count} is 2 or more.
ATTEMPTS = Phrase("letter paper", "attempt {count}")
# tr: In the table of evidence: how often a case was given more time.
EXTENSIONS = Phrase("letter paper", "given more time: {count}")

# tr: Head of a column: the number of a case.
CASE = Phrase("letter paper", "Case")
# tr: Head of a column: the category of a case, and where it stands.
STANDS = Phrase("letter paper", "Category, state")
# tr: Head of a column: when a case was filed.
FILED = Phrase("letter paper", "Filed")
# tr: Head of a column: when the unit signed for a case. 签收
ACCEPTED = Phrase("letter paper", "Accepted")
# tr: Head of a column: when the unit said that a case is done. 办结
RESOLVED = Phrase("letter paper", "Resolved")
# tr: Head of a column: until when a case is, or was, to be resolved.
LIMIT = Phrase("letter paper", "Limit")
# tr: Head of a column: what residents answered to the question whether it is solved.
RESIDENTS = Phrase("letter paper", "Residents")

HEADS: Final = ((CASE,), (STANDS,), (FILED, LIMIT), (ACCEPTED, RESOLVED), (RESIDENTS,))
"""What stands in each column of the evidence, two moments one under the other."""


def letter_paper_of(speech: Speech, file: SignLetterFile, now: datetime) -> NotePaper:
    """Say a letter of referral for print; the day is written in by hand, beside the seal, and its year stands on it once."""
    letter, sign = file.letter, file.sign
    facts = (
        (NUMBER, sign.number),
        (TO, named_body(speech, letter.body)),
        (SINCE, speech.moment(sign.raised_at)),
        (UNIT, "" if sign.unit is None else speech.unit(sign.unit)),
    )
    added = (NoteFact(label="", value=cleaned(letter.words)),) if letter.words else ()
    return NotePaper(
        is_right_to_left=speech.is_right_to_left,
        county=speech.county_name(),
        title=speech.text(TITLE),
        stamp="",
        facts=tuple(NoteFact(label=speech.text(label), value=value) for label, value in facts),
        grades_label=speech.text(COLOUR),
        grades=tuple(grade_box(speech, grade, is_it=grade is sign.grade) for grade in Grade),
        why=tuple(
            NoteFact(label=speech.text(WHY), value=said)
            for said in (dated_reason(speech, sign), speech.text(NO_VERDICT), speech.text(CHECK))
        ),
        wanted=(NoteFact(label=speech.text(WANTED), value=speech.text(PLEASE)), *added),
        cases=_cases(speech, file, now),
        answer=NoteFact(label=speech.text(ANSWER), value=cleaned(letter.answer or "") or speech.text(NO_ANSWER)),
        issued=speech.text(ISSUED),
        signed=(speech.text(RECEIVED), speech.text(DATED)),
        page=speech.text(PAGE),
    )


def _cases(speech: Speech, file: SignLetterFile, now: datetime) -> Table:
    told = {case.number for case in file.cases}
    others = [number for number in file.sign.cases if number not in told]
    under = speech.text(OTHERS, cases=" ".join(others)) if others else ""
    return Table(
        title=speech.text(CASES),
        heads=tuple("\n".join(speech.text(head) for head in heads) for heads in HEADS),
        rows=tuple(Row(cells=_cells(speech, case, now)) for case in file.cases),
        note=under or ("" if told else speech.text(NONE_SHOWN)),
    )


def _cells(speech: Speech, case: SignCase, now: datetime) -> tuple[str, ...]:
    def moment(at: datetime | None, without: Phrase) -> str:
        return speech.text(without) if at is None else speech.short_moment(at, now)

    stands = [speech.category(case.category), speech.state(case.state)]
    if case.attempts > 1:
        stands.append(speech.text(ATTEMPTS, count=speech.number(case.attempts)))
    if case.extensions:
        stands.append(speech.text(EXTENSIONS, count=speech.number(case.extensions)))
    return (
        case.number,
        speech.join(stands, COMMA),
        f"{speech.short_moment(case.filed_at, now)}\n{moment(case.due_at, NO_LIMIT)}",
        f"{moment(case.accepted_at, NOTHING)}\n{moment(case.resolved_at, NOTHING)}",
        _rated(speech, case),
    )


def _rated(speech: Speech, case: SignCase) -> str:
    if case.solved is None:
        return speech.text(UNRATED)
    solved = speech.solved(case.solved)
    return solved if case.score is None else speech.text(RATED, solved=solved, score=speech.number(case.score))
