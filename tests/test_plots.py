"""The figures: what is drawn is what the table says, every sign has a shape, no text covers another.

Artists and texts are compared, not pixels. The tables are made from the gold annotations
and by the verbs themselves, so that the figures are tried on the words of the real documents.
"""

from __future__ import annotations

import inspect
from itertools import pairwise

import matplotlib
import pandas as pd
import pytest
from matplotlib import pyplot
from matplotlib.patches import Rectangle
from matplotlib.text import Text

import lanxikit as lx
from lanxikit import fonts
from lanxikit.errors import LanxiError, TableError
from lanxikit.plots import outcome, style, wording

UPPER = "qinghai-gansu-2022"
FIGURES = [
    "timeline",
    "clause_structure",
    "duty_network",
    "targets_by_level",
    "target_ladder",
    "topic_prevalence",
    "topic_terms",
    "choose_n_topics",
    "similarity_matrix",
    "alignment",
    "refinement_matrix",
    "refinement_modes",
    "uptake_flow",
    "headline",
    *(READING := [
        "keyness",
        "collocations",
        "lexical_dispersion",
        "common_words",
        "prevalence_difference",
        "topic_sensitivity",
        "topic_words",
        "topic_chapters",
        "topic_correlation",
    ]),
]


@pytest.fixture(autouse=True)
def _closed():
    yield
    pyplot.close("all")


@pytest.fixture(scope="module")
def tables(root, corpus, units):
    """Make every table that figures are drawn from; links, targets and duties are the gold's."""
    gold = {
        name: pd.read_csv(root / "data" / "gold" / f"{name}.csv")
        for name in ("alignment", "targets", "responsibilities")
    }
    upper, lower = units[units["doc_id"] == UPPER], units[units["doc_id"] != UPPER]
    lineage = lx.lineage(corpus)
    links = _links(gold["alignment"])
    facets = {name: [i % (k + 2) == 0 for i in range(len(links))] for k, name in enumerate(_facets())}
    terms = ["铁路", "湟水河流域", "互联互通", "生态", "公积金", "一体化发展", "高新技术企业", "O₃"]
    topics = pd.DataFrame(
        [(topic, term, 0.2 / rank, rank) for topic in range(1, 9) for rank, term in enumerate(terms, 1)],
        columns=["topic", "term", "weight", "rank"],
    )
    groups = [
        ("province", 2022, 69),
        ("prefecture", 2020, 37),
        ("prefecture", 2022, 47),
        ("prefecture", 2024, 194),
        ("county", 2022, 25),
    ]
    prevalence = pd.DataFrame(
        [
            (*group[:2], topic, topic / 20, topic / 20 - 0.03, topic / 20 + 0.05, group[2])
            for topic in range(1, 9)
            for group in groups
        ],
        columns=["level", "year", "topic", "prevalence", "low", "high", "n_units"],
    )
    choice = pd.DataFrame(
        {"n_topics": [4, 8, 12], "coherence_mean": [0.3, 0.25, 0.2], "coherence_std": 0.02,
         "stability_mean": [0.7, 0.6, 0.5], "stability_std": [0.05, 0.1, 0.05], "n_seeds": 10}
    )  # fmt: skip
    return {
        "documents": corpus.documents,
        "lineage": lineage,
        "units": units,
        "upper": upper,
        "lower": lower,
        "targets": gold["targets"].rename(columns={"unit": "unit_id", "unit_of_measure": "unit"}),
        "responsibilities": gold["responsibilities"].rename(columns={"unit": "unit_id"}),
        "links": links,
        "scores": _scores(upper, lower),
        "refinement": links.assign(**facets),
        "uptake": _uptake(links, upper, lower, lineage),
        "headline": lx.headline(links.assign(**facets), upper, lower, n_boot=200),
        "topics": topics,
        "prevalence": prevalence,
        "choice": choice,
        **_statistics(units),
        **_readings(units),
    }


def _statistics(units: pd.DataFrame) -> dict[str, pd.DataFrame]:
    words = ["黄河", "公积金"]
    return {
        "keyness": lx.keyness(units, "level", "province", n_boot=100),
        "collocations": lx.collocations(units),
        "kwic": lx.kwic(units, words),
        "dispersion": lx.dispersion(units, words[:1]),
        "features": lx.dfm(units, by="doc_id").to_table(),
    }


