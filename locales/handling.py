"""What officials read while they work on a case: what has just happened to it, what a step asks for, where it could go.

Invariant: whatever was said by somebody stands in a quotation of its own, never inside a sentence of the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.rules.handling import Step
from bot.rules.message import Choice, News, Picked, TaskNotice, TriageCard, TriageList, WordsWanted
from locales import leave
from locales.catalogue import Phrase
from locales.facts import BLANK, due, matter
from locales.markup import Block, Quote, bold, code
from locales.speech import Speech
from locales.translating import rendered

# tr: Heading over a case, for an admin: a supervisor gave it to a unit in which nobody could be told.
GIVEN_TO_UNATTENDED: Final = Phrase("news", "Given by a supervisor to a unit in which nobody can be told")
# tr: Heading over a case, for an admin: another unit is to work on it too, in which nobody could be told.
UNATTENDED_JOINED: Final = Phrase("news", "A unit in which nobody can be told is asked to work on this case too")
UNATTENDED: Final[Mapping[News, Phrase]] = {News.GIVEN: GIVEN_TO_UNATTENDED, News.JOINED: UNATTENDED_JOINED}
"""What admins read instead, whose unit it is not."""
NEWS: Final[Mapping[News, Phrase]] = {
    # tr: Heading over a case: the reader's internal note was kept; no resident sees it.
    News.NOTED: Phrase("news", "Noted, for officials only"),
    # tr: Heading over a case: what the reader wrote was passed on to the resident.
    News.REPLIED: Phrase("news", "Passed on to the resident"),
    # tr: Heading over a case: what the reader wrote was passed on to everybody who stands behind it.
    News.ANNOUNCED: Phrase("news", "Passed on to everybody behind this case"),
    # tr: Heading over a case: the reader's question was sent; until the answer the limit waits.
    News.ASKED: Phrase("news", "The resident was asked, the clock stands still"),
    # tr: Heading over a case for the officer: the resident answered the unit's question; the answer follows.
    News.ANSWERED: Phrase("news", "The resident has answered, the clock runs again"),
    # tr: Heading over a case for the officer: the time for an answer is over.
    News.EXPIRED: Phrase("news", "No answer came, the clock runs again"),
    # tr: Heading over a case: the officer no longer needs the answer.
    News.DROPPED: Phrase("news", "Not waiting any longer, the clock runs again"),
    # tr: Heading over a case: the unit gave it back, a supervisor will find another unit. The reason follows.
    News.TRANSFERRED: Phrase("news", "Given back, a supervisor decides who takes it"),
    # tr: Heading over a case for a unit: a supervisor decided that it is theirs. The reason may follow.
    News.GIVEN: Phrase("news", "Given to your unit by a supervisor"),
    # tr: Heading over a case: more time was asked for, somebody else decides. The reason follows.
    News.EXTENSION_ASKED: Phrase("news", "More time was asked for, somebody else decides"),
    # tr: Heading over a case for lead and supervisor: the officer asks for more time, they decide. The reason follows.
    News.EXTENSION_WANTED: Phrase("news", "More time is asked for: please decide"),
    # tr: Heading over a case: more time was granted.
    News.GRANTED: Phrase("news", "More time was granted"),
    # tr: Heading over a case: more time was not granted. The reason follows.
    News.DENIED: Phrase("news", "More time was not granted"),
    # tr: Heading over a case: it has another deadline class now. The reason follows.
    News.RECLASSIFIED: Phrase("news", "The case has another limit now"),
    # tr: Heading over a case: a colleague is in charge of it now.
    News.HANDED_OVER: Phrase("news", "Handed over to a colleague"),
    # tr: Heading over a case for an officer: it was handed over to them.
    News.IN_CHARGE: Phrase("news", "You are in charge of this case now"),
    # tr: Heading over a case for an official who stands in: it was handed over to a colleague on leave.
    News.IN_CHARGE_AWAY: Phrase("news", "Handed over to a colleague on leave, whose deputy you are"),
    # tr: Heading over a case: another unit works on it too.
    News.UNIT_ADDED: Phrase("news", "Another unit works on it too"),
    # tr: Heading over a case for a unit that was added to it.
    News.JOINED: Phrase("news", "Your unit is asked to work on this case too"),
    # tr: Heading over a case: a unit that worked on it too says that its part is done. Its words follow.
    News.PART_DONE: Phrase("news", "A unit has done its part"),
    # tr: Heading over a case: it was refused by law. The reason follows.
    News.REFUSED: Phrase("news", "Refused, the resident was told why"),
    # tr: Heading over a case: it goes on as another one, whose number follows.
    News.MERGED: Phrase("news", "Merged into another case, whose number follows"),
    # tr: Heading over a case for the officer: another one is the same matter, and goes on as this one; its words follow.
    News.MERGED_IN: Phrase("news", "Another case goes on as this one"),
    # tr: Heading over a case for the officer: another one was merged into it; its words, now translated, follow.
    News.MERGED_READABLE: Phrase("news", "What came with the case that goes on as this one can be read now"),
    # tr: Heading over a case for the officer: the resident wrote something more about it; the words follow.
    News.ADDED: Phrase("news", "The resident has added something"),
    # tr: Heading over a case for the officer: one more resident has the same trouble; their own words follow.
    News.JOINED_BY: Phrase("news", "One more resident has joined this case"),
    # tr: Heading over a case for officer and lead: the resident presses for it to be done.
    News.URGED: Phrase("news", "The resident urges you to get on with it"),
    # tr: Heading over a case for the lead: the resident wants to be spoken to by a person. Button "Reply" answers.
    News.PERSON_WANTED: Phrase("news", "The resident asks for a person: please write to them"),
    # tr: Heading over a case for the officer: the resident took it back, nothing more is to be done.
    News.WITHDRAWN: Phrase("news", "The resident has withdrawn the case, nothing more is to be done"),
    # tr: Heading over an overdue case for the officer: the resident was asked, and says it is fixed. "Resolve" ends it.
    News.FIXED_MEANWHILE: Phrase("news", "The resident says it is fixed meanwhile: please resolve it with what was done"),
    # tr: Heading over an overdue case for officer and lead: the resident was asked, and says that it is not fixed.
    News.NOT_FIXED: Phrase("news", "The limit has passed, and the resident says it is not fixed"),
    # tr: Heading over a case for the officer: words of the resident that go with their score; the words follow.
    News.COMMENTED: Phrase("news", "The resident says of how it was handled"),
    # tr: Heading over a case for the officer: what the resident wrote has now been translated.
    News.TRANSLATED: Phrase("news", "What the resident wrote is translated"),
    # tr: Heading over a case for the officer: a voice message of the resident has been written down; the words follow.
    News.WRITTEN_DOWN: Phrase("news", "A voice message of the resident is written down"),
    # tr: Heading over a case for the officer: the translator corrected the translation that the officer has read.
    News.RETRANSLATED: Phrase("news", "The translation was corrected"),
}

WANTED: Final[Mapping[Step, tuple[Phrase, Phrase]]] = {
    Step.ASK: (
        # tr: Heading: an officer is asked to write a question for the resident.
        Phrase("wanted", "What do you want to ask?"),
        # tr: Tells the officer what a question does.
        Phrase("wanted", "The resident reads it as you write it. The clock stands still until the answer, within limits."),
    ),
    Step.NOTE: (
        # tr: Heading: an official is asked to write an internal note.
        Phrase("wanted", "What should be noted?"),
        # tr: Tells the official who reads a note.
        Phrase("wanted", "Officials see it with the case. The resident does not."),
    ),
    Step.ANNOUNCE: (
        # tr: Heading: an officer is asked to write something to everybody behind a case.
        Phrase("wanted", "What should everybody know?"),
        # tr: Tells the officer who reads it, with an example of what to write.
        Phrase("wanted", "Everybody behind this case reads it as you write it, such as when the repair begins."),
    ),
    Step.EXTEND: (
        # tr: Heading: an officer is asked why more time is needed.
        Phrase("wanted", "Why is more time needed?"),
        # tr: Tells the officer who decides and who reads the reason.
        Phrase("wanted", "A lead or supervisor decides. If it is granted, the resident reads your reason word for word."),
    ),
    Step.TRANSFER: (
        # tr: Heading: an officer is asked why the case is not their unit's.
        Phrase("wanted", "Why is it not your unit's, and whose is it?"),
        # tr: Tells the officer what becomes of the case.
        Phrase("wanted", "A supervisor reads it and decides. The deadline goes on meanwhile."),
    ),
    Step.DENY: (
        # tr: Heading: a lead or supervisor is asked why more time is not granted.
        Phrase("wanted", "Why is more time not granted?"),
        # tr: Tells the one who decides who reads the reason.
        Phrase("wanted", "Whoever asked for it reads your reason."),
    ),
    Step.DO_PART: (
        # tr: Heading: an officer of a unit that works on a case too is asked what it did.
        Phrase("wanted", "What has your unit done?"),
        # tr: Tells the officer what becomes of it.
        Phrase("wanted", "The lead unit reads it and resolves the case."),
    ),
    Step.MERGE: (
        # tr: Heading: a supervisor is asked into which case this one shall be merged.
        Phrase("wanted", "Into which case?"),
        # tr: Tells the supervisor what to write, and what happens.
        Phrase("wanted", "Write the number of the other open case. Everybody behind this one stands behind that one then."),
    ),
    Step.RECLASSIFY: (
        # tr: Heading: an official is asked why a case gets another deadline class.
        Phrase("wanted", "Why this limit?"),
        # tr: Tells the official who reads the reason.
        Phrase("wanted", "The resident reads your reason word for word."),
    ),
    Step.REFUSE: (
        # tr: Heading: a supervisor is asked for the words that go with a refusal.
        Phrase("wanted", "Explain it to the resident"),
        # tr: Tells the supervisor who reads it.
        Phrase("wanted", "The resident reads it word for word, with the article and what they may do instead."),
    ),
}
"""What each step asks for in words, and what becomes of them."""

CHOOSE: Final[Mapping[Step, Phrase]] = {
    # tr: Heading over buttons with answers that lie ready; an officer may write one instead.
    Step.REPLY: Phrase("choose", "Choose an answer, or write one"),
    # tr: Heading over buttons with colleagues of one's unit.
    Step.HAND_OVER: Phrase("choose", "Who shall be in charge?"),
    # tr: Heading over buttons with units.
    Step.ADD_UNIT: Phrase("choose", "Which unit shall work on it too?"),
    # tr: Heading over buttons with deadline classes.
    Step.RECLASSIFY: Phrase("choose", "Which limit shall it have?"),
    # tr: Heading over buttons with articles of law.
    Step.REFUSE: Phrase("choose", "By which article of the Regulations on Petitions?"),
}


def news(speech: Speech, message: TaskNotice) -> list[Block]:
    """Say what has just happened to a case, and in which words."""
    if message.news is None:
        return []
    phrase = UNATTENDED.get(message.news, NEWS[message.news]) if message.is_unattended else NEWS[message.news]
    blocks: list[Block] = [bold(speech.paragraph(phrase))]
    if message.said:
        blocks.append(Quote(message.said))
    if message.is_by_phone:
        # tr: For officials: what the resident said, or wants, was not written by them in a chat.
        blocks.append(speech.line("It was said by telephone, and entered by the operator who heard it."))
    return [*blocks, *rendered(speech, message.said_rendering), BLANK]


def standing(speech: Speech, message: TaskNotice) -> list[Block]:
    """Tell what else stands about a case: who works on it too, what it waits for, what is asked for, how many want it."""
    blocks: list[Block] = []
    if message.joint:
        # tr: Fact: other units that work on a case too.
        blocks.append(speech.line("Also working on it: {units}", units=speech.join([speech.unit(u) for u in message.joint])))
    if message.about is not None:
        # tr: Fact, for those who look into it: the unit whose officials a confidential case is about.
        blocks.append(speech.line("About officials of: {unit} (nobody there sees this)", unit=speech.unit(message.about)))
    if message.voices > 1:
        # tr: Fact: how many residents stand behind a case.
        blocks.append(speech.line("Residents behind it: {count}", count=speech.number(message.voices)))
    if message.waiting_until is not None:
        # tr: Fact: the unit asked the resident something; at the latest then the clock runs again.
        blocks.append(speech.line("Waiting for the resident until: {moment}", moment=speech.moment(message.waiting_until)))
    if message.wish_due_at is not None:
        # tr: Fact: the limit that an officer asks for, not yet decided.
        blocks.append(speech.line("Asked for, until: {moment}", moment=speech.moment(message.wish_due_at)))
    return blocks


def words_wanted(speech: Speech, message: WordsWanted) -> list[Block]:
    """Ask for the words of a step, and say what becomes of them."""
    heading, explanation = WANTED[message.step]
    return [
        bold(speech.paragraph(heading)),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        speech.paragraph(explanation),
        # tr: How to leave a question unanswered; {command} is /cancel.
        speech.line("To leave it: {command}", command="/cancel"),
    ]


def choice(speech: Speech, message: Choice) -> list[Block]:
    """Ask to choose; what there is stands on the buttons."""
    return [
        bold(speech.paragraph(CHOOSE[message.step])),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        *leave.away(speech, message.away),
        # tr: How to leave a question unanswered; {command} is /cancel.
        *([speech.line("To leave it: {command}", command="/cancel")] if message.step is Step.REPLY else []),
    ]


def triage_card(speech: Speech, message: TriageCard, now: datetime) -> list[Block]:
    """Give all that is needed to find a unit for a case, and what is chosen so far."""
    if message.picked is Picked.DONE and message.unit is not None:
        # tr: Heading: a supervisor gave a case to a unit.
        head = speech.heading("Given to {unit}", unit=speech.unit(message.unit))
    else:
        # tr: Heading: a unit gave a case back, a supervisor must find another one.
        head = speech.heading("No unit has this case: please decide")
    blocks: list[Block] = [
        head,
        matter(speech, message.case, message.old_category, message.township),
        *([Quote(message.words)] if message.words else []),
        *rendered(speech, message.rendering),
        # tr: Fact: which unit gave a case back; its reason follows.
        speech.line("Given back by {unit}:", unit=speech.unit(message.left)),
        Quote(message.reason),
    ]
    if message.picked is Picked.DONE:
        return [*blocks, *_decided(speech, message)]
    length = speech.length(abs(message.limit_at - now))
    moment = speech.moment(message.limit_at)
    if now > message.limit_at:
        # tr: Limit for finding a unit for a case, which has passed.
        blocks.append(speech.line("To be assigned by: {moment} (passed {late} ago)", moment=moment, late=length))
    else:
        # tr: Limit for finding a unit for a case.
        blocks.append(speech.line("To be assigned by: {moment} ({left} left)", moment=moment, left=length))
    blocks.append(due(speech, message.due_at))
    if message.is_second:
        # tr: A case was given back twice: now it stays with the unit that the supervisor chooses.
        blocks.append(speech.line("It was given back before: this decision is for good."))
    return [*blocks, *_decided(speech, message), BLANK, *_next(speech, message)]


def _decided(speech: Speech, message: TriageCard) -> list[Block]:
    if not message.said:
        return []
    # tr: The words that a supervisor wrote for the unit follow.
    return [speech.line("Your words to the unit:"), Quote(message.said)]


def _next(speech: Speech, message: TriageCard) -> list[Block]:
    if message.unit is not None:
        # tr: Tells a supervisor what to do with the card of a case that no unit has, once a unit is chosen.
        return [speech.line("Give it to this unit, or choose another one. If you write something, the unit reads it too.")]
    # tr: Tells a supervisor what to do with the card of a case that no unit has.
    return [speech.line("Choose the unit. If you write something now, the unit reads it with the case.")]


def triage_list(speech: Speech, message: TriageList) -> list[Block]:
    """List the cases that no unit has."""
    # tr: Heading of the list of cases that no unit has.
    blocks: list[Block] = [speech.heading("No unit has these cases ({total})", total=speech.number(message.total))]
    for line in message.cases:
        blocks += [BLANK, matter(speech, line.case, line.category, line.township)]
        # tr: Fact: which unit had a case that it gave back.
        blocks.append(speech.line("Given back by {unit}", unit=speech.unit(line.unit)))
        if line.due_at is not None:
            blocks.append(due(speech, line.due_at))
    if message.total > len(message.cases):
        # tr: Under a list of cases without a unit that shows only some; {shown} is how many.
        blocks += [BLANK, speech.line("The {shown} that wait longest are listed.", shown=speech.number(len(message.cases)))]
    return blocks
