"""`python -m bot.reports`: a job on standard input, the file on standard output. Started by `bot.reports.press`,.

Invariant: nothing is printed unless all of it is.
"""

from __future__ import annotations

import sys

import msgspec

from bot.reports.job import NoteJob, PaperJob, PrintJob, SlipJob, WorkbookJob


def main() -> int:
    """Do one job; what cannot be printed ends with a traceback on standard error, for the log."""
    job: PrintJob = msgspec.json.decode(sys.stdin.buffer.read(), type=PrintJob)
    sys.stdout.buffer.write(printed(job))
    return 0


def printed(job: PrintJob) -> bytes:
    """Do a job, loading only what it needs."""
    match job:
        case PaperJob(paper=paper, form=form):
            from bot.reports.paper_press import print_paper  # noqa: PLC0415 (see above)

            return print_paper(paper, form)
        case WorkbookJob(workbook=workbook):
            from bot.reports.workbook_press import print_workbook  # noqa: PLC0415 (see above)

            return print_workbook(workbook)
        case SlipJob(slip=slip):
            from bot.reports.slip_press import print_slip  # noqa: PLC0415 (see above)

            return print_slip(slip)
        case NoteJob(note=note):
            from bot.reports.note_press import print_note  # noqa: PLC0415 (see above)

            return print_note(note)


if __name__ == "__main__":
    raise SystemExit(main())
