"""Bad input to the verbs of pairs of documents: a clear answer, never a crash in the middle nor NaN in silence."""

from __future__ import annotations

import io
import warnings

import numpy as np
import pandas as pd
import pytest

import lanxikit as lx
from lanxikit.errors import LanxiError, StudyError, TableError
from lanxikit.evaluating.gold import COLUMNS, belongs, read_gold
from lanxikit.evaluating.links import learnable
from lanxikit.tables import table
from tests.pair_fixtures import units_of

pytestmark = [pytest.mark.filterwarnings("error::RuntimeWarning"), pytest.mark.filterwarnings("error::FutureWarning")]
NAN = float("nan")
PLAN = units_of("plan", "加快推进农村公路建设，到2025年达到500公里。", "培育高新技术企业。", "治理黄河流域水土流失。")
CITY = units_of("city", "培育高新技术企业7家。", "建设农村公路100公里。")
TOWN = units_of("town", "种植冷凉蔬菜1000亩。", "治理水土流失50公顷。")
LOWER = pd.concat([CITY, TOWN], ignore_index=True)
LINEAGE = pd.DataFrame({"upper_id": "plan", "lower_id": ["city", "town"], "relation": "descends"})
LINKS = pd.DataFrame({"upper_id": ["plan#002", "plan#001", "plan#003"], "lower_id": ["city#001", "city#002", "town#002"],
                      "decision": ["link", "unsure", "link"]})  # fmt: skip
SCORES = pd.DataFrame({"upper_id": ["plan#002", "plan#001"], "lower_id": "city#001", "score": [0.6, 0.1],
                       "rank": [1, 2]})  # fmt: skip


def compare(upper, lower, links=LINKS):
    return lx.compare(upper, lower, encoder=None)


def reuse(upper, lower, links=LINKS):
    return lx.reuse(upper, lower)


def refine(upper, lower, links=LINKS):
    return lx.refine(links, upper, lower)


def uptake(upper, lower, links=LINKS):
    return lx.uptake(links, upper, lower, LINEAGE)


def headline(upper, lower, links=LINKS):
    return lx.headline(links, upper, lower, n_boot=100)


def similarity_null(upper, lower, links=LINKS):
    scores = links[["upper_id", "lower_id"]].assign(score=0.5)
    return lx.similarity_null(upper, lower, scores=scores, n_perm=20)


SIDES = {"scores": compare, "reuse": reuse, "refinement": refine, "uptake": uptake, "headline": headline,
         "similarity_null": similarity_null}  # fmt: skip
PAIRED = ("refinement", "uptake", "headline")


def sound(found: pd.DataFrame, name: str) -> None:
    """Missing values stand only where the table says that they may, and no number is infinite."""
    for column in table(name).columns:
        cells = found[column.name]
        assert column.missing or not cells.isna().any(), column.name
        assert column.kind != "number" or not np.isinf(cells.astype(float)).any(), column.name


@pytest.fixture(scope="module")
def refinement():
    return refine(PLAN, LOWER)


@pytest.fixture(scope="module")
def numbers(refinement):
    return headline(PLAN, LOWER, refinement)


# --- little or nothing to compare ---

EMPTY_ROWS = {"scores": (0, 0), "reuse": (0, 0), "refinement": (0, 0), "uptake": (0, 0), "headline": (18, 0),
              "similarity_null": (2, 0)}  # no upper unit, no lower unit  # fmt: skip


@pytest.mark.parametrize("name", SIDES)
def test_empty_units_give_empty_tables(name):
    empty = table("units").empty()
    no_links = LINKS.iloc[:0]
    without_upper, without_lower = SIDES[name](empty, LOWER, no_links), SIDES[name](PLAN, empty, no_links)
    assert (len(without_upper), len(without_lower)) == EMPTY_ROWS[name]
    assert SIDES[name](empty, empty, no_links).empty
    sound(without_upper, name)
    sound(without_lower, name)


