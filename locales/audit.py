"""The ledger as supervisors and admins look through it, and what could not be handled or delivered.

Invariant: an official is a function and the end of a sign, a resident is the resident, and nobody's words are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.audit import AuditGroup, sign_of
from bot.rules.entry import CLOCK, RESIDENT, Look
from bot.rules.message import AsideList, AuditPage, FailedList
from bot.rules.message.audit import AuditLine, AuditMessage
from locales.catalogue import Phrase
from locales.facts import BLANK
from locales.history import BY_CLOCK, BY_OFFICIAL, BY_RESIDENT, BY_SYSTEM, EVENTS
from locales.markup import Block, block_of_code
from locales.speech import COMMA, Speech

BESIDE: Final[Mapping[str, Phrase]] = {
    # tr: In the audit: the clock decided to remind someone of a limit.
    "reminder_decided": Phrase("event", "decided to remind"),
    # tr: In the audit: it is known whether a reminder reached its reader.
    "reminder_told": Phrase("event", "knew if the reminder arrived"),
    # tr: In the audit: an official said that they have seen a reminder.
    "reminder_seen": Phrase("event", "saw the reminder"),
    # tr: In the audit: an official opened something of a case.
    "looked": Phrase("event", "opened the case"),
    # tr: In the audit: somebody pressed a button about a case that is none of theirs; nothing happened.
    "press_refused": Phrase("event", "tried a button of a case of others"),
    # tr: In the audit: wrong codes were said for a caller's case until the code was good no more.
    "code_closed": Phrase("event", "said the last wrong code allowed"),
    # tr: In the audit: a resident stands behind a case no longer, which goes on for the others.
    "voice_left": Phrase("event", "one resident left it to the others"),
    # tr: A line in the audit: a caller who had left a case that others stand behind too stands behind it again.
    "voice_returned": Phrase("event", "a caller who had left it came back"),
    # tr: In the audit: somebody opened a one-time link for a role that is used, too old, or was never made.
    "invitation_refused": Phrase("event", "opened an invitation that is not good"),
    # tr: In the audit: a one-time link for a role was made.
    "invited": Phrase("event", "made an invitation"),
    # tr: In the audit: someone holds a role from now on.
    "joined": Phrase("event", "a role was taken"),
    # tr: In the audit: a work group was linked to a unit.
    "group_linked": Phrase("event", "linked a work group"),
    # tr: In the audit: no work group is linked to a unit any more.
    "groups_unlinked": Phrase("event", "unlinked all work groups"),
    # tr: In the audit: somebody put an official on duty (值班).
    "shift_entered": Phrase("event", "entered a duty"),
    # tr: In the audit: somebody took an official off duty.
    "shift_dropped": Phrase("event", "dropped a duty"),
    # tr: In the audit: an official went on leave.
    "leave_taken": Phrase("event", "took leave"),
    # tr: In the audit: an official is back from leave.
    "leave_ended": Phrase("event", "is back"),
    # tr: In the audit: an official's role was ended.
    "staff_ended": Phrase("event", "ended a role"),
    # tr: In the audit: a residents' meeting was held.
    "meeting_held": Phrase("event", "a meeting was held"),
    # tr: In the audit: a resident said how satisfied they are with a livelihood project.
    "project_judged": Phrase("event", "judged a livelihood project"),
    # tr: In the audit: something that was reached in a livelihood project has a photo.
    "milestone_pictured": Phrase("event", "showed a photo of a livelihood project"),
    # tr: In the audit: an official erased photos of a livelihood project.
    "photos_erased": Phrase("event", "erased photos of a livelihood project"),
    # tr: In the audit: an official said what was reached in a livelihood project.
    "milestone_reached": Phrase("event", "said what was reached in a livelihood project"),
    # tr: In the audit: a night found a warning or an integrity signal.
    "sign_raised": Phrase("event", "a warning began"),
    # tr: In the audit: a night found a warning graver, or less grave, than before.
    "sign_graded": Phrase("event", "a warning changed its colour"),
    # tr: In the audit: a night found a warning no more.
    "sign_over": Phrase("event", "a warning is over"),
    # tr: In the audit: a supervisor sent a supervision note to a unit. 督办单
    "sign_asked": Phrase("event", "sent a supervision note"),
    # tr: In the audit: a unit answered a supervision note.
    "sign_answered": Phrase("event", "answered a supervision note"),
    # tr: In the audit: a supervisor referred an integrity signal to another body. 转办
    "sign_referred": Phrase("event", "referred an integrity signal"),
    # tr: In the audit: a supervisor closed a warning.
    "sign_closed": Phrase("event", "closed a warning"),
    # tr: In the audit: another county file is in force.
    "county_changed": Phrase("event", "put a county file in force"),
    # tr: In the audit: a backup took the place of the database.
    "restored": Phrase("event", "a backup was restored"),
    # tr: In the audit: an update that could not be handled is handled again.
    "update_retried": Phrase("event", "had a message handled again"),
    # tr: In the list of what happened: an official made a field visit. 走访
    "visited": Phrase("event", "made a field visit"),
    # tr: In the audit: an update that could not be handled was given up.
    "update_dropped": Phrase("event", "dropped a message that could not be handled"),
    # tr: In the audit: what a week's figures say of a case.
    "counted": Phrase("event", "counted for the week"),
    # tr: In the audit: what a week's figures say of one answer.
    "voice_counted": Phrase("event", "answer counted for the week"),
    # tr: In the audit: a unit was shown its scorecard.
    "card_shown": Phrase("event", "showed a scorecard to the unit"),
    # tr: In the audit: a unit objected to its scorecard.
    "card_objected": Phrase("event", "objected to a scorecard"),
    # tr: In the audit: an objection to a scorecard was answered.
    "objection_answered": Phrase("event", "answered an objection"),
    # tr: In the audit: points of a scorecard were given by hand.
    "points_given": Phrase("event", "gave points by hand"),
    # tr: In the audit: points given by hand were confirmed or refused.
    "points_decided": Phrase("event", "decided on points given by hand"),
    # tr: In the audit: a scorecard was published.
    "card_published": Phrase("event", "published a scorecard"),
    # tr: In the audit: the program bound itself to how it will draw whom a survey asks. 承诺抽签
    "survey_pledged": Phrase("event", "pledged the draw of a survey"),
    # tr: In the audit: residents who were served are asked about the units.
    "survey_begun": Phrase("event", "began a survey"),
    # tr: In the audit: a survey is over.
    "survey_ended": Phrase("event", "a survey is over"),
    # tr: In the audit: what a survey said of a unit.
    "survey_counted": Phrase("event", "a survey was counted"),
    # tr: In the audit: an official wrote down what was proposed on a field visit. 调研建议
    "proposal_noted": Phrase("event", "noted a proposal from a visit"),
    # tr: In the audit: a proposal became a measure with an owner and a date, or these changed. 措施
    "measure_set": Phrase("event", "set a measure"),
    # tr: In the audit: a measure was carried out.
    "measure_done": Phrase("event", "carried a measure out"),
    # tr: In the audit: nothing comes of what was proposed on a visit.
    "proposal_dropped": Phrase("event", "gave a proposal up"),
    # tr: In the audit: a week is counted.
    "week_counted": Phrase("event", "the week was counted"),
    # tr: In the audit: the draw of callbacks fell on a case.
    "callback_drawn": Phrase("event", "drawn to be called back"),
    # tr: In the audit: the seed of a draw was told.
    "seed_published": Phrase("event", "the seed of the draw was told"),
}
"""What the history of a case leaves out, or what is about no case, by the kind of entry."""

LOOKS: Final[Mapping[Look, Phrase]] = {
    # tr: In the audit, what an official opened: the words as the resident wrote them.
    Look.ORIGINAL: Phrase("look", "opened the words"),
    # tr: In the audit, what an official opened: photos and other files.
    Look.FILES: Phrase("look", "opened the files"),
    # tr: In the audit, what an official opened: the phone number.
    Look.CONTACT: Phrase("look", "opened the phone number"),
    # tr: In the audit, what an official opened: the exact place.
    Look.PLACE: Phrase("look", "opened the place"),
    # tr: In the audit, what an official opened: who the resident is.
    Look.IDENTITY: Phrase("look", "opened the identity"),
}

GROUPS: Final[Mapping[AuditGroup, Phrase]] = {
    # tr: In the audit: every kind of entry.
    AuditGroup.ALL: Phrase("audit", "everything"),
    # tr: In the audit: who opened what.
    AuditGroup.LOOKS: Phrase("audit", "what was opened"),
    # tr: In the audit: what was done with cases.
    AuditGroup.DEEDS: Phrase("audit", "what was done"),
    # tr: In the audit: who works here, and since when.
    AuditGroup.STAFF: Phrase("audit", "officials and leave"),
    # tr: In the audit: the county file, weeks, draws.
    AuditGroup.HOUSE: Phrase("audit", "the house"),
}


def blocks(speech: Speech, message: AuditMessage) -> list[Block]:
    """Say a message of the audit."""
    match message:
        case AuditPage():
            return _page(speech, message)
        case AsideList():
            return _aside(speech, message)
        case FailedList():
            return _failed(speech, message)


def _page(speech: Speech, message: AuditPage) -> list[Block]:
    # tr: Heading of a page of the ledger: who saw or did what; {group} is such as "what was opened".
    shown: list[Block] = [speech.heading("Audit: {group}", group=speech.text(GROUPS[message.group]))]
    if message.asked:
        # tr: Under the heading of the audit; {asked} is what was searched for.
        shown.append(speech.line("Searched for: {asked}", asked=message.asked))
    for line in message.lines:
        shown += [BLANK, *_line(speech, line)]
    if not message.lines:
        # tr: In the audit: no entry fits what was searched for.
        shown += [BLANK, speech.line("No entry fits.")]
    # tr: Under a page of the ledger; {command} is an example of a search.
    shown += [BLANK, speech.line("Search by number, sign, unit, day: {command}", command="/audit 2026-11-24")]
    return shown


def _line(speech: Speech, line: AuditLine) -> list[Block]:
    moment, event = speech.moment(line.at), _event(speech, line)
    # tr: A line of the audit: who did what.
    shown: list[Block] = [speech.line("{who} · {event}", who=_who(speech, line), event=event)]
    if line.about is not None:
        # tr: In the audit: the official that an entry is about, by the end of their sign.
        shown.append(speech.line("About official {sign}", sign=sign_of(line.about)))
    if line.of_unit is not None or line.topic is not None:
        parts = [] if line.of_unit is None else [speech.unit(line.of_unit)]
        parts += [] if line.topic is None else [line.topic]
        # tr: In the audit: what an entry about no case is about: a unit, the number of a warning, a period.
        shown.append(speech.line("About {topic}", topic=speech.join(parts, COMMA)))
    if line.case is not None:
        # tr: A line of the audit: when, and in which case.
        shown.append(speech.line("{moment}, {case}", moment=moment, case=line.case))
    else:
        # tr: A line of the audit: when, and which entry of the ledger it is.
        shown.append(speech.line("{moment}, entry {seq}", moment=moment, seq=speech.number(line.seq)))
    return shown


def _event(speech: Speech, line: AuditLine) -> str:
    if line.look is not None:
        return speech.text(LOOKS[line.look])
    return speech.text(BESIDE.get(line.kind) or EVENTS[line.kind])


def _who(speech: Speech, line: AuditLine) -> str:
    if line.actor is not None:
        return speech.text({RESIDENT: BY_RESIDENT, CLOCK: BY_CLOCK}.get(line.actor, BY_SYSTEM))
    parts = [] if line.unit is None else [speech.unit(line.unit)]
    parts.append(speech.text(BY_OFFICIAL) if line.role is None else speech.role(line.role))
    if line.staff is not None:
        parts.append(sign_of(line.staff))
    return speech.join(parts, BETWEEN)


def _aside(speech: Speech, message: AsideList) -> list[Block]:
    # tr: Heading of the messages that the program could not handle; they are kept.
    heading = speech.heading("Could not be handled ({total})", total=speech.number(message.total))
    if not message.lines:
        # tr: Every message could be handled.
        return [heading, speech.line("None is left.")]
    shown: list[Block] = [heading]
    for line in message.lines:
        # tr: A message that the program could not handle, by its number in the inbox, and when it came.
        named = speech.line("No. {seq}, {moment}", seq=str(line.seq), moment=speech.moment(line.received_at))
        shown += [BLANK, named, block_of_code(f"{line.kind or '?'}\n{line.reason}")]
    if message.sure is not None:
        # tr: Asks an admin once more before a message that could not be handled is given up.
        asked = speech.line("Drop no. {seq} for good? What its sender wrote is lost then.", seq=str(message.sure))
        shown += [BLANK, asked]
    return shown


def _failed(speech: Speech, message: FailedList) -> list[Block]:
    # tr: Heading of the messages that could not be delivered, and were given up.
    shown: list[Block] = [speech.heading("Not delivered ({total})", total=speech.number(message.total))]
    for line in message.lines:
        who = speech.text(BY_RESIDENT) if line.role is None else speech.role(line.role)
        reader = who if line.unit is None else speech.join([speech.unit(line.unit), who], BETWEEN)
        # tr: A message that could not be delivered: when it was given up, and what its reader is.
        named = speech.line("{moment}, to: {who}", moment=speech.moment(line.failed_at), who=reader)
        shown += [BLANK, named, block_of_code(line.reason)]
    if not message.lines:
        # tr: Every message could be delivered.
        shown.append(speech.line("None was given up."))
    return shown


# tr: Two parts of who somebody is: the unit and the function, the function and the sign.
BETWEEN = Phrase("list", "{left} {right}")
