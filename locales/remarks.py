"""Short answers that carry nothing but themselves.

Invariant: every remark has one sentence here that says what is so, and what to do where something can be done.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.file import LARGEST, MOST_PARTS
from bot.rules.meeting import LONGEST_MATTER, LONGEST_TITLE, MOST_EACH
from bot.rules.message import Remark
from bot.rules.project import LONGEST_MILESTONE, MOST_PHOTOS
from locales.catalogue import Phrase
from locales.markup import Block, cleaned
from locales.speech import Speech

REMARKS: Final[Mapping[Remark, Phrase]] = {
    # tr: Asks the resident to write. One message is enough; the bot makes a draft of it.
    Remark.ASK_WORDS: Phrase("remark", "Write what is wrong and where. One message is enough."),
    # tr: The resident threw a draft away.
    Remark.DRAFT_DISCARDED: Phrase("remark", "Discarded, nothing was sent. To report something, just write."),
    # tr: An operator threw away what they wrote down for somebody who phones or stands at the counter.
    Remark.CALL_DISCARDED: Phrase("remark", "Discarded, nothing was entered. What you write now would be your own report."),
    # tr: An official threw away what they wrote down of what they heard on a field visit; its button is under the visit.
    Remark.HEARD_DISCARDED: Phrase(
        "remark",
        "Discarded, nothing was entered. To enter what you heard, press the button under the visit again. What you write "
        "now would be your own report.",
    ),
    # tr: To somebody whose role ended while they were writing down what a caller or a visitor said; in place of the card.
    Remark.ENTRY_TAKEN_BACK: Phrase(
        "remark",
        "Your role has ended. What you were writing down for somebody else was erased, nothing was entered. What you write "
        "now would be your own report.",
    ),
    # tr: Answer to the cancel command when nothing was going on.
    Remark.NOTHING_TO_CANCEL: Phrase("remark", "There is nothing to cancel."),
    # tr: Answer to the cancel command.
    Remark.CANCELLED: Phrase("remark", "Cancelled."),
    # tr: Somebody said thanks, yes or no while a draft is open. Name the buttons as they are named.
    Remark.NOT_SENT_YET: Phrase(
        "remark", "Nothing is sent yet. Press “Send” under the card to send it, or “Discard” to throw it away."
    ),
    # tr: Somebody said thanks.
    Remark.THANKED: Phrase("remark", "You are welcome. If anything else is wrong, just write."),
    # tr: An operator wants to enter a call, but has a draft that is neither sent nor thrown away.
    Remark.DRAFT_OPEN: Phrase("remark", "A draft still lies open. Please send or discard it first."),
    # tr: A resident asked for their cases and has none.
    Remark.NO_CASES: Phrase("remark", "There is no case of yours here. To report something, just write."),
    # tr: An official asked for open cases and there are none.
    Remark.NO_TASKS: Phrase("remark", "There is no open case at the moment."),
    # tr: An officer said what was done, and for this kind of case a photo or document must go with it.
    Remark.EVIDENCE_WANTED: Phrase(
        "remark", "Your words are kept. Now send a photo or document of what was done; then the case is resolved."
    ),
    # tr: An official sent the command for searching with nothing behind it; an example follows on the next line.
    Remark.ASK_SEARCH: Phrase("remark", "Write behind it what you look for: a number, or words of what the resident wrote."),
    # tr: Answer to an officer who wants to ask the resident of a case that came in by telephone or at a counter.
    Remark.NOBODY_TO_ASK: Phrase(
        "remark",
        "Nobody can be asked: whoever reported this left neither a chat nor a phone number. Decide by what is there.",
    ),
    # tr: Answer to /callbacks when no drawn case waits for a call of this official.
    Remark.CALLBACKS_EMPTY: Phrase("remark", "No drawn case waits for a call of yours."),
    # tr: Answer to /translate when nothing waits to be translated, and nothing was.
    Remark.TRANSLATIONS_EMPTY: Phrase("remark", "Nothing waits to be translated."),
    # tr: A supervisor asked for the cases that no unit has, and there are none.
    Remark.TRIAGE_EMPTY: Phrase("remark", "Every open case has a unit."),
    # tr: Somebody asked for something their role does not allow.
    Remark.NOT_PERMITTED: Phrase("remark", "You are not permitted to do that. Nothing was changed."),
    # tr: There is no such case, or it is not this person's; the two must look the same.
    Remark.NOT_FOUND: Phrase("remark", "There is no such case here. Please check the number."),
    # tr: A supervisor was asked for the number of the case that another one goes on as, and wrote something else.
    Remark.NOT_ANOTHER_OPEN_CASE: Phrase(
        "remark", "That is not the number of another open case. Please check it and write it again; to stop: {command}"
    ),
    # tr: A button from an earlier time was pressed.
    Remark.STALE_BUTTON: Phrase("remark", "This button is no longer valid. Nothing was changed."),
    # tr: Answer to somebody who writes about a case that they have left to the others behind it.
    Remark.HAS_LEFT: Phrase("remark", "You have left this case; it goes on without you. To report something, just write."),
    # tr: Answer to somebody who opens a case with its code that they have left by telephone to the others behind it.
    Remark.LEFT_BY_PHONE: Phrase(
        "remark", "You have left this case by telephone; it goes on without you. To be behind it again, phone once more."
    ),
    # tr: An invitation link for officials does not work.
    Remark.INVITATION_INVALID: Phrase(
        "remark", "This invitation is not valid: it was used already, or it has run out. Please ask the admin for a new one."
    ),
    # tr: Someone opened a link for a further admin; the admins are asked.
    Remark.ADMIN_ASKED: Phrase("remark", "The admins have been asked. You will hear from us once one of them has agreed."),
    # tr: An admin refused a further admin; the link no longer works.
    Remark.ADMIN_REFUSED: Phrase("remark", "Refused. The invitation no longer works."),
    # tr: The program failed on this message; it is stored and will be handled.
    Remark.KEPT: Phrase("remark", "Something went wrong here. Your message is kept; you need not send it again."),
    # tr: Somebody wrote in a group.
    Remark.PRIVATE_ONLY: Phrase("remark", "To protect your privacy, please write to me in a private chat."),
    # tr: Somebody sent a sticker, a poll, a game or the like, which says nothing that could be reported.
    Remark.NOT_TAKEN: Phrase(
        "remark", "I cannot take that as a report. Please write, or send a voice message, a photo or a place."
    ),
    # tr: A draft has as many attachments as it may have.
    Remark.TOO_MANY_PARTS: Phrase(
        "remark", "This report has {count} attachments already. Please send it, then begin another."
    ),
    # tr: A file is larger than can be fetched.
    Remark.FILE_TOO_LARGE: Phrase(
        "remark", "This file is too large: at most {size} megabytes can be taken. Please send a shorter one, or a photo."
    ),
    # tr: An officer asked for what came with a case besides words, and nothing did.
    Remark.NOTHING_ATTACHED: Phrase("remark", "Nothing came with this case besides its words."),
    # tr: A resident pressed "Send" under a draft that has only a place or a phone number.
    Remark.WORDS_FIRST: Phrase("remark", "Please say first what is wrong: write it, or send a voice message or a photo."),
    # tr: A photo or document went into the case that the person was asked about; words are still wanted.
    Remark.FILE_ADDED: Phrase("remark", "The file goes into the case. Now please write a few words about it."),
    # tr: A photo, a voice message or the like came, which cannot be taken yet.
    Remark.TEXT_ONLY: Phrase("remark", "Only text can be taken for now. Please write it in words."),
    # tr: Somebody forwarded a message of a channel, such as news; it is not taken.
    Remark.FORWARDED: Phrase(
        "remark",
        "What comes from a channel cannot be taken as a report. Write in your own words what is wrong and where.",
    ),
    # tr: Somebody sent a link and nothing else; it is not taken.
    Remark.LINK_ALONE: Phrase(
        "remark", "A link alone does not say what is wrong. Write what it is and where; the link can stand behind it."
    ),
    # tr: Somebody sent the contact card of another person; it is not taken, as it would be called back.
    Remark.NUMBER_OF_ANOTHER: Phrase(
        "remark",
        "That is somebody else's phone number, and it was not taken. To be called back, write your own number. "
        "If theirs belongs to the matter, write it together with whose it is.",
    ),
    # tr: Somebody who joined a case of another resident sends their phone number to add it; it is not taken.
    Remark.JOINER_NUMBER: Phrase(
        "remark",
        "Your phone number was not taken: this case keeps only that of whoever filed it, and what you add is read by all "
        "who handle it. You will hear everything here. Please write in words what you want to add.",
    ),
    # tr: A supervision note could not be made as a PDF to print; the note in words stands above. 督办单
    Remark.FORM_FAILED: Phrase(
        "remark", "The file could not be made, please try later. What the chat says holds all the same."
    ),
    # tr: A receipt could not be drawn as a picture; the receipt in words stands above.
    Remark.PICTURE_FAILED: Phrase(
        "remark", "The picture could not be made, please try later. The receipt in words holds all the same."
    ),
    # tr: A text is too long to be kept.
    Remark.TOO_LONG: Phrase("remark", "This text is too long and was not taken. Please make it shorter and send it again."),
    # tr: Answer to a command that does not exist.
    Remark.UNKNOWN_COMMAND: Phrase("remark", "There is no such command. To report something, just write."),
    # tr: Somebody edited a message that they had sent.
    Remark.EDIT_IGNORED: Phrase(
        "remark", "Changing a sent message has no effect here. To add something, send a new message."
    ),
    # tr: An official or resident acted on a case on which someone else had acted in between.
    Remark.CASE_MOVED_ON: Phrase("remark", "This case has moved on in the meantime. Nothing was changed."),
    # tr: Somebody who was asked what shall be erased pressed: leave everything as it is.
    Remark.NOTHING_FORGOTTEN: Phrase("remark", "Nothing was erased."),
    # tr: A resident asked to rate, and no case waits for their answer.
    Remark.NOTHING_TO_RATE: Phrase("remark", "No case of yours is waiting for your answer."),
    # tr: A supervisor searched the ledger with a word that means nothing there; examples follow on the next lines.
    Remark.AUDIT_UNKNOWN: Phrase("remark", "This search is not understood, or it is too long."),
    # tr: An admin wanted to put the changed county file in force, and it says the same as what is in force.
    Remark.COUNTY_UNCHANGED: Phrase("remark", "The county file says what is already in force. Nothing was changed."),
    # tr: Somebody raised a matter in a residents' meeting.
    Remark.RAISED: Phrase("remark", "It is on the list. Whoever stands behind it can say so now."),
    # tr: Somebody wants to raise more matters in a residents' meeting than one person may, or than fit.
    Remark.RAISED_ENOUGH: Phrase(
        "remark", "No more can be raised here: one person may raise {most}. You can stand behind others' matters."
    ),
    # tr: What somebody raised in a residents' meeting is too long.
    Remark.RAISED_TOO_LONG: Phrase("remark", "That is too long for a list. Please say it in {most} characters."),
    # tr: The title of a residents' meeting is too long.
    Remark.TITLE_TOO_LONG: Phrase("remark", "That is too long for a title. Please say it in {most} characters."),
    # tr: The county has no livelihood projects (民生项目) to judge.
    Remark.NO_PROJECTS: Phrase("remark", "There are no livelihood projects here. To report something, just write it."),
    # tr: An official sent something else than words and photos about a livelihood project.
    Remark.PHOTOS_ONLY: Phrase("remark", "Only words and photos belong here. To leave it: {command}"),
    # tr: An official sent too many photos of what was reached in a livelihood project.
    Remark.TOO_MANY_PHOTOS: Phrase("remark", "At most {most} photos. This one is not taken."),
    # tr: An official threw away what they were about to publish of a livelihood project.
    Remark.MILESTONE_DROPPED: Phrase("remark", "Discarded, nothing was published."),
    # tr: What an official wrote about a livelihood project is too long.
    Remark.MILESTONE_TOO_LONG: Phrase(
        "remark", "That is too long for everybody to read. Please say it in {most} characters."
    ),
    # tr: Somebody opens the link of a residents' meeting that is over, or that there never was.
    Remark.MEETING_OVER: Phrase("remark", "This meeting is over. To report something, just write it here."),
    # tr: An admin asked for a digest in words that are not understood; examples follow on the next lines.
    Remark.DIGEST_UNKNOWN: Phrase("remark", "This period, unit or township is not known."),
    # tr: Somebody asked for scorecards in words that are not understood; examples follow on the next lines.
    Remark.SCORECARD_UNKNOWN: Phrase("remark", "This period or unit is not known."),
}


def _fields(speech: Speech, said: Remark) -> dict[str, str]:
    """Return what a remark has to have filled in."""
    match said:
        case Remark.TOO_MANY_PARTS:
            return {"count": speech.number(MOST_PARTS)}
        case Remark.FILE_TOO_LARGE:
            return {"size": speech.number(LARGEST >> 20)}
        case Remark.RAISED_ENOUGH:
            return {"most": speech.number(MOST_EACH)}
        case Remark.RAISED_TOO_LONG:
            return {"most": speech.number(LONGEST_MATTER)}
        case Remark.MILESTONE_TOO_LONG:
            return {"most": speech.number(LONGEST_MILESTONE)}
        case Remark.PHOTOS_ONLY | Remark.NOT_ANOTHER_OPEN_CASE:
            return {"command": "/cancel"}
        case Remark.TOO_MANY_PHOTOS:
            return {"most": speech.number(MOST_PHOTOS)}
        case Remark.TITLE_TOO_LONG:
            return {"most": speech.number(LONGEST_TITLE)}
        case _:
            return {}


def _first_unit(speech: Speech) -> str:
    """Name a unit as anyone may write it, whatever their language."""
    return cleaned(next(iter(speech.county.units.values())).name.zh)


def remark(speech: Speech, said: Remark) -> list[Block]:
    """Say one plain thing; where a command helps on, name it."""
    blocks: list[Block] = [speech.paragraph(REMARKS[said], **_fields(speech, said))]
    match said:
        case Remark.NOT_FOUND | Remark.UNKNOWN_COMMAND | Remark.NOT_PERMITTED:
            # tr: Where to go from here. {mine} is the command for one's own cases, {help} the one for help.
            blocks.append(speech.line("Your own cases: {mine}. Help: {help}.", mine="/my", help="/help"))
        case Remark.CALL_DISCARDED:
            # tr: Where an operator goes on. {hotline} is the command for a call, {counter} the one for a visitor.
            blocks.append(
                speech.line("Next call: {hotline}. Next visitor: {counter}.", hotline="/hotline", counter="/counter")
            )
        case Remark.ASK_SEARCH:
            # tr: An example of the command for searching.
            blocks.append(speech.line("For example: {command}", command="/find 123"))
        case Remark.AUDIT_UNKNOWN:
            blocks += [
                # tr: Example of a search in the ledger: a case.
                speech.line("A case: {command}", command="/audit CB-2026-000123"),
                # tr: Example of a search in the ledger: a warning (预警) or a proposal from a visit, by its number.
                speech.line("A warning or a proposal: {command}", command="/audit YJ-2026-00012"),
                # tr: Example of a search in the ledger: scorecards and surveys of a week, month, quarter or year.
                speech.line("Scorecards and surveys of a period: {command}", command="/audit 2026-W47"),
                # tr: Example of a search in the ledger: an official, by the end of their sign.
                speech.line("An official: {command}", command="/audit 3f9a"),
                # tr: Example of a search in the ledger: a unit and a day.
                speech.line("A unit and a day: {command}", command=f"/audit {_first_unit(speech)} 2026-11-24"),
            ]
        case Remark.DIGEST_UNKNOWN:
            blocks += _examples(speech, "/digest")
        case Remark.SCORECARD_UNKNOWN:
            blocks += _examples(speech, "/scorecard")
        case _:
            pass
    return blocks


def _examples(speech: Speech, command: str) -> list[Block]:
    """Show what may stand behind a command that takes a period and a unit."""
    return [
        # tr: Example of the command for the digest, or the scorecards, of a week.
        speech.line("A week: {command}", command=f"{command} 2026-W47"),
        # tr: Example of the command for the digest, or the scorecards, of a month.
        speech.line("A month: {command}", command=f"{command} 2026-11"),
        # tr: Example of the command for the digest, or the scorecards, of a quarter.
        speech.line("A quarter: {command}", command=f"{command} 2026-Q4"),
        # tr: Example of the command for the digest, or the scorecards, of a year.
        speech.line("A year: {command}", command=f"{command} 2026"),
        # tr: Example of the command for the digest, or the scorecard, of a unit and a month; the name is of the county.
        speech.line("A unit and a month: {command}", command=f"{command} {_first_unit(speech)} 2026-11"),
    ]
