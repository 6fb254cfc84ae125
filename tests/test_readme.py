"""The numbers of the READMEs are those that their command prints."""

from lanxikit.evaluating import report
from lanxikit.study.evaluate import evaluate


def test_tables_of_the_readmes_are_what_evaluate_prints(root):
    rows, _ = evaluate(root / "data" / "raw", root / "data" / "gold")
    assert {row[0] for row in report.main(rows)} == set(report.MAIN)
    for name in ("README.md", "README.zh-CN.md"):
        text = (root / name).read_text(encoding="utf-8")
        assert report.markdown(report.main(rows)) in text and report.markdown(rows) in text, name
