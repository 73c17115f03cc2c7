"""`python -m bot`: the command line. Exit 0: done; 1: done, and something is wrong; 2: not done.

Whatever cannot be done is said in one line on standard error that says what to do; no stack trace reaches a person.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.commands.arguments import parse
from bot.commands.explained import explain
from bot.errors import MinshengError
from bot.settings import Settings

NOT_DONE: Final = 2
INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    parsed = parse(sys.argv[1:] if arguments is None else arguments)
    here = Path.cwd()
    try:
        settings = Settings.read(os.environ, here, is_terminal=sys.stderr.isatty())
        return asyncio.run(parsed.execute(parsed.arguments, settings))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has seen enough
        return 0
    except MinshengError as error:
        print("\n".join(explain(error)), file=sys.stderr)
        return NOT_DONE


if __name__ == "__main__":
    sys.exit(main())
