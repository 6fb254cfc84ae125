"""Candidates instead of all pairs: what they find of the full comparison; and lx.nearest."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

import lanxikit as lx
from benchmarks.grown import documents
from lanxikit.comparing import blocking, topn
from lanxikit.comparing.candidates import WORK, Joint, candidates, rare
from lanxikit.comparing.charpairs import pairs_of, plain
from lanxikit.comparing.compare import _weights, compare
from lanxikit.comparing.components import COMPONENTS, Components
from lanxikit.comparing.encoder import Encoder
from lanxikit.comparing.grams import Weights, grams
from lanxikit.comparing.nearest import nearest
from lanxikit.comparing.pairwise import Pairwise
from lanxikit.comparing.sides import both
from lanxikit.comparing.topn import Best, places
from lanxikit.errors import TableError

pytest_plugins = ["pair_fixtures"]

KEYS = ["lower_id", "upper_id"]
NONE = {
    "encoder": None,
    "responsibilities": pd.DataFrame(columns=["unit_id", "role", "function"]),
    "places": pd.DataFrame(columns=["unit_id", "adcode"]),
}


def sense(texts):
    """Vectors by what characters a text has."""
    return np.array([[text.count(char) + 0.1 for char in "建设生态产业交通水农"] for text in texts], dtype=float)


def segmented(tmp_path_factory, start, n):
    folder = tmp_path_factory.mktemp(f"grown{start}")
    for name, text in documents(n, seed=3, start=start):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return lx.segment(lx.read_corpus(folder))


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    """Two sides of about a thousand leaves, 400 of them below, and their annotations."""
    upper, lower = segmented(tmp_path_factory, 0, 15), segmented(tmp_path_factory, 1000, 5)
    notes = {name: pd.concat([getattr(lx, name)(side) for side in (upper, lower)], ignore_index=True)
             for name in ("responsibilities", "places")}
    return upper, lower, notes


@pytest.fixture(scope="module")
def unlike(grown):
    """The same, but no lower document is grown from the one that the upper ones are: nothing is nearly alike."""
    upper, lower, notes = grown
    kind = lambda units: units["doc_id"].str[-6:].astype(int) % 5  # noqa: E731
    return upper[kind(upper).eq(1)], lower[kind(lower).ne(1)], notes


@pytest.fixture(scope="module")
def full(grown):
    upper, lower, notes = grown
    return compare(upper, lower, encoder=None, candidates=None, **notes)


def found_of(full, blocked, top):
    best = full[full["rank"] <= top]
    return len(best.merge(blocked[KEYS], on=KEYS)) / len(best)


@pytest.mark.parametrize("encoder", [None, sense], ids=["words", "sense"])
def test_the_best_are_among_the_candidates(grown, full, encoder):
    upper, lower, notes = grown
    whole = full if encoder is None else compare(upper, lower, encoder=encoder, candidates=None, **notes)
    blocked = compare(upper, lower, encoder=encoder, candidates=50, **notes)
    assert found_of(whole, blocked, 1) >= 0.99
    assert found_of(whole, blocked, 10) >= 0.99


@pytest.mark.parametrize("encoder", [None, sense], ids=["words", "sense"])
def test_the_best_are_among_the_candidates_where_nothing_is_nearly_alike(unlike, encoder):
    upper, lower, notes = unlike
    assert upper["is_leaf"].sum() > 300
    whole = compare(upper, lower, encoder=encoder, candidates=None, **notes)
    blocked = compare(upper, lower, encoder=encoder, candidates=100, **notes)
    assert whole.loc[whole["rank"] == 1, "score"].median() < 0.35
    assert found_of(whole, blocked, 1) >= 0.99
    assert found_of(whole, blocked, 10) >= 0.97


def test_what_is_kept_has_the_numbers_of_the_full_comparison(grown, full):
    upper, lower, notes = grown
    blocked = compare(upper, lower, encoder=None, candidates=50, **notes)
    both_ways = full.merge(blocked, on=KEYS, suffixes=("", "_by"))
    for name in ("score", *COMPONENTS):
        np.testing.assert_allclose(both_ways[name], both_ways[f"{name}_by"], atol=2e-6)
    first = both_ways[both_ways["rank"] == 1]
    assert (first["rank_by"] == 1).mean() >= 0.99
    assert (both_ways["standing"] - both_ways["standing_by"]).abs().quantile(0.95) < 0.25
    assert (both_ways["agreement"] - both_ways["agreement_by"]).abs().max() <= 0.34


def test_decisions_stay(grown, full):
    upper, lower, notes = grown
    links, by = lx.align(full), lx.align(compare(upper, lower, encoder=None, candidates=100, **notes))
    linked = [set(map(tuple, table.loc[table["decision"] == "link", KEYS].to_numpy())) for table in (links, by)]
    assert len(linked[0] ^ linked[1]) <= 0.01 * len(linked[0])


def test_candidates_of_all_are_the_full_comparison(grown, full):
    upper, lower, notes = grown
    n = int(upper["is_leaf"].sum())
    for every in ("auto", n, 10 * n):  # so few that they are all weighed
        pd.testing.assert_frame_equal(full, compare(upper, lower, encoder=None, candidates=every, **notes), check_exact=True)


def test_the_number_of_threads_changes_nothing(grown):
    upper, lower, notes = grown
    one, two = (compare(upper, lower, encoder=None, candidates=20, jobs=jobs, **notes) for jobs in (1, 2))
    pd.testing.assert_frame_equal(one, two, check_exact=True)


def test_the_size_of_the_pieces_changes_nothing(grown, monkeypatch):
    upper, lower, notes = grown
    whole = compare(upper, lower, encoder=None, candidates=20, **notes)
    monkeypatch.setattr("lanxikit.comparing.candidates.ROWS", 37)
    monkeypatch.setattr(blocking, "PAIRS", 500)
    pd.testing.assert_frame_equal(whole, compare(upper, lower, encoder=None, candidates=20, **notes), check_exact=True)


def test_more_pairs_than_are_weighed_in_full_are_chosen_from(grown, full, monkeypatch):
    upper, lower, notes = grown
    monkeypatch.setattr("lanxikit.comparing.compare.FULL", 200)
    blocked = compare(upper, lower, encoder=None, **notes)
    pd.testing.assert_frame_equal(blocked, compare(upper, lower, encoder=None, candidates=200, **notes), check_exact=True)
    assert not blocked["standing"].equals(full["standing"])
    few = compare(upper, lower.head(0), encoder=None, **notes)
    assert few.empty and few.columns.tolist() == full.columns.tolist()


def prepared(grown, encoder=None):
    upper, lower, notes = grown
    parts = Components(*both(upper, lower), encoder=encoder and Encoder(encoder), **notes)
    return parts, parts.block(0, 40)


@pytest.mark.parametrize("encoder", [None, sense], ids=["words", "sense"])
def test_pair_by_pair_gives_what_the_blocks_give(grown, encoder):
    parts, whole = prepared(grown, encoder)
    parts.place = parts.place.rows()
    draw = np.random.default_rng(1)
    columns = [np.sort(draw.choice(parts.n_upper, size, replace=False)) for size in draw.integers(0, 30, 40)]
    heads = np.r_[0, np.cumsum([len(few) for few in columns])]
    found = Pairwise(parts).of(0, heads, np.concatenate(columns))
    rows = np.repeat(np.arange(40), np.diff(heads))
    for name in COMPONENTS:
        np.testing.assert_allclose(found[name], whole[name][rows, np.concatenate(columns)], atol=1e-6 if encoder else 1e-12)


def test_some_upper_leaves_are_scored_as_among_all(grown):
    parts, whole = prepared(grown)
    columns = np.arange(3, parts.n_upper, 7)
    parts.place = parts.place.rows()
    some = parts.among(columns).block(0, 40)
    for name in COMPONENTS:
        np.testing.assert_allclose(some[name], whole[name][:, columns], atol=1e-12)


def test_the_joint_product_is_the_score_but_for_clauses(grown):
    parts, whole = prepared(grown)
    share, neutral = _weights({"clause": 0}, False, None)
    score = blocking.score_of(whole, share, neutral)
    parts.place = parts.place.rows()
    rows = Joint(parts, share, neutral)
    upper, lower = rows.of(0), rows.of(1)
    apart = score - (lower[:40] @ upper.T).toarray()
    spread = apart.max(axis=1) - apart.min(axis=1)  # what a lower leaf lacks adds the same to each of its pairs
    assert spread.max() < 2e-6


def test_the_work_of_a_lower_leaf_is_bounded():
    often = np.array([12, 12, 2, 2, 2, 2])  # rows of 12 that each of six columns is found in, on either side
    kept = rare(often, often, 12, work=5)
    assert kept.tolist() == [2, 3, 4, 5] and (often[kept] ** 2).sum() <= 5 * 12
    assert rare(often, often, 12, work=WORK) is None


def test_leaves_without_words_and_sides_of_one_leaf(make_units):
    plan = make_units("plan", "", "。", "治理河道。", "")
    city = make_units("city", "", "治理河道。", "！")
    found = compare(plan, city, candidates=2, top=2, **NONE)
    assert found[[*KEYS, "rank"]].values.tolist() == [["city#002", "plan#003", 1]]
    assert compare(plan.head(2), city, candidates=1, top=1, **NONE).empty
    for sides in ((plan, city.head(0)), (plan.head(0), city)):
        assert compare(*sides, candidates=2, top=2, **NONE).empty


def test_equal_candidates_keep_the_order_of_the_upper_document(make_units):
    plan = make_units("plan", *["治理河道。", "修路。"] * 4)
    found = compare(plan, make_units("city", "治理河道。"), candidates=5, top=5, **NONE)
    assert found["upper_id"].tolist() == ["plan#001", "plan#003", "plan#005", "plan#007"]


@pytest.mark.parametrize("option", [
    {"candidates": 0}, {"candidates": 9}, {"candidates": 2.5}, {"candidates": "all"}, {"candidates": True},
    {"jobs": 0}, {"jobs": 1.5}, {"jobs": None},
])  # fmt: skip
def test_options_that_cannot_be_used(make_units, option):
    with pytest.raises(lx.LanxiError, match=next(iter(option))):
        compare(make_units("plan", "治理河道。"), make_units("city", "治理河道。"), **option, **NONE)


def test_candidates_come_in_the_order_of_the_upper_document(grown):
    parts, _ = prepared(grown)
    parts.place = parts.place.rows()
    share, neutral = _weights(None, False, None)
    for _, heads, columns in candidates(parts, share, neutral, 20):
        for begin, end in pairwise(heads):
            assert (np.diff(columns[begin:end]) > 0).all() and end - begin <= 20


# --- lx.nearest ---

WORDS = ("河道", "公路", "企业", "平台", "生态", "产业", "2025年", "建设", "治理", "ＡＢ", "ab")


def made(n, seed=0):
    draw = random.Random(seed)
    return ["".join(draw.choices(WORDS, k=draw.randint(0, 6))) + "。" for _ in range(n)]


def by_hand(upper, lower, top):
    """Work out all pairs."""
    bags = [[grams(text) for text in side] for side in (upper, lower)]
    weights = Weights([*bags[0], *bags[1]])
    cells = np.round((weights.matrix(bags[1]) @ weights.matrix(bags[0]).T).toarray(), 4)
    order = np.argsort(-cells, axis=1, kind="stable")[:, :top]
    return [(int(column), row, cells[row, column]) for row, line in enumerate(order) for column in line if cells[row, column] > 0]


@pytest.mark.parametrize(("n", "top"), [(40, 3), (40, 100), (600, 10), (3000, 2)])
def test_nearest_is_what_all_pairs_give(n, top):
    upper, lower = made(n), made(n // 2, seed=1)
    found = nearest(upper, lower, top=top)
    expected = by_hand(upper, lower, top)
    assert len(found) == len(expected)
    np.testing.assert_array_equal(found["lower_id"], [row for _, row, _ in expected])
    np.testing.assert_allclose(found["similarity"], [value for _, _, value in expected], atol=1.1e-4)
    cells = {}
    for row in found.itertuples(index=False):
        cells.setdefault((row.lower_id, row.similarity), []).append(row.upper_id)
    assert all(ids == sorted(ids) for ids in cells.values())  # ties in the order of their side
    assert found.groupby("lower_id")["rank"].apply(lambda ranks: ranks.tolist() == list(range(1, len(ranks) + 1))).all()


def test_of_many_that_are_alike_the_first_are_kept():
    found = nearest(["修路。", "治理河道。"] * 30, ["治理河道", "治理河道！"], top=4)
    assert found["upper_id"].tolist() == [1, 3, 5, 7] * 2
    assert found["similarity"].eq(1).all() and found["rank"].tolist() == [1, 2, 3, 4] * 2


def test_ties_of_different_texts_are_in_order_too():
    upper = [f"治理{char}" for char in "东西南北甲乙丙丁戊己庚辛"]  # all as near to 治理
    assert nearest(upper, ["治理"], top=5)["upper_id"].tolist() == [0, 1, 2, 3, 4]
    assert nearest(upper[::-1], ["治理"], top=5)["upper_id"].tolist() == [0, 1, 2, 3, 4]


def test_nearest_takes_tables_series_and_lists(make_units):
    plan, city = make_units("plan", "治理河道。", "修路。"), make_units("city", "修路架桥。", "").replace({"text": {"": None}})
    found = nearest(plan, city)
    assert found[["upper_id", "lower_id", "rank"]].values.tolist() == [["plan#002", "city#001", 1]]
    others = plan.assign(is_leaf=False).head(1).assign(unit_id="plan@", text="修路架桥。")
    pd.testing.assert_frame_equal(found, nearest(pd.concat([others, plan]), city))  # leaves alone are read
    by_number = nearest(plan["text"], ["修路架桥。"])
    assert by_number[["upper_id", "lower_id"]].values.tolist() == [[1, 0]]
    assert nearest(plan, plan)["similarity"].tolist() == [1, 1]


@pytest.mark.parametrize("sides", [([], []), (["治理"], []), ([], ["治理"]), (["治理"], ["", "。"]), (["。"], ["治理"])])
def test_nearest_of_nothing(sides):
    found = nearest(*sides)
    assert found.empty and found.columns.tolist() == ["upper_id", "lower_id", "similarity", "rank"]


@pytest.mark.parametrize("given", [3, None, "治理", [1], pd.DataFrame({"unit_id": ["a"]})])
def test_what_holds_no_texts_is_refused(given):
    with pytest.raises(TableError, match="upper"):
        nearest(given, ["治理"])
    with pytest.raises(TableError, match="lower"):
        nearest(["治理"], given)


@pytest.mark.parametrize("option", [{"top": 0}, {"top": 2.5}, {"jobs": 0}, {"jobs": "2"}])
def test_options_of_nearest_that_cannot_be_used(option):
    with pytest.raises(lx.LanxiError, match=next(iter(option))):
        nearest(["治理"], ["治理"], **option)


def test_nearest_is_the_same_on_two_threads_and_in_small_blocks(monkeypatch):
    upper, lower = made(3000, seed=5), made(2500, seed=6)
    one = nearest(upper, lower)
    pd.testing.assert_frame_equal(one, nearest(upper, lower, jobs=2), check_exact=True)
    monkeypatch.setattr("lanxikit.comparing.nearest.BLOCK", 101)
    monkeypatch.setattr(topn, "DENSE", 1000)
    pd.testing.assert_frame_equal(one, nearest(upper, lower), check_exact=True)


def test_pairs_are_those_of_grams():
    upper, lower = ["加快（农村）公路，ＡＢc建设_2025年", "責任100％", "", "。", "一\n二三"], ["ab C建设", "责任100%", "二三"]
    bags = [[grams(text) for text in side] for side in (upper, lower)]
    weights = Weights([*bags[0], *bags[1]])
    slow = weights.matrix(bags[1]) @ weights.matrix(bags[0]).T
    above, below = pairs_of(plain(upper), plain(lower))
    np.testing.assert_allclose((below @ above.T).toarray(), slow.toarray(), atol=1e-6)


def test_it_agrees_with_scikit_learn():
    upper, lower = ([text.rstrip("。") for text in made(300, seed)] for seed in (9, 10))
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 2), sublinear_tf=True).fit(plain(upper + lower))
    cells = (vectorizer.transform(plain(lower)) @ vectorizer.transform(plain(upper)).T).toarray()
    found = nearest(upper, lower, top=1).set_index("lower_id")["similarity"]
    np.testing.assert_allclose(found, cells.max(axis=1)[found.index], atol=1e-5)


def test_numbering_of_runs():
    assert places(np.array([], dtype=int)).tolist() == []
    best = Best(sparse.csr_array(np.eye(3)))
    assert best.of(sparse.csr_array(np.eye(3)), 2).toarray().tolist() == np.eye(3).tolist()
    assert [cells.tolist() for cells in best.ordered(sparse.csr_array((2, 3)), 2)] == [[], [], []]
