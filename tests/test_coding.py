"""Coding by people: the sheets, the answers, their agreement, and what they override."""

from __future__ import annotations

import zipfile

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook
from sklearn.metrics import cohen_kappa_score

from lanxikit.coding.agreement import agreement
from lanxikit.coding.answers import confirmed
from lanxikit.coding.apply import apply_coding
from lanxikit.coding.coefficients import MISSING, alpha, kappa, percent
from lanxikit.coding.read import read_coding
from lanxikit.coding.sheet import coding_sheet
from lanxikit.comparing.align import align
from lanxikit.comparing.compare import compare
from lanxikit.errors import LanxiError, ReadingError, TableError
from lanxikit.refining.refine import refine
from lanxikit.refining.uptake import uptake
from lanxikit.tables import check
from lanxikit.tables.coding import CODING
from lanxikit.tables.comparing import DECISIONS
from lanxikit.tables.refining import FACETS, UPTAKE

pytest_plugins = ["pair_fixtures"]

UPPER_TEXTS = ("=1+1修路。", "+加强办学。", "-建医院。", "@发展旅游。", "完善城市交通智能管理信息系统。")
LOWER_TEXTS = ("修乡道30公里。", "办小学。", "建卫生院。", "办旅游节。", "我区完善城市交通智能管理信息系统。")


@pytest.fixture
def sides(make_units):
    return make_units("plan", *UPPER_TEXTS), make_units("city", *LOWER_TEXTS)


def pairs_of(*rows):
    """Links written as (upper number, lower number, decision)."""
    return pd.DataFrame([
        {"upper_id": f"plan#{high:03d}", "lower_id": f"city#{low:03d}", "score": 0.5, "decision": decision,
         "probability": 0.7, "rank": 1}
        for high, low, decision in rows
    ])


@pytest.fixture
def links():
    return pairs_of((5, 5, "link"), (1, 1, "link"), (2, 2, "unsure"), (3, 3, "unsure"), (4, 4, "link"))


def coding_of(**coders):
    """Answers written as coder={(pair number, item): value}, pairs like plan#001 → city#001."""
    return pd.DataFrame([
        {"pair": f"plan#{n:03d} → city#{n:03d}", "coder": coder, "item": item, "value": value,
         "upper_id": f"plan#{n:03d}", "lower_id": f"city#{n:03d}"}
        for coder, answers in coders.items() for (n, item), value in answers.items()
    ])


def matrix(*coders, dot="."):
    """Digits a pair, a dot where the coder did not answer."""
    return np.array([[MISSING if sign == dot else int(sign) for sign in row] for row in coders])


def columns(sheet):
    return {str(cell.value).split("\n")[0]: cell.column for cell in sheet[1]}


def fill(path, **answers):
    """Write answers, a list a column, into a sheet from its first pair on."""
    book = load_workbook(path)
    sheet = book["coding"]
    at = columns(sheet)
    for name, values in answers.items():
        for row, value in enumerate(values, 2):
            sheet.cell(row, at[name]).value = value
    book.save(path)


# --- the sheet ---------------------------------------------------------------------------


def test_a_row_a_pair_in_the_order_of_the_documents(sides, links, tmp_path):
    [path] = coding_sheet(links, *sides, tmp_path / "coding.xlsx")
    sheet = load_workbook(path)["coding"]
    at = columns(sheet)
    assert [row[at["pair"] - 1] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        f"plan#{n:03d} → city#{n:03d}" for n in range(1, 6)
    ]
    assert list(at)[:10] == ["pair", "coder", "upper_document", "upper_id", "upper_heading", "upper_text",
                             "lower_document", "lower_id", "lower_heading", "lower_text"]
    assert list(at)[10:25] == ["link", *FACETS, "comment"]
    assert sheet.freeze_panes == "B2" and sheet.cell(2, at["lower_text"]).alignment.wrap_text
    assert sheet.column_dimensions["F"].width == 60 and sheet.cell(2, at["coder"]).value == "coder"


def test_headings_stand_beside_the_text(make_units, tmp_path):
    upper, lower = make_units("plan", "修路。"), make_units("city", "修乡道。")
    lower = lower.assign(path=[("二、重点任务", "（一）交通")], heading="道路")
    coding_sheet(pairs_of((1, 1, "link")), upper, lower, tmp_path / "c.xlsx")
    sheet = load_workbook(tmp_path / "c.xlsx")["coding"]
    assert sheet.cell(2, columns(sheet)["lower_heading"]).value == "二、重点任务\n（一）交通\n道路"


