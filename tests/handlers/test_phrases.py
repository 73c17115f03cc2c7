"""What a short message means that says nothing else: in one word or several, with thanks beside it, as a question."""

from __future__ import annotations

import pytest

from handlers.resident.phrases import Meaning, begins_with_answer, is_again, is_called_off, meaning_of


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("修好了，谢谢", Meaning.YES),
        ("谢谢 修好了 👍", Meaning.YES),
        ("ھەل بولدى، رەھمەت", Meaning.YES),
        ("رەھمەت ھەل بولدى", Meaning.YES),
        ("ھەل بولمىدى", Meaning.NO),
        ("没修好啊", Meaning.NO),
        ("什么时候能修好呢", Meaning.WHEN),
        ("قاچان پۈتىدۇ؟", Meaning.WHEN),
        ("ᠪᠠᠨᡞᡥᠠ", Meaning.THANKS),
        ("کۆپ رەھمەت", Meaning.THANKS),
        ("你好，在吗", Meaning.GREETING),
        ("你好，我要投诉", Meaning.WISH),
        ("شىكايەت قىلماقچىمەن", Meaning.WISH),
        ("我想撤回", Meaning.WITHDRAW),
        ("قايتۇرۇۋالماقچىمەن", Meaning.WITHDRAW),
        ("算了", Meaning.DISCARD),
        ("帮我催催", Meaning.WHEN),
        ("匿名，谢谢", Meaning.ANONYMOUS),
        ("ئاتسىز بولسۇن", Meaning.ANONYMOUS),
        ("实名", Meaning.NAMED),
        ("在不在啊有没有活人", Meaning.GREETING),
        ("喂喂有人吗？", Meaning.GREETING),
        ("بارمۇ سىلەر", Meaning.GREETING),
        ("你是机器人吗", Meaning.HELP),
        ("سەن ماشىنا ئادەممۇ؟", Meaning.HELP),
        ("你把我昨天发的删掉", Meaning.FORGET),
        ("ئۇچۇرلىرىمنى ئۆچۈرۈڭ", Meaning.FORGET),
    ],
)
def test_phrases_are_understood_side_by_side(text: str, meaning: Meaning) -> None:
    """A language that puts spaces between words says one thing in several; a particle changes nothing."""
    assert meaning_of(text) is meaning


@pytest.mark.parametrize("text", ["修好了？", "解决了?谢谢", "ھەل بولدىمۇ؟ ھەل بولدى؟", "没解决？"])
def test_a_question_is_no_answer(text: str) -> None:
    """Nobody has judged a case who asks whether it is repaired."""
    assert meaning_of(text) not in {Meaning.YES, Meaning.NO, Meaning.PARTLY}


@pytest.mark.parametrize(
    "text",
    [
        "修好了又坏了",
        "没修好，水还在漏",
        "有人没交物业费",
        "有没有人管停水",
        "ھەل بولدى دېدى، ئەمما يول يوق",
        "谢谢 村口路灯坏了",
        "匿名举报村干部收钱",
        "好 " * 20,
    ],
)
def test_what_says_more_means_none_of_it(text: str) -> None:
    """It is a report, or more of one."""
    assert meaning_of(text) is None


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("没修好，水还在漏", True),
        ("没修好 水还在漏", True),
        ("ھەل بولمىدى، سۇ يەنە ئېقىۋاتىدۇ", True),
        ("水还在漏，没修好", False),
        ("", False),
    ],
)
def test_an_answer_at_the_beginning_is_heard(text: str, *, begins: bool) -> None:
    """However many words it takes in its language; what follows it is a draft all the same."""
    assert begins_with_answer(text) is begins


@pytest.mark.parametrize(
    ("text", "is_off"),
    [("算了", True), ("取消。", True), ("ۋاز كېچىش", True), ("不用了", False), ("已取消收费", False), ("撤回", False)],
)
def test_an_act_is_called_off_by_words_that_are_no_answer(text: str, *, is_off: bool) -> None:
    """A "no need" can be a reply to a resident; "never mind" is none, and no account of what was done."""
    assert is_called_off(text) is is_off


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("又坏了", True),
        ("怎么还是老样子", True),
        ("يەنە بۇزۇلدى", True),
        ("坏了", False),
        ("村口的路灯上个月修过，昨天晚上刮风以后又坏了，走路看不见", False),
    ],
)
def test_a_few_words_say_that_it_is_so_again(text: str, *, is_so: bool) -> None:
    """Many words are compared with what was written before, and need no such sign."""
    assert is_again(text) is is_so
