"""Sentences that were translated before: which are the same, what is remembered, and what they make of a new text."""

from __future__ import annotations

import pytest

from bot.rules.memory import normalised, pairs, put_together, sentences, wanted


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("路坏了。灯也坏了！", ("路坏了。", "灯也坏了！")),
        ("يول بۇزۇلدى. چىراغ يوق؟", ("يول بۇزۇلدى.", "چىراغ يوق؟")),
        ("路坏了\n灯也坏了", ("路坏了", "灯也坏了")),
        ("路坏了", ("路坏了",)),
        (" 。\n… ", ()),
        ("", ()),
    ],
)
def test_a_text_is_cut_where_sentences_end(text: str, parts: tuple[str, ...]) -> None:
    """In every script of the county; what holds no words is no sentence."""
    assert sentences(text) == parts


@pytest.mark.parametrize("other", ["路坏了。", " 路坏了 ", "路坏了!", "\u200f路坏了"])
def test_the_signs_around_a_sentence_make_no_other_one(other: str) -> None:
    """Nor spaces, nor capitals."""
    assert normalised(other) == normalised("路坏了")
    assert normalised("Yol  BUZULDI") == normalised("yol buzuldi.")


def test_joiners_and_selectors_of_a_script_stay() -> None:
    """They can make another word of it."""
    assert normalised("ᠪᠠ\u180bᡞᡨᠠ") != normalised("ᠪᠠᡞᡨᠠ")


def test_sentences_are_remembered_one_by_one_where_each_belongs_to_one() -> None:
    """Otherwise the whole alone: which sentence became which is not known."""
    assert pairs("يول بۇزۇلدى. چىراغ يوق.", "路坏了。没有灯。") == {
        "يول بۇزۇلدى. چىراغ يوق": "路坏了。没有灯。",
        "يول بۇزۇلدى": "路坏了。",
        "چىراغ يوق": "没有灯。",
    }
    assert pairs("يول بۇزۇلدى. چىراغ يوق.", "路坏了，也没有灯。") == {"يول بۇزۇلدى. چىراغ يوق": "路坏了，也没有灯。"}
    assert pairs("…", "路") == {}


def test_a_text_is_put_together_only_where_every_sentence_is_known() -> None:
    """What is known of it is shown by itself otherwise."""
    known = {"يول بۇزۇلدى": "路坏了。", "چىراغ يوق": "没有灯。"}
    both = put_together("چىراغ يوق. يول بۇزۇلدى.", known)
    assert both == ((("چىراغ يوق.", "没有灯。"), ("يول بۇزۇلدى.", "路坏了。")), "没有灯。 路坏了。")
    assert put_together("يول بۇزۇلدى. سۇ يوق.", known) == ((("يول بۇزۇلدى.", "路坏了。"),), None)
    assert put_together("سۇ يوق.", known) == ((), None)


def test_the_whole_goes_before_its_sentences() -> None:
    """As somebody once translated all of it in one piece."""
    known = {"يول بۇزۇلدى. چىراغ يوق": "路坏了，也没有灯。", "يول بۇزۇلدى": "路坏了。", "چىراغ يوق": "没有灯。"}
    assert put_together("يول بۇزۇلدى. چىراغ يوق.", known)[1] == "路坏了，也没有灯。"


def test_of_an_endless_text_only_so_many_sentences_are_looked_for() -> None:
    """Each is a way to the database."""
    assert len(wanted(". ".join(f"路{number}" for number in range(500)))) == 41
    assert wanted("路坏了。路坏了。") == ("路坏了。路坏了", "路坏了")