def _readings(units: pd.DataFrame) -> dict[str, pd.DataFrame]:
    model = lx.TopicModel(10, stability_repeats=2).fit(units)
    return {
        "comparison": lx.compare_prevalence(model, units, by="level", groups=("prefecture", "province"), n_boot=100),
        "sensitivity": lx.topic_sensitivity(units, ("all", "none"), ("both", "none"), repeats=1),
        "words": lx.topic_words(model, units),
        "chapters": lx.topic_chapters(model, units),
        "agreement": lx.chapter_agreement(model, units, n_boot=50),
        "correlation": lx.topic_correlation(model, units, n_boot=100),
    }


def _facets():
    from lanxikit.tables.refining import FACETS

    return FACETS


def _links(alignment: pd.DataFrame) -> pd.DataFrame:
    pairs = alignment.dropna(subset=["upper_unit"])
    strong = (pairs["relation_first_reading"] == "strong").astype(int) + (pairs["relation_second_reading"] == "strong")
    pairs = pairs.assign(decision=strong.map({2: "link", 1: "unsure"})).dropna(subset=["decision"])
    return pd.DataFrame(
        {
            "upper_id": pairs["upper_unit"],
            "lower_id": pairs["lower_unit"],
            "decision": pairs["decision"],
            "probability": pairs["decision"].map({"link": 0.9, "unsure": 0.5}),
        }
    ).reset_index(drop=True)


def _scores(upper: pd.DataFrame, lower: pd.DataFrame) -> pd.DataFrame:
    goals = upper.loc[upper["is_leaf"], "unit_id"].tolist()
    below = lower.loc[lower["is_leaf"], "unit_id"].tolist()
    rows = [
        (goals[(7 * i + 11 * rank) % len(goals)], unit, 0.7 - 0.06 * rank, rank)
        for i, unit in enumerate(below)
        for rank in range(1, 6)
    ]
    return pd.DataFrame(rows, columns=["upper_id", "lower_id", "score", "rank"])


def _uptake(links: pd.DataFrame, upper: pd.DataFrame, lower: pd.DataFrame, lineage: pd.DataFrame) -> pd.DataFrame:
    relation = lineage[lineage["upper_id"] == UPPER].set_index("lower_id")["relation"].astype("object")
    keyed = links.assign(doc=wording.document_of(links["lower_id"]))
    rows = []
    for doc in dict.fromkeys(lower["doc_id"]):
        for goal in upper.loc[upper["is_leaf"], "unit_id"]:
            pairs = keyed[(keyed["doc"] == doc) & (keyed["upper_id"] == goal)]
            sure = pairs.loc[pairs["decision"] == "link", "lower_id"].tolist()
            if sure:
                status = "taken_up"
            elif len(pairs) or relation[doc] != "descends":
                status = "unsure"
            else:
                status = "not_taken_up"
            rows.append((goal, doc, None, status, relation[doc], tuple(sure or pairs["lower_id"]), len(sure)))
        here = lower.loc[lower["is_leaf"] & (lower["doc_id"] == doc), "unit_id"]
        rows += [(None, doc, unit, "added", relation[doc], (), 0) for unit in here[~here.isin(links["lower_id"])]]
    rows[3] = (*rows[3][:3], "not_applicable", *rows[3][4:])
    columns = ["upper_id", "lower_doc", "lower_id", "status", "relation", "lower_ids", "n_links"]
    return pd.DataFrame(rows, columns=columns)