def test_texts_that_look_like_formulas_stay_texts(sides, links, tmp_path):
    coding_sheet(links, *sides, tmp_path / "coding.xlsx")
    sheet = load_workbook(tmp_path / "coding.xlsx")["coding"]
    column = columns(sheet)["upper_text"]
    cells = [sheet.cell(row, column) for row in range(2, 7)]
    assert [cell.value for cell in cells] == list(UPPER_TEXTS)
    assert {cell.data_type for cell in cells} == {"s"} and [cell.quotePrefix for cell in cells] == [True] * 4 + [False]
    with zipfile.ZipFile(tmp_path / "coding.xlsx") as file:
        written = b"".join(file.read(name) for name in file.namelist() if name.startswith("xl/worksheets/sheet"))
    assert b"<f>" not in written and b"<f " not in written


def test_characters_that_a_workbook_cannot_hold_and_very_long_texts(make_units, tmp_path):
    upper, lower = make_units("plan", "修\x00路\ufffe。"), make_units("city", "修" * 40_000)
    coding_sheet(pairs_of((1, 1, "link")), upper, lower, tmp_path / "c.xlsx")
    sheet = load_workbook(tmp_path / "c.xlsx")["coding"]
    assert sheet.cell(2, columns(sheet)["upper_text"]).value == "修�路�。"
    assert sheet.cell(2, columns(sheet)["lower_text"]).value.endswith("… [8000 characters more 余下字数]")


def test_each_answer_has_a_drop_down(sides, links, tmp_path):
    coding_sheet(links, *sides, tmp_path / "coding.xlsx")
    sheet = load_workbook(tmp_path / "coding.xlsx")["coding"]
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert len(rules) == 1 + len(FACETS)
    assert rules["K2:K6"] == '"yes,no,unsure"' and rules["L2:L6"] == '"1,0"'
    assert columns(sheet)["link"] == 11


