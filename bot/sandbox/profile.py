"""Methods about the bot itself and about what exists. Invariant: nothing here puts a message into a chat."""

from __future__ import annotations

import json
import re

from telegram.constants import BotCommandLimit, BotCommandScopeType

from bot.sandbox.message import Chat
from bot.sandbox.params import Params
from bot.sandbox.refusal import JsonObject, bad_request
from bot.sandbox.scene import Menu, Scene
from bot.sandbox.sending import Method

_COMMAND = re.compile(r"[a-z0-9_]{1,32}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2}", re.ASCII)
_DOWNLOAD_BYTES = 20 * 1024 * 1024
_ABOUT_LIMITS = {"description": 512, "short_description": 120, "name": 64}
_DEFAULT_SCOPE = '{"type": "default"}'


class Profile:
    """Carry out what the bot says about itself."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def methods(self) -> dict[str, Method]:
        """Return the methods by their names in lower case."""
        table: dict[str, Method] = {
            "getme": self.get_me,
            "getchat": self.get_chat,
            "getfile": self.get_file,
            "setmycommands": self.set_my_commands,
            "getmycommands": self.get_my_commands,
            "deletemycommands": self.delete_my_commands,
            "setchatmenubutton": self.set_chat_menu_button,
            "getchatmenubutton": self.get_chat_menu_button,
        }
        for field in _ABOUT_LIMITS:
            name = field.replace("_", "")
            table[f"setmy{name}"] = self._setter_of(field)
            table[f"getmy{name}"] = self._getter_of(field)
        return table

    def get_me(self, _params: Params) -> object:
        """Return the bot's own account.

        Source: Bot API, getMe.
        """
        return self._scene.bot_account.as_api() | {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }

    def get_chat(self, params: Params) -> object:
        """Return a chat the bot has met.

        Source: Bot API, getChat.
        """
        chat = self._chat(params)
        gifts = dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        )
        return chat.as_api() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}

    def get_file(self, params: Params) -> object:
        """Return where a file lies, if it has at most 20 MB.

        Source: Bot API, getFile.
        """
        stored = self._scene.files.get(params.text("file_id") or "")
        if stored is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if stored.size > _DOWNLOAD_BYTES:
            raise bad_request("file is too big")
        return {
            "file_id": stored.file_id,
            "file_unique_id": stored.unique_id,
            "file_size": stored.size,
            "file_path": stored.path,
        }

    # ── Commands ─────────────────────────────────────────────────────────────

    def set_my_commands(self, params: Params) -> object:
        """Fill the menu for a scope and language.

        Source: Bot API, setMyCommands.
        """
        key = self._key(params)
        commands = params.data("commands")
        if not isinstance(commands, list) or len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
            raise bad_request("BOT_COMMANDS_TOO_MUCH" if isinstance(commands, list) else "commands must be an Array")
        self._scene.menu.commands[key] = [_checked_command(command) for command in commands]
        self._scene.broadcast("commands", {})
        return True

    def get_my_commands(self, params: Params) -> object:
        """Return the menu of exactly this scope and language.

        Source: Bot API, getMyCommands.
        """
        return self._scene.menu.commands.get(self._key(params), [])

    def delete_my_commands(self, params: Params) -> object:
        """Empty the menu of exactly this scope and language.

        Source: Bot API, deleteMyCommands.
        """
        self._scene.menu.commands.pop(self._key(params), None)
        self._scene.broadcast("commands", {})
        return True

    def _key(self, params: Params) -> tuple[str, str]:
        scope = params.data("scope") or {"type": "default"}
        if not isinstance(scope, dict) or scope.get("type") not in set(BotCommandScopeType):
            raise bad_request("can't parse BotCommandScope: unsupported type specified")
        if str(scope["type"]) in {"chat", "chat_administrators", "chat_member"}:
            chat_id = scope.get("chat_id")
            if not isinstance(chat_id, int) or chat_id not in self._scene.chats:
                raise bad_request("chat not found")
        return json.dumps(scope, sort_keys=True), _language(params)

    # ── The menu button and texts about the bot ──────────────────────────────

    def set_chat_menu_button(self, params: Params) -> object:
        """Choose what the button beside the input box does.

        Source: Bot API, setChatMenuButton.
        """
        button = params.data("menu_button") or {"type": "default"}
        if not isinstance(button, dict) or button.get("type") not in {"commands", "web_app", "default"}:
            raise bad_request("can't parse menu button: unsupported type")
        self._scene.menu.buttons[params.integer("chat_id")] = button
        return True

    def get_chat_menu_button(self, params: Params) -> object:
        """Return what the button beside the input box does.

        Source: Bot API, getChatMenuButton.
        """
        buttons = self._scene.menu.buttons
        return buttons.get(params.integer("chat_id"), buttons.get(None, {"type": "commands"}))

    def _setter_of(self, field: str) -> Method:
        def put(params: Params) -> object:
            text = params.text(field) or ""
            if len(text) > _ABOUT_LIMITS[field]:
                raise bad_request(f"{field.upper()}_TOO_LONG")
            self._scene.menu.about[field, _language(params)] = text
            self._scene.broadcast("commands", {})
            return True

        return put

    def _getter_of(self, field: str) -> Method:
        def get(params: Params) -> object:
            about = self._scene.menu.about
            return {field: about.get((field, _language(params)), about.get((field, ""), ""))}

        return get

    def _chat(self, params: Params) -> Chat:
        chat_id = params.chat_id()
        chat = self._scene.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat


def _language(params: Params) -> str:
    language = params.text("language_code") or ""
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _checked_command(command: object) -> JsonObject:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, description = command.get("command"), command.get("description")
    if not isinstance(name, str) or not _COMMAND.fullmatch(name.removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    low, high = BotCommandLimit.MIN_DESCRIPTION, BotCommandLimit.MAX_DESCRIPTION
    if not isinstance(description, str) or not low <= len(description.strip()) <= high:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description}


def commands_for(menu: Menu, chat: Chat) -> list[JsonObject]:
    """Return the commands a private chat offers.

    Source: Bot API, "Determining list of commands".
    """
    language = (chat.person.language_code or "")[:2] if chat.person else ""
    scopes = (
        json.dumps({"type": "chat", "chat_id": chat.chat_id}, sort_keys=True),
        '{"type": "all_private_chats"}' if chat.person else '{"type": "all_group_chats"}',
        _DEFAULT_SCOPE,
    )
    found = (menu.commands.get((scope, code)) for scope in scopes for code in (language, ""))
    return next((commands for commands in found if commands), [])
