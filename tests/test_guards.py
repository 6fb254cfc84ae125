"""What spares patterns their work changes nothing that they find."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from lanxikit.annotating import agency_marks as marks
from lanxikit.annotating.duty_order import places_of_order, speaks_of_order
from lanxikit.annotating.duty_roles import duty_words
from lanxikit.annotating.frames import Frames
from lanxikit.annotating.numbers import _NUMERALS, numbers
from lanxikit.annotating.times import times
from lanxikit.segmenting.inside import _INNER
from lanxikit.segmenting.labels import label_grammar
from lanxikit.text.fold import fold, fold_all
from lanxikit.text.lenient import mended, opening

WORDS = ["市水务局", "责任单位", "贵任单住", "牵头", "配合", "等部门", "负责", "会同", "按职责分工", "为", "(", ")", ":", "、", "。", "…",
         "..", "1.", "①", "一、", "二", "(三)", "第十条", "附件2", "9O%", "l.5亩", "·", "谁", " ", "[", "】", "排名第一", "*", "建设"]  # fmt: skip
COUNTS = ["3", "12", "2025", "05", "1:0.8", "二", "三", "十", "百", "两", "半", "一", "九", "〇", "十四五", "今后", "每", "自", "起", "年", "年底", "月",
          "日", "个工作日", "内", "前", "至", "—", "~", "“", "”", " ", ".", ",", "万", "亿元", "%", "个", "公里", "名", "余", "分之", "翻", "番", "进一步", "第",
          "达到", "x", "过半", "/年", "点", "上半年", "今年", "季度", "初"]  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), max_size=14).map("".join)


def _unguarded(pattern):
    """The pattern without the (?=[…]) in front, which must not change what it finds."""
    found = re.match(r"\(\?=\[(?:\\.|[^\]\\])*\]\)", pattern.pattern)
    assert found, pattern.pattern[:60]
    return re.compile(pattern.pattern[found.end() :])


DUTIES, LABELS = duty_words(), label_grammar(None)
GUARDED = [DUTIES.labels, DUTIES.markers, DUTIES.colon, DUTIES.open_end, LABELS.inner, LABELS.hint]
GUARDED += [_INNER]
PAIRS = [(pattern, _unguarded(pattern)) for pattern in GUARDED]


@given(texts)
def test_patterns_find_the_same_without_their_guard(text):
    for guarded, plain in PAIRS:
        assert [found.span() for found in guarded.finditer(text)] == [found.span() for found in plain.finditer(text)]


@given(texts)
def test_a_text_that_may_name_a_duty_holds_a_cue(text):
    assert not DUTIES.hint.search(text) or DUTIES.cue.search(text)


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


class _Everywhere:
    """A pattern that opens at each of some characters, or at each row of them."""

    def __init__(self, finder, name, pattern):
        self._finder, self._name, self._pattern = finder, name, re.compile(pattern)

    def __enter__(self):
        self._kept = getattr(self._finder, self._name)
        setattr(self._finder, self._name, self._pattern)

    def __exit__(self, *_):
        setattr(self._finder, self._name, self._kept)


@settings(deadline=None)
@given(st.lists(st.sampled_from(COUNTS), max_size=12).map("".join))
def test_numbers_begin_nowhere_else(text):
    found = numbers().find(text)
    rows = rf"\d+|[百千二三四五六七八九十]+分之|翻|一半|半数|过半|[{_NUMERALS}]+"
    with _Everywhere(numbers(), "opens", rows):
        assert found == numbers().find(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(COUNTS), max_size=12).map("".join), st.booleans())
def test_times_begin_nowhere_else(text, field):
    found = times().find(text, Frames(text), 2024, "2024-03-01", field=field)
    firsts = {word[0] for word in (*times()._words, *times()._last)}
    every = "[" + re.escape("".join(sorted(firsts | set("123456789一二三四五六七八九十两半每用“‘\"今明后当本自从未次翌来下")))) + "]"
    with _Everywhere(times(), "_opens", every):
        assert found == times().find(text, Frames(text), 2024, "2024-03-01", field=field)


def test_no_word_no_opening():
    assert re.search(opening([], ""), "牵头") is None
    assert re.fullmatch(opening(["]-^"]) + r".*", "]-^")


def test_a_spoilt_label_is_mended_whatever_holds_the_words():
    for words in (["责任单位"], {"责任单位": "duty"}, frozenset(["责任单位"])):
        assert mended("贵 任单位", words, {"责": "贵"}) == "责任单位"
        assert mended("责任 单位", words, {}) == "责任单位"
