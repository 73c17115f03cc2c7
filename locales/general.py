"""What anybody may read: the choice of languages, the welcome, the help, short answers.

Invariant: no sentence is put together from pieces; a message is whole sentences of the catalogue, one under the other.
"""

from __future__ import annotations

from typing import Final

from bot.rules.access import PERMITTED, Act
from bot.rules.county import Role
from bot.rules.message import (
    ChooseLanguage,
    GeneralMessage,
    Hearing,
    Help,
    Said,
    SettingsPage,
    TapAnswered,
    Welcome,
)
from bot.rules.message.general import OfficePage
from locales import remarks
from locales.catalogue import Phrase
from locales.commands import COMMANDS, RESIDENT_COMMANDS, commands_of
from locales.facts import BLANK, emergency_numbers
from locales.markup import Block, cleaned
from locales.speech import Speech

EXPLAINED: Final = 6
"""How many commands of somebody's work the help explains; the others it only names."""

# tr: Asks for the language; shown in every language at once, under each other, before one is chosen.
CHOOSE_LANGUAGE = Phrase("language", "Please choose your language")


def blocks(speech: Speech, message: GeneralMessage) -> list[Block]:
    """Say a message of this area; the union is matched whole."""
    match message:
        case Said(remark=said):
            return remarks.remark(speech, said)
        case ChooseLanguage():
            return list(speech.in_every_language(CHOOSE_LANGUAGE))
        case Welcome():
            return welcome(speech)
        case Help(role=role, also=also):
            return help_for(speech, also if role is None else (role, *also))
        case OfficePage():
            return office(speech, message)
        case SettingsPage():
            return _settings(speech, message)
        case TapAnswered():
            return []


def _settings(speech: Speech, message: SettingsPage) -> list[Block]:
    # tr: Heading of the settings.
    told: list[Block] = [speech.heading("Settings")]
    if message.hearing is Hearing.EVERYTHING:
        # tr: In the settings: the reader is told of everything that happens to their cases.
        told.append(speech.line("You are told of every step of your cases."))
    else:
        # tr: In the settings: the reader is told of little; the steps stand on the page of a case; {command} is /my.
        told.append(
            speech.line(
                "You are told what needs your answer, what the unit writes to you, and how it ended. The rest: {command}",
                command="/my",
            )
        )
    if message.is_beside and speech.takes_chinese_beside:
        # tr: In the settings: Chinese stands under each message in the reader's language.
        told.append(speech.line("Chinese stands under each message, since no native reader has checked these texts yet."))
    # tr: In the settings: when residents are written to. {begins} and {ends} are times of day, such as 22:00 and 08:00.
    quiet = speech.county.hours.quiet
    begins, ends = (f"{each:%H:%M}" for each in (quiet.opens, quiet.closes))
    told.append(speech.line("At night, from {begins} to {ends}, you are left in peace.", begins=begins, ends=ends))
    return told


def welcome(speech: Speech) -> list[Block]:
    """Say what this is, and that one message is enough."""
    county = speech.county_name()
    return [
        # tr: First heading a resident sees. 民声台 is the name of the service.
        speech.heading("Hello, this is the voice desk of {county}.", county=county),
        # tr: What can be reported.
        speech.line("A bad road, no water or power, an errand that gets nowhere: tell us."),
        BLANK,
        # tr: How to report.
        speech.line("Write in one message what is wrong and where."),
        # tr: What happens then.
        speech.line(
            "It goes to the unit that answers for it. You get a number and a date, and at the end you say if it is solved."
        ),
        BLANK,
        # tr: Privacy promise: officials see the matter, not the person.
        speech.line(
            "The officers see what you write, not who you are. Leave out names and phone numbers that nobody should know."
        ),
    ]


