"""Finding listed words: anywhere in Chinese, by stems in Uyghur, whatever is hidden or capital."""

from __future__ import annotations

import pytest

from bot.rules.vocabulary import HINT, NAME, ONE_CHARACTER, Listed, Text, Vocabulary


def found(text: str, *names: str, hints: tuple[str, ...] = (), unless: tuple[str, ...] = ()) -> list[str]:
    """Return the words that are found of some that stand for one thing."""
    return [each.word for each in Vocabulary.of({"it": Listed(names, hints)}, unless).find(Text.of(text))]


def test_a_chinese_word_is_found_anywhere() -> None:
    """Chinese is written without spaces."""
    assert found("村口的路灯坏了", "路灯", "下水道") == ["路灯"]


def test_of_words_in_the_same_place_the_longest_counts() -> None:
    """A longer word is another thing than the shorter one in it, before and behind."""
    assert found("亩水费太高", "水费", "亩水费") == ["亩水费"]
    assert found("水费太高", "水费", "亩水费") == ["水费"]
    assert found("天然气和气", "天然气", "气") == ["天然气", "气"]


def test_a_word_counts_once() -> None:
    """Saying it often does not make it more."""
    assert found("路灯路灯路灯", "路灯") == ["路灯"]


@pytest.mark.parametrize("text", ["W\u200biFi", "wifi", "WIFI", "wi\u2066fi"])
def test_capitals_and_invisible_characters_make_no_difference(text: str) -> None:
    """What looks the same is the same."""
    assert found(text, "WiFi") == ["wifi"]


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("يوللارنىڭ ھەممىسى بۇزۇق", "يول"),
        ("مەكتىپىمىزدىكى ئوقۇتقۇچى", "مەكتەپ"),  # the vowel weakens
        ("مەكتەپ", "مەكتەپ"),
        ("دوختۇرخانىسىدا", "دوختۇرخانا"),
        ("دوختۇرخنىدا", "دوختۇر"),
        ("سۇ تۈنۈگۈندىن بېرى كەلمىدى", "سۇ كەلمى"),  # words between
        ("tok yoq", "توك يوق"),  # in Latin letters
        ("mektep ashxanisi", "مەكتەپ"),
        ("иш", "иш"),
        ("ᠮᡠᡴᡝ ᠠᡴᡡ", "ᠮᡠᡴᡝ"),
    ],
)
def test_a_word_with_endings_is_found_by_its_stem(text: str, stem: str) -> None:
    """One form in the list is enough."""
    assert found(text, stem) == [stem]


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("سۇلايمان", "سۇ"),  # a name, not water
        ("ئات", "ئىت"),  # a horse, not a dog
        ("بولدى سۇ", "سۇ كەلمى"),
        ("سۇ بىر ئىككى ئۈچ كەلمىدى", "سۇ كەلمى"),  # too far apart
    ],
)
def test_what_only_begins_alike_is_not_found(text: str, stem: str) -> None:
    """A short stem must be followed by endings, and the parts of a phrase stand near each other."""
    assert found(text, stem) == []


def test_a_word_that_stands_for_nothing_hides_those_in_it() -> None:
    """A fire extinguisher is no fire."""
    assert found("灭火器坏了", "火", unless=("灭火器",)) == []
    assert found("着火，没有灭火器", "着火", unless=("灭火器",)) == ["着火"]


def test_a_word_is_hidden_at_the_end_of_a_text_too() -> None:
    """Where fewer signs are left than the longest word has."""
    fire = Vocabulary.of({"fire": Listed(("着火", "着火了怎么跑"))}, ("打不着火",))
    assert fire.find(Text.of("天然气打不着火")) == ()


