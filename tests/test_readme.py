"""The numbers of the READMEs are those that their command prints."""

from lanxikit.evaluating import report
from lanxikit.study.evaluate import evaluate


def test_tables_of_the_readmes_are_what_evaluate_prints(root):
    rows, _ = evaluate(root / "data" / "raw", root / "data" / "gold")
    table = report.markdown(rows)
    for name in ("README.md", "README.zh-CN.md"):
        assert table in (root / name).read_text(encoding="utf-8"), name
