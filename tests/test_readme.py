"""The numbers of the README are those that its command prints."""

from lanxikit.evaluating import report
from lanxikit.study.evaluate import evaluate


def test_table_of_the_readme_is_what_evaluate_prints(root):
    rows, _ = evaluate(root / "data" / "raw", root / "data" / "gold")
    assert report.markdown(rows) in (root / "README.md").read_text(encoding="utf-8")
