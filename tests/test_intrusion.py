"""Intrusion sheets: out, filled in, back, scored."""

import numpy as np
import openpyxl
import pandas as pd
import pytest

import lanxikit as lx
from lanxikit.coding.intrusion import intrusion_sheet
from lanxikit.coding.intrusion_read import read_intrusion
from lanxikit.coding.intrusion_scores import intraclass, intrusion_scores, wilson
from lanxikit.coding.read import read_coding
from lanxikit.errors import ReadingError, TableError

NUMBERS = list("123456")


@pytest.fixture(scope="module")
def model(units):
    return lx.TopicModel(method="guided", stability_repeats=1).fit(units)


@pytest.fixture
def sheets(model, units, tmp_path):
    files = intrusion_sheet(model, tmp_path / "topics.xlsx", units=units, raters=["甲", "乙"])
    return files, tmp_path / "topics.key.xlsx"


def columns(file):
    sheet = openpyxl.load_workbook(file)["intrusion"]
    return sheet, {str(cell.value).split("\n")[0]: cell.column for cell in sheet[1]}


def fill(file, choose):
    """Answer every question by ``choose(item, options)``."""
    book = openpyxl.load_workbook(file)
    sheet = book["intrusion"]
    _, place = columns(file)
    for row in range(2, sheet.max_row + 1):
        options = [sheet.cell(row, place[name]).value for name in NUMBERS]
        item = sheet.cell(row, place["item"]).value
        sheet.cell(row, place["answer"]).value = choose(item, [option for option in options if option])
    book.save(file)


def right(key):
    intruder = pd.read_excel(key).set_index("item")["intruder"].astype(str)
    return lambda item, options: options.index(intruder[item]) + 1


def wrong(key):
    found = right(key)
    return lambda item, options: found(item, options) % len(options) + 1


def test_the_key_holds_strange_words_and_absent_topics(model, sheets):
    key = pd.read_excel(sheets[1])
    assert key["task"].value_counts().to_dict() == {"word": 20, "topic": 20}
    assert key["item"].tolist() == [f"Q{number:03d}" for number in range(1, 41)]
    column = {term: index for index, term in enumerate(model.vocabulary_)}
    tops = model.topics_[model.topics_["rank"] <= 10].groupby("topic")["term"].apply(list)
    shares = model.weights_.set_index(["unit_id", "topic"])["weight"]
    words8 = {" ".join(top[:8]): topic for topic, top in tops.items()}
    for row in key.itertuples():
        options = [getattr(row, f"option_{n}") for n in range(1, 7)]
        options = [option for option in options if isinstance(option, str)]
        assert options.count(row.intruder) == 1
        others = [option for option in options if option != row.intruder]
        if row.task == "word":
            assert sorted(others) in (sorted(tops[row.topic][:5]), sorted(tops[row.topic][5:]))
            weights = model.components_[row.topic - 1]
            assert weights[column[row.intruder]] <= np.median(weights)
            assert any(row.intruder in top for topic, top in tops.items() if topic != row.topic)
        else:
            assert shares[row.unit_id, words8[row.intruder]] < 0.01
            assert all(shares[row.unit_id, words8[option]] >= 0.1 for option in others)
            assert words8[max(others, key=lambda option: shares[row.unit_id, words8[option]])] == row.topic
    assert key.loc[key["task"] == "word", "unit_id"].isna().all()


def test_raters_get_the_same_questions_in_orders_of_their_own_and_no_key(sheets):
    orders, options = [], []
    for file in sheets[0]:
        sheet, place = columns(file)
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        orders.append([row[place["item"] - 1] for row in rows])
        options.append({row[place["item"] - 1]: [row[place[n] - 1] for n in NUMBERS] for row in rows})
        assert not {"intruder", "topic", "label", "unit_id", "task"} & set(place)
        assert all(row[place["answer"] - 1] is None for row in rows)
        assert [name for name in openpyxl.load_workbook(file).sheetnames] == ["intrusion", "guide 说明"]
    assert orders[0] != orders[1] and sorted(orders[0]) == sorted(orders[1])
    assert any(options[0][item] != options[1][item] for item in options[0])
    assert all(set(options[0][item]) == set(options[1][item]) for item in options[0])


def test_no_cell_is_a_formula(tmp_path):
    # A dictionary word may not begin with =, but a unit may.
    texts = ["=1+1黄河流域水污染绿化湿地生态修复水土保持水源涵养空气质量林草河湖", "@西宁铁路公路机场航线水库管网电网天然气供水枢纽", "+教育医疗养老就业体育卫生文化医院学校社会保障医保"] * 5
    units = pd.DataFrame({"unit_id": [f"a#{n:03d}" for n in range(15)], "doc_id": "a", "path": [()] * 15, "heading": None,
                          "text": texts, "start": 0, "end": 9, "is_leaf": True, "pieces": "0-9"})
    model = lx.TopicModel(3, min_df=1, stability_repeats=1).fit(units)
    intrusion_sheet(model, tmp_path / "t.xlsx", units=units, per_topic=1)
    for file in (tmp_path / "t.xlsx", tmp_path / "t.key.xlsx"):
        for sheet in openpyxl.load_workbook(file):
            assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    sheet, place = columns(tmp_path / "t.xlsx")
    starts = {str(sheet.cell(row, place["text"]).value)[0] for row in range(2, sheet.max_row + 1)}
    assert {"=", "@", "+"} <= starts


