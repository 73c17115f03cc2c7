"""Residents as they are: short scripts of what people do in a chat, each with the end that it must reach."""
