"""What comes besides words joins the draft, can be taken out again, and goes with it: into the case, or into nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Final

import msgspec
import pytest

from bot.actions.draft import KEPT, LONGEST_WORDS, add_part, discard, edit_words, remove_part, tidy, write_words
from bot.actions.file_case import file_case
from bot.ports import Sender
from bot.rules.county import County, Urgency
from bot.rules.dialog import Dialog, Drafting, FilePart, Idle, Part, PhonePart, PlacePart, Written
from bot.rules.due import TidyDraft
from bot.rules.effect import Drop, Effects, Fetch, Keep, Priority
from bot.rules.entry import RESIDENT
from bot.rules.file import MOST_PARTS, Media
from bot.rules.identity import NEW_CASE, FileId
from bot.rules.message import Attached, DraftCard, DraftTidied, Remark, Said
from bot.rules.slot import NAME, PHONE, PLACE
from tests.support.builders import NOW, QAPQAL_TOWN, QIONGBOLA, RESIDENT_PERSON, ROADS, county
from tests.support.known import desk

PHOTO: Final = FilePart(11, FileId("f-1"), Media.PHOTO)
VOICE: Final = FilePart(12, FileId("f-2"), Media.VOICE)
HERE: Final = PlacePart(13, 43.84, 81.15)
PHONE_PART: Final = PhonePart(14, "+8613900000000")
FETCH: Final = Fetch(PHOTO.file, RESIDENT_PERSON, Media.PHOTO, "telegram's name")


def mapped() -> County:
    """Make a county of which two townships have a place on the map."""
    places = {QAPQAL_TOWN: (43.84, 81.16), QIONGBOLA: (43.50, 81.00)}
    townships = {
        key: replace(each, latitude=places[key][0], longitude=places[key][1]) if key in places else each
        for key, each in county().townships.items()
    }
    return replace(county(), townships=MappingProxyType(townships))


def added(part: Part, dialog: Dialog | None = None, caption: str = "", of: County | None = None) -> Effects:
    """Send something besides words."""
    return add_part(
        of or county(),
        RESIDENT_PERSON,
        dialog or Idle(),
        None,
        part,
        caption=caption,
        update=7,
        at=NOW,
        fetch=FETCH if part is PHOTO else None,
    )


def draft(*parts: Part, words: str = "") -> Drafting:
    """Make the draft that these parts and words make."""
    dialog: Dialog = Idle()
    for part in parts:
        dialog = drafted(added(part, dialog))
    if words:
        dialog = drafted(write_words(county(), RESIDENT_PERSON, dialog, None, words, message=20, at=NOW))
    assert isinstance(dialog, Drafting)
    return dialog


def drafted(effects: Effects) -> Drafting:
    """Return the draft that is open afterwards."""
    assert isinstance(effects.dialog, Drafting)
    return effects.dialog


def card(effects: Effects) -> DraftCard:
    """Return the card that is shown."""
    (sent,) = effects.sends
    assert isinstance(sent.message, DraftCard)
    return sent.message


def test_a_photo_begins_a_draft_and_its_caption_is_its_words() -> None:
    """One message is enough, whatever it is."""
    effects = added(PHOTO, caption="村口的路灯坏了")
    found = drafted(effects)
    assert (found.words, found.category, found.parts) == ("村口的路灯坏了", ROADS, (PHOTO,))
    assert effects.fetches == (FETCH,)
    assert [part.what for part in card(effects).parts] == [Attached.PHOTO]


def test_words_and_files_come_in_any_order() -> None:
    """Words first or last, the draft is the same one."""
    first = drafted(added(PHOTO, drafted(write_words(county(), RESIDENT_PERSON, Idle(), None, "路灯坏了", message=20))))
    last = draft(PHOTO, words="路灯坏了")
    assert (first.words, first.parts) == (last.words, last.parts)


def test_a_second_place_takes_the_place_of_the_first() -> None:
    """So does a second phone number; files add up."""
    elsewhere = PlacePart(30, 44.0, 81.0)
    assert draft(HERE, PHONE_PART, elsewhere).parts == (PHONE_PART, elsewhere)
    assert draft(PHOTO, VOICE).parts == (PHOTO, VOICE)


def test_a_place_names_its_township() -> None:
    """The nearest one that has a place on the map; none far from them all, and none without a map."""
    assert drafted(added(HERE, of=mapped())).township == QAPQAL_TOWN
    assert drafted(added(PlacePart(1, 43.52, 81.02), of=mapped())).township == QIONGBOLA
    assert drafted(added(PlacePart(1, 39.9, 116.4), of=mapped())).township is None
    assert drafted(added(HERE)).township is None


def test_a_draft_has_only_so_many_parts() -> None:
    """A flood of photos ends with a word about it, and nothing is fetched."""
    full = msgspec.structs.replace(draft(PHOTO), parts=(PHOTO,) * MOST_PARTS)
    effects = added(PHOTO, full)
    assert [send.message for send in effects.sends] == [Said(Remark.TOO_MANY_PARTS)]
    assert (effects.dialog, effects.fetches) == (None, ())


def test_a_caption_that_is_too_much_takes_its_photo_with_it() -> None:
    """Nothing is half taken."""
    effects = added(PHOTO, draft(words="字" * LONGEST_WORDS), caption="字")
    assert [send.message for send in effects.sends] == [Said(Remark.TOO_LONG)]
    assert (effects.dialog, effects.fetches) == (None, ())


def test_a_part_is_taken_out_with_its_caption() -> None:
    """Telegram tells no bot of a deletion, so the card has a button for each."""
    both = drafted(added(PHOTO, draft(words="路灯坏了"), caption="这里"))
    effects = remove_part(county(), RESIDENT_PERSON, both, PHOTO.message, 5)
    assert (drafted(effects).words, drafted(effects).parts) == ("路灯坏了", ())
    assert effects.dropped == (Drop(PHOTO.file, RESIDENT_PERSON),)
    assert [send.replaces for send in effects.sends] == [5]


def test_with_its_last_part_the_draft_is_gone() -> None:
    """A card about nothing would be of no use."""
    effects = remove_part(county(), RESIDENT_PERSON, draft(PHOTO), PHOTO.message, 5)
    assert effects.dialog == Idle()
    assert effects.dropped == (Drop(PHOTO.file, RESIDENT_PERSON),)


def test_edited_words_are_guessed_about_anew() -> None:
    """What was written in the meantime stays; words edited away are gone."""
    two = drafted(write_words(county(), RESIDENT_PERSON, draft(words="路灯坏了"), None, "快来", message=21, at=NOW))
    changed = drafted(edit_words(county(), RESIDENT_PERSON, two, Written(20, "停水两天了"), NOW))
    assert (changed.words, changed.category) == ("停水两天了\n快来", "heat_water_power")
    gone = drafted(edit_words(county(), RESIDENT_PERSON, two, Written(20, ""), NOW))
    assert gone.words == "快来"


def test_an_emergency_is_on_the_card_until_it_is_said_to_be_none() -> None:
    """More words do not bring it back."""
    burning = draft(words="着火了")
    assert burning.urgency is Urgency.EMERGENCY
    calm = msgspec.structs.replace(burning, urgency=Urgency.NORMAL, is_calm=True)
    more = write_words(county(), RESIDENT_PERSON, calm, None, "真的着火了", message=21, at=NOW)
    assert card(more).urgency is Urgency.NORMAL


def test_throwing_a_draft_away_drops_its_files() -> None:
    """Nothing of it is kept."""
    effects = discard(RESIDENT_PERSON, 5, draft=draft(PHOTO, VOICE, HERE))
    assert effects.dropped == (Drop(PHOTO.file, RESIDENT_PERSON), Drop(VOICE.file, RESIDENT_PERSON))


def test_filing_keeps_files_and_seals_what_was_given_for_this_matter() -> None:
    """Files in order under the case; place, phone and name as words of the vault, and in no entry."""
    named = msgspec.structs.replace(draft(PHOTO, HERE, VOICE, PHONE_PART, words="路灯坏了"), name="张三")
    sender = Sender(RESIDENT_PERSON, is_new=False, language=None, township=None, dialog=named, roles=())
    effects = file_case(desk(), sender, named, (), NOW)
    assert effects.kept == (
        Keep(PHOTO.file, NEW_CASE, "filed/1", RESIDENT),
        Keep(VOICE.file, NEW_CASE, "filed/2", RESIDENT),
    )
    given = {words.slot: words.text for words in effects.words}
    assert (given[PLACE], given[PHONE], given[NAME]) == ("43.84000,81.15000", "+8613900000000", "张三")
    (entry,) = effects.cases[0].entries
    assert not any(secret in msgspec.json.encode(entry.fact).decode() for secret in ("张三", "139", "43.8"))


class TestTidying:
    """A draft that lies for a day is thrown away, and its owner told."""

    def test_the_first_message_plans_it_and_later_ones_do_not(self) -> None:
        """One thing to look at for each draft."""
        first = write_words(county(), RESIDENT_PERSON, Idle(), None, "路灯坏了", update=7, message=1, at=NOW)
        (planned,) = first.planned
        assert (planned.at, planned.task) == (NOW + KEPT, TidyDraft(person=RESIDENT_PERSON, begun_by=7))
        more = write_words(county(), RESIDENT_PERSON, drafted(first), None, "快来", update=8, message=2, at=NOW)
        assert more.planned == ()
        assert added(PHOTO).planned != ()

    def test_after_a_day_it_is_gone_and_its_owner_told(self) -> None:
        """With its files."""
        effects = tidy(RESIDENT_PERSON, draft(PHOTO), 7, NOW + KEPT)
        assert effects.ended == (RESIDENT_PERSON,)
        assert effects.dropped == (Drop(PHOTO.file, RESIDENT_PERSON),)
        assert [(send.message, send.priority) for send in effects.sends] == [(DraftTidied(), Priority.NOTICE)]

    def test_one_that_was_added_to_is_looked_at_again(self) -> None:
        """A day after the last change."""
        later = NOW + timedelta(hours=3)
        changed = drafted(write_words(county(), RESIDENT_PERSON, draft(PHOTO), None, "快来", message=2, at=later))
        effects = tidy(RESIDENT_PERSON, changed, 7, NOW + KEPT)
        assert [due.at for due in effects.planned] == [later + KEPT]
        assert effects.ended == ()

    @pytest.mark.parametrize("begun_by", [8, 0])
    def test_another_draft_and_no_draft_are_left_alone(self, begun_by: int) -> None:
        """What was sent or thrown away needs no tidying."""
        assert tidy(RESIDENT_PERSON, draft(PHOTO), begun_by, NOW + KEPT) == Effects()
        assert tidy(RESIDENT_PERSON, None, 7, NOW + KEPT) == Effects()
