"""Conversations: Telegram in, actions out. The only room that knows Telegram; it never writes to the store."""
