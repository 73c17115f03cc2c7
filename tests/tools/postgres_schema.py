"""What PostgreSQL makes of the migrations: `python -m tests.tools.postgres_schema` writes it down anew, after a new one.

`ledger verify` holds a county's database against it.
"""

from __future__ import annotations

from pathlib import Path

from storage.engine import Row
from storage.postgres import migrate
from storage.queries import load
from tests.support.postgres import TEMPLATE, apart, connected, running_server

PLACE = Path(migrate.__file__).with_name(migrate.SCHEMA)


async def parts_of(url: str) -> list[Row]:
    """Ask a server what a database is made of."""
    async with connected(url) as connection:
        return [tuple(row) for row in await connection.fetch(load("postgres")["schema_parts"])]


def main() -> None:
    """Write it down."""
    with running_server() as server:
        PLACE.write_text(migrate.written(apart(parts_of(server.address(TEMPLATE)))), encoding="utf-8")


if __name__ == "__main__":
    main()
