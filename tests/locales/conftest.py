"""The wording of the sample county."""

from __future__ import annotations

import pytest

from locales.catalogue import load_catalogues
from locales.wording import Wording
from tests.locales.county import LANGUAGES, sample_county


@pytest.fixture(scope="session")
def wording() -> Wording:
    """Say everything in the three languages."""
    return Wording(sample_county(), load_catalogues(LANGUAGES))
