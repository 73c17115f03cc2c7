"""The ordered list of what is heard, and the reason for the order.

The first that fits wins. Buttons are no messages, and are asked first, as half of all that comes; then what is nothing but a
person's words to the bot alone, as nearly all of the rest, which no other route takes. Of other messages those in chats with
more than one person come first, so that nothing said there is ever taken for a report; then edits, which change nothing but
the words of an open draft; then commands by name; and last whatever else, which is always understood as something: an answer
that was asked for, or words and files for a draft.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeAlias, assert_never

from msgspec.structs import replace
from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.actions.draft import ANCHOR as CARD
from bot.actions.draft import discard
from bot.actions.join_staff import INVITATION_PREFIX
from bot.actions.reach_milestone import ANCHOR as MILESTONE
from bot.actions.reach_milestone import drop_milestone
from bot.errors import HasLeft, IllegalTransition
from bot.rules.caller import LINK_PREFIX
from bot.rules.dialog import (
    Assigning,
    CardWriting,
    Dialog,
    Drafting,
    Idle,
    InGroup,
    Linking,
    Measuring,
    OfficialDialog,
    OpeningMeeting,
    ReachingMilestone,
    ResidentDialog,
    Resolving,
    Signing,
    Visiting,
    Writing,
)
from bot.rules.effect import NOTHING, Effects, Send
from bot.rules.meeting import MEETING_PREFIX
from bot.rules.message import Remark, Said
from bot.rules.project import CATEGORY_PREFIX, PROJECT_PREFIX
from handlers import case_files, group, refusal
from handlers.admin import commands as admin_commands
from handlers.buttons import pressed
from handlers.context import Context
from handlers.decide import Commands, Decide, of, say
from handlers.help import greeting_for, show_help
from handlers.official import commands as official_commands
from handlers.official import dialogs as official_dialogs
from handlers.official import plain
from handlers.official.invitation import open_invitation
from handlers.resident import answering, draft, joining, manners, parts, spoken
from handlers.resident import commands as resident_commands
from handlers.resident import dialogs as resident_dialogs
from handlers.resident.cases import TRACK_PREFIX, follow_link
from handlers.resident.language import ask_language
from handlers.resident.linking import open_link
from handlers.resident.meeting import open_meeting_link
from handlers.resident.phrases import is_called_off
from handlers.resident.projects import open_category_link, open_project_link, take_photo
from handlers.slash import meant
from handlers.sparse import is_plain
from locales.commands import commands_of
from locales.markup import is_blank

Callback: TypeAlias = Callable[[Update, Context], Coroutine[Any, Any, None]]
Route: TypeAlias = "BaseHandler[Any, Context, None]"

BEGUN_BY_OFFICIALS: Final = (Resolving, Writing, Assigning, Signing, CardWriting, Measuring, OpeningMeeting, Visiting)
"""What asks officials for words of their own, or for none; not for those of others, who may say whatever they like."""

KEPT_CONTROLS: Final = frozenset({9, 10})
CONTROLS: Final = dict.fromkeys({*range(32), 127, *range(0x202A, 0x202F), *range(0x2066, 0x206A)} - KEPT_CONTROLS)
"""Control characters and direction overrides, which no report needs; the joiners and selectors of every script stay."""


async def start(message: TelegramMessage, context: Context) -> Effects:
    """Greet someone, or open the link they came by."""
    del message
    payload = (context.args or [""])[0]
    if payload.startswith(INVITATION_PREFIX):
        return await open_invitation(context, payload)
    if payload.startswith(LINK_PREFIX):
        return await open_link(context, payload)
    if payload.startswith(PROJECT_PREFIX):
        return await open_project_link(context, payload)
    if payload.startswith(CATEGORY_PREFIX):
        return await open_category_link(context, payload)
    if payload.startswith(MEETING_PREFIX):
        return await open_meeting_link(context, payload)
    if payload.startswith(TRACK_PREFIX):
        return await follow_link(context, payload)
    if context.sender.language is None:
        return await ask_language(context)
    return Effects(sends=(Send(context.sender.person, greeting_for(context.sender)),))


async def new(message: TelegramMessage, context: Context) -> Effects:
    """Begin a report anew, with the words behind the command if there are any."""
    text = _text_of(message)[message.entities[0].length :].strip()
    return await joining.offered(context, await draft.new(context, text, message.message_id))


async def cancel(message: TelegramMessage, context: Context) -> Effects:
    """Leave what was begun, whatever it is; what has a card is thrown away, and the card says so without its buttons."""
    del message
    person, read = context.sender.person, context.desk.read
    match context.sender.dialog:
        case Idle():
            return Effects(sends=(Send(person, Said(Remark.NOTHING_TO_CANCEL)),))
        case Drafting() as draft:
            return discard(person, await read.anchored(person, CARD), draft=draft)
        case ReachingMilestone() as draft:
            return drop_milestone(person, draft, await read.anchored(person, MILESTONE))
        case _:
            return Effects(dialog=Idle(), sends=(Send(person, Said(Remark.CANCELLED)),))


async def commanded(message: TelegramMessage, context: Context) -> Effects:
    """Do what a command means: its name is what Telegram marked, without the slash and without the bot that it names."""
    name, _, _ = (message.text or "")[1 : message.entities[0].length].partition("@")
    return await COMMANDS[name.lower()](message, context)


async def misnamed(message: TelegramMessage, context: Context) -> Effects:
    """Do what a command is meant for that is none of ours, as far as it is one of the sender's; else say what there is."""
    length = message.entities[0].length
    text = message.text or ""
    name = text[1:length]
    named = meant(name, {*TO_ALL, *(each for role in context.sender.roles for each in commands_of(role.role))})
    if "@" in name or named is None:
        return await say(Remark.UNKNOWN_COMMAND)(message, context)
    context.args = text[length:].split()
    return await COMMANDS[named](message, context)


