"""lanxikit lint: an entry that can never match is found, one that can is left alone."""

import pytest

import lanxikit as lx
from lanxikit.errors import LexiconError
from lanxikit.evaluating.lint import lint
from lanxikit.study.cli import main


@pytest.fixture
def folder(tmp_path):
    def write(name, *lines):
        (tmp_path / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return tmp_path

    return write


def entries(found):
    return list(zip(found["list"], found["entry"], strict=True))


def test_the_shipped_lists_hold_no_dead_entry():
    found = lx.lint()
    assert found.empty, found.to_string()


@pytest.mark.parametrize(
    ("name", "header", "good", "dead"),
    [
        ("genres", "word\tgenre", "倡议书\t函", "（试行）办法\t办法"),  # full width never meets folded text
        ("duty_labels", "label\tkind\trole", "帮扶单位\tduty\tsupport", "帮 扶单位\tduty\tsupport"),  # blank inside
        ("duty_labels", "label\tkind\trole", "帮扶单位\tduty\tsupport", "结对单位\tdutty\tsupport"),  # no such kind
        ("page_words", "word\tkind\tplace", "相关阅读\tfooter\tstart", "首页导航\tfooter\tstart"),  # 首页 comes first
        ("commitment_verbs", "verb\tstrength\tstage_en\tstage_zh\tkind", "攻坚\t5\tcarry out\t实施\tverb", "攻 坚\t5\tcarry out\t实施\tverb"),
        ("agency_lookalikes", "word\tabout", "大格局\t局", "格式\t局"),  # ends like no agency
        ("policy_terms", "term\tkind", "飞地经济\tpolicy", "飞地 经济\tpolicy"),
        ("plan_periods", "name\tfirst\tlast", "十七五\t2036\t2040", "-二十五\t\t"),  # takes away what is not there
    ],
)  # fmt: skip
def test_dead_entries_are_found(folder, name, header, good, dead):
    found = lint(folder(name, header, good, dead))
    assert set(entries(found)) == {(name, dead.split("\t")[0])}
    assert found["problem"].str.len().min() > 5 and found["remedy"].str.len().min() > 3


def test_an_entry_given_twice(folder):
    assert entries(lint(folder("genres", "word\tgenre", "倡议书\t函", "倡议书\t函"))) == [("genres", "倡议书")]


def test_a_list_that_nothing_reads(folder):
    assert entries(lint(folder("agencys", "word", "甲"))) == [("agencys", "")]


def test_an_empty_folder_is_named(tmp_path):
    with pytest.raises(LexiconError, match=r"tsv"):
        lint(tmp_path)


def test_command(folder, capsys):
    assert main(["lint", str(folder("genres", "word\tgenre", "倡议书\t函"))]) == 0
    assert main(["lint", str(folder("genres", "word\tgenre", "（试行）办法\t办法"))]) == 1
    assert "（试行）办法" in capsys.readouterr().out