def test_filled_sheets_come_back(sheets):
    (first, second), key = sheets
    fill(first, right(key))
    fill(second, wrong(key))
    answers = read_intrusion([first, second], key)
    assert answers.groupby("rater")["found"].agg(["sum", "size"]).loc[["甲", "乙"]].to_numpy().tolist() == [[40, 40], [0, 40]]
    scores = intrusion_scores(answers)
    whole = scores[scores["topic"].isna()].set_index("task")
    assert whole["found"].tolist() == [0.5, 0.5]
    assert whole["n_answers"].tolist() == [40, 40]
    assert whole["percent"].tolist() == [0, 0]
    assert (whole["alpha"] < 0).all()
    assert whole.loc["word", "chance"] == pytest.approx(1 / 6)
    assert len(scores) == 22


def test_all_found_is_full_agreement_with_an_interval_that_counts_questions(sheets):
    (first, second), key = sheets
    for file in (first, second):
        fill(file, right(key))
    scores = intrusion_scores(read_intrusion([first, second], key))
    whole = scores[scores["topic"].isna()].set_index("task").loc["word"]
    assert (whole["found"], whole["high"], whole["percent"], whole["alpha"]) == (1.0, 1.0, 100.0, 1.0)
    assert whole["n_effective"] == 20
    assert whole["low"] == pytest.approx(20 / (20 + 1.959964**2), abs=1e-6)
    one = scores[(scores["task"] == "word") & (scores["topic"] == 1)].iloc[0]
    assert (one["n_items"], one["n_answers"], one["n_effective"]) == (2, 4, 2)


def test_answers_may_be_words_full_width_or_missing(sheets):
    (first, _), key = sheets
    found = right(key)
    styles = iter(["word", "wide", "float", None] * 10)

    def choose(item, options):
        number = found(item, options)
        return {"word": options[number - 1], "wide": "１２３４５６"[number - 1], "float": float(number), None: None}[next(styles)]

    fill(first, choose)
    answers = read_intrusion(first, key)
    assert len(answers) == 30 and answers["found"].all()


def test_wrong_cells_are_named(sheets, tmp_path):
    (first, second), key = sheets
    fill(first, lambda item, options: 7)
    with pytest.raises(ReadingError, match=r"topics_甲.xlsx, row 2: 7 is no option.* and 30 more"):
        read_intrusion(first, key)
    with pytest.raises(ReadingError, match="No answer was found"):
        read_intrusion(second, key)
    with pytest.raises(ReadingError, match="lacks the columns: answer"):
        read_intrusion(key, key)
    fill(second, right(key))
    with pytest.raises(ReadingError, match=r"answered Q0\d\d before"):
        read_intrusion([second, second], key)
    with pytest.raises(ReadingError, match="lacks the columns"):
        read_intrusion(second, first)
    with pytest.raises(ReadingError, match="no such file"):
        read_intrusion(second, tmp_path / "none.xlsx")
    with pytest.raises(ReadingError, match="lacks the columns"):
        read_coding(second)


def test_a_changed_option_is_refused(sheets):
    (first, _), key = sheets
    fill(first, right(key))
    book = openpyxl.load_workbook(first)
    sheet = book["intrusion"]
    sheet.cell(2, columns(first)[1]["1"]).value = "月球"
    book.save(first)
    with pytest.raises(ReadingError, match="row 2: its options are not those of the key"):
        read_intrusion(first, key)


def test_files_are_not_overwritten_and_names_are_distinct(model, tmp_path):
    intrusion_sheet(model, tmp_path / "t.xlsx")
    with pytest.raises(lx.LanxiError, match="may hold answers"):
        intrusion_sheet(model, tmp_path / "t.xlsx")
    before = pd.read_excel(tmp_path / "t.key.xlsx")
    intrusion_sheet(model, tmp_path / "t.xlsx", overwrite=True)
    pd.testing.assert_frame_equal(before, pd.read_excel(tmp_path / "t.key.xlsx"))
    with pytest.raises(lx.LanxiError, match=r"not distinct.*raters="):
        intrusion_sheet(model, tmp_path / "u.xlsx", raters=["甲", "甲"])
    with pytest.raises(lx.LanxiError, match="per_topic is 0"):
        intrusion_sheet(model, tmp_path / "u.xlsx", per_topic=0)
    with pytest.raises(lx.LanxiError, match="Call fit"):
        intrusion_sheet(lx.TopicModel(), tmp_path / "u.xlsx")
    assert not (tmp_path / "u.xlsx").exists()


def test_numbers_of_the_interval():
    assert wilson(1.0, 2, 0.95)[0] == pytest.approx(2 / (2 + 1.959964**2), abs=1e-6)
    assert wilson(0.5, 100, 0.95) == pytest.approx((0.4038, 0.5962), abs=1e-4)
    answers = pd.DataFrame({"item": list("aaabbbccc"), "found": [1, 1, 0, 0, 0, 1, 1, 1, 1]})
    # Sums of squares: between 3·Σ(mean−2/3)² = 2/3 over 2, within 4/3 over 6 → (1/3 − 2/9) / (1/3 + 2·2/9) = 1/7.
    assert intraclass(answers) == pytest.approx(1 / 7)


def test_scores_refuse_what_is_no_table_of_answers(sheets):
    (first, _), key = sheets
    fill(first, right(key))
    answers = read_intrusion(first, key)
    with pytest.raises(TableError, match="lacks: found"):
        intrusion_scores(answers.drop(columns="found"))
    with pytest.raises(TableError, match="neither true nor false"):
        intrusion_scores(answers.assign(found="maybe"))
    with pytest.raises(TableError, match="answered twice"):
        intrusion_scores(pd.concat([answers, answers]))
    with pytest.raises(lx.LanxiError, match="confidence is 95"):
        intrusion_scores(answers, confidence=95)
    assert len(intrusion_scores(answers.iloc[:0])) == 0
