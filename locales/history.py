"""What happened to a case, as officials read it: a line an entry, oldest first.

Invariant: every kind of entry that a case can have has one name here, and a test counts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.entry import CLOCK, RESIDENT
from bot.rules.message import CaseHistory, HistoryLine
from locales.catalogue import Phrase
from locales.facts import BLANK
from locales.markup import Block, Quote
from locales.speech import Speech

EVENTS: Final[Mapping[str, Phrase]] = {
    # tr: In the history of a case: a resident filed it.
    "filed": Phrase("event", "filed"),
    # tr: In the history of a case: the unit signed for it.
    "accepted": Phrase("event", "accepted"),
    # tr: In the history of a case: the unit says that it is done.
    "resolved": Phrase("event", "resolved"),
    # tr: In the history of a case: a resident said if it is solved.
    "rated": Phrase("event", "rated"),
    # tr: In the history of a case: it goes on under a new deadline.
    "reopened": Phrase("event", "reopened"),
    # tr: In the history of a case: nothing more is asked of anyone.
    "closed": Phrase("event", "closed"),
    # tr: In the history of a case: the resident took it back.
    "withdrawn": Phrase("event", "withdrawn"),
    # tr: In the history of a case: the unit said that it is not theirs.
    "transferred": Phrase("event", "given back"),
    # tr: In the history of a case: a supervisor gave it to a unit.
    "assigned": Phrase("event", "given to a unit"),
    # tr: In the history of a case: the unit asked the resident something.
    "asked": Phrase("event", "asked the resident"),
    # tr: In the history of a case: the clock runs again after a question.
    "resumed": Phrase("event", "clock runs again"),
    # tr: In the history of a case: more time was asked for.
    "extension_asked": Phrase("event", "asked for more time"),
    # tr: In the history of a case: more time was granted.
    "extension_granted": Phrase("event", "granted more time"),
    # tr: In the history of a case: more time was denied.
    "extension_denied": Phrase("event", "denied more time"),
    # tr: In the history of a case: it got another deadline class.
    "reclassified": Phrase("event", "changed the limit"),
    # tr: In the history of a case: somebody else is in charge.
    "reassigned": Phrase("event", "put a colleague in charge"),
    # tr: In the history of a case: another unit works on it too.
    "unit_added": Phrase("event", "added a unit"),
    # tr: In the history of a case: a unit that worked on it too has done its part.
    "unit_released": Phrase("event", "did its part"),
    # tr: In the history of a case: refused by law.
    "refused": Phrase("event", "refused"),
    # tr: In the history of a case: it goes on as another one.
    "merged": Phrase("event", "merged into another case"),
    # tr: In the history of a case: one more resident stands behind it.
    "voice_added": Phrase("event", "one more resident joined"),
    # tr: In the history of a case: a resident added to it.
    "added": Phrase("event", "added something"),
    # tr: In the history of a case: a resident urged the unit.
    "urged": Phrase("event", "urged"),
    # tr: In the history of a case: a resident asked to be spoken to by a person.
    "person_asked": Phrase("event", "asked for a person"),
    # tr: In the history of a case: it was said of which unit the officials are that it is about.
    "concerned": Phrase("event", "said whose officials it is about"),
    # tr: In the history of a case: someone outside the unit asked if it is solved.
    "called_back": Phrase("event", "called back"),
    # tr: In the history of a case: someone outside the unit had the bot ask those behind it if it is solved.
    "callback_asked": Phrase("event", "had the bot ask if it is solved"),
    # tr: In the history of a case: the unit wrote to the resident.
    "replied": Phrase("event", "wrote to the resident"),
    # tr: In the history of a case: the unit wrote to everybody behind it.
    "announced": Phrase("event", "wrote to everybody behind it"),
    # tr: In the history of a case: an internal note.
    "noted": Phrase("event", "noted"),
    # tr: In the history of a case: words were translated.
    "translated": Phrase("event", "translated"),
    # tr: In the history of a case: a file was added.
    "file_added": Phrase("event", "added a file"),
    # tr: In the history of a case: an official asked who the resident is.
    "identity_asked": Phrase("event", "asked who the resident is"),
    # tr: In the history of a case: a second person decided if they may know.
    "identity_decided": Phrase("event", "decided who may know the resident"),
    # tr: In the history of a case: asked again after months, the resident said if it is still solved.
    "followed_up": Phrase("event", "said if it is still solved"),
    # tr: In the history of a case: asked when the limit had passed, the resident said if it is fixed meanwhile.
    "fixed_said": Phrase("event", "said if it is fixed meanwhile"),
    # tr: In the history of a case: the resident said something about how it was handled, beside the score.
    "commented": Phrase("event", "said something about the handling"),
    # tr: In the history of a case: the resident no longer wants to be connected with it.
    "tie_cut": Phrase("event", "left the case"),
    # tr: In the history of a case: its words and files were erased.
    "content_erased": Phrase("event", "content erased"),
    # tr: In the history of a case: someone who had phoned connected it with their own chat.
    "voice_linked": Phrase("event", "connected with a chat"),
    # tr: In the history of a case: whoever had phoned lost their code, and an operator gave them another one.
    "code_renewed": Phrase("event", "gave the caller a new code"),
}
"""By the kind of entry, as the ledger names it."""

# tr: Who did something in the history of a case: a resident.
BY_RESIDENT = Phrase("who", "resident")
# tr: Who did something in the history of a case: the program, because a time had come.
BY_CLOCK = Phrase("who", "clock")
# tr: Who did something in the history of a case: the program itself.
BY_SYSTEM = Phrase("who", "system")
# tr: Who did something in the history of a case: an official who is no longer known here.
BY_OFFICIAL = Phrase("who", "official")

# tr: Who did something in the history of a case: an official by role and unit, such as 交通运输局负责人.
OF_UNIT = Phrase("who", "{role} of {unit}")


def case_history(speech: Speech, message: CaseHistory) -> list[Block]:
    """Tell what happened, oldest first."""
    # tr: Heading of the list of everything that happened to a case; {case} is its number.
    blocks: list[Block] = [speech.heading("History of {case}", case=message.case)]
    for line in message.lines:
        blocks += [BLANK, *_line(speech, line)]
    return blocks


def _line(speech: Speech, line: HistoryLine) -> list[Block]:
    moment, event = speech.short_moment(line.at, line.at), speech.text(EVENTS[line.kind])
    # tr: In the history of a case: when, who, what.
    blocks: list[Block] = [speech.line("{moment} · {who} · {event}", moment=moment, who=_who(speech, line), event=event)]
    if line.about is not None and line.about != line.unit:
        # tr: In the history of a case: the unit that it is about.
        blocks.append(speech.line("Which unit: {unit}", unit=speech.unit(line.about)))
    if line.until is not None:
        # tr: In the history of a case: the limit from then on.
        blocks.append(speech.line("Limit: {moment}", moment=speech.moment(line.until)))
    if line.solved is not None:
        # tr: In the history of a case: what a resident said to "is it solved?"; {answer} is such as "Not solved".
        blocks.append(speech.line("Answer: {answer}", answer=speech.solved(line.solved)))
    if line.language is not None:
        # tr: In the history of a case: into which language words were put; {language} is its own name for itself.
        blocks.append(speech.line("Language: {language}", language=speech.language_name(line.language)))
    if line.words:
        blocks.append(Quote(line.words))
    if line.original:
        # tr: In the history of a case: what the unit wrote follows; above it stands the translation that the resident reads.
        blocks += [speech.line("The unit wrote:"), Quote(line.original)]
    return blocks


def _who(speech: Speech, line: HistoryLine) -> str:
    if line.actor is not None:
        return speech.text({RESIDENT: BY_RESIDENT, CLOCK: BY_CLOCK}.get(line.actor, BY_SYSTEM))
    if line.role is None:
        return speech.text(BY_OFFICIAL)
    role = speech.role(line.role)
    return role if line.unit is None else speech.text(OF_UNIT, unit=speech.unit(line.unit), role=role)
