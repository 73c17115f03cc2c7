"""What stands on the buttons of those who watch over the county.

Invariant: a button's text is plain and short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from locales.catalogue import Phrase
from locales.label import Label

ADMIN_BUTTONS: Final[Mapping[Label, Phrase]] = {
    # tr: Button with an official; {value} are the last four characters of their sign.
    Label.MEMBER: Phrase("button", "Official {value}"),
    # tr: Admin's button: show the officials who work for no unit.
    Label.WITHOUT_UNIT: Phrase("button", "Without a unit"),
    # tr: Button of a lead or an admin: end an official's role; it is asked once more.
    Label.END_ROLE: Phrase("button", "End the role"),
    # tr: Button of a lead or an admin: yes, end the role now.
    Label.END_ROLE_NOW: Phrase("button", "Yes, end it now"),
    # tr: Button of a lead or an admin: give all cases of an official to a colleague, by the end of their sign.
    Label.HAND_ON: Phrase("button", "Hand all cases to {value}"),
    # tr: Button: give all cases of an official to the lead of the unit, by the end of their sign.
    Label.HAND_ON_TO_LEAD: Phrase("button", "Hand all cases to the lead {value}"),
    # tr: Button: make a one-time link for an officer.
    Label.INVITE_OFFICER: Phrase("button", "Invite an officer"),
    # tr: Button: make a one-time link for a lead.
    Label.INVITE_LEAD: Phrase("button", "Invite a lead"),
    # tr: Button: make a one-time link for a supervisor.
    Label.INVITE_SUPERVISOR: Phrase("button", "Invite a supervisor"),
    # tr: Button: make a one-time link for an operator.
    Label.INVITE_OPERATOR: Phrase("button", "Invite an operator"),
    # tr: Button: make a one-time link for a translator.
    Label.INVITE_TRANSLATOR: Phrase("button", "Invite a translator"),
    # tr: Button: make a one-time link for a translator of one language, {value}.
    Label.INVITE_TRANSLATOR_OF: Phrase("button", "Translator: {value}"),
    # tr: Button: make a one-time link for a further admin.
    Label.INVITE_ADMIN: Phrase("button", "Invite an admin"),
    # tr: Button under the scorecards of a period that is over: show each unit its card, so that it can object.
    Label.SHOW_CARDS: Phrase("button", "Show to the units"),
    # tr: Button under the scorecards of a period: publish those to which nobody objects any more.
    Label.PUBLISH_CARDS: Phrase("button", "Publish"),
    # tr: Lead's button under the own unit's scorecard: say what is wrong with it.
    Label.CARD_OBJECT: Phrase("button", "Object"),
    # tr: Button under a scorecard to which the unit objects: answer the objection.
    Label.CARD_ANSWER: Phrase("button", "Answer the objection"),
    # tr: Button under a scorecard: give points by hand.
    Label.CARD_GIVE: Phrase("button", "Points by hand …"),
    # tr: Button under a scorecard: confirm points that somebody else gave; {value} is for what.
    Label.CONFIRM_POINTS: Phrase("button", "Confirm: {value}"),
    # tr: Button under a scorecard: do not confirm points that somebody else gave; {value} is for what.
    Label.REFUSE_POINTS: Phrase("button", "Refuse: {value}"),
    # tr: Button: ask residents whose cases were closed in a month about the units; {value} is the month, 2026-10.
    Label.SURVEY_BEGIN: Phrase("button", "Ask about {value}"),
    # tr: Button under the audit: show every kind of entry.
    Label.AUDIT_ALL: Phrase("button", "Everything"),
    # tr: Button under the audit: show who opened what.
    Label.AUDIT_LOOKS: Phrase("button", "What was opened"),
    # tr: Button under the audit: show what was done with cases.
    Label.AUDIT_DEEDS: Phrase("button", "What was done"),
    # tr: Button under the audit: show who came, went and was on leave.
    Label.AUDIT_STAFF: Phrase("button", "Officials and leave"),
    # tr: Button under the audit: show the county file, weeks and draws.
    Label.AUDIT_HOUSE: Phrase("button", "The house"),
    # tr: Button under the audit: the newest entries.
    Label.AUDIT_NEWEST: Phrase("button", "‹ Newest"),
    # tr: Button: back to the audit.
    Label.AUDIT_BACK: Phrase("button", "‹ Audit"),
    # tr: Button under the audit: messages that could not be handled; {value} is how many.
    Label.LIST_ASIDE: Phrase("button", "Could not be handled ({value})"),
    # tr: Button under the audit: messages that could not be delivered; {value} is how many.
    Label.LIST_FAILED: Phrase("button", "Not delivered ({value})"),
    # tr: Admin's button: have a message handled again that could not be handled; {value} is its number.
    Label.RETRY_UPDATE: Phrase("button", "Again: {value}"),
    # tr: Admin's button: have all messages handled again that could not be handled.
    Label.RETRY_ALL: Phrase("button", "All again"),
    # tr: Admin's button: give a message up that could not be handled; {value} is its number; it is asked once more.
    Label.DROP_UPDATE: Phrase("button", "Drop: {value}"),
    # tr: Admin's button: yes, give the message up now; {value} is its number.
    Label.DROP_UPDATE_NOW: Phrase("button", "Yes, drop {value}"),
    # tr: Admin's button under the differences of a county file: put it in force now.
    Label.TAKE_COUNTY: Phrase("button", "Put it in force"),
    # tr: Button under the report that nobody is on duty: show the duty.
    Label.SHOW_DUTY: Phrase("button", "Duty"),
    # tr: Admin's button: show who is on duty for the whole county.
    Label.DUTY_COUNTY: Phrase("button", "Whole county"),
    # tr: Button: the shift that is being chosen begins a day earlier.
    Label.DUTY_EARLIER: Phrase("button", "‹ A day earlier"),
    # tr: Button: the shift that is being chosen begins a day later.
    Label.DUTY_LATER: Phrase("button", "A day later ›"),
    # tr: Button: enter the shift that is chosen.
    Label.DUTY_ENTER: Phrase("button", "Enter this shift"),
    # tr: Button: take the shift with this number in the list off again.
    Label.DUTY_DROP: Phrase("button", "Drop {value}"),
    # tr: Admin's button: the one who asked becomes an admin.
    Label.LET_IN: Phrase("button", "Agree"),
    # tr: Admin's button: the one who asked does not become an admin.
    Label.KEEP_OUT: Phrase("button", "Refuse"),
    # tr: Button: list all open warnings.
    Label.SIGNS_ALL: Phrase("button", "All warnings"),
    # tr: Supervisor's button under a warning: draft the supervision note to the unit; it is not sent yet. 拟督办单
    Label.SIGN_DRAFT: Phrase("button", "Draft a supervision note"),
    # tr: Supervisor's button under a drafted supervision note. 发出督办单
    Label.SIGN_SEND: Phrase("button", "Send to the unit"),
    # tr: Button of a unit under a supervision note.
    Label.SIGN_ANSWER: Phrase("button", "Answer the note"),
    # tr: Supervisor's button under an integrity signal: refer it to another body. 转办
    Label.SIGN_REFER: Phrase("button", "Refer …"),
    # tr: Supervisor's button under a warning or signal: close it, with the reason.
    Label.SIGN_CLOSE: Phrase("button", "Close with a reason"),
    # tr: Button under a supervision note, drafted or sent: have it as a form on paper, as PDF. 打印督办单
    Label.SIGN_PRINT: Phrase("button", "Print the note"),
    # tr: Button under an integrity signal that was referred: the letter of referral as a PDF to print. 转办函
    Label.SIGN_LETTER: Phrase("button", "Print the letter"),
    # tr: Button under a unit's scorecard: the figures of the unit, from which its points come.
    Label.CARD_FIGURES: Phrase("button", "The figures behind it"),
    # tr: Button under a digest: the week, month, quarter or year before.
    Label.DIGEST_EARLIER: Phrase("button", "‹ Earlier"),
    # tr: Button under a digest: the week, month, quarter or year after.
    Label.DIGEST_LATER: Phrase("button", "Later ›"),
    # tr: Button under a digest: show a week.
    Label.DIGEST_WEEK: Phrase("button", "Week"),
    # tr: Button under a digest: show a month.
    Label.DIGEST_MONTH: Phrase("button", "Month"),
    # tr: Button under a digest: show a quarter.
    Label.DIGEST_QUARTER: Phrase("button", "Quarter"),
    # tr: Button under a digest: show a year.
    Label.DIGEST_YEAR: Phrase("button", "Year"),
    # tr: Button under a digest: list the units, to show the digest of one.
    Label.DIGEST_UNITS: Phrase("button", "One unit …"),
    # tr: Button under a digest: list the townships, to show the digest of one.
    Label.DIGEST_TOWNSHIPS: Phrase("button", "One township …"),
    # tr: Button under the digest of a unit or township: show that of the whole county.
    Label.DIGEST_COUNTY: Phrase("button", "Whole county"),
    # tr: Button under a digest: as a picture with charts.
    Label.DIGEST_PICTURE: Phrase("button", "Chart"),
    # tr: Button under a digest, short: show every figure with what it is made of.
    Label.DIGEST_FIGURES: Phrase("button", "All figures"),
    # tr: Button under a digest, short: show its early warnings. 预警
    Label.DIGEST_WARNINGS: Phrase("button", "Warnings"),
    # tr: Button under a digest, short: show visible results and groundwork. 两本账
    Label.DIGEST_BOOKS: Phrase("button", "Two books"),
    # tr: Button under a digest, short: show what residents who were served say of the units. 民主评议
    Label.DIGEST_SURVEY: Phrase("button", "Appraisal"),
    # tr: Button under a digest: as two pages to print; {value} is PDF.
    Label.DIGEST_PAPER: Phrase("button", "{value}"),
    # tr: Button under a digest: as a workbook.
    Label.DIGEST_TABLE: Phrase("button", "Table"),
    # tr: A button of several: the one that is chosen now.
    Label.CHOSEN: Phrase("button", "• {value}"),
    # tr: Button under a long list of buttons: those before.
    Label.PAGE_BEFORE: Phrase("button", "‹ Before"),
    # tr: Button under a long list of buttons: those after.
    Label.PAGE_AFTER: Phrase("button", "More ›"),
}
