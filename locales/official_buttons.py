"""What stands on the buttons with which officials act on a case.

Invariant: a button's text is plain and short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from locales.catalogue import Phrase
from locales.label import Label

OFFICIAL_BUTTONS: Final[Mapping[Label, Phrase]] = {
    # tr: Officer's button: the unit signs for the case. 签收
    Label.ACCEPT: Phrase("button", "Accept"),
    # tr: Officer's button: the unit says that it is done. 办结
    Label.RESOLVE: Phrase("button", "Resolve"),
    # tr: Button: the leave begins today.
    Label.LEAVE_TODAY: Phrase("button", "From today"),
    # tr: Button: the leave begins tomorrow.
    Label.LEAVE_TOMORROW: Phrase("button", "From tomorrow"),
    # tr: Button: the leave begins a week from today.
    Label.LEAVE_NEXT_WEEK: Phrase("button", "In a week"),
    # tr: Button: how many calendar days a leave lasts.
    Label.LEAVE_DAYS: Phrase("button", "Days: {value}"),
    # tr: Button: take the leave that is chosen.
    Label.LEAVE_TAKE: Phrase("button", "Take leave"),
    # tr: Button: end the leave, be back now.
    Label.LEAVE_END: Phrase("button", "I am back"),
    # tr: Lead's button: no work group reads anything of the unit any more.
    Label.UNLINK_GROUPS: Phrase("button", "Unlink all groups"),
    # tr: Button under a reminder: I have read it; it is then repeated to nobody else.
    Label.SEEN: Phrase("button", "Seen"),
    # tr: Officer's button: show photos, documents, place and phone number that came with the case.
    Label.OPEN_ATTACHED: Phrase("button", "Photos, place, phone"),
    # tr: Officer's button: ask for a later deadline. 延期
    Label.EXTEND: Phrase("button", "Extend"),
    # tr: Officer's button: it is not ours, give it back. 退回
    Label.TRANSFER: Phrase("button", "Transfer"),
    # tr: Officer's button: write to the resident without resolving.
    Label.REPLY: Phrase("button", "Reply"),
    # tr: Officer's button: ask the resident something; the clock stands still meanwhile.
    Label.ASK: Phrase("button", "Ask the resident"),
    # tr: Officer's button: the answer to the question is no longer needed.
    Label.DROP: Phrase("button", "Wait no longer"),
    # tr: Button of a lead or supervisor: grant more time.
    Label.GRANT: Phrase("button", "Grant"),
    # tr: Button of a lead or supervisor: do not grant more time.
    Label.DENY: Phrase("button", "Do not grant"),
    # tr: Supervisor's button: find a unit for a case.
    Label.ASSIGN: Phrase("button", "Assign"),
    # tr: Button of a unit that works on a case too: its part is done.
    Label.DO_PART: Phrase("button", "Our part is done"),
    # tr: Official's button: write an internal note.
    Label.NOTE: Phrase("button", "Note"),
    # tr: Officer's button: write to everybody behind a case.
    Label.ANNOUNCE: Phrase("button", "Tell everybody"),
    # tr: Button of officer or lead: a colleague shall be in charge.
    Label.HAND_OVER: Phrase("button", "Hand over"),
    # tr: Button of lead or supervisor: another unit shall work on it too.
    Label.ADD_UNIT: Phrase("button", "Add a unit"),
    # tr: Official's button: change the deadline class.
    Label.RECLASSIFY: Phrase("button", "Change the limit"),
    # tr: Supervisor's button: merge the case into another one.
    Label.MERGE: Phrase("button", "Merge"),
    # tr: Supervisor's button: refuse the case by law.
    Label.REFUSE: Phrase("button", "Refuse by law"),
    # tr: Official's button: what happened to a case.
    Label.HISTORY: Phrase("button", "History"),
    # tr: Official's button: show the buttons that are seldom needed.
    Label.MORE: Phrase("button", "More"),
    # tr: Official's button: hide the buttons that are seldom needed.
    Label.LESS: Phrase("button", "Less"),
    # tr: Button with a colleague of one's unit; {value} are the last four characters of their sign.
    Label.COLLEAGUE: Phrase("button", "Colleague {value}"),
    # tr: Button with whoever answers for one's unit; {value} are the last four characters of their sign.
    Label.COLLEAGUE_LEADING: Phrase("button", "The lead {value}"),
    # tr: Button with a colleague of one's unit who is on leave; {value} are the last four characters of their sign.
    Label.COLLEAGUE_AWAY: Phrase("button", "Colleague {value} (on leave)"),
    # tr: Supervisor's button: choose the unit for a case.
    Label.PICK_UNIT: Phrase("button", "Choose the unit"),
    # tr: Supervisor's button: the unit chosen for a case; pressing it chooses again.
    Label.CHANGE_UNIT: Phrase("button", "Unit: {value}"),
    # tr: Supervisor's button, shows what is chosen: the unit may not give the case back.
    Label.FOR_GOOD: Phrase("button", "For good: yes"),
    # tr: Supervisor's button, shows what is chosen: the unit may give the case back once more.
    Label.NOT_FOR_GOOD: Phrase("button", "For good: no"),
    # tr: Supervisor's button: give the case to the unit that is chosen.
    Label.ASSIGN_NOW: Phrase("button", "Give it to this unit"),
    # tr: Officer's button with a ready answer: we are looking into it.
    Label.REPLY_LOOKING: Phrase("button", "Looking into it"),
    # tr: Officer's button with a ready answer: someone will come.
    Label.REPLY_COMING: Phrase("button", "Coming to look"),
    # tr: Officer's button with a ready answer: material is on its way.
    Label.REPLY_PARTS: Phrase("button", "Waiting for material"),
    # tr: Officer's button with a ready answer: the weather does not allow it yet.
    Label.REPLY_WEATHER: Phrase("button", "Weather permitting"),
    # tr: Officer's button with a ready answer: settling it with another unit.
    Label.REPLY_WITH_OTHERS: Phrase("button", "Settling it with others"),
    # tr: Officer's button with a ready answer: the work has begun.
    Label.REPLY_STARTED: Phrase("button", "Work has begun"),
    # tr: Supervisor's button, {value} is the article: courts, prosecutors, police.
    Label.REFUSE_LITIGATION: Phrase("button", "{value} courts, police"),
    # tr: Supervisor's button, {value} is the article: arbitration.
    Label.REFUSE_ARBITRATION: Phrase("button", "{value} arbitration"),
    # tr: Supervisor's button, {value} is the article: administrative procedure.
    Label.REFUSE_PROCEDURE: Phrase("button", "{value} own procedure"),
    # tr: Supervisor's button, article 23: others decide.
    Label.REFUSE_ELSEWHERE: Phrase("button", "{value} others decide"),
    # tr: Supervisor's button: decided for good.
    Label.REFUSE_ENDED: Phrase("button", "decided for good"),
    # tr: Button of operators and supervisors: the list of drawn cases to be called back.
    Label.LIST_CALLBACKS: Phrase("button", "Cases to call back"),
    # tr: Button of operators and supervisors: a drawn case, to be called back; {case} is its number.
    Label.CALL_BACK: Phrase("button", "Call back {case}"),
    # tr: Caller's button: the bot asks the resident whether it is solved.
    Label.ASK_VOICES: Phrase("button", "Ask through the bot"),
    # tr: Caller's button: by telephone the resident said that it is solved.
    Label.HEARD_YES: Phrase("button", "By telephone: solved"),
    # tr: Caller's button: by telephone the resident said that it is partly solved.
    Label.HEARD_PARTLY: Phrase("button", "By telephone: partly"),
    # tr: Caller's button: by telephone the resident said that it is not solved.
    Label.HEARD_NO: Phrase("button", "By telephone: not solved"),
    # tr: Button under the task list: sign for all shown that wait for it; {value} is how many.
    Label.ACCEPT_SHOWN: Phrase("button", "Accept all shown ({value})"),
    # tr: Button under the task list: all that one's units work on; {value} is how many.
    Label.ONLY_UNIT: Phrase("button", "All ({value})"),
    # tr: Button under the task list: only those in one's own charge; {value} is how many.
    Label.ONLY_MINE: Phrase("button", "Mine ({value})"),
    # tr: Button under the task list: only those that nobody signed for; {value} is how many.
    Label.ONLY_UNACCEPTED: Phrase("button", "Not accepted ({value})"),
    # tr: Button under the task list: only those past their limit; {value} is how many.
    Label.ONLY_OVERDUE: Phrase("button", "Overdue ({value})"),
    # tr: Button under the task list: only those that wait for the resident; {value} is how many.
    Label.ONLY_WAITING: Phrase("button", "Waiting ({value})"),
    # tr: Button under the task list: only those that several units work on; {value} is how many.
    Label.ONLY_JOINT: Phrase("button", "Joint ({value})"),
    # tr: Translator's button: the list of what waits to be translated.
    Label.LIST_TEXTS: Phrase("button", "List of texts"),
    # tr: Translator's button: open what is to be translated; {case} is the number of its case.
    Label.OPEN_TEXT: Phrase("button", "Open {case}"),
    # tr: Translator's button: open what they have translated, to correct it; {case} is the number of its case.
    Label.OPEN_DONE: Phrase("button", "Correct {case}"),
    # tr: Translator's button: be the one who translates a text.
    Label.TAKE_TEXT: Phrase("button", "Translate"),
    # tr: Translator's button: translate a text that a colleague has taken.
    Label.TAKE_OVER_TEXT: Phrase("button", "Translate it myself"),
    # tr: Translator's button: write the translation of a text that one has taken.
    Label.WRITE_TEXT: Phrase("button", "Write the translation"),
    # tr: Translator's button: correct one's own translation.
    Label.CORRECT_TEXT: Phrase("button", "Correct"),
    # tr: Translator's button: leave a text that one has taken to the colleagues again.
    Label.GIVE_BACK: Phrase("button", "Give back"),
    # tr: Translator's button: take the translation that is put together from earlier ones of the same sentences.
    Label.USE_EARLIER: Phrase("button", "Use the earlier translation"),
}