def test_the_machines_part_is_not_in_a_blind_coders_file(sides, links, tmp_path):
    files = coding_sheet(links, *sides, tmp_path / "c.xlsx", refinement=refine(links, *sides), scores=compare(*sides),
                         coders=["甲", "乙"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.machine.xlsx", "c_乙.xlsx", "c_甲.xlsx"]
    for file in files:
        book = load_workbook(file)
        assert list(columns(book["coding"])) == [*list(columns(book["coding"]))[:10], "link", *FACETS, "comment"]
        assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible"]
        with zipfile.ZipFile(file) as parts:
            written = b"".join(parts.read(name) for name in parts.namelist())
        assert b"machine_" not in written and b"upper[" not in written
    key = pd.read_excel(tmp_path / "c.machine.xlsx").set_index("pair")
    assert list(key)[:5] == ["upper_id", "lower_id", "machine_decision", "machine_probability", "machine_score"]
    assert key["machine_decision"].tolist() == ["link", "unsure", "unsure", "link", "link"]
    assert "upper[" in key.loc["plan#005 → city#005", "machine_copied"]
    assert set(key.index) == set(pd.read_excel(files[1]).iloc[:, 0])


def test_the_machines_part_stands_on_the_right_where_coders_are_not_blind(sides, links, tmp_path):
    coding_sheet(links, *sides, tmp_path / "coding.xlsx", refinement=refine(links, *sides),
                 scores=compare(*sides), blind=False)
    assert [path.name for path in tmp_path.iterdir()] == ["coding.xlsx"]
    sheet = load_workbook(tmp_path / "coding.xlsx")["coding"]
    at = columns(sheet)
    machine = [name for name in at if name.startswith("machine_")]
    assert machine[:3] == ["machine_decision", "machine_probability", "machine_score"]
    assert {"machine_lexical", *(f"machine_{facet}" for facet in FACETS)} <= set(machine)
    assert min(at[name] for name in machine) > at["comment"]
    copied = sheet.cell(6, at["machine_copied"]).value
    assert "upper[" in copied and "lower[" in copied
    assert sheet.cell(2, at["machine_copied"]).value == 0 and sheet.cell(6, at["machine_probability"]).value == 0.7


def test_the_guide_defines_every_item_in_both_languages(sides, links, tmp_path):
    coding_sheet(links, *sides, tmp_path / "coding.xlsx")
    rows = list(load_workbook(tmp_path / "coding.xlsx")["guide 说明"].iter_rows(min_row=2, values_only=True))
    defined = {row[0]: row for row in rows if row[0]}
    assert list(defined) == ["link", *FACETS, "comment"]
    assert defined["quantified"][1:4] == (
        "量化", "下位条款给出数量，而上位条款对同一事项没有数量。",
        "The lower measure gives a number for something that the upper one gives none for.",
    )


def test_own_definitions(sides, links, tmp_path):
    (tmp_path / "coding_guide.tsv").write_text("item\tzh\tabout_zh\tabout_en\texample\nlink\t承接\t甲\tb\t\n", "utf-8")
    coding_sheet(links, *sides, tmp_path / "coding.xlsx", lexicon=tmp_path)
    sheet = load_workbook(tmp_path / "coding.xlsx")["coding"]
    assert sheet["K1"].value == "link\n承接"


def test_a_file_for_each_coder_with_the_same_pairs(sides, links, tmp_path):
    files = coding_sheet(links, *sides, tmp_path / "new" / "c.xlsx", coders=["甲", "a/b"], sample=3)
    assert [file.name for file in files] == ["c_甲.xlsx", "c_a_b.xlsx"]
    books = [list(load_workbook(file)["coding"].iter_rows(values_only=True)) for file in files]
    assert [row[1] for row in books[0]][1:] == ["甲"] * 3 and [row[1] for row in books[1]][1:] == ["a/b"] * 3
    assert [row[0] for row in books[0]] == [row[0] for row in books[1]]
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["c.machine.xlsx", "c_a_b.xlsx", "c_甲.xlsx"]


def test_answers_are_not_overwritten_silently(sides, links, tmp_path):
    path = tmp_path / "c_乙.xlsx"
    path.write_bytes(b"work of a week")
    with pytest.raises(LanxiError, match="may hold answers"):
        coding_sheet(links, *sides, tmp_path / "c.xlsx", coders=["甲", "乙"])
    assert path.read_bytes() == b"work of a week" and not (tmp_path / "c_甲.xlsx").exists()
    coding_sheet(links, *sides, tmp_path / "c.xlsx", coders=["甲", "乙"], overwrite=True)
    assert load_workbook(path)["coding"]["B2"].value == "乙"
    with pytest.raises(LanxiError, match="exists") as caught:  # another sample would not fit the first one's key
        coding_sheet(links, *sides, tmp_path / "c.xlsx", coders=["丙"])
    assert caught.value.where == str(tmp_path / "c.machine.xlsx")


def test_a_sheet_that_fails_leaves_nothing_behind(sides, links, tmp_path, monkeypatch):
    def full(*_):
        raise OSError("disk full")

    monkeypatch.setattr("lanxikit.coding.sheet.os.replace", full)
    with pytest.raises(OSError, match="disk full"):
        coding_sheet(links, *sides, tmp_path / "c.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options", [
    {"coders": ["甲", "甲"]}, {"coders": []}, {"coders": ["a/b", "a:b"]}, {"sample": 0}, {"sample": -1},
    {"sample": {"linked": 3}}, {"sample": True},
])
def test_what_cannot_be_done_is_refused(sides, links, tmp_path, options):
    with pytest.raises(LanxiError) as caught:
        coding_sheet(links, *sides, tmp_path / "c.xlsx", **options)
    assert caught.value.todo and list(tmp_path.iterdir()) == []


def test_no_pairs_another_ending_and_strange_units(sides, links, tmp_path):
    with pytest.raises(LanxiError, match="no pair to code"):
        coding_sheet(links.iloc[:0], *sides, tmp_path / "c.xlsx")
    with pytest.raises(LanxiError, match="Excel"):
        coding_sheet(links, *sides, tmp_path / "c.csv")
    with pytest.raises(TableError, match="not leaves"):
        coding_sheet(links.assign(upper_id="plan#099"), *sides, tmp_path / "c.xlsx")


def decisions(path):
    return pd.read_excel(path.with_suffix(".machine.xlsx"))["machine_decision"].tolist()


def test_the_sample_is_stratified_and_seeded(study, study_scores, study_links, tmp_path):
    def drawn(name, **options):
        [path] = coding_sheet(study_links, *study, tmp_path / name, scores=study_scores, **options)
        pairs = [row[0] for row in load_workbook(path)["coding"].iter_rows(min_row=2, values_only=True)]
        return pairs, pd.Series(decisions(path)).value_counts().to_dict()

    first, counts = drawn("a.xlsx", sample=30)
    assert counts == {"link": 10, "unsure": 10, "below": 10} and len(set(first)) == 30
    assert drawn("b.xlsx", sample=30)[0] == first and drawn("c.xlsx", sample=30, random_state=1)[0] != first
    assert drawn("d.xlsx", sample={"link": 2, "below": 5})[1] == {"link": 2, "below": 5}


def test_a_stratum_that_is_too_small_is_made_up_from_the_others(sides, tmp_path):
    links = pairs_of(*((high, low, "link") for high in (1, 2, 3) for low in (1, 2, 3)), (4, 4, "unsure"))
    [path] = coding_sheet(links, *sides, tmp_path / "c.xlsx", sample=8)
    assert sorted(decisions(path)) == ["link"] * 7 + ["unsure"]


# --- reading back ------------------------------------------------------------------------


def test_round_trip_through_excel(sides, links, tmp_path):
    files = coding_sheet(links, *sides, tmp_path / "c.xlsx", coders=["甲", "乙"])
    fill(files[0], link=["yes", "no", "unsure", None, "yes"], copied=[1, None, None, None, 0], comment=["=好", None])
    fill(files[1], link=["是", "否", "？", "空", 1.0], copied=["０", None, None, None, True], assigned=[False])
    coding = read_coding(files)
    found = {(row.coder, row.pair[:8], row.item): row.value for row in coding.itertuples()}
    assert found == {
        ("甲", "plan#001", "link"): "yes", ("甲", "plan#001", "copied"): "yes", ("甲", "plan#001", "comment"): "=好",
        ("甲", "plan#002", "link"): "no", ("甲", "plan#003", "link"): "unsure", ("甲", "plan#005", "link"): "yes",
        ("甲", "plan#005", "copied"): "no",
        ("乙", "plan#001", "link"): "yes", ("乙", "plan#001", "copied"): "no", ("乙", "plan#001", "assigned"): "no",
        ("乙", "plan#002", "link"): "no", ("乙", "plan#003", "link"): "unsure", ("乙", "plan#005", "link"): "yes",
        ("乙", "plan#005", "copied"): "yes",
    }
    assert coding["source"][0] == "c_甲.xlsx:2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_as_other_programs_save_it(tmp_path, encoding, mark):
    lines = [["coder", "upper_id", "lower_id", '"link\n是否对应"', "comment"], ["张三", "plan#001", "city#001", "是", "两地合作，重点推进"]]
    path = tmp_path / "c.csv"
    path.write_bytes("\r\n".join(mark.join(line) for line in lines).encode(encoding))
    coding = read_coding(str(path))
    assert coding[["coder", "item", "value"]].to_numpy().tolist() == [["张三", "link", "yes"], ["张三", "comment", "两地合作，重点推进"]]


def test_without_a_name_the_file_is_the_coder(tmp_path):
    path = tmp_path / "李四.csv"
    path.write_text("upper_id,lower_id,link\nplan#001,city#001,y\n", "utf-8")
    assert read_coding(path)["coder"].tolist() == ["李四"]


def test_cells_that_cannot_be_read_are_listed(sides, links, tmp_path):
    [path] = coding_sheet(links, *sides, tmp_path / "c.xlsx")
    fill(path, link=["yes", "maybe", "=A1"], copied=["?", 2], quantified=[1])
    with pytest.raises(ReadingError) as caught:
        read_coding(path)
    assert caught.value.where == ("c.xlsx, row 2, column copied: ?; c.xlsx, row 3, column link: maybe; "
                                  "c.xlsx, row 3, column copied: 2; c.xlsx, row 4, column link: =A1")


def test_only_the_first_wrong_cells_are_listed(tmp_path):
    path = tmp_path / "c.csv"
    path.write_text("upper_id,lower_id,link\n" + "".join(f"plan#{n},city#1,x!\n" for n in range(14)), "utf-8")
    with pytest.raises(ReadingError) as caught:
        read_coding(path)
    assert caught.value.where.count("x!") == 10 and caught.value.where.endswith("and 4 more")


def test_a_pair_answered_twice_and_one_without_id(tmp_path):
    path = tmp_path / "c.csv"
    path.write_text("coder,upper_id,lower_id,link\n甲,p#1,c#1,yes\n甲,p#1,c#1,no\n甲,,c#2,yes\n甲,,,\n", "utf-8")
    with pytest.raises(ReadingError) as caught:
        read_coding(path)
    assert caught.value.where == ("c.csv, row 3: 甲 answered p#1 → c#1 before, in c.csv, row 2; "
                                  "c.csv, row 4: no upper_id or lower_id")


def test_files_that_are_no_coding_sheets(tmp_path):
    for name, data, words in (("a.xlsx", b"no zip", "damaged"), ("b.csv", b"x,y\n1,2\n", "lacks the columns"),
                              ("d.doc", b"", "neither"), ("e.csv", b"upper_id,lower_id,link,link\n", "twice")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ReadingError, match=words) as caught:
            read_coding(tmp_path / name)
        assert name in caught.value.where and caught.value.todo
    with pytest.raises(ReadingError, match="no such file"):
        read_coding(tmp_path / "none.xlsx")
    with pytest.raises(ReadingError, match="No file"):
        read_coding([])


def test_a_sheet_that_was_not_filled_in(sides, links, tmp_path):
    files = coding_sheet(links, *sides, tmp_path / "c.xlsx", coders=["甲", "乙"])
    fill(files[0], comment=["later"], link=["-"])
    with pytest.raises(ReadingError, match="No answer was found") as caught:
        read_coding(files)
    assert caught.value.where == "c_甲.xlsx, c_乙.xlsx" and "column link" in caught.value.todo


def test_the_sheets_that_were_not_filled_in_are_named(sides, links, tmp_path, recwarn):
    files = coding_sheet(links, *sides, tmp_path / "c.xlsx", coders=["甲", "乙", "丙"])
    fill(files[1], link=["yes"])
    with pytest.warns(UserWarning, match="No answer was found in c_甲.xlsx, c_丙.xlsx:") as caught:
        assert read_coding(files)["coder"].tolist() == ["乙"]
    assert len(caught) == 1 and caught[0].filename == __file__
    recwarn.clear()
    read_coding(files[1])
    assert not recwarn.list


def test_the_machines_key_is_no_coding_sheet(sides, links, tmp_path):
    coding_sheet(links, *sides, tmp_path / "c.xlsx")
    with pytest.raises(ReadingError, match="what the machine decided"):
        read_coding(tmp_path / "c.machine.xlsx")


def test_a_coding_without_answers_changes_nothing(links):
    assert agreement(CODING.empty()).empty
    assert apply_coding(links, CODING.empty())["decided_by"].tolist() == ["machine"] * 5


def test_own_words(tmp_path):
    (tmp_path / "coding_words.tsv").write_text("word\tvalue\n对应\tyes\n", "utf-8")
    (tmp_path / "c.csv").write_text("upper_id,lower_id,link\np#1,c#1,对应\n", "utf-8")
    assert read_coding(tmp_path / "c.csv", lexicon=tmp_path)["value"].tolist() == ["yes"]


# --- agreement ---------------------------------------------------------------------------


def test_alpha_of_krippendorffs_examples():
    # Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: examples A (binary), B (nominal), C (four observers, missing data)
    assert alpha(matrix("0100000010", "1110010000"))[0] == pytest.approx(0.095, abs=5e-4)
    assert alpha(matrix("001132224330", "101112224333"))[0] == pytest.approx(0.692, abs=5e-4)
    observers = matrix("123321412...", "1233224125.3", ".333234225 1.".replace(" ", ""), "1233244125 1.".replace(" ", ""))
    assert alpha(observers)[0] == pytest.approx(0.743, abs=5e-4)


def test_kappa_of_a_published_table():
    # 50 proposals, two readers: 20 both yes, 15 both no, 5 and 10 split; κ = (.70 − .50) ÷ (1 − .50)
    one, other = np.repeat([1, 1, 0, 0], [20, 5, 10, 15]), np.repeat([1, 0, 1, 0], [20, 5, 10, 15])
    assert kappa(one, other)[0] == pytest.approx(0.4)
    assert percent(np.stack([one, other])) == pytest.approx(70)


def test_kappa_is_that_of_scikit_learn_also_where_pairs_count_often():
    draw = np.random.default_rng(0)
    for _ in range(20):
        one, other = draw.integers(0, 3, (2, 40))
        weights = draw.multinomial(40, np.full(40, 1 / 40), size=1).astype(float)
        assert kappa(one, other, weights)[0] == pytest.approx(cohen_kappa_score(one, other, sample_weight=weights[0]))


def test_alpha_of_a_resample_is_that_of_the_repeated_pairs():
    draw = np.random.default_rng(1)
    answers = draw.integers(-1, 3, (3, 30))
    chosen = draw.integers(0, 30, 30)
    weights = np.bincount(chosen, minlength=30)[None].astype(float)
    assert alpha(answers, weights)[0] == pytest.approx(alpha(answers[:, chosen])[0])


def links_of(**coders):
    signs = {"y": "yes", "n": "no", "u": "unsure"}
    return coding_of(**{coder: {(n, "link"): signs[sign] for n, sign in enumerate(row, 1) if sign != "."}
                        for coder, row in coders.items()})


def test_two_coders():
    [row] = agreement(links_of(甲="ynnyyynunyynnuyynnnyyn", 乙="ynnyyynunyynnyyynnnyyn")).to_dict("records")
    assert row["coders"] == ("甲", "乙") and (row["n_pairs"], row["n_coders"]) == (22, 2)
    assert row["percent"] == pytest.approx(100 * 21 / 22) and row["verdict"] == "reliable"
    assert row["alpha_low"] < row["alpha"] < row["alpha_high"] <= 1
    assert row["kappa_low"] < row["kappa"] < row["kappa_high"] <= 1
    expected = cohen_kappa_score(list("ynnyyynunyynnuyynnnyyn"), list("ynnyyynunyynnyyynnnyyn"))
    assert row["kappa"] == pytest.approx(expected)


def test_three_coders_together_and_two_by_two():
    found = agreement(links_of(a="ynynynynyn", b="ynynynynyy", c="yn..nyynyn"))
    assert found["coders"].tolist() == [("a", "b", "c"), ("a", "b"), ("a", "c"), ("b", "c")]
    assert found["n_pairs"].tolist() == [10, 10, 8, 8] and found["n_coders"].tolist() == [3, 2, 2, 2]
    assert found["kappa"][0] == pytest.approx(found["kappa"][1:].mean())
    assert found["alpha"][0] == pytest.approx(alpha(matrix("1010101010", "1010101011", "10..011010"))[0])
    assert found["verdict"].tolist()[1:] == ["reliable", "unreliable", "unreliable"]


def test_the_bootstrap_is_seeded():
    coding = links_of(a="ynynynynyn", b="ynynynynyy")
    one, same, other = (agreement(coding, random_state=seed, n_boot=200) for seed in (0, 0, 1))
    assert one.equals(same) and not one.equals(other)


ANSWERED = {"a": "yynnyynnyyynnnyynnyy" * 2, "b": "yynnyynnyyynnnyynnnn" * 2}


def in_leaves(size):
    """The same answers, with so many pairs of each lower leaf."""
    coding = links_of(**ANSWERED)
    number = (coding["upper_id"].str[-3:].astype(int) - 1) // size
    return coding.assign(lower_id=[f"city#{n:03d}" for n in number])


def test_the_pairs_of_a_lower_leaf_are_drawn_together():
    [single], [twin] = (agreement(in_leaves(size)).to_dict("records") for size in (1, 2))
    assert twin["alpha"] == single["alpha"] and twin["percent"] == single["percent"]
    # both pairs of a leaf were answered alike throughout: 20 leaves tell as much as 20 pairs, no more
    assert 1.25 < (twin["alpha_high"] - twin["alpha_low"]) / (single["alpha_high"] - single["alpha_low"]) < 1.6
    assert 1.25 < (twin["kappa_high"] - twin["kappa_low"]) / (single["kappa_high"] - single["kappa_low"]) < 1.6


def test_the_interval_is_that_of_the_leaves_drawn_one_by_one():
    coding = in_leaves(4)
    answers = np.array([[sign == "y" for sign in row] for row in ANSWERED.values()]).astype(int)
    random = np.random.default_rng(3)
    chosen = (random.integers(0, 10, (4000, 10, 1)) * 4 + np.arange(4)).reshape(4000, 40)
    low, high = np.quantile([alpha(answers[:, pairs])[0] for pairs in chosen], [0.025, 0.975])
    [row] = agreement(coding, n_boot=4000).to_dict("records")
    assert (row["alpha_low"], row["alpha_high"]) == (pytest.approx(low, abs=0.03), pytest.approx(high, abs=0.03))
    assert "only 10 lower leaves: the intervals are rough" in row["note"]


def test_without_lower_id_the_leaf_is_read_from_the_pair():
    coding = in_leaves(4)
    told = coding.assign(pair=coding["upper_id"] + " → " + coding["lower_id"])
    assert agreement(told.drop(columns=["upper_id", "lower_id"])).equals(agreement(told))
    assert not agreement(told).equals(agreement(in_leaves(1)))


def test_the_pairs_of_one_leaf_give_no_interval():
    [row] = agreement(in_leaves(40)).to_dict("records")
    assert row["alpha"] > 0.7 and np.isnan([row["alpha_low"], row["alpha_high"], row["kappa_low"]]).all()
    assert "no interval of alpha: all pairs are of one lower leaf" in row["note"]


def test_constant_codings_are_said():
    [row] = agreement(links_of(a="yyyyy", b="yyyyy")).to_dict("records")
    assert row["percent"] == 100 and np.isnan(row["alpha"]) and row["verdict"] == "undefined"
    assert row["note"].startswith("all 5 pairs were answered yes throughout: no variation, alpha and kappa undefined")


def test_nearly_constant_codings_have_no_interval():
    [row] = agreement(links_of(a="yyyyyyyyyn", b="yyyyyyyyyn")).to_dict("records")
    assert row["alpha"] == 1 and np.isnan(row["alpha_low"])
    assert "no interval of alpha: 3" in row["note"] and "of the resamples show no variation" in row["note"]


def test_one_coder_and_coders_without_a_common_pair():
    for coding in (links_of(a="yn"), links_of(a="y.", b=".n")):
        [row] = agreement(coding).to_dict("records")
        assert row["n_pairs"] == 0 and row["verdict"] == "undefined"
        assert row["note"] == "no pair was answered by two of these coders"


def test_facets_follow_the_order_of_the_contract_and_comments_do_not_count():
    coding = coding_of(a={(1, "weakened"): "no", (1, "copied"): "yes", (1, "link"): "yes", (1, "comment"): "?"},
                       b={(1, "copied"): "no"})
    found = agreement(coding)
    assert found["item"].tolist() == ["link", "copied", "weakened"] and found["n_pairs"].tolist() == [0, 1, 0]


@pytest.mark.parametrize("spoil", [
    lambda coding: coding.drop(columns="coder"), lambda coding: coding.assign(value="perhaps"),
    lambda coding: coding.assign(item="colour"), lambda coding: pd.concat([coding, coding]),
])
def test_tables_that_are_no_codings(spoil):
    with pytest.raises(TableError):
        agreement(spoil(links_of(a="yn", b="yn")))


def test_a_bootstrap_that_makes_no_sense():
    with pytest.raises(LanxiError, match="bootstrap"):
        agreement(links_of(a="yn", b="yn"), n_boot=0)


# --- override ----------------------------------------------------------------------------


def test_confirmed_links_override_the_machine(links):
    coding = links_of(a="ynyu.", b="yny.u", c="yyn..")
    coding = pd.concat([coding, coding_of(a={(9, "link"): "yes"})])
    found = apply_coding(links, coding)
    assert found[["upper_id", "decision", "decided_by"]].astype("str").to_numpy().tolist() == [
        ["plan#005", "unsure", "coders"], ["plan#001", "link", "coders"], ["plan#003", "link", "coders"],
        ["plan#004", "unsure", "coders"], ["plan#009", "link", "coders"],
    ]
    assert found["decision"].cat.categories.tolist() == list(DECISIONS)
    assert found["score"].tolist()[:4] == [0.5] * 4 and np.isnan(found["score"][4]) and pd.isna(found["rank"][4])
    assert links["decision"].tolist() == ["link", "link", "unsure", "unsure", "link"]  # the table given is as it was


def test_what_is_not_confirmed_stays_the_machines(links):
    coding = links_of(a="yn", b="ny")
    assert apply_coding(links, coding)["decided_by"].tolist() == ["machine"] * 5
    alone = apply_coding(links, links_of(a="nn"), rule="unanimous")
    assert len(alone) == 5
    assert len(apply_coding(links, links_of(a="nny", b="nnn"), rule="unanimous")) == 3
    with pytest.raises(LanxiError, match="no such rule"):
        apply_coding(links, coding, rule="loudest")


def test_who_confirmed():
    found = confirmed(links_of(a="yn", b="yy", c="n."))
    assert found[["upper_id", "value", "coders"]].to_numpy().tolist() == [["plan#001", "yes", ("a", "b")]]


def test_facets_are_replaced_and_named(sides, links):
    machine = refine(links, *sides)
    coding = coding_of(a={(5, "copied"): "no", (5, "weakened"): "yes", (1, "quantified"): "yes", (2, "link"): "no"})
    found = apply_coding(machine, coding).set_index("upper_id")
    assert machine.set_index("upper_id").loc["plan#005", "copied"]
    row = found.loc["plan#005"]
    assert not row["copied"] and pd.isna(row["copied_evidence"]) and row["decided_by"] == "machine"
    assert row["weakened"] and row["weakened_evidence"] == "coders: a"
    assert row["coded_facets"] == ("copied", "weakened") and found.loc["plan#003", "coded_facets"] == ()
    assert found.loc["plan#001", "quantified_evidence"].count("lower[") == 1
    assert "plan#002" not in found.index and found["copied"].dtype == bool


def test_refine_and_uptake_take_the_result(sides, links):
    coding = coding_of(a={(1, "link"): "no", (2, "link"): "yes", (2, "copied"): "yes"})
    coding = pd.concat([coding, pd.DataFrame([{"pair": "x", "coder": "a", "item": "link", "value": "yes",
                                               "upper_id": "plan#003", "lower_id": "city#001"}])])
    decided = apply_coding(links, coding)
    found = apply_coding(refine(decided, *sides), coding)
    assert found["decided_by"].tolist() == ["machine", "coders", "machine", "machine", "coders"]
    lineage = pd.DataFrame({"upper_id": ["plan"], "lower_id": ["city"], "relation": ["descends"]})
    status = uptake(found, *sides, lineage).set_index("upper_id")["status"].astype("str")
    assert status[["plan#001", "plan#002", "plan#003"]].tolist() == ["not_taken_up", "taken_up", "taken_up"]


DESCENDS = pd.DataFrame({"upper_id": ["plan"], "lower_id": ["city"], "relation": ["descends"]})


def gone_through(links, sides, coding):
    """Links, refinement and uptake, the coding applied to each in turn."""
    refined = apply_coding(refine(apply_coding(links, coding), *sides), coding)
    plain = uptake(refined, *sides, DESCENDS)
    return plain, apply_coding(plain, coding)


def test_a_no_of_the_coders_is_seen_in_the_uptake(sides, links):
    coding = coding_of(甲={(1, "link"): "no", (2, "link"): "yes", (3, "link"): "no"},
                       乙={(1, "link"): "no", (2, "link"): "yes", (3, "link"): "yes"})
    plain, found = gone_through(links, sides, coding)
    assert plain.set_index("upper_id").loc["plan#001", "decided_by"] == "machine"  # it cannot know of the pair
    assert found["status"].tolist() == plain["status"].tolist()
    goals = found.dropna(subset="upper_id").set_index("upper_id")
    assert goals["decided_by"].astype("str").tolist() == ["coders", "coders", "machine", "machine", "machine"]
    assert goals["status"].astype("str").tolist()[:3] == ["not_taken_up", "taken_up", "unsure"]
    assert goals.loc["plan#001", "evidence"].endswith("; coders: no link to city#001 (乙, 甲)")
    assert goals.loc["plan#002", "evidence"].endswith("; coders: link to city#002 (乙, 甲)")
    assert "coders" not in goals.loc["plan#003", "evidence"]
    [leaf] = found[found["status"] == "added"].to_dict("records")
    assert (leaf["lower_id"], leaf["decided_by"]) == ("city#001", "coders")
    assert leaf["evidence"].endswith("; coders: no link to plan#001 (乙, 甲)")
    check(found, UPTAKE)
    pd.testing.assert_frame_equal(apply_coding(found, coding), found)


def test_a_no_to_another_pair_does_not_make_a_machines_link_the_coders(sides, links):
    coding = coding_of(a={(1, "link"): "no"}).assign(lower_id="city#003")
    goals = gone_through(links, sides, coding)[1].set_index("upper_id")
    assert goals.loc["plan#001", ["status", "decided_by"]].tolist() == ["taken_up", "machine"]
    assert goals.loc["plan#001", "evidence"] == "linked: city#001; coders: no link to city#003 (a)"


def test_doubts_of_the_coders_are_seen_in_the_uptake(sides, links):
    goals = gone_through(links, sides, coding_of(a={(1, "link"): "unsure"}))[1].set_index("upper_id")
    assert goals.loc["plan#001", ["status", "decided_by"]].tolist() == ["unsure", "coders"]
    assert goals.loc["plan#001", "evidence"].endswith("; coders: unsure link to city#001 (a)")


@pytest.mark.parametrize("value", ["no", "unsure", "yes"])
def test_an_uptake_that_was_not_made_from_the_coded_links_is_refused(sides, links, value):
    machine = uptake(refine(links.iloc[2:] if value == "yes" else links, *sides), *sides, DESCENDS)
    with pytest.raises(LanxiError, match="contradicts") as caught:
        apply_coding(machine, coding_of(a={(1, "link"): value}))
    assert "plan#001: " in caught.value.where and "lx.refine" in caught.value.todo


def test_leaves_whose_ids_do_not_tell_their_document_need_the_units(sides, links):
    def named(table, *columns):
        return table.assign(**{name: table[name].str.replace("city#", "市") for name in columns})

    upper, lower = sides[0], named(sides[1], "unit_id")
    coding, strange = named(coding_of(a={(1, "link"): "no"}), "lower_id"), named(links, "lower_id")
    plain = uptake(apply_coding(strange, coding), upper, lower, DESCENDS)
    found = apply_coding(plain, coding, lower=lower).set_index("upper_id")
    assert found.loc["plan#001", "decided_by"] == "coders"
    with pytest.raises(LanxiError, match="No coded pair belongs"):
        apply_coding(plain[plain["status"] != "added"], coding)


def test_a_pair_that_the_refinement_lacks_needs_the_texts(sides, links):
    machine = refine(links.iloc[1:], *sides)
    coding = links_of(a="....y")
    with pytest.raises(LanxiError, match="does not describe"):
        apply_coding(machine, coding)
    found = apply_coding(machine, coding, upper=sides[0], lower=sides[1]).set_index("upper_id")
    assert found.loc["plan#005", "copied"] and found.loc["plan#005", "decided_by"] == "coders"
    assert found["copied"].dtype == bool and len(found) == 5


def test_a_coding_may_be_applied_again(links):
    coding = links_of(a="ny")
    once = apply_coding(links, coding)
    pd.testing.assert_frame_equal(apply_coding(once, coding), once)


def test_the_whole_way_on_the_study(study, study_scores, tmp_path):
    links = align(study_scores)
    files = coding_sheet(links, *study, tmp_path / "c.xlsx", scores=study_scores, coders=["甲", "乙"], sample=30)
    fill(files[0], link=["yes", "no"] * 15)
    fill(files[1], link=["yes", "no"] * 14 + ["no", "no"])
    coding = read_coding(files)
    assert agreement(coding)["verdict"].tolist() == ["reliable"]
    decided = apply_coding(links, coding)
    refined = apply_coding(refine(decided[decided["decided_by"] == "coders"], *study), coding)
    assert (refined["decided_by"] == "coders").sum() == 14
    assert set(refined["lower_id"]) <= set(study[1]["unit_id"])
