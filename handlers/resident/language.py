"""Which language to speak: chosen by button; what is open in the chat is shown anew in it."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from bot.actions.draft import show as show_draft
from bot.errors import HasLeft, NotFound
from bot.ports import Sender
from bot.rules.county import Role
from bot.rules.dialog import Drafting
from bot.rules.effect import Effects, Send
from bot.rules.identity import Language
from bot.rules.message import ChooseLanguage, RoleMenu
from handlers.context import Context
from handlers.help import greeting_for
from handlers.resident import following, joining
from handlers.resident.stake import stake_of

LANGUAGE_CODE: Final = 2
"""Letters of the codes by which Telegram tells languages apart."""


def menu_code(language: Language) -> str | None:
    """Return the code under which Telegram keeps a menu and a profile for a language; None where it keeps none."""
    return language[:LANGUAGE_CODE] if language[LANGUAGE_CODE : LANGUAGE_CODE + 1] in {"", "_"} else None


async def ask_language(context: Context) -> Effects:
    """Offer the languages."""
    return Effects(sends=(Send(context.sender.person, ChooseLanguage()),))


async def greet_newcomer(context: Context) -> Effects:
    """Offer the languages to whoever came by a link and has chosen none; their first words would choose by their script."""
    return await ask_language(context) if context.sender.language is None else Effects()


async def choose_language(context: Context, language: Language, pressed: int | None) -> Effects:
    """Speak this language from now on; the conversation goes on where it was, and what is open of it is shown in it."""
    if language not in context.desk.county.languages:
        return Effects()
    sender = context.sender
    greeted = Effects(language=language, sends=(Send(sender.person, greeting_for(sender), replaces=pressed),))
    return greeted + _menu(sender, language) + await _shown_anew(context)


def _menu(sender: Sender, language: Language) -> Effects:
    """Hang the menu into the chat in a language for which Telegram keeps none, or once a chat has one of its own."""
    before = sender.language
    has_own = bool(sender.roles) or menu_code(language) is None or (before is not None and menu_code(before) is None)
    return Effects(sends=(Send(sender.person, RoleMenu(roles=_roles(sender))),)) if has_own else Effects()


def _roles(sender: Sender) -> tuple[Role, ...]:
    return tuple(dict.fromkeys(staff.role for staff in sender.roles))


async def _shown_anew(context: Context) -> Effects:
    """Show the draft that is open, and the page of the case that was opened last, in the new language where they stand."""
    sender = context.sender
    effects = Effects()
    if isinstance(sender.dialog, Drafting):
        effects += await joining.offered(context, show_draft(sender.person, sender.dialog, None))
    number = await context.desk.read.open_page(sender.person)
    if number is not None:
        with suppress(NotFound, HasLeft):  # they no longer stand behind it
            effects += Effects(sends=(await following.page(context, await stake_of(context, number)),))
    return effects