def test_without_links_the_numbers_that_rest_on_them_are_missing_and_say_why():
    found = headline(PLAN, CITY, refine(PLAN, CITY, LINKS.iloc[:0])).set_index("measure")
    assert found.loc[["coverage", "novelty"], "value"].tolist() == [0.0, 1.0]
    rest = found.loc[["specification_gain", "quantified", "commitment_shift"]]
    assert rest["value"].isna().all() and (rest["note"] == "no link").all() and (rest["total"] == 0).all()


def test_all_pairs_rejected_by_coders_is_no_link():
    coding = pd.DataFrame({"pair": LINKS["upper_id"] + " → " + LINKS["lower_id"], "coder": "甲", "item": "link",
                           "value": "no", "upper_id": LINKS["upper_id"], "lower_id": LINKS["lower_id"]})  # fmt: skip
    left = lx.apply_coding(LINKS, coding)
    assert left.empty and set(headline(PLAN, LOWER, refine(PLAN, LOWER, left))["total"]) >= {0}


@pytest.mark.parametrize("name", SIDES)
@pytest.mark.parametrize("text", [" \u3000\n", "，。；——", NAN])
def test_units_of_no_content(name, text):
    upper, lower = PLAN.assign(text=text), LOWER.assign(text=text)
    found = SIDES[name](upper, lower)
    sound(found, name)
    if name == "scores":
        assert found.empty


@pytest.mark.parametrize("name", SIDES)
def test_one_leaf_against_one(name):
    links = LINKS.iloc[:1]
    sound(SIDES[name](PLAN.iloc[1:2], CITY.iloc[:1], links), name)


@pytest.mark.parametrize("name", SIDES)
def test_one_huge_unit(name):
    huge = units_of("city", "".join(f"第{n}号，" for n in range(18_000))[:100_000])
    links = pd.DataFrame({"upper_id": ["plan#002"], "lower_id": ["city#001"], "decision": ["link"]})
    sound(SIDES[name](PLAN, huge, links), name)


def test_top_beyond_the_number_of_leaves():
    every, three = (lx.compare(PLAN, LOWER, top=top, encoder=None) for top in (1000, 3))
    assert every["rank"].max() == 2 and every["upper_id"].nunique() == 3
    pd.testing.assert_frame_equal(every, three)


# --- tables of units that cannot be compared ---

WRONG_UNITS = [
    (None, "missing"),
    ([1], "missing"),
    (PLAN.drop(columns="text"), "missing: text"),
    (CITY, "both sides"),
    (pd.concat([PLAN, CITY]), "both sides"),
    (pd.concat([PLAN, PLAN]), "twice"),
    (PLAN.assign(unit_id=[1, 2, 3]), "unit_id"),
    (PLAN.assign(unit_id=None), "unit_id"),
    (PLAN.assign(doc_id=["plan", None, "plan"]), "doc_id"),
    (PLAN.assign(start=NAN), "start"),
    (PLAN.assign(end="x"), "end"),
    (PLAN.astype(str), "is_leaf"),
    (PLAN.assign(is_leaf="False"), "is_leaf"),
    (PLAN.assign(is_leaf=NAN), "is_leaf"),
    (PLAN.assign(pieces="1-2;x"), "pieces"),
    (PLAN.assign(path=[(NAN,)] * 3), "path"),
]


@pytest.mark.parametrize("name", SIDES)
@pytest.mark.parametrize(("upper", "said"), WRONG_UNITS)
def test_units_that_cannot_be_used_are_refused(name, upper, said):
    with pytest.raises(TableError, match=said) as caught:
        SIDES[name](upper, LOWER)
    assert caught.value.where and caught.value.todo
    with pytest.raises(TableError, match=said):
        SIDES[name](LOWER, upper if said != "both sides" else LOWER)