def office(speech: Speech, message: OfficePage) -> list[Block]:
    """Say how the office is reached, and that nobody has to ring or come."""
    told: list[Block] = [
        # tr: Heading of the answer to "what is your phone number", "where are you", "when are you open".
        speech.heading("How to reach {county}", county=speech.county_name())
    ]
    known = speech.county.office
    told += [
        # tr: A number that anybody may ring, and whose it is; {name} is such as 政务服务便民热线, {number} such as 12345.
        *(
            speech.line("{name}: {number}", name=cleaned(each.name.within(speech.language)), number=each.number)
            for each in known.phones
        ),
        emergency_numbers(speech),
    ]
    if known.address is not None:
        # tr: Where the office is.
        told.append(speech.line("Address: {address}", address=cleaned(known.address.within(speech.language))))
    told += [BLANK, *_hours(speech, message), BLANK]
    if message.has_draft:
        # tr: Whoever asked has a report that is written and not sent.
        told.append(speech.line("Your report is kept and not sent yet: go on writing, or press “Send” under its card."))
    else:
        # tr: Whoever asks for a phone number need not ring.
        told.append(speech.line("You need not ring or come: write here what is wrong and where, by day or night."))
    return told


def _hours(speech: Speech, message: OfficePage) -> list[Block]:
    """Tell today's office hours, or those of the next day on which somebody is there."""
    told: list[Block] = []
    if message.is_open:
        # tr: Somebody is in the office at this moment.
        told.append(speech.line("The office is open now."))
    else:
        # tr: Nobody is in the office at this moment; when it opens next follows.
        told.append(speech.line("The office is closed now."))
    if message.periods:
        zone = speech.county.hours.zone
        spans = ["–".join(f"{each.astimezone(zone):%H:%M}" for each in (opens, closes)) for opens, closes in message.periods]
        day = speech.short_day(message.periods[0][0])
        # tr: Office hours of a day; {day} is such as 11月27日, {hours} such as 10:00–14:00 and 15:30–19:30.
        told.append(speech.line("Office hours on {day}: {hours}", day=day, hours=speech.join(spans)))
    return told


def help_for(speech: Speech, roles: tuple[Role, ...]) -> list[Block]:
    """List what can be done: one's own work first, a line a command, so that it fits the screen of a phone."""
    menu = dict.fromkeys(name for role in roles for name in commands_of(role))
    work = [name for name in menu if name not in RESIDENT_COMMANDS]
    if not work:
        return _help_for_residents(speech)
    blocks: list[Block] = [
        # tr: Heading of the help for officials.
        speech.heading("For your work"),
        # tr: A command of the menu and what it does, in the help for officials.
        *(
            speech.line("{command}  {what}", command=f"/{name}", what=speech.text(COMMANDS[name]))
            for name in work[:EXPLAINED]
        ),
    ]
    if len(work) > EXPLAINED:
        others = " ".join(f"/{name}" for name in work[EXPLAINED:])
        # tr: In the help for officials: further commands, such as /staff /leave; the menu says what each does.
        blocks.append(speech.line("More in the menu: {commands}", commands=others))
    if set(roles) & PERMITTED[Act.SEE_CASE]:
        # tr: Help for officials: what can be done with a case stands under it.
        blocks.append(speech.line("What you can do with a case stands on the buttons under it; “More” shows the rest."))
        # tr: Help for officials: they are told by themselves.
        blocks.append(speech.line("New cases and limits that run out are told to you here."))
    return [*blocks, BLANK, *_help_for_residents(speech)]


def _help_for_residents(speech: Speech) -> list[Block]:
    return [
        # tr: Heading of the help.
        speech.heading("To report something, just write"),
        # tr: How it goes on after a message.
        speech.line("I make a draft of your message. It is sent only when you press the button."),
        BLANK,
        # tr: Help; {command} is /new.
        speech.line("{command}  report something", command="/new"),
        # tr: Help; {command} is /my.
        speech.line("{command}  your cases and where they stand", command="/my"),
        # tr: Help; {command} is /proof.
        speech.line("{command}  the signed receipt of a case, and its proof", command="/proof"),
        # tr: Help; {command} is /link.
        speech.line("{command}  follow a case reported by phone", command="/link"),
        # tr: Help; {command} is /language.
        speech.line("{command}  choose the language", command="/language"),
        # tr: Help; {command} is /cancel.
        speech.line("{command}  stop what was begun", command="/cancel"),
    ]