COMMANDS: Final[Commands] = {
    "start": start,
    "help": of(show_help),
    "cancel": cancel,
    "new": new,
    **resident_commands.COMMANDS,
    **official_commands.COMMANDS,
    **admin_commands.COMMANDS,
}

TO_ALL: Final = frozenset({"start", "help", "cancel", "new", *resident_commands.COMMANDS})
"""The commands that are not for a role."""


async def written(message: TelegramMessage, context: Context) -> Effects:
    """Understand words: as the answer that was asked for, else as a report, whose card says which open case is like it.

    An answer to what can no longer be answered, as the case moved on or was left by whoever writes, is not asked for again:
    the next words are heard anew.
    """
    try:
        return await joining.offered(context, await _understood(message, context))
    except (IllegalTransition, HasLeft) as error:
        if isinstance(context.sender.dialog, Idle | Drafting):
            raise
        return replace(refusal.refused(context.sender.person, error), dialog=Idle())


async def _understood(message: TelegramMessage, context: Context) -> Effects:
    text = _text_of(message)
    dialog = context.sender.dialog
    if isinstance(dialog, Idle):
        dialog = await answering.replied_to(message, context) or dialog
    if (remark := manners.remark_on(message, text, dialog)) is not None:
        return await say(remark)(message, context)
    if context.sender.roles and isinstance(dialog, Idle) and message.text is not None:
        worked = await plain.answered(message, text, context)
        if worked is not None:
            return worked
    if isinstance(dialog, BEGUN_BY_OFFICIALS) and message.text is not None and is_called_off(text):
        return await cancel(message, context)
    answer = await spoken.answered(message, text, dialog, context)
    if answer is not None:
        return answer
    return await _heard(message, text, dialog, context) + await spoken.asked_again(text, dialog, context)