INPUTS = {
    "timeline": ("documents", "lineage", "units"),
    "clause_structure": ("units",),
    "duty_network": ("responsibilities", "units"),
    "targets_by_level": ("targets", "units"),
    "target_ladder": ("targets", "units"),
    "topic_prevalence": ("prevalence", "topics"),
    "topic_terms": ("topics",),
    "choose_n_topics": ("choice",),
    "similarity_matrix": ("scores", "upper", "lower"),
    "alignment": ("links", "upper", "lower"),
    "refinement_matrix": ("uptake", "upper", "lower", "refinement"),
    "refinement_modes": ("refinement", "lower"),
    "uptake_flow": ("uptake", "upper", "lower"),
    "headline": ("headline", "lower"),
    "keyness": ("keyness",),
    "collocations": ("collocations",),
    "lexical_dispersion": ("kwic", "units", "dispersion"),
    "common_words": ("features",),
    "prevalence_difference": ("comparison",),
    "topic_sensitivity": ("sensitivity",),
    "topic_words": ("words",),
    "topic_chapters": ("chapters", "agreement"),
    "topic_correlation": ("correlation",),
}
OPTIONS = {"duty_network": {"by": "agency"}}


def made(name: str, tables: dict) -> pd.DataFrame:
    prepare = getattr(lx.plots, f"{name}_data")
    return prepare(*(tables[table] for table in INPUTS[name]), **OPTIONS.get(name, {}))


@pytest.fixture(scope="module")
def plotted(tables):
    return {name: made(name, tables) for name in FIGURES}


def written(figure) -> list[tuple[Text, str, object]]:
    """Draw a figure and return each text that was really drawn, with its box in pixels."""
    found, draw = [], Text.draw

    def spy(text, renderer):
        if text.get_visible() and text.get_text().strip():
            found.append((text, text.get_text(), Text.get_window_extent(text, renderer)))
        return draw(text, renderer)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", spy)
        figure.canvas.draw()
    return found


def texts(ax) -> list[str]:
    return [text for _, text, _ in written(ax.figure)]


def test_every_figure_has_its_data_function_and_the_house_signature():
    assert sorted(lx.plots.__all__) == sorted(name + end for name in FIGURES for end in ("", "_data"))
    for name in FIGURES:
        parameters = inspect.signature(getattr(lx.plots, name)).parameters
        assert list(parameters)[:3] == ["data", "ax", "lang"]
        assert parameters["ax"].kind is inspect.Parameter.KEYWORD_ONLY
        assert parameters["ax"].default is None
        assert parameters["lang"].default == "en"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", FIGURES)
def test_every_sign_is_drawn_and_no_text_is_cut_or_covered(name, lang, plotted):
    settings, before = dict(matplotlib.rcParams), plotted[name].copy(deep=True)
    figure = getattr(lx.plots, name)(plotted[name], lang=lang).figure
    pd.testing.assert_frame_equal(plotted[name], before)
    assert dict(matplotlib.rcParams) == settings
    wide, high = figure.get_size_inches() * 2.54
    assert wide == pytest.approx(16.0)
    assert high <= 22.0
    found = written(figure)
    assert len(found) > 3
    assert fonts.missing("".join(text for _, text, _ in found)) == ""
    assert min(text.get_fontsize() for text, _, _ in found) >= 6.5
    assert {tuple(text.get_fontfamily()) for text, _, _ in found} == {tuple(fonts.family())}
    right, top = figure.canvas.get_width_height()
    for i, (_, text, box) in enumerate(found):
        assert box.x0 > -0.6 and box.y0 > -0.6 and box.x1 < right + 0.6 and box.y1 < top + 0.6, f"cut off: {text}"
        for _, other, there in found[i + 1 :]:
            across = min(box.x1, there.x1) - max(box.x0, there.x0)
            down = min(box.y1, there.y1) - max(box.y0, there.y0)
            assert across < 0.6 or down < 0.6, f"{text} and {other} overlap"


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_can_be_drawn_into_axes_that_stand_already(name, plotted):
    _, (first, second) = pyplot.subplots(1, 2, figsize=(14, 9))
    assert getattr(lx.plots, name)(plotted[name], ax=second) is second
    assert len(pyplot.get_fignums()) == 1
    assert not first.texts and not first.patches and not first.lines
    drawn = [text for text, _, _ in written(second.figure) if text.axes is second]
    assert {tuple(text.get_fontfamily()) for text in drawn} == {tuple(fonts.family())}


