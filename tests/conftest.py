"""What tests of several rooms share: one PostgreSQL server for the whole run, started when the first test asks for it."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator

import pytest
from hypothesis import settings

from tests.support.postgres import Server, running_server

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")  # how long an example takes says more of the machine's other work than of ours


def pytest_xdist_auto_num_workers() -> int:
    """Start two workers more than there are cores: much of what takes time here waits for a process, a poll or a disk."""
    return (os.cpu_count() or 1) + 2


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while ten thousand tests are gathered, all of which stay, nor among them later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what mostly waits: other workers work meanwhile, and at the end nobody waits for it."""
    items.sort(key=lambda item: item.path.parent.name != "faults")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Start the server."""
    with running_server() as server:
        yield server


@pytest.fixture
def url(server: Server) -> Iterator[str]:
    """Lend a migrated database with nothing in it to one test."""
    url = server.fresh()
    yield url
    server.give_back(url)
