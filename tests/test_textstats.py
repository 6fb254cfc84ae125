"""Counts of words: the document-feature table, keyness, collocations, dispersion, against hand and library."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency
from threadpoolctl import threadpool_limits

from lanxikit.errors import LanxiError, TableError
from lanxikit.textstats.collocations import collocations
from lanxikit.textstats.dispersion import dispersion
from lanxikit.textstats.draws import draws
from lanxikit.textstats.features import DocumentFeatures, dfm
from lanxikit.textstats.keyness import keyness
from lanxikit.textstats.likelihood import g2

TEXTS = ["黄河黄河铁路", "黄河公路", "铁路铁路铁路公路", "湟水"]
NAMES = ["a", "a", "b", "b"]


def table(texts=TEXTS, documents=NAMES, **columns):
    ids = [f"{doc}#{i:03d}" for i, doc in enumerate(documents, 1)]
    return pd.DataFrame({"unit_id": ids, "doc_id": documents, "text": texts, **columns})


# document-feature table


def test_counts_are_those_counted_by_hand():
    found = dfm(table())
    assert found.terms == ("公路", "湟水", "铁路", "黄河")
    assert found.values.toarray().tolist() == [[0, 0, 1, 2], [1, 0, 0, 1], [1, 0, 3, 0], [0, 1, 0, 0]]
    assert repr(found) == "DocumentFeatures(4 units × 4 words, count)"


def test_groups_add_up_and_a_missing_value_is_no_group():
    found = dfm(table(year=[2020, 2020, pd.NA, 2024]), by="year")
    assert found.unit_ids == ["2020", "2024"]
    assert found.units["n_units"].tolist() == [2, 1]
    assert found.values.toarray().tolist() == [[1, 0, 1, 3], [0, 1, 0, 0]]
    both = dfm(table(year=[2020, 2020, 2022, 2024]), by=["doc_id", "year"])
    assert both.unit_ids == ["a / 2020", "b / 2022", "b / 2024"]
    assert both.units[["doc_id", "year"]].values.tolist() == [["a", 2020], ["b", 2022], ["b", 2024]]


def test_weights():
    counts = dfm(table())
    assert counts.weigh("presence").values.toarray()[2].tolist() == [1, 0, 1, 0]
    assert counts.weigh("share").values.toarray()[2].tolist() == [0.25, 0, 0.75, 0]
    # 铁路 stands in 2 of 4 units, 湟水 in 1 of 4
    assert counts.weigh("tfidf").values.toarray()[2].tolist() == pytest.approx([0.30103, 0, 0.90309, 0], abs=1e-5)
    assert counts.weigh("tfidf").values.toarray()[3, 1] == pytest.approx(math.log10(4))
    with pytest.raises(LanxiError, match="Group first"):
        counts.weigh("tfidf").group("doc_id")
    with pytest.raises(LanxiError, match=r"no weight 'bm25'.*tfidf"):
        counts.weigh("bm25")


def test_tfidf_is_that_of_scikit_learn_but_for_its_base_and_its_one():
    from sklearn.feature_extraction.text import TfidfTransformer

    counts = dfm(table())
    theirs = TfidfTransformer(norm=None, smooth_idf=False).fit_transform(counts.values) - counts.values
    assert np.allclose(counts.weigh("tfidf").values.toarray() * math.log(10), theirs.toarray())


def test_long_form_and_back_keeps_units_without_words():
    found = dfm([*TEXTS, "，。"])
    long = found.to_table()
    assert long.values.tolist()[:2] == [["text#001", "铁路", 1.0], ["text#001", "黄河", 2.0]]
    again = DocumentFeatures.from_table(long, units=found.units)
    assert again.terms == found.terms and again.unit_ids == found.unit_ids and again.shape == (5, 4)
    assert (again.values != found.values).nnz == 0
    assert DocumentFeatures.from_table(long).shape == (4, 4)
    with pytest.raises(TableError, match=r"none of these units.*text#001"):
        DocumentFeatures.from_table(long, units=["other"])
    with pytest.raises(TableError, match="lacks: value"):
        DocumentFeatures.from_table(long.drop(columns="value"))
    with pytest.raises(TableError, match="no number"):
        DocumentFeatures.from_table(long.astype({"value": "object"}).assign(value="many"))


def test_rare_words_can_be_cut_off():
    assert dfm(table()).trim(min_units=2).terms == ("公路", "铁路", "黄河")
    assert dfm(table()).trim(min_count=3).terms == ("铁路", "黄河")
    assert dfm(table()).trim(max_share=0.25).terms == ("湟水",)


def test_the_corpus_is_counted_as_it_is_cut(units):
    from lanxikit.topics.tokens import tokenize

    found = dfm(units)
    assert found.shape[0] == 372
    assert found.values.sum() == sum(map(len, tokenize(units)))
    assert dfm(units, by="doc_id").values.sum() == found.values.sum()


def test_no_units_no_rows():
    assert dfm([]).shape == (0, 0)
    assert dfm([], by="doc_id").shape == (0, 0)
    assert dfm(table().iloc[:0], weight="tfidf").to_table().empty


@pytest.mark.parametrize("verb", [dfm, dispersion, collocations])
def test_what_is_no_table_of_units_is_refused(verb):
    with pytest.raises(LanxiError, match="list of texts"):
        verb("一段文字")
    with pytest.raises(LanxiError, match="unit_id"):
        verb(pd.DataFrame({"text": ["黄河"]}))
    with pytest.raises(LanxiError, match=r"stands twice.*a#001"):
        verb(pd.concat([table(), table()]))
    with pytest.raises(LanxiError, match="tokenizer"):
        verb([], tokenizer="none such")


def test_unknown_columns_are_named():
    with pytest.raises(TableError, match=r"no column 'province'.*unit_id, doc_id, text"):
        dfm(table(), by="province")
    with pytest.raises(TableError, match="no column 'province'"):
        dispersion(table(), parts="province")
    with pytest.raises(TableError, match="no column 'province'"):
        keyness(table(), "province", "a")


# keyness


@pytest.mark.parametrize("cells", [[[10, 5], [990, 1995]], [[0, 7], [100, 200]], [[3, 3], [50, 50]]])
def test_g2_is_that_of_scipy(cells):
    cells = np.array(cells)
    theirs = chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
    assert float(g2(cells[0, 0], cells[0].sum(), cells[:, 0].sum(), cells.sum())) == pytest.approx(theirs, abs=1e-9)


def test_g2_of_two_cells_is_that_of_rayson_and_garside():
    # a 10 of 1000, b 5 of 2000: expected 5 and 10; 2 (10 ln 2 + 5 ln ½) = 6.9315
    assert float(g2(10, 15, 1000, 3000, cells=2)) == pytest.approx(2 * (10 * math.log(2) + 5 * math.log(0.5)))


def test_keyness_by_hand():
    found = keyness(table(), "doc_id", "a", min_count=1, n_boot=0).set_index("term")
    row = found.loc["黄河"]  # 3 of 5 words, 0 of 5
    assert (row.target_count, row.reference_count, row.target_words, row.reference_words) == (3, 0, 5, 5)
    assert (row.target_expected, row.reference_expected) == (1.5, 1.5)
    assert (row.target_rate, row.reference_rate) == (600.0, 0.0)
    assert row.log_ratio == pytest.approx(math.log2(3 / 0.5), abs=1e-6)
    assert pd.isna(row.percent_diff) and row.note.startswith("the reference lacks the word")
    assert (row.target_units, row.reference_units, row.target_documents, row.reference_documents) == (2, 0, 1, 0)
    row = found.loc["铁路"]  # 1 and 3
    assert row.log_ratio == pytest.approx(math.log2(1 / 3), abs=1e-6)
    assert row.percent_diff == pytest.approx(-66.666667)
    assert row.g2 == pytest.approx(chi2_contingency([[1, 3], [4, 2]], correction=False, lambda_="log-likelihood")[0])
    two = keyness(table(), "doc_id", "a", min_count=1, n_boot=0, formula="rayson").set_index("term")
    assert two.loc["铁路", "g2"] == pytest.approx(2 * (math.log(1 / 2) + 3 * math.log(3 / 2)), abs=1e-6)


def test_words_that_are_left_out_stay_in_the_totals():
    found = keyness(table(), "doc_id", "a", min_count=4, n_boot=0)
    assert found["term"].tolist() == ["铁路"]
    assert found["target_words"].tolist() == [5]


def many(n=40):
    texts = ["铁路公路"] * n + ["公路公路铁路铁路铁路"] * n + ["公路"] * n + ["黄河公路"] * n
    return table(texts, ["a"] * n + ["b"] * n + ["c"] * 2 * n, level=["province"] * 2 * n + ["county"] * 2 * n)


def test_the_interval_lies_about_the_effect_and_narrows_with_more_units():
    some = many(10).assign(text=lambda frame: frame["text"].where(frame.index % 7 > 0, "铁路"))
    lots = many(160).assign(text=lambda frame: frame["text"].where(frame.index % 7 > 0, "铁路"))
    small = keyness(some, "level", "province").set_index("term").loc["铁路"]
    large = keyness(lots, "level", "province").set_index("term").loc["铁路"]
    assert small.log_ratio_low < small.log_ratio < small.log_ratio_high
    assert 0 < large.log_ratio_high - large.log_ratio_low < (small.log_ratio_high - small.log_ratio_low) / 2.5


def test_the_interval_covers_as_often_as_it_says():
    rng = np.random.default_rng(7)
    truth, held, runs = math.log2(0.4 / 0.2), 0, 60
    for run in range(runs):
        rows = [(d, "铁路" if rng.random() < p else "公路") for d, p in (("a", 0.4), ("b", 0.2)) for _ in range(150)]
        units = table([text for _, text in rows], [d for d, _ in rows])
        row = keyness(units, "doc_id", "a", n_boot=300, random_state=run).set_index("term").loc["铁路"]
        held += row.log_ratio_low <= truth <= row.log_ratio_high
    assert 52 <= held <= 60


def test_no_interval_where_a_side_lacks_the_word_or_few_units_hold_it():
    found = keyness(many(), "level", "province", reference="county").set_index("term")
    assert pd.isna(found.loc["黄河", "log_ratio_low"]) and "target lacks the word" in found.loc["黄河", "note"]
    assert "one document only" in found.loc["黄河", "note"]
    few = table(["铁路" * 5 + "公路", "铁路公路", "公路", "公路"], ["a", "a", "b", "b"])
    few = pd.concat([few, table(["铁路公路", "公路"], ["c", "c"])], ignore_index=True)
    row = keyness(few, "doc_id", "a", min_count=1).set_index("term").loc["铁路"]
    assert row.note == "fewer than 5 units hold the word: no interval" and pd.isna(row.log_ratio_high)
    single = table(["铁路公路"] * 6, list("abcdef"))
    row = keyness(single, "doc_id", ["a", "b"]).set_index("term").loc["铁路"]
    assert row.note == "no document gives two units: no interval"


def test_same_seed_same_table_in_any_order_and_on_any_number_of_threads():
    units = many()
    first = keyness(units, "level", "province", random_state=3)
    with threadpool_limits(limits=2):
        again = keyness(units.sample(frac=1, random_state=1), "level", "province", random_state=3)
    pd.testing.assert_frame_equal(first, again)


def test_draws_keep_each_document_at_its_size():
    strata = ["a"] * 3 + ["b"] * 2
    (begin, block), = draws(strata, list("vwxyz"), 50, 0)
    assert begin == 0 and block.shape == (50, 5)
    assert set(block[:, :3].sum(axis=1)) == {3.0} and set(block[:, 3:].sum(axis=1)) == {2.0}
    assert len({tuple(row) for row in block.tolist()}) > 10


def test_groups_that_cannot_be_compared_are_refused():
    units = many(3)
    with pytest.raises(LanxiError, match=r"no unit has 'township'.*'county', 'province'"):
        keyness(units, "level", "township")
    with pytest.raises(LanxiError, match="reference"):
        keyness(units[units["level"] == "county"], "level", "county")
    with pytest.raises(LanxiError, match="both target and reference"):
        keyness(units, "level", "county", ["county", "province"])
    with pytest.raises(LanxiError, match="target"):
        keyness(units.iloc[:0], "level", "county")
    with pytest.raises(LanxiError, match="hold no word"):
        keyness(table(["，", "。", "铁路", "铁路"]), "doc_id", "a")
    with pytest.raises(TableError, match="Texts alone"):
        keyness(TEXTS, "doc_id", "a")
    for wrong in ({"min_count": 0}, {"n_boot": -1}, {"level": 95}, {"formula": "chi2"}, {"random_state": "x"}):
        with pytest.raises(LanxiError):
            keyness(units.rename(columns={"level": "rung"}), "rung", "county", **wrong)


def test_the_plan_speaks_of_the_city_cluster(units):
    found = keyness(units, "level", "province", n_boot=200)
    assert found["term"].iloc[0] == "城市群"
    assert found["log_ratio_low"].iloc[0] > 2
    assert found["target_documents"].max() == 1 and found["reference_documents"].max() == 4
    assert (found["target_expected"] + found["reference_expected"]).round(4).equals(
        (found["target_count"] + found["reference_count"]).astype("float64")
    )


def test_a_heading_that_units_share_is_counted_once():
    shared = table(["铁路"] * 6, ["a"] * 3 + ["b"] * 3).assign(heading="黄河", heading_pieces="3-5")
    assert dispersion(shared, ["黄河"])["count"].tolist() == [2]
    found = keyness(shared, "doc_id", "a", min_count=1).set_index("term")
    assert found.loc["黄河", ["target_count", "reference_count"]].tolist() == [1, 1]
    assert dfm(shared).values.sum() == 12


# collocations


def test_pairs_by_hand():
    # neighbours: 黄河 铁路, 铁路 公路 | 黄河 铁路 | 公路 湟水
    found = collocations(["黄河铁路公路，黄河铁路", "公路湟水"], window=1, min_count=1).set_index(["first", "second"])
    row = found.loc[("黄河", "铁路")]
    assert (row["count"], row.first_count, row.second_count, row.n_pairs) == (2, 2, 2, 4)
    assert row.expected == 1.0 and (row.n_units, row.n_documents) == (1, 1)
    assert row.npmi == pytest.approx(math.log(2 * 4 / 4) / -math.log(2 / 4)) == 1.0
    assert row.g2 == pytest.approx(chi2_contingency([[2, 0], [0, 2]], correction=False, lambda_="log-likelihood")[0], abs=1e-5)
    assert ("公路", "黄河") not in found.index  # a comma stands between


def test_npmi_is_that_of_gensim(units):
    from gensim.models.phrases import npmi_scorer

    for row in collocations(units).head(50).itertuples():
        theirs = npmi_scorer(row.first_count, row.second_count, row.count, 0, 1, row.n_pairs)
        assert row.npmi == pytest.approx(theirs, abs=1e-6)


def test_the_window_counts_dropped_words():
    text = ["黄河的铁路"] * 3
    assert collocations(text, window=1, min_count=1).empty
    assert collocations(text, window=2, min_count=3)["count"].tolist() == [3]
    assert collocations(text, window=1, min_count=1, stop_words=False, single=True)["second"].tolist() == ["铁路", "的"]


def test_a_number_with_thousands_is_no_end_of_a_clause():
    found = collocations(["铁路1,200公里"] * 2, window=9, min_count=2)
    assert found[["first", "second"]].values.tolist() == [["铁路", "公里"]]


def test_pairs_of_a_single_kind_and_of_nothing():
    assert collocations(["黄河铁路"] * 5, min_count=5)["npmi"].tolist() == [1.0]
    assert collocations([]).empty and collocations(["，"]).empty and collocations(table().iloc[:0]).empty
    assert collocations(TEXTS, min_count=99).empty
    with pytest.raises(LanxiError, match="window"):
        collocations(TEXTS, window=0)


def test_pairs_of_the_corpus_add_up(units):
    found = collocations(units, min_count=1)
    assert found["count"].sum() == found["n_pairs"].iloc[0]
    assert found["npmi"].between(-1, 1).all() and (found["count"] <= found["first_count"]).all()
    assert found.iloc[0][["first", "second", "n_documents"]].tolist() == ["兰州", "西宁", 3]


# dispersion


def test_dispersion_by_hand():
    # 铁路 1 of 5 words in a, 3 of 5 in b: shares ¼ ¾ against ½ ½
    row = dispersion(table(), "铁路").iloc[0]
    assert (row["count"], row.n_units, row.n_documents, row.n_parts_with, row.n_parts) == (4, 2, 2, 2, 2)
    assert row.rate == 400.0 and row.dp == 0.25 and row.dp_norm == 0.5
    assert row.juilland_d == pytest.approx(1 - np.std([0.2, 0.6]) / 0.4)


def test_dispersion_with_the_published_example():
    # Gries 2008, section 3: five parts of 9, 10, 10, 10, 11 words; a stands 1, 2, 3, 4, 5 times: DP 0.18
    sizes, times = (9, 10, 10, 10, 11), (1, 2, 3, 4, 5)
    texts = ["黄河" * n + "铁路" * (size - n) for size, n in zip(sizes, times, strict=True)]
    row = dispersion(table(texts, list("abcde")), ["黄河"]).iloc[0]
    assert row.dp == pytest.approx(0.18, abs=0.005)
    assert row.juilland_d == pytest.approx(0.785, abs=0.0005)
    assert row["count"] == 15


def test_even_and_uneven():
    even = dispersion(["铁路公路"] * 4, ["铁路"]).iloc[0]
    assert (even.dp, even.juilland_d) == (0.0, 1.0)
    lone = dispersion(["铁路", "公路", "公路", "公路"], ["铁路"]).iloc[0]
    assert (lone.dp, lone.dp_norm, lone.juilland_d) == (0.75, 1.0, 0.0)


def test_parts_can_be_units_and_one_part_has_no_dispersion():
    assert dispersion(table(), ["铁路"], parts="unit_id").iloc[0][["n_parts_with", "n_parts"]].tolist() == [2, 4]
    row = dispersion(table(documents=["a"] * 4), ["铁路"]).iloc[0]
    assert pd.isna(row.dp) and row.note == "fewer than two parts: nothing to be spread over"


def test_a_word_that_never_occurs_is_told_and_nothing_is_nothing():
    found = dispersion(table(), ["高铁", "铁路"])
    assert found["term"].tolist() == ["高铁", "铁路"]
    assert found["count"].tolist() == [0, 4]
    assert "never occurs" in found["note"].iloc[0] and pd.isna(found["dp"].iloc[0]) and pd.isna(found["note"].iloc[1])
    assert dispersion([]).empty and dispersion(TEXTS, min_count=99).empty
    assert dispersion([], ["铁路"])["count"].tolist() == [0]
    for wrong in ([], [""], [3], "", 3, [["铁路"]]):
        with pytest.raises(LanxiError, match="words"):
            dispersion(table(), wrong)


def test_all_words_of_the_corpus(units):
    found = dispersion(units)
    assert found["count"].is_monotonic_decreasing and found["count"].min() == 5
    assert found[["dp", "dp_norm", "juilland_d"]].notna().all().all()
    assert found["n_parts"].eq(5).all()