@pytest.mark.parametrize("name", ["timeline", "targets_by_level", "uptake_flow", *READING])
def test_the_language_of_a_figure_does_not_depend_on_the_machine(name, plotted, monkeypatch):
    english = texts(getattr(lx.plots, name)(plotted[name]))
    monkeypatch.setenv("LANXI_LANG", "zh")
    assert texts(getattr(lx.plots, name)(plotted[name])) == english


@pytest.mark.parametrize("name", FIGURES)
def test_empty_tables_give_an_empty_figure_that_says_so(name, tables):
    empty = {table: frame.iloc[:0] for table, frame in tables.items()}
    data = made(name, empty)
    assert data.empty
    assert list(data.columns) == list(made(name, tables).columns)
    assert texts(getattr(lx.plots, name)(data)) == ["no rows"]


@pytest.mark.parametrize(
    "name",
    ["clause_structure", "similarity_matrix", "alignment", "refinement_matrix", "refinement_modes", "uptake_flow"],
)
def test_documents_without_headings_and_tables_read_back_from_csv_can_be_drawn(name, tables, tmp_path):
    bare = {key: tables[key].assign(path=[()] * len(tables[key])) for key in ("units", "upper", "lower")}
    data = made(name, tables | bare)
    data.to_csv(tmp_path / "data.csv", index=False)
    for table in (data, pd.read_csv(tmp_path / "data.csv")):
        assert len(texts(getattr(lx.plots, name)(table))) > 3


@pytest.mark.parametrize("name", FIGURES)
def test_the_wrong_table_is_refused_with_the_function_that_makes_the_right_one(name):
    with pytest.raises(TableError, match=rf"lx\.plots\.{name}_data"):
        getattr(lx.plots, name)(pd.DataFrame({"doc_id": ["a"]}))


@pytest.mark.parametrize("name", READING)
def test_another_table_is_refused_before_it_is_drawn(name):
    with pytest.raises(TableError, match=r"lacks|缺少") as refused:
        getattr(lx.plots, f"{name}_data")(*[pd.DataFrame({"x": [1]})] * len(INPUTS[name]))
    assert f"{name}_data" not in str(refused.value)  # no advice to call the function that was called


@pytest.mark.parametrize("name", FIGURES)
def test_numbers_read_back_from_csv_are_drawn_the_same(name, plotted, tmp_path):
    plotted[name].to_csv(tmp_path / "data.csv", index=False)
    draw = getattr(lx.plots, name)
    assert texts(draw(pd.read_csv(tmp_path / "data.csv"))) == texts(draw(plotted[name]))


@pytest.mark.parametrize("name", FIGURES)
def test_an_unknown_language_is_refused(name, plotted):
    with pytest.raises(LanxiError, match="'fr'"):
        getattr(lx.plots, name)(plotted[name], lang="fr")


def test_the_numbers_are_rounded_and_the_same_again(plotted, tables):
    for name in FIGURES:
        again = made(name, tables)
        pd.testing.assert_frame_equal(again, plotted[name])
        for column in again.select_dtypes("float"):
            assert (again[column].dropna() == again[column].dropna().round(6)).all()


def test_dollar_signs_are_no_formula(plotted):
    ax = lx.plots.timeline(plotted["timeline"], names={UPPER: "from $5 to $6"})
    label = next(text for text, content, _ in written(ax.figure) if content == "from $5 to $6")
    assert not label.get_parse_math()


def test_names_of_documents_can_be_given(plotted):
    for name in ("timeline", "clause_structure", "alignment", "refinement_matrix", "uptake_flow", "similarity_matrix"):
        ax = getattr(lx.plots, name)(plotted[name], names={"pingan-2022": "平安区 2022"})
        assert any("平安区 2022" in text for text in texts(ax)), name
    for name in ("lexical_dispersion", "common_words", "topic_chapters"):
        ax = getattr(lx.plots, name)(plotted[name], names={"haidong-2020": "海东市 2020"})
        assert any("海东市 2020" in text for text in texts(ax)), name


