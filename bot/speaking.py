"""What the program says in a county: the catalogues that came with it, and over them what the county's reviewers brought.

The half of the composition root that words need: it alone knows where a county keeps its own catalogues.
"""

from __future__ import annotations

from pathlib import Path

from bot.errors import SettingsError
from bot.rules.county import County
from bot.rules.identity import Language
from bot.settings import Settings
from locales.catalogue import Catalogues, load_catalogues, packaged
from locales.pofile import parse, serialize
from locales.review import overlaid
from locales.wording import Wording


def catalogue_path(settings: Settings, language: Language) -> Path:
    """Name the file with a county's own wording of a language: beside the master key, as it outlives the program."""
    return settings.key_file.parent / "catalogues" / f"{language}.po"


def catalogue_text(settings: Settings, language: Language) -> str:
    """Return what a language says here.

    Raises:
        SettingsError: there is no such language, or the county's own file cannot be read.
    """
    own = _own_text(settings, language)
    return packaged(language) if own is None else own


def _own_text(settings: Settings, language: Language) -> str | None:
    """Return what a language says where the county has wording of its own; None: it has none."""
    path = catalogue_path(settings, language)
    try:
        own = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            (f"{path}: cannot be read as a catalogue ({type(error).__name__}); mend or remove it",)
        ) from error
    try:
        return serialize(overlaid(parse(packaged(language)), parse(own)))
    except ValueError as error:
        raise SettingsError((f"{path}: {error}",)) from error


def catalogues_of(settings: Settings, county: County) -> Catalogues:
    """Read every catalogue of a county; raises SettingsError."""
    return load_catalogues(county.languages, lambda language: _own_text(settings, language))


def wording_of(settings: Settings, county: County) -> Wording:
    """Make the one that says everything here; raises SettingsError."""
    return Wording(county, catalogues_of(settings, county))
