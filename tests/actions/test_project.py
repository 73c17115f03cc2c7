"""Livelihood projects: anybody judges one once and after 90 days again; its unit says what was reached; links lead there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final, TypeAlias

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions.hang_link import begin_about, choose_link, hang_category, hang_project
from bot.actions.judge_project import (
    Visit,
    ask_project,
    erase_photos,
    judge_project,
    list_projects,
    project_of,
    show_photos,
    show_project,
)
from bot.actions.reach_milestone import drop_milestone, publish_milestone, turn_photo, want_milestone, write_milestone
from bot.errors import NotPermitted, StaleButton
from bot.rules.dialog import Drafting, Idle, ReachingMilestone
from bot.rules.due import AskProject
from bot.rules.effect import Effects, Fetch, Priority
from bot.rules.entry import MilestoneReached, PhotosErased, ProjectJudged
from bot.rules.erasure import MilestonePhotos
from bot.rules.file import Media
from bot.rules.identity import CategoryId, FileId, ProjectId
from bot.rules.message import DraftCard, LinkPicture, Remark, Said
from bot.rules.message.project import MilestoneCard, PhotoShown, PhotosOwned, ProjectList, ProjectPage
from bot.rules.project import (
    AGAIN_AFTER,
    LONGEST_MILESTONE,
    MOST_PHOTOS,
    Book,
    Judged,
    Judging,
    Milestone,
    Photo,
    Reached,
    Tally,
    may_judge,
)
from tests.support.builders import (
    NOW,
    OFFICER,
    QAPQAL_TOWN,
    RESIDENT_PERSON,
    ROADS,
    TRANSPORT,
    county,
    sender,
)
from tests.support.known import desk

Act: TypeAlias = Callable[[], Effects]

ROADS_PROJECT: Final = ProjectId("rural-roads")
PROJECT: Final = project_of(county(), ROADS_PROJECT)
BOOK: Final = Book(first=Tally((0, 0, 1, 2, 3)))


def visit(judged: Judged | None = None) -> Visit:
    """Let a resident stand before the project."""
    return Visit(RESIDENT_PERSON, (), PROJECT, BOOK, judged, 7)


def own() -> Visit:
    """Let an officer of its unit stand before it."""
    return Visit(OFFICER.person, (OFFICER,), PROJECT, BOOK, None, 7)


def page_in(effects: Effects) -> ProjectPage:
    """Return the page that is shown."""
    (page,) = [send.message for send in effects.sends if isinstance(send.message, ProjectPage)]
    return page


def test_somebody_judges_a_project_once() -> None:
    """The entry names nobody; they are asked again after 90 days; until then they cannot say it twice."""
    effects = judge_project(visit(), 4, NOW)
    (entry,) = effects.entries
    assert entry.fact == ProjectJudged(project=ROADS_PROJECT, score=4, is_again=False)
    assert (entry.actor, entry.case) == ("resident", None)
    assert effects.projects == (Judging(ROADS_PROJECT, RESIDENT_PERSON, NOW, None),)
    (due,) = effects.planned
    assert (due.at, due.task) == (NOW + AGAIN_AFTER, AskProject(project=ROADS_PROJECT, person=RESIDENT_PERSON))
    page = page_in(effects)
    assert (page.answers, page.satisfied, page.may_judge, page.has_judged) == (7, 6, False, True)
    for when in (NOW, NOW + AGAIN_AFTER - timedelta(seconds=1)):
        with pytest.raises(StaleButton):
            judge_project(visit(Judged(1, NOW)), 5, when)


def test_and_once_more_after_ninety_days() -> None:
    """Which is counted apart; a third time there is none."""
    later = NOW + AGAIN_AFTER
    asked = ask_project(visit(Judged(1, NOW)), later)
    assert [(send.to, send.priority) for send in asked.sends] == [(RESIDENT_PERSON, Priority.NOTICE)]
    effects = judge_project(visit(Judged(1, NOW)), 2, later)
    assert effects.entries[0].fact == ProjectJudged(project=ROADS_PROJECT, score=2, is_again=True)
    assert effects.planned == ()
    assert (page_in(effects).answers, page_in(effects).again_answers) == (6, 1)
    with pytest.raises(StaleButton):
        judge_project(visit(Judged(2, later)), 5, later + AGAIN_AFTER)
    assert ask_project(visit(Judged(2, later)), later + AGAIN_AFTER) == Effects()


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_made_up_score_is_none(score: int) -> None:
    """A forged button changes nothing."""
    with pytest.raises(StaleButton):
        judge_project(visit(), score, NOW)


def test_a_unit_does_not_judge_its_own_project() -> None:
    """It says what was reached instead."""
    with pytest.raises(NotPermitted):
        judge_project(own(), 5, NOW)
    page = page_in(show_project(own(), NOW))
    assert (page.may_judge, page.may_add) == (False, True)
    assert page_in(show_project(visit(), NOW)).may_add is False


DRAFT: Final = ReachingMilestone(project=ROADS_PROJECT, words="三村的路修好了", begun_by=9)


def photo(name: str) -> Fetch:
    """Let the officer send a photo."""
    return Fetch(FileId(name), OFFICER.person, Media.PHOTO, "its name")


def card_in(effects: Effects) -> MilestoneCard:
    """Return the card that is shown."""
    (card,) = [send.message for send in effects.sends if isinstance(send.message, MilestoneCard)]
    return card


def draft_in(effects: Effects) -> ReachingMilestone:
    """Return what is to be published."""
    assert isinstance(effects.dialog, ReachingMilestone)
    return effects.dialog


def test_a_unit_says_what_was_reached() -> None:
    """The ledger holds a commitment; the words stand on the page, the newest on top."""
    assert want_milestone(own(), 9).dialog == ReachingMilestone(project=ROADS_PROJECT, begun_by=9)
    before = replace(own(), book=replace(BOOK, milestones=(Milestone(NOW, "开工", 1),)))
    effects = publish_milestone(desk(), before, DRAFT, NOW)
    (entry,) = effects.entries
    assert isinstance(entry.fact, MilestoneReached)
    assert (entry.fact.unit, entry.actor, len(entry.fact.words)) == (TRANSPORT, OFFICER.id, 64)
    (reached,) = effects.projects
    assert isinstance(reached, Reached)
    assert (reached.milestone.place, reached.by) == (2, OFFICER.id)
    assert effects.dialog == Idle()
    assert card_in(effects).is_published
    assert [each.words for each in page_in(effects).milestones] == ["三村的路修好了", "开工"]
    long = write_milestone(own(), DRAFT, "长" * (LONGEST_MILESTONE + 1))
    assert [send.message for send in long.sends] == [Said(Remark.MILESTONE_TOO_LONG)]
    acts: tuple[Act, ...] = (
        lambda: want_milestone(visit(), 9),
        lambda: write_milestone(visit(), DRAFT, "好"),
        lambda: turn_photo(visit(), DRAFT, 0),
        lambda: publish_milestone(desk(), visit(), DRAFT, NOW),
        lambda: erase_photos(visit(), 1, NOW),
    )
    for act in acts:
        with pytest.raises(NotPermitted):
            act()


def test_photos_and_words_become_one_card_in_any_order() -> None:
    """A photo shows what was reached until it is said to show how it was; newer words take the place of earlier ones."""
    first = write_milestone(own(), msgspec.structs.replace(DRAFT, words=""), "", photo("f-1"))
    assert (first.fetches, card_in(first).words, card_in(first).photos) == ((photo("f-1"),), "", (False,))
    with pytest.raises(StaleButton):
        publish_milestone(desk(), own(), draft_in(first), NOW)
    second = write_milestone(own(), draft_in(first), "路修好了", photo("f-2"))
    turned = turn_photo(own(), draft_in(second), 0)
    assert (card_in(turned).words, card_in(turned).photos) == ("路修好了", (True, False))
    assert card_in(turn_photo(own(), draft_in(turned), 0)).photos == (False, False)
    assert card_in(write_milestone(own(), draft_in(turned), "三村的路修好了")).words == "三村的路修好了"
    for place in (-1, 2):
        with pytest.raises(StaleButton):
            turn_photo(own(), draft_in(turned), place)
    (reached,) = publish_milestone(desk(), own(), draft_in(turned), NOW).projects
    assert isinstance(reached, Reached)
    assert reached.milestone.photos == (Photo(FileId("f-1"), is_before=True), Photo(FileId("f-2"), is_before=False))


def test_what_is_not_published_goes_with_its_photos() -> None:
    """Nobody keeps what nobody was to see; and there is an end to photos."""
    draft = msgspec.structs.replace(DRAFT, photos=tuple((FileId(f"f-{place}"), False) for place in range(MOST_PHOTOS)))
    full = write_milestone(own(), draft, "", photo("f-9"))
    assert ([send.message for send in full.sends], full.fetches) == ([Said(Remark.TOO_MANY_PHOTOS)], ())
    dropped = drop_milestone(OFFICER.person, draft)
    assert dropped.dialog == Idle()
    assert [each.file for each in dropped.dropped] == [f"f-{place}" for place in range(MOST_PHOTOS)]


def test_anybody_sees_the_photos_and_the_unit_erases_them() -> None:
    """Those still on their way are not shown; where there are none, the button is old."""
    photos = (Photo(FileId("f-1"), is_before=True, is_fetched=True), Photo(FileId("f-2"), is_before=False))
    book = replace(BOOK, milestones=(Milestone(NOW, "完工", 2, photos), Milestone(NOW, "开工", 1)))
    seen = [send.message for send in show_photos(replace(visit(), book=book), 2).sends]
    assert seen == [
        PhotoShown(project=ROADS_PROJECT, at=NOW, file=FileId("f-1"), place=1, of=1, is_before=True),
    ]
    assert [each.photos for each in page_in(show_project(replace(visit(), book=book), NOW)).milestones] == [1, 0]
    official = replace(own(), book=book)
    assert show_photos(official, 2).sends[-1].message == PhotosOwned(project=ROADS_PROJECT, place=2)
    effects = erase_photos(official, 2, NOW)
    assert effects.erased == (MilestonePhotos(ROADS_PROJECT, 2),)
    assert effects.entries[0].fact == PhotosErased(project=ROADS_PROJECT, place=2)
    for place in (1, 3):
        with pytest.raises(StaleButton):
            show_photos(official, place)
        with pytest.raises(StaleButton):
            erase_photos(official, place, NOW)


def test_projects_are_listed_or_said_not_to_be_there() -> None:
    """A county without any says so."""
    (listed,) = [send.message for send in list_projects(county(), RESIDENT_PERSON).sends]
    assert isinstance(listed, ProjectList)
    assert ROADS_PROJECT in listed.projects
    (none,) = [send.message for send in list_projects(replace(county(), projects=()), RESIDENT_PERSON).sends]
    assert none == Said(Remark.NO_PROJECTS)
    with pytest.raises(StaleButton):
        project_of(county(), ProjectId("gone"))


def test_officials_get_links_to_hang_up() -> None:
    """To a project and to a category of the county, and to nothing else; residents get none."""
    official = sender(OFFICER.person, OFFICER)
    (project,) = [send.message for send in hang_project(county(), official, ROADS_PROJECT, "county_bot").sends]
    (category,) = [send.message for send in hang_category(county(), official, ROADS, "county_bot").sends]
    assert project == LinkPicture(title=PROJECT.name.zh, link=f"https://t.me/county_bot?start=p-{ROADS_PROJECT}")
    assert isinstance(category, LinkPicture)
    assert category.link == f"https://t.me/county_bot?start=c-{ROADS}"
    assert choose_link(official).sends
    gone: tuple[Act, ...] = (
        lambda: hang_project(county(), official, ProjectId("gone"), "b"),
        lambda: hang_category(county(), official, CategoryId("gone"), "b"),
    )
    for act in gone:
        with pytest.raises(StaleButton):
            act()
    refused: tuple[Act, ...] = (
        lambda: choose_link(sender()),
        lambda: hang_project(county(), sender(), ROADS_PROJECT, "b"),
    )
    for act in refused:
        with pytest.raises(NotPermitted):
            act()


def test_every_link_fits_what_telegram_carries() -> None:
    """A payload of a deep link has at most 64 characters of A-Z, a-z, 0-9, _ and -."""
    payloads = [f"p-{each.id}" for each in county().projects] + [f"c-{each}" for each in county().categories]
    for payload in payloads:
        assert len(payload) <= 64
        assert payload.replace("-", "").replace("_", "").isalnum()


def test_a_link_begins_a_report_about_its_category() -> None:
    """The words are still to come and change nothing about it; an open draft keeps its words."""
    effects = begin_about(county(), sender(), ROADS, 9)
    assert isinstance(effects.dialog, Drafting)
    assert (effects.dialog.category, effects.dialog.is_guessed, effects.dialog.words) == (ROADS, False, "")
    assert any(isinstance(send.message, DraftCard) for send in effects.sends)
    drafting = msgspec.structs.replace(
        sender(), dialog=msgspec.structs.replace(effects.dialog, words="没有水", township=QAPQAL_TOWN)
    )
    again = begin_about(county(), drafting, ROADS, 10)
    assert isinstance(again.dialog, Drafting)
    assert (again.dialog.words, again.dialog.category, again.dialog.township) == ("没有水", ROADS, QAPQAL_TOWN)
    with pytest.raises(StaleButton):
        begin_about(county(), sender(), CategoryId("gone"), 9)


@given(st.lists(st.integers(1, 5)))
def test_a_tally_counts_every_answer_once(scores: list[int]) -> None:
    """Satisfied is 4 and 5."""
    tally = Tally()
    for score in scores:
        tally = tally.plus(score)
    assert tally.total == len(scores)
    assert tally.satisfied == sum(score >= 4 for score in scores)


@given(st.integers(0, 10**8))
def test_twice_at_most_and_ninety_days_apart(seconds: int) -> None:
    """Whatever the moment."""
    later = NOW + timedelta(seconds=seconds)
    assert may_judge(None, later)
    assert may_judge(Judged(1, NOW), later) == (seconds >= 90 * 86400)
    assert not may_judge(Judged(2, NOW), later)