def test_timeline_joins_the_descendant_and_marks_the_older_document(plotted):
    lines = plotted["timeline"].query("mark == 'line'")[["upper_id", "doc_id", "relation"]].values.tolist()
    assert [UPPER, "pingan-2022", "descends"] in lines
    assert [UPPER, "haidong-2020", "predates"] in lines
    assert not any(doc in ("linxia-2022", "haidong-2024") and relation == "descends" for _, doc, relation in lines)
    ax = lx.plots.timeline(plotted["timeline"])
    crosses = [line for line in ax.lines if line.get_marker() == "x"]
    assert len(crosses) == sum(relation == "predates" for *_, relation in lines)
    assert sum(line.get_marker() == "o" for line in ax.lines) == 5


def test_clause_structure_counts_the_leaves_of_the_contract(plotted):
    counts = plotted["clause_structure"].groupby("doc_id")["n_units"].sum()
    assert counts.to_dict() == {
        "haidong-2020": 37,
        UPPER: 69,
        "pingan-2022": 25,
        "linxia-2022": 47,
        "haidong-2024": 194,
    }
    ax = lx.plots.clause_structure(plotted["clause_structure"])
    assert sum(bar.get_width() for bar in ax.patches) == 372
    assert "二、优化城市群空间发展格局" in texts(ax)


def test_duty_network_counts_units_and_points_from_lead_to_partner(tables, plotted):
    data = plotted["duty_network"]
    edge = data[data["mark"] == "edge"].iloc[0]
    duties = tables["responsibilities"]
    lead = set(duties.query("role == 'lead' and agency == @edge.source")["unit_id"])
    partner = set(duties.query("role != 'lead' and agency == @edge.target")["unit_id"])
    both_lead = set(duties.query("role == 'lead' and agency == @edge.target")["unit_id"])
    assert edge["n_units"] == len((lead & partner) - both_lead)
    assert (data[list(style.LEVELS)].sum(axis=1) == data["n_units"]).all()
    nodes = data[data["mark"] == "node"]
    assert nodes[["x", "y"]].notna().all(axis=None)
    assert set(data.loc[data["mark"] == "edge", ["source", "target"]].stack()) == set(nodes["source"])


def test_duty_network_leaves_documents_without_a_lead_out(tables):
    data = lx.plots.duty_network_data(
        tables["responsibilities"], tables["units"], doc_ids=["haidong-2020"], by="agency"
    )
    assert data.empty


def test_targets_bars_are_as_long_as_the_counts(tables, plotted):
    data = plotted["targets_by_level"].groupby("doc_id")["n_targets"].sum()
    gold = wording.document_of(tables["targets"]["unit_id"]).value_counts()
    assert data[data > 0].to_dict() == gold.to_dict()
    ax = lx.plots.targets_by_level(plotted["targets_by_level"])
    assert sum(bar.get_width() for bar in ax.patches) == len(tables["targets"])
    assert any("none in 37 units" in text for text in texts(ax))


def test_target_ladder_joins_the_same_indicator_in_the_same_unit_only(tables):
    units = tables["units"]
    rows = [
        ("qinghai-gansu-2022#004", "常住人口城镇化率", "~", 69.0, "%"),
        ("linxia-2022#002", "全州常住人口城镇化率", ">=", 50.0, "%"),
        ("haidong-2024#006", "常住人口城镇化率", "=", 3.0, "个"),
    ]
    targets = pd.DataFrame(rows, columns=["unit_id", "indicator", "comparator", "value", "unit"])
    targets = targets.assign(value_high=None, kind="target", deadline=None)
    data = lx.plots.target_ladder_data(targets, units)
    assert data[["indicator", "doc_id", "value"]].values.tolist() == [
        ["常住人口城镇化率", UPPER, 69.0],
        ["常住人口城镇化率", "linxia-2022", 50.0],
    ]
    assert {"≈69", "≥50"} <= set(texts(lx.plots.target_ladder(data)))


def test_prevalence_is_drawn_where_it_is_with_its_interval(plotted):
    data = plotted["topic_prevalence"]
    ax = lx.plots.topic_prevalence(data)
    points = sorted(line.get_xdata()[0] for line in ax.lines if len(line.get_xdata()) == 1)
    assert points == pytest.approx(sorted(data["prevalence"]))
    spans = sorted(tuple(line.get_xdata()) for line in ax.lines if len(line.get_xdata()) == 2)
    assert spans == sorted(zip(data["low"], data["high"], strict=True))
    assert "prefecture 2024 (n = 194)" in texts(ax)


