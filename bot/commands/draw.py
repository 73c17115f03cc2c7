"""`digest --draw`: who was drawn to be asked again, and each draw done again as soon as its seed is told."""

from __future__ import annotations

from bot.commands.output import Json, print_json, print_table
from bot.databases import opened_as_it_is
from bot.errors import SettingsError
from bot.settings import Settings
from storage.assertions import Drawn, draws


async def show_draws(settings: Settings, *, as_json: bool) -> int:
    """Print every draw, the newest first; exit code 1 when drawing again does not give what the ledger says.

    Raises:
        SettingsError: no draw was made yet.
        LedgerBroken: an entry that a draw rests on cannot be read.
    """
    async with opened_as_it_is(settings, read_only=True) as engine, engine.reading() as session:
        found = await draws(session)
    if not found:
        raise SettingsError(("no callbacks were drawn yet: the first draw is made with the second weekly digest",))
    if as_json:
        print_json([_described(each) for each in found])
    else:
        for each in found:
            _print(each)
    return 0 if all(_holds(each) is not False for each in found) else 1


def _holds(drawn: Drawn) -> bool | None:
    """Say whether drawing again gives what the ledger says; None while the seed is not told."""
    if drawn.again is None:
        return None
    return drawn.again.is_pledged and drawn.again.drawn == drawn.again.again


def _described(drawn: Drawn) -> dict[str, Json]:
    cases: list[Json] = [
        {"case": number, "unit": unit, "round": attempt, "counted": counted}
        for number, unit, attempt, counted in drawn.cases
    ]
    return {
        "since": drawn.since,
        "until": drawn.until,
        "pledge": drawn.pledge,
        "seed": None if drawn.again is None else drawn.again.fact.seed,
        "closed": drawn.of,
        "cases": cases,
        "ok": _holds(drawn),
    }


def _print(drawn: Drawn) -> None:
    print(f"entries {drawn.since + 1} to {drawn.until}: {len(drawn.cases)} of {drawn.of} closed cases drawn")
    print(f"bound to in the checkpoint of {drawn.since} entries: {drawn.pledge}")
    if drawn.again is None:
        print("the seed is told with the next weekly digest, when the calls have been made; then anyone can draw again")
    else:
        print(f"seed: {drawn.again.fact.seed} (entry {drawn.again.seq})")
        if not drawn.again.is_pledged:
            print("WRONG: no checkpoint before the draw binds to this seed")
        is_same = drawn.again.drawn == drawn.again.again
        print("drawn again: the same cases" if is_same else "WRONG: drawing again gives other cases than the ledger says")
    rows = [(str(number), str(unit), str(attempt), counted) for number, unit, attempt, counted in drawn.cases]
    print_table(("case", "unit", "round", "counted by entry"), rows)
    print()
