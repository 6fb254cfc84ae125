"""Figures of corpus statistics: what is drawn is what the tables say."""

import pandas as pd
import pytest
from matplotlib import pyplot

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
    labels = [*ax.get_xticklabels(), *ax.get_yticklabels(), *(ax.get_legend().get_texts() if ax.get_legend() else ())]
    return [text.get_text() for text in (*ax.texts, *labels)]


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
    assert {"省级", "以下"} <= set(written(ax))


def test_every_occurrence_has_a_stroke(made, units):
    data = made["lexical_dispersion"]
    assert data["at"].notna().sum() == 96 and data["at"].dropna().between(0, 1).all()
    assert data[data["count"] == 0]["doc_id"].tolist() == ["haidong-2020", "pingan-2022"]
    ax = lexical_dispersion(data)
    assert sum(len(strokes.get_segments()) for strokes in ax.collections) == 96
    assert any("as a word of its own" in text for text in written(ax))


def test_a_pair_of_one_document_is_hollow(made):
    data = made["collocations"]
    ax = draw_collocations(data)
    hollow = [line for line in ax.lines if line.get_marker() == "o" and line.get_markerfacecolor() == "white"]
    assert len(hollow) == (data["n_documents"] == 1).sum() > 0


def test_weights_are_no_counts(units):
    with pytest.raises(TableError, match="whole number"):
        common_words_data(dfm(units, by="doc_id", weight="tfidf").to_table())


def test_groups_are_called_by_their_levels_and_years(units, tmp_path):
    data = common_words_data(dfm(units, by="level").to_table(), n_words=3)
    assert {"省级", "市州级", "区县级"} <= set(written(common_words(data, lang="zh")))
    data = common_words_data(dfm(units, by="year").to_table(), n_words=3)
    data.to_csv(tmp_path / "data.csv", index=False)
    for table in (data, pd.read_csv(tmp_path / "data.csv")):
        assert {"2020", "2022", "2024"} <= set(written(common_words(table)))


def test_a_column_for_each_unit_is_refused(units):
    data = common_words_data(dfm(units).to_table(), n_words=3)
    with pytest.raises(TableError, match=r"by=.*16 groups"):
        common_words(data)
