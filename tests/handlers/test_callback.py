"""A button is a value, and at most 64 bytes that lead back to that value and to nothing else."""

from __future__ import annotations

import re
import string
from typing import get_args

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import StaleButton
from bot.rules.identity import CategoryId
from handlers.callback import (
    LONGEST,
    VERSION,
    AcceptCase,
    AdminButton,
    AuditButton,
    Button,
    CallerButton,
    CardButton,
    DraftButton,
    DutyButton,
    GeneralButton,
    MeasureButton,
    MeetingButton,
    OfficialButton,
    PickCategory,
    ProjectButton,
    ResidentButton,
    RightsButton,
    SendDraft,
    SignButton,
    StaffButton,
    SurveyButton,
    TranslatingButton,
    decode,
    encode,
)
from tests.handlers.any_button import buttons
from tests.handlers.every_button import CASE, EVERY

quick = settings(deadline=None, max_examples=200)


def test_every_type_of_button_is_tried() -> None:
    """A new button needs an example here."""
    assert {type(button) for button in EVERY} == set(get_args(Button))


@pytest.mark.parametrize("kind", get_args(Button))
def test_every_button_of_the_sample_county_fits_and_leads_back(kind: type[Button]) -> None:
    """What Telegram keeps is enough to know what was meant, and begins with the version of the format."""
    for button in EVERY:
        if type(button) is kind:
            data = encode(button)
            assert len(data.encode()) <= LONGEST, button
            assert data.startswith(VERSION)
            assert decode(data) == button
            assert type(decode(data)) is kind


def members(union: object) -> tuple[type[msgspec.Struct], ...]:
    """Return the members of a union of buttons, or the one that stands for an area alone."""
    return get_args(union) or (union,)


def test_no_two_buttons_have_one_tag() -> None:
    """Tags are unique over all areas, of one or two letters, and every button is in one area."""
    official = (
        OfficialButton,
        TranslatingButton,
        AdminButton,
        DutyButton,
        StaffButton,
        CallerButton,
        MeetingButton,
        AuditButton,
        SignButton,
        MeasureButton,
    )
    judging = (SurveyButton, CardButton)
    areas = (GeneralButton, DraftButton, ResidentButton, *official, *judging, RightsButton, ProjectButton)
    kinds = [kind for area in areas for kind in members(area)]
    assert sorted(kind.__name__ for kind in kinds) == sorted(kind.__name__ for kind in members(Button))
    assert len({kind.__struct_config__.tag for kind in kinds}) == len(kinds)
    assert all(re.fullmatch("[a-z]{1,2}", str(kind.__struct_config__.tag)) for kind in kinds)


def test_no_two_buttons_look_alike() -> None:
    """Each meaning has data of its own."""
    assert len({encode(button) for button in EVERY}) == len(EVERY)


@quick
@given(buttons)
def test_any_button_leads_back_to_itself(button: Button) -> None:
    """With any county's ids, as long as they fit."""
    assert decode(encode(button)) == button


def test_a_button_that_does_not_fit_is_not_drawn() -> None:
    """The 64th byte still fits, the 65th does not; bytes are counted, not letters."""
    spare = LONGEST - len(encode(PickCategory(CategoryId(""))))
    assert len(encode(PickCategory(CategoryId("x" * spare)))) == LONGEST
    with pytest.raises(ValueError, match="65 bytes"):
        encode(PickCategory(CategoryId("x" * (spare + 1))))
    with pytest.raises(ValueError, match="64 fit"):
        encode(PickCategory(CategoryId("镇" * (spare // 3 + 1))))


def outcome(data: str | None) -> Button | None:
    """Read callback data; None where it is stale. Anything else that is raised is a fault."""
    try:
        return decode(data)
    except StaleButton:
        return None


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        VERSION,
        "0" + encode(SendDraft())[1:],
        "2" + encode(SendDraft())[1:],
        encode(SendDraft())[1:],
        " " + encode(SendDraft()),
        encode(SendDraft()) + "x",
        encode(AcceptCase(CASE))[:-1],
        f"{VERSION}null",
        f"{VERSION}[]",
        f"{VERSION}{{}}",
        f'{VERSION}"s"',
        f'{VERSION}["z"]',
        f'{VERSION}["S"]',
        f'{VERSION}["a"]',
        f'{VERSION}["a",1]',
        f'{VERSION}["a",null]',
        f'{VERSION}["k","threat"]',
        f'{VERSION}["p","everything"]',
        f'{VERSION}["v","CB-2026-000001",1,"maybe"]',
        f'{VERSION}["v","CB-2026-000001","1","yes"]',
        f'{VERSION}["v","CB-2026-000001",1]',
        f'{VERSION}["n","CB-2026-000001",1,2.5]',
        f'{VERSION}["n","CB-2026-000001",true,5]',
        f'{VERSION}["g","CB-2026-000001",1e99]',
        "accept_CB-2026-000001",
        "noop",
    ],
)
def test_what_this_program_never_drew_is_stale(data: str | None) -> None:
    """Nothing, another version, cut off, another shape, another type, a value that there is not: all the same answer."""
    with pytest.raises(StaleButton):
        decode(data)


@quick
@given(st.text(st.characters(codec="utf-8"), max_size=64))
@example("1[\x00")
def test_any_text_is_a_button_or_stale(text: str) -> None:
    """Whatever a forged tap carries, with our version in front or not, it is understood or refused, never a fault."""
    outcome(text)
    outcome(VERSION + text)


@quick
@given(st.binary(max_size=64))
def test_any_bytes_are_a_button_or_stale(data: bytes) -> None:
    """Noise that happens to be text is refused as politely."""
    outcome(VERSION + data.decode("latin-1"))
    outcome(data.decode("utf-8", "replace"))


plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(string.printable, max_size=8)
tags = sorted(str(each.__struct_config__.tag) for each in get_args(Button))


@quick
@given(st.sampled_from(tags), st.lists(plain | st.lists(plain, max_size=2), max_size=4))
def test_the_right_shape_with_any_values_is_a_button_or_stale(tag: str, values: list[object]) -> None:
    """Even data of the right form is read only where every value is of its type, and then it means just that."""
    data = VERSION + msgspec.json.encode([tag, *values]).decode()
    button = outcome(data)
    if button is not None:
        assert button.__struct_config__.tag == tag
        assert decode(VERSION + msgspec.json.encode(button).decode()) == button


def test_half_a_character_is_stale() -> None:
    """JSON can carry half of a surrogate pair, which no text has: a forged tap with one is refused like any other."""
    with pytest.raises(StaleButton):
        decode(f'{VERSION}["a","\ud800"]')


def test_more_than_telegram_keeps_is_stale() -> None:
    """What is longer than any button came from no button; a thousand brackets must not be counted through."""
    with pytest.raises(StaleButton):
        decode(VERSION + "[" * 100_000)
    with pytest.raises(StaleButton):
        decode(f'{VERSION}["s",{"[" * 100_000}')