def test_beside_what_is_over_a_word_does_not_count() -> None:
    """In the same clause, in each script; another clause speaks for itself, and so does another meaning."""
    words = {"fire": Listed(("着火", "ئوت كەت")), "house": Listed(("房子",))}
    fire = Vocabulary.of(words, unless_beside={"fire": ("去年", "بۇلتۇر")})
    assert [each.word for each in fire.find(Text.of("房子去年着火"))] == ["房子"]
    assert [each.word for each in fire.find(Text.of("去年修的，着火了"))] == ["着火"]
    assert fire.find(Text.of("بۇلتۇر ئۆيگە ئوت كەتتى")) == ()
    assert [each.word for each in fire.find(Text.of("بۇلتۇر سالدۇق، ئوت كەتتى"))] == ["ئوت كەت"]


def test_a_word_in_a_clause_of_what_might_be_does_not_count() -> None:
    """Only in the same clause: what is said before a comma leaves what comes after it as it is."""
    words = Vocabulary.of({"it": Listed(("着火",))}, unless_before=("万一",))
    assert words.find(Text.of("万一哪天着火跑不出去")) == ()
    assert [each.word for each in words.find(Text.of("万一呢，着火了"))] == ["着火"]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("墙倒了压住两个人", True),
        ("压住人了", True),
        ("压住了，来了很多人", False),  # another clause
        ("压住了村口那棵刚刚栽好的树的人", False),  # too far apart
        ("没压住人", False),  # hidden by a word that stands for nothing
    ],
)
def test_parts_of_a_chinese_phrase_may_stand_apart(text: str, *, is_found: bool) -> None:
    """A few signs of the same clause may stand where dots are listed."""
    assert found(text, "压住…人", unless=("没压",)) == (["压住…人"] if is_found else [])


def test_weights() -> None:
    """Names weigh more than hints, long ones more than short ones, shared ones less for each."""
    words = Vocabulary.of({"a": Listed(("路灯", "斑马线", "秤", "假货"), ("坑",)), "b": Listed(("假货",))})
    weights = {each.word: dict(each.meanings) for each in words.find(Text.of("路灯斑马线秤坑假货"))}
    assert weights["路灯"] == {"a": NAME}
    assert weights["斑马线"] == {"a": NAME + 0.5}
    assert weights["秤"] == {"a": ONE_CHARACTER}
    assert weights["坑"] == {"a": HINT}
    assert weights["假货"] == {"a": pytest.approx(NAME / 2**0.5), "b": pytest.approx(NAME / 2**0.5)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("老人被三轮车撞了", ["老人被三轮车撞"]),
        ("娃被狗咬了", ["娃被狗咬"]),
        ("护栏被车撞了", []),
        ("老人说，护栏被车撞了", []),
        ("老人每天早上都要到村委会去等着被撞", []),
    ],
)
def test_any_word_of_a_group_may_be_a_part_of_a_phrase(text: str, words: list[str]) -> None:
    """What is told as found is what stands in the text; the parts stand near each other, in one clause."""
    assert found(text, "老人|娃…被…撞|咬") == words


def test_words_that_begin_alike_are_told_apart() -> None:
    """To sit and to kill sound nearly alike, and differ in the first letter."""
    assert found("بوۋايلار ئولتۇرىدىغان يەر", "ئۆلتۈر") == []
    assert found("ئولتۇرىدىغان يەر", "ئولتۇر", "ئۆلتۈر") == ["ئولتۇر"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("بالىلارنىڭ لېۋى كۆكىرىپ كەتتى", ["بالا كۆكىر"]),
        ("ئانام يىقىلىپ كۆزىنى ئاچمىدى", ["ئانا ئاچمى"]),
        ("بالام مەكتەپتە", []),
        ("ئەخلەت كۆكىرىپ كەتتى", []),
    ],
)
def test_a_part_of_a_phrase_may_be_one_of_several_words(text: str, said: list[str]) -> None:
    """Who and how are listed apart, and what is found says which of them stand there."""
    assert found(text, "بالا|ئانا كۆكىر|ئاچمى") == said


def test_a_chinese_phrase_of_one_part_may_be_one_of_several_words() -> None:
    """A group alone names something, too."""
    assert found("他写了绝笔", "遗言|绝笔") == ["绝笔"]
    assert found("他写了信", "遗言|绝笔") == []
