"""What stands on the buttons with which residents answer about their own cases.

Invariant: a button's text is plain and short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.entry import Solved
from locales.catalogue import Phrase
from locales.label import Label
from locales.terms import SOLVED

RESIDENT_BUTTONS: Final[Mapping[Label, Phrase]] = {
    # tr: Answer to a question of the survey about a unit.
    Label.SURVEY_GOOD: Phrase("button", "Good"),
    # tr: Answer to a question of the survey about a unit.
    Label.SURVEY_FAIR: Phrase("button", "So-so"),
    # tr: Answer to a question of the survey about a unit.
    Label.SURVEY_POOR: Phrase("button", "Poor"),
    # tr: Button under the first question of a survey.
    Label.SURVEY_DECLINE: Phrase("button", "Rather not"),
    Label.SOLVED_YES: SOLVED[Solved.YES],
    Label.SOLVED_PARTLY: SOLVED[Solved.PARTLY],
    Label.SOLVED_NO: SOLVED[Solved.NO],
    # tr: Resident's button: it is partly solved, the unit shall go on.
    Label.GO_ON: Phrase("button", "Go on with it"),
    # tr: Resident's button: it is partly solved, and that is enough.
    Label.LET_REST: Phrase("button", "Leave it at that"),
    # tr: Resident's button under a question of the unit: the next message is the answer.
    Label.ANSWER: Phrase("button", "Answer"),
    # tr: Resident's button on the page of a case: write more about it.
    Label.ADD: Phrase("button", "Add something"),
    # tr: Resident's button on the page of a case: press the unit to get on with it.
    Label.URGE: Phrase("button", "Urge"),
    # tr: Resident's button on the page of a case: be spoken to by whoever answers for the unit.
    Label.ASK_PERSON: Phrase("button", "Ask for a person"),
    # tr: Resident's button on the page of a case: take it back; asked once more.
    Label.WITHDRAW: Phrase("button", "Withdraw"),
    # tr: Resident's button: the case is really to be taken back.
    Label.WITHDRAW_NOW: Phrase("button", "Yes, withdraw it"),
    # tr: Resident's button on the page of a case that others stand behind too: be told and asked nothing more about it.
    Label.LEAVE: Phrase("button", "Leave this case"),
    # tr: Resident's button: the case is really to be left to the others behind it.
    Label.LEAVE_NOW: Phrase("button", "Yes, leave it"),
    # tr: Resident's button under a case that they have left to the others: stand behind it again.
    Label.RETURN: Phrase("button", "Join it again"),
    # tr: Resident's button on the page of a closed case: it is not over, work on it again.
    Label.REOPEN: Phrase("button", "It is not over"),
    # tr: Resident's button on the page of a closed case: answer again whether it is solved.
    Label.JUDGE_AGAIN: Phrase("button", "Change my answer"),
    # tr: Resident's button when the limit of their case has passed: it is fixed meanwhile.
    Label.FIXED_YES: Phrase("button", "It is fixed"),
    # tr: Resident's button when the limit of their case has passed: it is not fixed.
    Label.FIXED_NOT: Phrase("button", "Not yet"),
    # tr: Resident's button after the score: say something in words, too.
    Label.COMMENT: Phrase("button", "Say it in words, too"),
    # tr: Resident's button under a receipt: have it as a picture, to be kept or handed on.
    Label.RECEIPT_PICTURE: Phrase("button", "Receipt as a picture"),
    # tr: Resident's button on the page of a case: have a file that proves that it is in the ledger.
    Label.PROOF: Phrase("button", "Proof"),
    # tr: Resident's button: no words beside the score.
    Label.NO_COMMENT: Phrase("button", "No, that is all"),
}
