"""The commands of those who watch over the county; each asks for the role it needs."""

from __future__ import annotations

from typing import Final

from handlers.admin.audit import audit
from handlers.admin.county import reload
from handlers.admin.digest import digest
from handlers.admin.duty import duty
from handlers.admin.scorecard import scorecard
from handlers.admin.staff import staff
from handlers.decide import Commands, of
from handlers.survey import survey

COMMANDS: Final[Commands] = {
    "digest": of(digest),
    "scorecard": of(scorecard),
    "staff": of(staff),
    "duty": of(duty),
    "reload": of(reload),
    "audit": of(audit),
    "survey": of(survey),
}
