"""Tables written and read back: the same values from CSV and Parquet, the same bytes every time."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from lanxikit.errors import StudyError, TableError
from lanxikit.study.tables import load_table, save_table

SCORE = {"upper_id": "a#001", "lower_id": "b#001", "score": 0.5, "rank": 1, "lexical": 0.1, "clause": 0.2}
LEXICAL = 6  # place of its column
ABSENT = dict.fromkeys(["standing", "semantic", "semantic_clause", "heading", "duty", "place"])


def lineage(*evidence):
    rows = range(len(evidence))
    return pd.DataFrame(
        {
            "upper_id": [f"u{n}" for n in rows],
            "lower_id": [f"l{n}" for n in rows],
            "relation": ["descends"] * len(evidence),
            "evidence": list(evidence),
            "start": [None if text is None else 1 for text in evidence],
            "end": [None if text is None else 2 for text in evidence],
        }
    )


def scores(**changed):
    return pd.DataFrame([SCORE | ABSENT | {"agreement": 1.0, "words": 0.3, "section": 1.0} | changed])


def read_both(folder, name):
    parquet = load_table(name, folder=folder)
    (folder / f"{name}.parquet").unlink()
    csv = load_table(name, folder=folder)
    assert_frame_equal(parquet, csv)
    return csv


def test_every_table_of_the_kit_survives(tmp_path, units, corpus):
    for name, frame in {"units": units, "documents": corpus.documents}.items():
        save_table(frame, name, folder=tmp_path)
        assert_frame_equal(read_both(tmp_path, name), frame.reset_index(drop=True), check_categorical=True)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])) | st.none(), max_size=4))
def test_any_text_survives(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("any")
    save_table(lineage(*texts), "lineage", folder=folder)
    back = read_both(folder, "lineage")
    assert [None if pd.isna(text) else text for text in back["evidence"]] == [text or None for text in texts]


def test_as_people_read_it(tmp_path):
    save_table(lineage("根据《规划》，\n“制定”", 'a,"b"', None), "lineage", folder=tmp_path)
    assert (tmp_path / "lineage.csv").read_bytes().decode("utf-8-sig") == (
        "upper_id,lower_id,relation,evidence,start,end\n"
        'u0,l0,descends,"根据《规划》，\n“制定”",1,2\n'
        'u1,l1,descends,"a,""b""",1,2\n'
        "u2,l2,descends,,,\n"
    )


@pytest.mark.parametrize(
    ("value", "text"), [(1 / 3, "0.333333"), (-1e-9, "0"), (1.0, "1"), (0.1 + 0.2, "0.3"), (2.4e-6, "0.000002")]
)
def test_numbers_have_six_decimals_in_both(tmp_path, value, text):
    save_table(scores(lexical=value), "scores", folder=tmp_path)
    assert (tmp_path / "scores.csv").read_text().splitlines()[1].split(",")[LEXICAL] == text
    assert read_both(tmp_path, "scores")["lexical"].item() == float(text)


def test_tuples_are_joined_and_come_apart_again(tmp_path, corpus):
    save_table(corpus.documents, "documents", folder=tmp_path)
    assert "/ 甘肃省" in (tmp_path / "documents.csv").read_text("utf-8")
    issuers = read_both(tmp_path, "documents").set_index("doc_id")["issuers"]
    assert all(isinstance(cell, tuple) for cell in issuers) and len(issuers["qinghai-gansu-2022"]) == 2


def test_the_joint_inside_a_value_loses_its_spaces(tmp_path, corpus):
    frame = corpus.documents.head(1).assign(issuers=[("甲 / 乙", "丙")])
    save_table(frame, "documents", folder=tmp_path)
    assert read_both(tmp_path, "documents")["issuers"].item() == ("甲/乙", "丙")


def test_an_empty_table_keeps_its_columns(tmp_path):
    save_table(scores().head(0), "scores", folder=tmp_path)
    assert list(read_both(tmp_path, "scores").columns)[:4] == ["upper_id", "lower_id", "score", "rank"]


def test_same_table_same_bytes(tmp_path, units):
    for folder in ("a", "b"):
        save_table(units, "units", folder=tmp_path / folder)
    for ending in ("csv", "parquet"):
        name = f"units.{ending}"
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["units.csv", "units.parquet"]


def test_an_edited_csv_is_believed(tmp_path):
    save_table(lineage("旧"), "lineage", folder=tmp_path)
    path = tmp_path / "lineage.csv"
    path.write_text(path.read_text("utf-8-sig").replace("旧", "新"), "utf-8")
    assert load_table("lineage", folder=tmp_path)["evidence"].item() == "新"


def test_what_can_go_wrong_is_told(tmp_path):
    with pytest.raises(TableError, match=r"no table 'unit'.*units"):
        load_table("unit", folder=tmp_path)
    with pytest.raises(StudyError, match=r"has not been made yet.*lanxikit reproduce"):
        load_table("units", folder=tmp_path)
    with pytest.raises(TableError, match="declared nowhere: mine"):
        save_table(scores().assign(mine=1), "scores", folder=tmp_path)
    with pytest.raises(TableError, match="lacks columns: rank"):
        save_table(scores().drop(columns="rank"), "scores", folder=tmp_path)
    (tmp_path / "scores.csv").write_text("upper_id,score\na,x\n")
    with pytest.raises(StudyError, match=r"cannot be read.*scores\.csv"):
        load_table("scores", folder=tmp_path)
    (tmp_path / "links.parquet").write_bytes(b"PAR1 not")
    with pytest.raises(StudyError, match=r"cannot be read.*links\.parquet"):
        load_table("links", folder=tmp_path)


def test_the_folder_of_the_study_is_found(tmp_path, monkeypatch):
    (tmp_path / "study.toml").write_text("")
    (tmp_path / "notebooks").mkdir()
    save_table(lineage("甲"), "lineage", folder=tmp_path / "data" / "processed")
    monkeypatch.chdir(tmp_path / "notebooks")
    assert len(load_table("lineage")) == 1
    monkeypatch.setenv("LANXI_PROCESSED", str(tmp_path))
    with pytest.raises(StudyError):
        load_table("lineage")