@pytest.mark.parametrize(("stability", "hollow"), [(0.49, True), (0.5, False), (None, False)])
def test_topics_that_are_not_to_be_interpreted_are_drawn_hollow(plotted, stability, hollow):
    prevalence = plotted["topic_prevalence"].assign(stability=stability)
    ax = lx.plots.topic_prevalence(prevalence.astype({"stability": "float64"}))
    marks = [line for line in ax.lines if len(line.get_xdata()) == 1]
    assert marks and all((mark.get_markerfacecolor() == "white") is hollow for mark in marks)
    assert ("below 0.5" in " ".join(texts(ax))) is hollow
    topics = plotted["topic_terms"].assign(stability=stability)
    ax = lx.plots.topic_terms(topics.astype({"stability": "float64"}))
    assert ax.patches and all((bar.get_facecolor()[:3] == (1, 1, 1)) is hollow for bar in ax.patches)
    assert ("Topic 1, unstable" in texts(ax)) is hollow


def test_choice_has_a_band_for_each_measure_and_says_the_verdict(plotted):
    data = plotted["choose_n_topics"]
    assert data["measure"].drop_duplicates().tolist() == ["stability", "coherence"]
    ax = lx.plots.choose_n_topics(data)
    stability, coherence = ax.child_axes
    assert stability.collections[0].get_paths()[0].vertices[:, 1].max() == pytest.approx(0.75)
    assert all(line.get_linestyle() == "None" for panel in ax.child_axes for line in panel.lines)
    full, hollow = (line.get_ydata().tolist() for line in coherence.lines)
    assert (full, hollow) == ([0.3], [0.25, 0.2])
    said = " ".join(" ".join(texts(ax)).split())
    assert "Only 4 topics are behind on no measure." in said
    assert "10 runs" in said


def test_similarity_leaves_unscored_units_out_instead_of_counting_zero(tables):
    upper, lower = tables["upper"], tables["lower"][tables["lower"]["doc_id"] == "pingan-2022"]
    scores = pd.DataFrame(
        [(f"{UPPER}#020", "pingan-2022#003", 0.6, 1), (f"{UPPER}#021", "pingan-2022#003", 0.4, 2),
         (f"{UPPER}#021", "pingan-2022#004", 0.2, 1)],
        columns=["upper_id", "lower_id", "score", "rank"],
    )  # fmt: skip
    data = lx.plots.similarity_matrix_data(scores, upper, lower)
    cell = data[data["upper_chapter"].str.startswith("三、") & data["lower_chapter"].str.startswith("二、")].iloc[0]
    assert (cell["score"], cell["n"], cell["n_lower"]) == (0.4, 2, 5)
    assert data["score"].notna().sum() == 1
    ax = lx.plots.similarity_matrix(data)
    assert len(ax.patches) == 1


def test_alignment_has_a_dot_for_each_link_at_its_units(tables, plotted):
    ax = lx.plots.alignment(plotted["alignment"])
    counts = tables["links"]["decision"].value_counts()
    assert sorted(len(line.get_xdata()) for line in ax.lines) == sorted(counts)
    links = plotted["alignment"].query("mark == 'link'")
    assert links["upper_place"].tolist() == links["upper_id"].str[-3:].astype(int).tolist()
    assert links["lower_place"].tolist() == links["lower_id"].str[-3:].astype(int).tolist()
    assert (links["upper_id"].isin(tables["links"]["upper_id"])).all() and len(links) == len(tables["links"])


def test_refinement_matrix_has_a_cell_for_each_goal_and_document(tables, plotted):
    data = plotted["refinement_matrix"]
    assert len(data) == 69 * 4
    ax = lx.plots.refinement_matrix(data)
    cells = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    assert len(cells) == 69 * 4
    found = texts(ax)
    linked = data[data["status"].isin(["taken_up", "same_matter"])]
    figures = sorted(text for text in found if text.isdigit())
    assert figures == sorted([*linked["n_links"].astype(str), *map(str, range(1, 70))])
    assert found.count("–") == (data["status"] == "not_taken_up").sum()
    assert "培育发展西宁—海东都市圈" in found