async def _heard(message: TelegramMessage, text: str, dialog: Dialog, context: Context) -> Effects:
    if isinstance(dialog, InGroup) or (isinstance(dialog, Linking) and message.text is None):
        context.return_to_draft()  # a group is not heard here; and neither a number nor a code is the beginning of a report
        dialog = context.sender.draft or Idle()
    if message.text is None:
        if isinstance(dialog, Idle | Drafting):
            taken = await parts.take(message, text, context)
        elif isinstance(dialog, ReachingMilestone):
            return await take_photo(message, text, dialog, context)
        else:
            taken = await case_files.take(message, dialog, context)
            if taken is not None and taken.kept and isinstance(dialog, Resolving):
                text = text or dialog.words
        if taken is not None and (isinstance(dialog, Idle | Drafting) or not text or not taken.kept):
            return taken
    else:
        taken = None
    if not text:
        return Effects(sends=(Send(context.sender.person, Said(Remark.NOT_TAKEN)),))
    if isinstance(dialog, ResidentDialog):
        heard = await resident_dialogs.hear(dialog, text, context, message.message_id)
    elif isinstance(dialog, OfficialDialog):
        heard = await official_dialogs.hear(dialog, text, context, with_file=taken is not None)
    else:
        assert_never(dialog)
    return heard if taken is None else replace(heard, fetches=taken.fetches, kept=taken.kept)


async def edited(message: TelegramMessage, context: Context) -> Effects:
    """Take the edited words of a message that an open draft holds; any other edit changes nothing.

    A place that is shared live moves by itself, all the time: that is nothing to be told of, and the first place counts.
    """
    if message.location is not None:
        return NOTHING
    return await joining.offered(context, await draft.edit(context, message.message_id, _text_of(message)))


def _text_of(message: TelegramMessage) -> str:
    text = (message.text or message.caption or "").translate(CONTROLS).strip()
    return "" if is_blank(text) else text


def on_message(decide: Decide) -> Callback:
    """Put what is decided about a message into its envelope; a refusal becomes an answer."""

    async def callback(update: Update, context: Context) -> None:
        message = update.effective_message
        if message is None:
            return
        try:
            context.envelope.effects = await decide(message, context)
        except refusal.REFUSALS as error:
            context.envelope.effects = refusal.refused(context.sender.person, error)

    return callback


async def on_button(update: Update, context: Context) -> None:
    """Put what is decided about a button into its envelope."""
    context.envelope.effects = await pressed(update.callback_query, context) if update.callback_query else NOTHING


async def overheard(message: TelegramMessage, context: Context) -> Effects:
    """Leave alone what Telegram itself notes in a chat, such as that its owner pinned the receipt: it says nothing to us."""
    del message, context
    return NOTHING


NOTES: Final = (
    filters.StatusUpdate.PINNED_MESSAGE
    | filters.StatusUpdate.MESSAGE_AUTO_DELETE_TIMER_CHANGED
    | filters.StatusUpdate.CHAT_BACKGROUND_SET
    | filters.StatusUpdate.WRITE_ACCESS_ALLOWED
)


class InWords(filters.UpdateFilter):
    """Passes what is plainly a person's words, which is most of what comes: none of the other routes takes it."""

    def filter(self, update: Update) -> bool:
        """Say whether it is."""
        return is_plain(update)


def routes() -> tuple[Route, ...]:
    """Return every handler in the order in which they are asked."""
    one_to_one, is_edited = filters.ChatType.PRIVATE, filters.UpdateType.EDITED
    return (
        CallbackQueryHandler(on_button),
        MessageHandler(InWords(), on_message(written)),
        MessageHandler(~one_to_one, on_message(group.heard)),
        MessageHandler(is_edited, on_message(edited)),
        MessageHandler(NOTES, on_message(overheard)),
        CommandHandler(COMMANDS, on_message(commanded)),
        MessageHandler(filters.COMMAND, on_message(misnamed)),
        MessageHandler(filters.ALL, on_message(written)),
    )
