"""The local stand-in for the Telegram Bot API and its page of chats.

Speaks only HTTP with the bot: it imports no other room of ours.
"""
