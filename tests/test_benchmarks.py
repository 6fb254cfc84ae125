"""The benchmarks run, and what they hand back has its form; what they measure is not looked at."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from benchmarks import growth, killed, parsing, plot, startup, tokenizing
from benchmarks.__main__ import ALL, BY_NAME
from benchmarks.grown import bases, document, documents
from benchmarks.measured import Cost, in_turn, spread
from benchmarks.results import COLUMNS, FASTER, FASTER_CPU, Result, Row, faster, placed, read_rows, rows_of, write


def tables(markdown: str) -> list[list[list[str]]]:
    """The cells of each table; every line of one has as many as its head."""
    found: list[list[list[str]]] = [[]]
    for line in markdown.splitlines():
        if line.startswith("|"):
            found[-1].append([cell.strip() for cell in line.strip("|").split("|")])
        elif found[-1]:
            found.append([])
    found = [table for table in found if table]
    for table in found:
        assert {len(row) for row in table} == {len(table[0])} and len(table) > 2
    return found


def checked(result: Result, name: str) -> list[list[list[str]]]:
    assert result.markdown.startswith("## ")
    assert {row.benchmark for row in result.rows} == {name}
    assert all(isinstance(row.size, int) and row.repeat >= 1 and row.value == row.value for row in result.rows)
    return tables(result.markdown)


COSTS = {"ours": [Cost(1.0, 2.0, 0.1, ""), Cost(2.0, 2.0, 0.1, "")], "theirs": [Cost(3.0, 3.0, 0.2, "")]}


def test_each_benchmark_can_be_run_and_is_named_where_it_should(root):
    page, readme = ((root / name).read_text("utf-8") for name in ("docs/benchmarks.md", "benchmarks/README.md"))
    for name in (*ALL, *BY_NAME):
        assert callable(import_module(f"benchmarks.{name}").run)
        assert page.count(f"<!-- {name} -->\n") == page.count(f"\n<!-- /{name} -->") == 1 and f"`{name}`" in readme
    assert {benchmark for benchmark, _ in plot.PEERS} <= set(plot.TITLES) <= set(ALL)


def test_start_up():
    result = startup.measure(2, 0)
    (table,) = checked(result, "startup")
    assert [row[0] for row in table[2:]] == list(startup.SIDES.values())
    shares = re.search(r"of `import pandas`: ([\d.]+) .*alone\), ([\d.]+) .*process\)", result.markdown)
    assert all(0 < float(share) < 1 for share in shares.groups())


def test_tokenizing():
    result = tokenizing.measure(1, 1, sides=("plain", "jieba"))
    (table,) = checked(result, "tokenizing")
    ours, theirs = (int(row[-1].replace(",", "")) for row in table[2:])
    assert 100 < ours < theirs  # it drops words
    assert [row.side for row in result.rows if row.measure == FASTER] == ["plain : jieba"]


def test_parsing():
    result = parsing.measure(1, 1, sides=("lanxikit",))
    (table,) = checked(result, "parsing")
    assert re.fullmatch(r"[\d,]+ rows, [\d,]+ duties, [\d,]+ targets", table[2][-1])
    assert {row.measure for row in result.rows} == {"seconds", "processor", "peak"}


def test_growth():
    result = growth.measure({4: 1}, jobs=1)
    (table,) = checked(result, "growth")
    assert table[2][0] == "4" and int(table[2][-1].replace(",", "")) > 100
    (worker,) = (row.value for row in result.rows if row.measure == "worker's peak")
    assert worker > 0.01


def test_an_exponent_is_the_slope_in_powers():
    costs = {size: [Cost(size**1.1 * noise, size * 1.0, 1.0, "") for noise in (0.99, 1.01)] for size in (10, 100, 1000)}
    told, rows = growth._growth(costs, {size: [0.5] for size in costs})
    assert "exponent 1.10 (1.09–1.11) by the clock, 1.00 (1.00–1.00) by processor" in told[0]
    assert "exponent 1.100 (95 %" in told[-1] and {row.measure for row in rows} > set(growth.MEASURES)
    assert all(row.value == 1 for row in rows if row.measure == "times the memory of a worker")


def test_documents_are_written_in_folders(tmp_path, monkeypatch):
    monkeypatch.setattr(growth, "FOLDER", 2)
    size = growth.fill(tmp_path / "source", 5)
    files = sorted((tmp_path / "source").rglob("*.txt"))
    assert [file.parent.name for file in files] == ["000", "000", "001", "001", "002"]
    assert sum(len(file.read_text("utf-8")) for file in files) == size and 2_000 < size < 15_000


def test_short_documents_are_beginnings_with_the_signature():
    short = [text for _, text in documents(25, length=1500)]
    assert len(set(short)) == 25 and max(map(len, short)) < 4_000
    tail = "".join(slot.body for slot in bases()[1].slots[-2:])
    assert (
        document(1, length=1500).rstrip().endswith(tail.strip()[-4:]) and document(1).rstrip()[-4:] == tail.strip()[-4:]
    )
    assert [text for _, text in documents(2, start=3, length=1500)] == short[3:5]


def test_tables_are_compared_by_their_bytes(tmp_path):
    for name, content in (("a", b"1"), ("b", b"1"), ("c", b"2")):
        (tmp_path / name / "units").mkdir(parents=True)
        (tmp_path / name / "units" / "part-000000.parquet").write_bytes(content)
    a, b, c = (killed.digests(tmp_path / name) for name in "abc")
    assert a == b != c and list(a) == ["units/part-000000.parquet"]
    assert killed.parts(tmp_path / "a") == 1 and killed.parts(tmp_path / "absent") == 0


def test_ratios_are_taken_within_repeats():
    both = faster("x", 5, COSTS, "ours", "theirs")
    assert [(row.side, row.measure, row.value) for row in both] == [
        ("ours : theirs", FASTER, 1.5), ("ours : theirs", FASTER_CPU, 1.5),
    ]  # fmt: skip


def test_sides_take_turns():
    order = []
    in_turn(["a", "b"], 3, lambda side: order.append(side) or COSTS["ours"][0], "test")
    assert "".join(order) == "abbaab"


def test_spread():
    assert spread([2.0]) == "2.0" and spread([3.0, 1.0], 2) == "2.00 (1.00–3.00)"


def test_what_is_written_replaces_the_benchmark_and_keeps_the_others(tmp_path):
    page = tmp_path / "benchmarks.md"
    page.write_text("# Page\n\nabove\n\n<!-- parsing -->\nold\n<!-- /parsing -->\n\nbelow\n", "utf-8")
    rows = [*rows_of("parsing", 7, COSTS), *faster("parsing", 7, COSTS, "ours", "theirs")]
    growing = [Row("growth", "kit", size, 1, name, 0.5 * size, "s")
               for size in (10, 100) for name in ("seconds", "processor", "peak", "worker's peak")]  # fmt: skip
    write(tmp_path, {"parsing": Result("## Parsing\n\n| a |\n|---|\n| 1 |\n", rows)})
    write(tmp_path, {"growth": Result("## Growth\n\nfirst\n", growing)})
    write(tmp_path, {"growth": Result("## Growth\n\nsecond\n", growing)})
    text = page.read_text("utf-8")
    assert "### Parsing" in text and "old" not in text and "first" not in text and "second" in text
    assert text.index("above") < text.index("### Parsing") < text.index("below") < text.index("### Growth")
    kept = read_rows(tmp_path / "benchmarks.csv")
    assert len(kept) == len(rows) + len(growing) and tuple(kept[0]) == COLUMNS
    assert (tmp_path / "benchmarks.png").stat().st_size > 10_000
    assert "<svg" in (tmp_path / "benchmarks.svg").read_text("utf-8")


@pytest.mark.parametrize("text", ["", "# A\n", "<!-- a -->\nx\n<!-- /a -->\n"])
def test_a_section_is_placed_once(text):
    once = placed(text, "a", "new")
    assert placed(once, "a", "new") == once and once.count("new") == 1
