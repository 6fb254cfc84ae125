"""Word lists: ours, and those of a user who saves them with Excel."""

import pytest

from lanxikit.errors import LexiconError
from lanxikit.lexicons import FOLDER, load, names


def labels(folder):
    return [row["label"] for row in load("duty_labels", folder)]


@pytest.mark.parametrize("name", names())
def test_every_list_is_whole(name):
    rows = load(name)
    assert rows and all(list(row) == list(rows[0]) and next(iter(row.values())) for row in rows)


def test_every_list_is_described():
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in names() if name not in text] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_own_rows_are_added_replaced_and_taken_away(tmp_path, encoding):
    text = "label\tkind\trole\tabout\n帮扶单位\tduty\tsupport\t\n责任单位\tduty\tlead\tours\n-牵头单位\t\t\t\n"
    (tmp_path / "duty_labels.tsv").write_bytes(text.encode(encoding))
    found = labels(tmp_path)
    assert "帮扶单位" in found and "牵头单位" not in found and found.count("责任单位") == 1


def test_an_edited_list_is_read_again(tmp_path):
    path = tmp_path / "duty_labels.tsv"
    path.write_text("label\tkind\n甲\tduty\n", encoding="utf-8")
    assert "甲" in labels(tmp_path)
    path.write_text("label\tkind\n乙乙\tduty\n", encoding="utf-8")
    assert "乙乙" in labels(tmp_path)


@pytest.mark.parametrize("text", ["label,kind\n甲,duty\n", "x\ty\n1\t2\n", "label\tkind\n甲\tduty\t1\t2\t3\n"])
def test_a_list_in_another_form_is_refused(tmp_path, text):
    (tmp_path / "duty_labels.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load("duty_labels", tmp_path)
    assert caught.value.todo


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(LexiconError, match="folder"):
        load("duty_labels", tmp_path / "nowhere")
