"""What spares patterns their work changes nothing that they find."""

import re

from hypothesis import given
from hypothesis import strategies as st

from lanxikit.annotating import agency_marks as marks
from lanxikit.annotating import numbers
from lanxikit.annotating.duty_order import places_of_order, speaks_of_order
from lanxikit.annotating.duty_roles import duty_words
from lanxikit.segmenting.inside import _INNER
from lanxikit.segmenting.labels import label_grammar
from lanxikit.text.fold import fold, fold_all
from lanxikit.text.lenient import mended, opening

WORDS = ["市水务局", "责任单位", "贵任单住", "牵头", "配合", "等部门", "负责", "会同", "按职责分工", "为", "(", ")", ":", "、", "。", "…",
         "..", "1.", "①", "一、", "二", "(三)", "第十条", "附件2", "9O%", "l.5亩", "·", "谁", " ", "[", "】", "排名第一", "*", "建设"]  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), max_size=14).map("".join)


def _unguarded(pattern):
    """The pattern without the (?=[…]) in front, which must not change what it finds."""
    found = re.match(r"\(\?=\[(?:\\.|[^\]\\])*\]\)", pattern.pattern)
    assert found, pattern.pattern[:60]
    return re.compile(pattern.pattern[found.end() :])


DUTIES, LABELS = duty_words(), label_grammar(None)
GUARDED = [DUTIES.labels, DUTIES.markers, DUTIES.hint, DUTIES.colon, DUTIES.open_end, LABELS.inner, LABELS.hint]
GUARDED += [_INNER, numbers._OPENS]
PAIRS = [(pattern, _unguarded(pattern)) for pattern in GUARDED]


@given(texts)
def test_patterns_find_the_same_without_their_guard(text):
    for guarded, plain in PAIRS:
        assert [found.span() for found in guarded.finditer(text)] == [found.span() for found in plain.finditer(text)]


@given(texts)
def test_marks_of_a_list_are_the_same_without_a_look_ahead(text):
    assert marks.rounded(text) == text.translate(marks._ROUND)
    blank = lambda found: "、".ljust(len(found.group()))  # noqa: E731
    assert marks.numberless(text) == marks._NUMBER.sub(blank, marks._DOT.sub("、", text))
    assert marks.elided(text) == marks._ELLIPSIS.sub(lambda found: "…".ljust(len(found.group())), text)
    assert marks.twinned(text) == marks._TWIN.sub(r"、\1 ", text)


@given(texts)
def test_rules_of_order_are_sought_in_many_texts_at_once(text):
    assert bool(places_of_order(text)) == speaks_of_order(text)


@given(st.lists(st.text(max_size=8) | st.sampled_from(["（一）", "９０％", "\0", "a\0b", ""]), max_size=5))
def test_texts_fold_alike_together_and_alone(some):
    assert fold_all(some) == [fold(text) for text in some]


def test_no_word_no_opening():
    assert re.search(opening([], ""), "牵头") is None
    assert re.fullmatch(opening(["]-^"]) + r".*", "]-^")


def test_a_spoilt_label_is_mended_whatever_holds_the_words():
    for words in (["责任单位"], {"责任单位": "duty"}, frozenset(["责任单位"])):
        assert mended("贵 任单位", words, {"责": "贵"}) == "责任单位"
        assert mended("责任 单位", words, {}) == "责任单位"
