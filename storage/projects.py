"""Livelihood projects as rows: who judged, as a keyed hash, and what was reached, with its photos. Scores are in the ledger.

The photos of a milestone lie among the files under a key of the milestone's own, which goes when they are erased.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import itemgetter

import msgspec

from bot.errors import NotFound
from bot.rules.effect import Effects
from bot.rules.entry import Entry, MilestonePictured, ProjectJudged
from bot.rules.identity import FileId, PersonId, ProjectId
from bot.rules.project import AFTER, BEFORE, HELD, Book, Judged, Judging, Milestone, Photo, Reached, Tally, holder_of
from storage.attached import opened_file, sealed_secret
from storage.batch import Batch
from storage.engine import Parameters, Session, typed
from storage.keyring import Keyring, key_parameters, person_owner
from storage.rows import moment, stamp

MOST = 50
"""Milestones that are read of a project."""


def mark_of(keyring: Keyring, project: ProjectId, person: PersonId) -> bytes:
    """Hash who judged what, so that only this house can compare it."""
    return keyring.lookup.hash(f"project/{project}/{person}")


async def put_projects(session: Session, keyring: Keyring, batch: Batch, effects: Effects) -> Sequence[Entry]:
    """Write down who has judged a project, and what was reached; return the entries of photos that are fetched already."""
    entries: list[Entry] = []
    for change in effects.projects:
        match change:
            case Judging(project=project, person=person, at=at, before=before):
                of: Parameters = {"project": project, "mark": mark_of(keyring, project, person), "at": stamp(at)}
                if before is None:
                    batch.add("project_judge", of)
                else:
                    batch.add("project_judge_again", {**of, "times": before.times})
            case Reached(project=project, milestone=milestone, salt=salt):
                said: Parameters = {"words": milestone.words, "salt": salt, "place": milestone.place}
                batch.add("milestone_put", {"project": project, "at": stamp(milestone.at), **said})
                entries += await _pictured(session, keyring, batch, change)
    return entries


async def _pictured(session: Session, keyring: Keyring, batch: Batch, reached: Reached) -> Sequence[Entry]:
    """Let a milestone hold its photos from now on, fetched or not; one that was given up is not there."""
    project, milestone = reached.project, reached.milestone
    if not milestone.photos:
        return ()
    holder = holder_of(project, milestone.place)
    key, wrapped = keyring.vault.new_key(person_owner(holder))
    batch.add("key_put", key_parameters(wrapped))
    entries: list[Entry] = []
    for number, photo in enumerate(milestone.photos, start=1):
        try:
            row, secret = await opened_file(session, keyring, photo.file)
        except NotFound:
            continue
        slot = f"{BEFORE if photo.is_before else AFTER}/{number}"
        of: Parameters = {"id": photo.file, "holder": holder, "slot": slot, "actor": reached.by, "type": row.type or ""}
        batch.add("photo_keep", {**of, "secret": sealed_secret(key, photo.file, secret)})
        if row.type is not None and row.size is not None and row.content is not None:
            entries.append(pictured(holder, slot, row.type, row.size, row.content, reached.by, milestone.at))
    return entries


def pictured(  # noqa: PLR0913, PLR0917 (a row of a file, as its entry has it)
    holder: PersonId, slot: str, type_: str, size: int, content: str, actor: str, at: datetime
) -> Entry:
    """Write the entry of a milestone's photo."""
    project, _, place = holder.removeprefix(HELD).rpartition("/")
    fact = MilestonePictured(
        project=ProjectId(project), place=int(place), slot=slot, media=type_, size=size, content=content
    )
    return Entry(at=at.replace(microsecond=0), actor=actor, case=None, fact=fact)


async def judged_by(session: Session, keyring: Keyring, project: ProjectId, person: PersonId) -> Judged | None:
    """Return whether somebody has judged a project; None when they have not."""
    rows = await session.rows("project_judged", {"project": project, "mark": mark_of(keyring, project, person)})
    return next((Judged(times, moment(last_at)) for times, last_at in typed(rows, tuple[int, int])), None)


async def book_of(session: Session, project: ProjectId) -> Book:
    """Gather what is known of a project: the scores from the ledger, what was reached from its table."""
    rows = await session.rows("milestones_of", {"project": project, "limit": MOST})
    photos = await _photos_of(session, project)
    milestones = tuple(
        Milestone(moment(at), words, place, photos.get(place, ())) for place, at, words in typed(rows, tuple[int, int, str])
    )
    first = again = Tally()
    for (facts,) in typed(await session.rows("project_facts", {}), tuple[str]):
        fact = msgspec.json.decode(facts, type=ProjectJudged)
        if fact.project == project and fact.is_again:
            again = again.plus(fact.score)
        elif fact.project == project:
            first = first.plus(fact.score)
    return Book(milestones, first, again)


async def _photos_of(session: Session, project: ProjectId) -> Mapping[int, tuple[Photo, ...]]:
    """Gather the photos of a project by milestone, in the order in which they were sent."""
    held = f"{HELD}{project}/"
    found: dict[int, list[tuple[int, Photo]]] = defaultdict(list)
    rows = await session.rows("photos_held", {"first": held, "last": f"{HELD}{project}0"})
    for file, holder, slot, type_ in typed(rows, tuple[FileId, str, str, str | None]):
        side, _, number = slot.partition("/")
        photo = Photo(file, is_before=side == BEFORE, is_fetched=type_ is not None)
        found[int(holder.removeprefix(held))].append((int(number), photo))
    return {place: tuple(photo for _, photo in sorted(photos, key=itemgetter(0))) for place, photos in found.items()}
