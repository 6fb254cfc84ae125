"""Figures of corpus statistics: what is drawn is what the tables say."""

import pandas as pd
import pytest
from matplotlib import pyplot
from matplotlib.text import Text

from lanxikit import fonts
from lanxikit.errors import TableError
from lanxikit.plots._barcode import lexical_dispersion, lexical_dispersion_data
from lanxikit.plots._collocations import collocations as draw_collocations
from lanxikit.plots._collocations import collocations_data
from lanxikit.plots._common import common_words, common_words_data
from lanxikit.plots._keyness import keyness as draw_keyness
from lanxikit.plots._keyness import keyness_data
from lanxikit.textstats.collocations import collocations
from lanxikit.textstats.dispersion import dispersion
from lanxikit.textstats.features import dfm
from lanxikit.textstats.keyness import keyness
from lanxikit.textstats.kwic import kwic

DRAWN = {
    "keyness": draw_keyness,
    "collocations": draw_collocations,
    "lexical_dispersion": lexical_dispersion,
    "common_words": common_words,
}


@pytest.fixture(autouse=True)
def _closed():
    yield
    pyplot.close("all")


@pytest.fixture(scope="module")
def made(units):
    words = ["黄河", "公积金"]
    return {
        "keyness": keyness_data(keyness(units, "level", "province", n_boot=100)),
        "collocations": collocations_data(collocations(units)),
        "lexical_dispersion": lexical_dispersion_data(kwic(units, words), units, dispersion(units, words)),
        "common_words": common_words_data(dfm(units, by="doc_id").to_table()),
    }


def written(ax):
    ax.figure.canvas.draw()
    found = [text for text in ax.figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    boxes = [(text.get_text(), text.get_window_extent()) for text in found]
    return [(text, box) for text, box in boxes if box.width > 0]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", DRAWN)
def test_no_text_is_cut_or_covered(name, lang, made):
    before = made[name].copy(deep=True)
    ax = DRAWN[name](made[name], lang=lang)
    pd.testing.assert_frame_equal(made[name], before)
    assert ax.figure.get_size_inches()[1] * 2.54 <= 22.0
    found = written(ax)
    assert len(found) > 10
    assert fonts.missing("".join(text for text, _ in found)) == ""
    right, top = ax.figure.canvas.get_width_height()
    for i, (text, box) in enumerate(found):
        assert box.x0 > -0.6 and box.y0 > -0.6 and box.x1 < right + 0.6 and box.y1 < top + 0.6, f"cut off: {text}"
        for other, there in found[i + 1 :]:
            across = min(box.x1, there.x1) - max(box.x0, there.x0)
            down = min(box.y1, there.y1) - max(box.y0, there.y0)
            assert across < 0.6 or down < 0.6, f"{text} and {other} overlap"


@pytest.mark.parametrize("name", DRAWN)
def test_empty_and_wrong_tables(name, made):
    assert [text for text, _ in written(DRAWN[name](made[name].iloc[:0]))] == ["no rows"]
    with pytest.raises(TableError, match=rf"lx\.plots\.{name}_data"):
        DRAWN[name](pd.DataFrame({"x": [1]}))


@pytest.mark.parametrize("make", [keyness_data, collocations_data, common_words_data])
def test_the_wrong_table_is_refused_before_it_is_drawn(make):
    with pytest.raises(TableError, match="lacks"):
        make(pd.DataFrame({"x": [1]}))


def test_tables_without_rows_give_data_without_rows(units):
    none = units.iloc[:0]
    assert lexical_dispersion_data(kwic(none, "黄河"), none).empty
    assert lexical_dispersion_data(kwic(units, "从未出现"), units).empty
    assert collocations_data(collocations(none)).empty
    assert common_words_data(dfm(none).to_table()).empty


def test_bars_stand_on_the_side_of_their_group(made):
    data = made["keyness"]
    assert data["side"].value_counts().to_dict() == {"target": 12, "reference": 12}
    ax = draw_keyness(data, sides=("省级", "以下"))
    assert [bar.get_width() for bar in ax.patches] == pytest.approx(data["log_ratio"].tolist())
    lines = [line for line in ax.lines if len(set(line.get_xdata())) == 2 and len(set(line.get_ydata())) == 1]
    assert len(lines) == data["low"].notna().sum() > 5
    assert {"省级", "以下"} <= {text for text, _ in written(ax)}


def test_every_occurrence_has_a_stroke(made, units):
    data = made["lexical_dispersion"]
    assert data["at"].notna().sum() == 96 and data["at"].dropna().between(0, 1).all()
    assert data[data["count"] == 0]["doc_id"].tolist() == ["haidong-2020", "pingan-2022"]
    ax = lexical_dispersion(data)
    assert sum(len(strokes.get_segments()) for strokes in ax.collections) == 96
    assert any("as a word of its own" in text for text, _ in written(ax))


def test_a_pair_of_one_document_is_hollow(made):
    data = made["collocations"]
    ax = draw_collocations(data)
    hollow = [line for line in ax.lines if line.get_marker() == "o" and line.get_markerfacecolor() == "white"]
    assert len(hollow) == (data["n_documents"] == 1).sum() > 0


def test_weights_are_no_counts(units):
    with pytest.raises(TableError, match="whole number"):
        common_words_data(dfm(units, by="doc_id", weight="tfidf").to_table())
