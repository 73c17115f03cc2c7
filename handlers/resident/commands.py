"""The commands of residents; whoever holds a role is a resident too."""

from __future__ import annotations

from typing import Final

from handlers.decide import Commands, of
from handlers.resident.cases import my, proof, rate
from handlers.resident.language import ask_language
from handlers.resident.linking import link
from handlers.resident.projects import projects
from handlers.resident.rights import forget, my_data, privacy
from handlers.resident.settings import show as show_settings

COMMANDS: Final[Commands] = {
    "my": of(my),
    "rate": of(rate),
    "proof": proof,
    "link": link,
    "projects": of(projects),
    "language": of(ask_language),
    "settings": of(show_settings),
    "privacy": of(privacy),
    "mydata": of(my_data),
    "forget": of(forget),
}
