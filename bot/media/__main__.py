"""`python -m bot.media MEDIA`: clean one file from standard input to standard output, in a process of its own.

First comes a line, `kept TYPE` or `refused WHY`, then the file. Whatever a malicious file does to a decoder it does to this
process, which has no keys, no connection, little memory and little time, and ends with it.
"""

from __future__ import annotations

import resource
import sys
from typing import Final

from bot.media.cleaning import cleaned
from bot.ports.files import WrongFile
from bot.rules.file import Media

MEMORY: Final = 1 << 30
"""Bytes of address space; a picture of 60 million points takes 400 MB."""

SECONDS: Final = 30


def main() -> int:
    """Clean and answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    out = sys.stdout.buffer
    try:
        kept = cleaned(Media(sys.argv[1]), sys.stdin.buffer.read())
    except WrongFile as wrong:
        out.write(f"refused {wrong.why}\n".encode())
        return 0
    out.write(f"kept {kept.type}\n".encode())
    out.write(kept.content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
