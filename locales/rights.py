"""What people read about their own data: the privacy page, the question what shall be forgotten, and what was.

Invariant: the page promises nothing that the program does not do.
"""

from __future__ import annotations

from bot.rules.erasure import Forgetting
from bot.rules.length import Length, Span
from bot.rules.message import ForgetQuestion, Forgotten, OwnData, PrivacyPage, RightsMessage, TaskWithdrawn
from locales.facts import BLANK
from locales.markup import Block, code
from locales.speech import Speech


def blocks(speech: Speech, message: RightsMessage) -> list[Block]:
    """Say a message of this area; the union is matched whole."""
    match message:
        case PrivacyPage():
            return privacy_page(speech)
        case ForgetQuestion():
            return forget_question(speech, message)
        case Forgotten():
            return forgotten(speech, message)
        case TaskWithdrawn(case=case):
            # tr: To an official; {case} is a case number.
            return [speech.line("The resident has taken {case} back. Nothing more is to be done about it.", case=code(case))]
        case OwnData(at=at):
            return [
                # tr: Under the file with everything that is kept about somebody; also its heading.
                speech.heading("Everything that is kept about you"),
                # tr: Under the file with everything that is kept about somebody; {moment} is a date and time.
                speech.line("As it was on {moment}. Keep the file where nobody else can read it.", moment=speech.moment(at)),
            ]


def privacy_page(speech: Speech) -> list[Block]:
    """Say in plain words what becomes of what somebody writes."""
    return [
        # tr: Heading of the privacy page.
        speech.heading("What becomes of what you write"),
        # tr: Privacy page: who reads it. Plain words; many readers have little schooling.
        speech.line(
            "The unit that answers for your matter reads what you write. It does not see your name, your phone number or "
            "your account."
        ),
        BLANK,
        # tr: Privacy page: it is written down who opened a case.
        speech.line("When an official opens your words, it is written down: role, unit and time. You can see it."),
        BLANK,
        # tr: Privacy page: encryption and retention; {length} is a length of time such as 24 months.
        speech.line(
            "What you write is kept encrypted. {length} after your case has ended, it is erased by itself.",
            length=kept_for(speech, speech.county.privacy.retention),
        ),
        BLANK,
        # tr: Privacy page: what stays for ever in the ledger.
        speech.line(
            "The ledger keeps the facts for ever: number, kind, unit, dates and your rating. No name and no word of yours "
            "is in it."
        ),
        BLANK,
        # tr: Privacy page: no profiles.
        speech.line("Nobody keeps a list of who complains, and nobody counts who speaks which language."),
        BLANK,
        # tr: Privacy page; {command} is /mydata.
        speech.line("{command}  everything that is kept about you, as a file", command="/mydata"),
        # tr: Privacy page; {command} is /forget.
        speech.line("{command}  have it erased", command="/forget"),
        BLANK,
        # tr: Privacy page: the chat itself.
        speech.line("What stands in this chat lies on your phone and with the chat service. Only you can delete it there."),
    ]


def kept_for(speech: Speech, length: Length) -> str:
    """Say how long something is kept: a length of the calendar."""
    if length.span is Span.CALENDAR_MONTHS:
        # tr: How long something is kept.
        return speech.counted("{count} month", "{count} months", length.amount)
    return speech.counted("{count} day", "{count} days", length.amount)


def forget_question(speech: Speech, question: ForgetQuestion) -> list[Block]:
    """Ask what shall be forgotten, and say what each answer means."""
    # tr: Heading of a question: which of somebody's data shall be erased.
    heading = speech.heading("What shall be forgotten?")
    if not question.cases:
        return [
            heading,
            # tr: Somebody without cases asks to be forgotten.
            speech.line("No case is tied to you. Your chat, your settings and your draft would be erased."),
        ]
    return [
        heading,
        # tr: How many cases are somebody's; {cases} and {open} are numbers.
        speech.line(
            "Cases tied to you: {cases}. Not ended yet: {open}.",
            cases=speech.number(question.cases),
            open=speech.number(question.open),
        ),
        BLANK,
        # tr: What the button "Cut the tie" does.
        speech.line(
            "Cut the tie: nobody can tell any more that a case is yours, and you hear nothing more of it. Open cases go on; "
            "what you wrote is erased when they end."
        ),
        BLANK,
        # tr: What the button "Erase all" does.
        speech.line("Erase all: what you wrote is erased at once, and your open cases are withdrawn."),
        BLANK,
        # tr: What is never erased, and that erasing is final.
        speech.line("The facts stay in the ledger, without a name. Neither can be undone."),
    ]


def forgotten(speech: Speech, told: Forgotten) -> list[Block]:
    """Tell what was forgotten, and what was not."""
    said: list[Block] = []
    match told.how:
        case Forgetting.TIE:
            # tr: Somebody had the tie to their cases cut.
            said.append(speech.heading("Done. No case is tied to you any more."))
            # tr: Somebody had the tie to their cases cut.
            said.append(speech.line("What you wrote in ended cases is erased; in open ones it is erased when they end."))
        case Forgetting.ALL:
            # tr: Somebody had their words erased.
            said.append(speech.heading("Done. What you wrote is erased, and your open cases are withdrawn."))
    if told.shared:
        # tr: Some of the cases are also other people's; these go on.
        said.append(speech.line("Others stand behind some of these cases too. For them these go on, without you."))
    if told.is_official:
        # tr: Whoever asked to be forgotten is an official.
        said.append(speech.line("You hold a role here, so your chat stays known."))
    else:
        said.append(
            # tr: The chat itself is forgotten some minutes later.
            speech.line("In a few minutes your chat is forgotten, too. If you write again, you are somebody new here.")
        )
    return said