@pytest.mark.parametrize("name", SIDES)
def test_units_read_back_from_csv_say_the_same(name):
    pathed = PLAN.assign(path=[("一、总体要求", "（一）目标")] * 3)
    back = pd.read_csv(io.StringIO(pathed.assign(path="一、总体要求 / （一）目标").to_csv(index=False)))
    pd.testing.assert_frame_equal(SIDES[name](back, LOWER), SIDES[name](pathed, LOWER))


@pytest.mark.parametrize("name", SIDES)
def test_columns_of_nothing_may_have_any_type(name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        upper, lower = (side.convert_dtypes(dtype_backend="pyarrow") for side in (PLAN, LOWER))
    sound(SIDES[name](upper, lower), name)


# --- pairs that cannot be used ---

WRONG_LINKS = [
    (None, "upper_id|refinement lacks"),
    (pd.DataFrame(), "upper_id|refinement lacks"),
    (LINKS.assign(upper_id="plan#009"), "plan#009"),
    (LINKS.assign(lower_id=None), "lower_id: NaN"),
    (pd.concat([LINKS, LINKS]), "twice"),
    (LINKS.assign(decision="maybe"), "No decision: maybe"),
    (LINKS.assign(decision=NAN), "No decision: nan"),
    (LINKS.assign(decided_by="me"), "No decided_by: me"),
]


@pytest.mark.parametrize("name", PAIRED)
@pytest.mark.parametrize(("links", "said"), WRONG_LINKS)
def test_links_that_cannot_be_used_are_refused(name, links, said, tmp_path):
    with pytest.raises(TableError, match=said):
        SIDES[name](PLAN, LOWER, links)
    with pytest.raises(TableError, match=said):
        lx.coding_sheet(links, PLAN, LOWER, tmp_path / "a.xlsx")


@pytest.mark.parametrize("wrong", ["viel", 7.0])
def test_a_probability_that_is_none_is_refused(wrong):
    with pytest.raises(TableError, match="probability"):
        refine(PLAN, LOWER, LINKS.assign(probability=wrong))


@pytest.mark.parametrize("value", ["False", NAN, None])
def test_a_facet_that_is_neither_true_nor_false_is_refused(refinement, value, tmp_path):
    wrong = refinement.assign(quantified=value)
    coding = table("coding").empty()
    for verb in (
        lambda: headline(PLAN, LOWER, wrong),
        lambda: lx.apply_coding(wrong, coding),
        lambda: lx.coding_sheet(LINKS, PLAN, LOWER, tmp_path / "a.xlsx", refinement=wrong),
    ):
        with pytest.raises(TableError, match="quantified is neither true nor false"):
            verb()


@pytest.mark.parametrize(("column", "value"), [
    ("score", NAN), ("score", "x"), ("score", 2.0), ("rank", NAN), ("rank", 0), ("rank", 1.5), ("rank", "x"),
    ("standing", "x"), ("standing", float("inf")), ("upper_id", None),
])  # fmt: skip
def test_scores_that_cannot_be_judged_are_refused(column, value):
    with pytest.raises(TableError, match=column):
        lx.align(SCORES.assign(**{column: value}))


def test_scores_as_text_are_read_as_numbers():
    scores = lx.compare(PLAN, LOWER, encoder=None)
    text = pd.read_csv(io.StringIO(scores.to_csv(index=False)), dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(lx.align(text), lx.align(scores))


@pytest.mark.parametrize("bounds", [{"link": "x"}, {"link": NAN}, {"unsure": "x"}, {"link": 0.1, "unsure": 0.2}])
@pytest.mark.parametrize("scores", [SCORES, SCORES.iloc[:0]], ids=["scores", "none"])
def test_bounds_that_are_none(bounds, scores):
    with pytest.raises(LanxiError, match="not in order"):
        lx.align(scores, **bounds)


def test_scores_twice_and_of_no_pair():
    with pytest.raises(TableError, match="twice"):
        lx.align(pd.concat([SCORES, SCORES]))
    assert lx.align(SCORES.iloc[:0]).empty


# --- options, encoders and tables that the caller gives ---


@pytest.mark.parametrize("weights", [{"duty": "x"}, {"duty": None}, {"duty": NAN}, {"duty": float("inf")}, [1], 3])
def test_weights_that_are_none(weights):
    with pytest.raises(LanxiError, match="weights"):
        lx.compare(PLAN, LOWER, encoder=None, weights=weights)


def growing():
    widths = iter(range(2, 99))
    return lambda texts: np.ones((len(texts), next(widths)))


@pytest.mark.parametrize("encoder", [
    lambda texts: None, lambda texts: ["a"] * len(texts), lambda texts: [[1, 2], [3]], lambda texts: np.ones(len(texts)),
    lambda texts: np.ones((len(texts) + 1, 2)), lambda texts: np.full((len(texts), 2), NAN),
    lambda texts: np.full((len(texts), 2), 1e300), lambda texts: np.zeros((len(texts), 0)), growing(),
])  # fmt: skip
def test_an_encoder_without_a_finite_row_a_text_is_refused(encoder):
    with pytest.raises(LanxiError, match="finite row"):
        lx.compare(PLAN, LOWER, encoder=encoder)


def test_an_encoder_that_says_nothing_is_finite():
    sound(lx.compare(PLAN, LOWER, encoder=lambda texts: np.zeros((len(texts), 2))), "scores")


@pytest.mark.parametrize("given", [
    {"responsibilities": pd.DataFrame()}, {"places": pd.DataFrame({"unit_id": ["plan#001"]})}, {"places": 3},
    {"responsibilities": pd.DataFrame({"unit_id": ["plan#001"]})},
    {"places": pd.DataFrame({"unit_id": ["plan#001"], "adcode": ["620100"], "start": [None], "end": [None]})},
])  # fmt: skip
def test_annotations_that_lack_something_are_refused(given):
    (name,) = given
    with pytest.raises(TableError, match=name):
        lx.compare(PLAN, LOWER, encoder=None, **given)
    with pytest.raises(TableError, match=name):
        lx.uptake(LINKS, PLAN, LOWER, LINEAGE, **given)
    with pytest.raises(TableError, match=name):
        lx.refine(LINKS, PLAN, LOWER, **given)


@pytest.mark.parametrize("name", ["targets", "deadlines", "projects", "commitment", "responsibilities", "places"])
def test_refine_needs_whole_annotations_and_reads_their_numbers(name, refinement):
    with pytest.raises(TableError, match=f"The table {name} lacks: start"):
        lx.refine(LINKS, PLAN, LOWER, **{name: pd.DataFrame({"unit_id": ["plan#001"]})})
    verb = getattr(lx, name)
    full = pd.concat([verb(PLAN), verb(LOWER)], ignore_index=True)
    text = full.assign(**{c: full[c].astype(str) for c in ("start", "end")})
    pd.testing.assert_frame_equal(lx.refine(LINKS, PLAN, LOWER, **{name: text}), refinement)


def test_spans_that_are_none():
    for wrong in (3, pd.DataFrame(), pd.DataFrame({"upper_id": ["plan#001"], "lower_id": ["city#001"]})):
        with pytest.raises(TableError, match="spans lacks"):
            lx.refine(LINKS, PLAN, LOWER, spans=wrong)


@pytest.mark.parametrize("option", [
    {"min_chars": 2.5}, {"min_chars": NAN}, {"seed": "x"}, {"gap": None}, {"min_similarity": NAN},
    {"min_similarity": "x"},
])  # fmt: skip
def test_reuse_options_that_are_none(option):
    with pytest.raises(LanxiError, match=next(iter(option))):
        lx.reuse(PLAN, LOWER, **option)


def test_a_lineage_that_is_none():
    for wrong, said in ((pd.DataFrame(), "lineage lacks"), (LINEAGE.iloc[:0], "says nothing"),
                        (LINEAGE.assign(relation=None), "says nothing"), (LINEAGE.assign(relation="x"), "relation"),
                        (pd.concat([LINEAGE, LINEAGE.assign(relation="sibling")]), "two relations")):
        with pytest.raises(LanxiError, match=said):
            lx.uptake(LINKS, PLAN, LOWER, wrong)


def test_the_frame_is_known_by_a_path_that_was_read_back():
    framed = PLAN.assign(path="一、总体要求 / （一）目标")
    found = lx.uptake(LINKS.iloc[:0], framed, CITY, LINEAGE)
    assert found.loc[found["upper_id"].notna(), "rule"].tolist() == ["frame"] * 3


def test_headline_refuses_tables_that_are_none(refinement):
    goals = uptake(PLAN, LOWER, refinement)
    verbs = pd.DataFrame({"unit_id": ["plan#001"], "strength": ["x"]})
    passages = pd.DataFrame({"upper_id": ["plan#001"], "lower_id": ["city#001"], "lower_start": [NAN], "lower_end": 3})
    for given, said in (({"uptake": goals.assign(status=None)}, "No status"), ({"commitment": verbs}, "strength"),
                        ({"uptake": goals.assign(status="x")}, "No status: x"), ({"reuse": passages}, "lower_start"),
                        ({"random_state": None}, "random_state")):
        with pytest.raises(LanxiError, match=said):
            lx.headline(refinement, PLAN, LOWER, n_boot=100, **given)


def test_a_document_has_one_genre():
    documents = pd.DataFrame({"doc_id": ["city", "city"], "genre": ["plan", "list"]})
    with pytest.raises(TableError, match="documents: city"):
        lx.similarity_null(PLAN, LOWER, scores=SCORES, documents=documents, n_perm=20)
    with pytest.raises(TableError, match="twice"):
        lx.similarity_null(PLAN, LOWER, scores=pd.concat([SCORES, SCORES]), n_perm=20)


# --- the figure ---


@pytest.mark.parametrize(("change", "said"), [
    ({"value": "x"}, "value"), ({"value": float("inf")}, "value"), ({"n": NAN}, "n is missing"), ({"doc_id": None}, "no document"),
    ({"measure": "x"}, "unknown measure"), ({"measure": None}, "unknown measure"),
])  # fmt: skip
def test_a_figure_of_what_is_no_headline(numbers, change, said):
    with pytest.raises(TableError, match=said):
        lx.plots.headline_data(numbers.assign(**change))


def test_a_figure_of_nothing(numbers):
    for wrong in (None, 3, pd.DataFrame()):
        with pytest.raises(TableError, match="lacks"):
            lx.plots.headline_data(wrong)
        with pytest.raises(TableError, match="lacks"):
            lx.plots.headline(wrong)
    with pytest.raises(TableError, match="units lacks: doc_id"):
        lx.plots.headline_data(numbers, 3)
    with pytest.raises(TableError, match="twice"):
        lx.plots.headline_data(pd.concat([numbers, numbers]))
    assert lx.plots.headline_data(numbers.iloc[:0]).empty
    unmeasured = numbers.assign(value=NAN, low=NAN, high=NAN)
    axes = lx.plots.headline(lx.plots.headline_data(unmeasured))
    assert {text.get_text() for text in axes.texts} >= {"nothing to measure"}
    text = lx.plots.headline_data(numbers.assign(value=numbers["value"].astype(str)))
    pd.testing.assert_frame_equal(text, lx.plots.headline_data(numbers))


# --- coding ---


@pytest.mark.parametrize("option", [
    {"coders": 3}, {"coders": [None]}, {"coders": [NAN]}, {"coders": ()}, {"path": None}, {"refinement": 3},
    {"refinement": LINKS}, {"sample": NAN}, {"sample": 2, "random_state": "x"}, {"sample": 2, "random_state": None},
    {"scores": SCORES.assign(score="x"), "sample": 1},
])  # fmt: skip
def test_sheets_that_cannot_be_made(option, tmp_path):
    with pytest.raises(LanxiError):
        lx.coding_sheet(LINKS, PLAN, LOWER, **({"path": tmp_path / "a.xlsx"} | option))
    assert not list(tmp_path.iterdir())


def test_a_sheet_where_no_file_can_be(tmp_path):
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder.xlsx").mkdir()
    for path in (tmp_path / "file" / "a.xlsx", tmp_path / "folder.xlsx"):
        with pytest.raises(LanxiError, match="cannot be written"):
            lx.coding_sheet(LINKS, PLAN, LOWER, path, overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".xlsx") == ["file"]


def test_answers_that_cannot_be_read(tmp_path):
    long = tmp_path / "long.csv"
    long.write_text("upper_id,lower_id,link,comment\na,b,yes," + "x" * 10_000_001 + "\n")
    for paths in (None, 3, [], [None], tmp_path, tmp_path / "no.csv", long):
        with pytest.raises(LanxiError) as caught:
            lx.read_coding(paths)
        assert caught.value.where and caught.value.todo


CODING = pd.DataFrame({"pair": "plan#002 → city#001", "coder": ["甲", "乙"], "item": "link", "value": "yes",
                       "upper_id": "plan#002", "lower_id": "city#001"})  # fmt: skip


@pytest.mark.parametrize("coding", [
    None, 3, pd.DataFrame(), CODING.assign(value="maybe"), CODING.assign(value=None), CODING.assign(coder="甲"),
    CODING.assign(coder=["甲", None]), CODING.assign(pair=None), CODING.assign(item=None), CODING.assign(item="x"),
    CODING.assign(lower_id=None),
])  # fmt: skip
def test_a_coding_that_cannot_be_used(coding):
    for verb in (lx.agreement, lambda coding: lx.apply_coding(LINKS, coding)):
        with pytest.raises(TableError):
            verb(coding)


@pytest.mark.parametrize("option", [
    {"confidence": "x"}, {"confidence": None}, {"confidence": NAN}, {"n_boot": True}, {"n_boot": "x"},
    {"random_state": -1}, {"random_state": "x"}, {"random_state": None},
])  # fmt: skip
def test_agreement_options_that_are_none(option):
    with pytest.raises(LanxiError, match=next(iter(option))):
        lx.agreement(CODING, **option)


def test_agreement_of_one_coder_or_of_one_answer_is_undefined_and_says_so():
    alone, alike = lx.agreement(CODING.iloc[:1]).iloc[0], lx.agreement(CODING).iloc[0]
    assert (alone["verdict"], alone["note"]) == ("undefined", "no pair was answered by two of these coders")
    assert alike["verdict"] == "undefined" and alike["percent"] == 100 and "no variation" in alike["note"]
    assert lx.agreement(table("coding").empty()).empty


@pytest.mark.parametrize("pairs", [
    None, pd.DataFrame(), LINKS.assign(decision="x"), LINKS.assign(decision=None), LINKS.assign(upper_id=None),
    pd.concat([LINKS, LINKS]), LINKS.assign(decided_by="me"),
])  # fmt: skip
def test_pairs_that_no_coding_can_be_applied_to(pairs):
    with pytest.raises(TableError):
        lx.apply_coding(pairs, CODING)


def test_a_coding_of_pairs_where_the_machine_saw_none(refinement):
    with pytest.raises(LanxiError, match="no such rule"):
        lx.apply_coding(LINKS, CODING, rule=["majority"])
    found = lx.apply_coding(refinement.iloc[:0], CODING, upper=PLAN, lower=LOWER)
    assert found[["upper_id", "decision", "decided_by", "coded_facets"]].values.tolist() == [
        ["plan#002", "link", "coders", ()]
    ]


@pytest.mark.parametrize(("before", "after"), [(NAN, ()), ("copied / extended", ("copied", "extended")), ((), ())])
def test_facets_coded_before_are_read_back(refinement, before, after):
    known = refinement.assign(coded_facets=pd.Series([before] * len(refinement), dtype="object"))
    assert lx.apply_coding(known, CODING)["coded_facets"].tolist() == [after] * 3


# --- lanxikit evaluate ---

GOLD = {
    "leaf_counts": "plan,3", "units": "plan#001,plan,,1,,修路。", "responsibilities": "plan#001,lead,交通厅,0",
    "targets": "plan#001,里程,>=,500,,公里,2025,target", "alignment": "city#001,plan#002,strong,strong",
    "refinement_modes": "city#001,plan#002,quantify,quantify",
}  # fmt: skip


@pytest.fixture
def gold(tmp_path):
    def made(**rows):
        for name, columns in COLUMNS.items():
            lines = [",".join(columns), *filter(None, [rows.get(name, GOLD[name])])]
            (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return tmp_path

    return made


def test_gold_as_it_should_be(gold):
    belongs(read_gold(gold()), ["plan", "city"])
    assert read_gold(gold(**dict.fromkeys(GOLD, ""))).alignment.empty


@pytest.mark.parametrize(("rows", "said"), [
    ({"leaf_counts": "plan,x"}, "leaf_units is no number"), ({"units": ",plan,,1,,修路。"}, "names no unit"),
    ({"targets": "plan#001,里程,>=,x,,公里,2025,target"}, "value is no number"),
    ({"alignment": "city#001,plan#002,starke,"}, "relation is not known"),
    ({"alignment": "city#001,plan#002,,\ncity#001,plan#002,,"}, r"twice.*row 3"),
    ({"refinement_modes": "city#001,,copy,copy"}, "names no unit"),
])  # fmt: skip
def test_gold_that_cannot_be_scored(gold, rows, said):
    with pytest.raises(StudyError, match=said):
        read_gold(gold(**rows))


@pytest.mark.parametrize(("damage", "said"), [
    (b"", "cannot be read"), (bytes(range(128, 256)), "cannot be read"), (b"a,b\n1,2\n", "lacks columns"),
    (None, "missing"),
])  # fmt: skip
def test_gold_that_cannot_be_read(gold, damage, said):
    path = gold() / "alignment.csv"
    path.write_bytes(damage) if damage is not None else path.unlink()
    with pytest.raises(StudyError, match=said):
        read_gold(path.parent)


@pytest.mark.parametrize(("rows", "said"), [
    ({"units": "nowhere#001,nowhere,,1,,修路。"}, "nowhere"), ({"alignment": "city#001,nowhere#002,strong,"}, "nowhere"),
    ({"alignment": "city#001,,,"}, "upper"), ({"alignment": "city#001,city#002,strong,strong"}, "city"),
])  # fmt: skip
def test_gold_of_other_documents(gold, rows, said):
    with pytest.raises(StudyError, match=said):
        belongs(read_gold(gold(**rows)), ["plan", "city"])


def test_nothing_is_fitted_on_too_few_links(gold):
    two = "\n".join(f"{doc}#00{n},plan#001,strong,strong" for doc in ("city", "town") for n in (1, 2))
    candidates = pd.DataFrame([(f"{doc}#00{n}", f"plan#00{k}") for doc in ("city", "town") for n in (1, 2) for k in (1, 2)],
                              columns=["lower_id", "upper_id"])  # fmt: skip
    assert learnable(candidates, read_gold(gold(alignment=two)).alignment)
    assert not learnable(candidates, read_gold(gold(alignment=two.replace("strong", "related"))).alignment)
    assert not learnable(candidates, read_gold(gold(alignment=two.splitlines()[0])).alignment)
    assert not learnable(candidates, read_gold(gold(alignment="")).alignment)