def test_not_taken_up_is_said_of_descendants_only_and_links_elsewhere_are_the_same_matter(plotted):
    for name in ("refinement_matrix", "uptake_flow"):
        data = plotted[name]
        assert set(data.loc[data["status"].isin(["not_taken_up", "taken_up"]), "lower_doc"]) == {"pingan-2022"}
        assert "pingan-2022" not in set(data.loc[data["status"] == "same_matter", "lower_doc"])


def test_outcome_keeps_what_it_does_not_know():
    uptake = pd.DataFrame({"status": ["added", "not_applicable", "taken_up"]})
    assert outcome.outcome(uptake).tolist() == ["added", "not_applicable", "taken_up"]


def test_modes_give_share_and_number(plotted):
    data = plotted["refinement_modes"]
    facets = list(dict.fromkeys(data["facet"]))
    assert sorted(facets) == sorted(_facets())
    assert set(facets[:6]) == {"copied", "localised", "quantified", "time_bound", "extended", "weakened"}
    assert data["scored"].is_monotonic_decreasing
    known = data[data["n_links"] > 0]
    assert (known["share"] == (known["n"] / known["n_links"]).round(6)).all()
    assert data.loc[data["n_links"] == 0, "share"].isna().all()
    row = data.iloc[0]
    assert f"{row['share']:.0%}  {row['n']}" in texts(lx.plots.refinement_modes(data))


def test_flow_loses_nothing_on_its_way(tables, plotted):
    data = plotted["uptake_flow"]
    assert data["n"].sum() == len(tables["uptake"])
    above = data[data["status"] != "added"].groupby("chapter")["n"].sum()
    assert above["二、优化城市群空间发展格局"] == 12 * 4
    assert data.loc[data["status"] == "added", "chapter"].isna().all()
    ax = lx.plots.uptake_flow(data)
    nodes = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    height = {x: sum(node.get_height() for node in nodes if node.get_x() == x) for x in {n.get_x() for n in nodes}}
    left, middle, right = (height[x] for x in sorted(height))
    assert middle == pytest.approx(right)
    assert left / middle == pytest.approx(276 / data["n"].sum())


def test_headline_writes_the_numbers_it_draws_and_gives_the_shift_a_scale_of_its_own():
    rows = [("novelty", "a", 0.2, 0.1, 0.4, 25), ("novelty", "b", 0.3, None, None, 3), ("novelty", "c", None, None, None, 0),
            ("commitment_shift", "a", -0.5, -1.2, 0.1, 9)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["measure", "doc_id", "value", "low", "high", "n"]).assign(unit="lower leaf")
    ax = lx.plots.headline(lx.plots.headline_data(table))
    found = texts(ax)
    assert {"20%  [10%, 40%]  n = 25", "30%  no interval  n = 3", "nothing to measure"} <= set(found)
    assert {"−0.50  [−1.20, +0.10]  n = 9", "−2", "+2"} <= set(found)
    marks = [(line.get_xdata()[0], line.get_markerfacecolor() == "white") for line in ax.lines if line.get_marker() == "o"]
    assert marks == [(0.2, False), (0.3, True), (0.375, False)]
    spans = [tuple(line.get_xdata()) for line in ax.lines if line.get_ls() == "-" and len(line.get_xdata()) == 2]
    assert (0.1, 0.4) in spans and any(span == pytest.approx((0.2, 0.525)) for span in spans)


@pytest.mark.parametrize("colours", [style.LEVEL_COLOURS, style.STATUS_COLOURS])
def test_colours_of_a_set_differ_in_lightness_where_no_sign_tells_them_apart(colours):
    """In greyscale, neighbours that carry no sign of their own must differ by a tenth."""
    signed = {"unsure", "not_taken_up", "same_matter"}
    light = sorted(_lightness(colour) for name, colour in colours.items() if name not in signed)
    assert min(b - a for a, b in pairwise(light)) > 0.05


def _lightness(colour: str) -> float:
    red, green, blue = matplotlib.colors.to_rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue
