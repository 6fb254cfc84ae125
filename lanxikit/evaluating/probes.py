"""Word-list entries tried in use: a text made of the entry, read by the verb that owns the list.

A probe yields (entry, problem, remedy) for each row whose own text does not bring it up. What a
probe cannot tell (a word that only matters inside a longer phrase) it leaves alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pandas as pd

from lanxikit.messages import tr

Row = dict[str, str]
Failure = tuple[str, str, str]


def _units(texts: Iterable[str], kind: str = "measure") -> pd.DataFrame:
    """A table of units with one leaf a text; with ``kind="duty"`` the text hangs on the leaf as its duty list."""
    rows = []
    for number, text in enumerate(texts, start=1):
        at, name = number * 1000, f"probe#{number:04d}"
        leaf = ("probe", name, None, "measure", "推进工作。" if kind == "duty" else text, at, True, None)
        rows.append(leaf)
        if kind == "duty":
            rows.append(("probe", f"probe/{number:04d}", name, "duty", text, at + 500, False, "责任单位"))
    names = ["doc_id", "unit_id", "parent_id", "kind", "text", "start", "is_leaf", "heading"]
    frame = pd.DataFrame(rows, columns=names)
    frame["end"] = frame["start"] + frame["text"].str.len()
    frame["position"] = range(1, len(frame) + 1)
    frame["pieces"] = frame["start"].astype(str) + "-" + frame["end"].astype(str)
    frame["path"] = [()] * len(frame)
    return frame.assign(
        level=1, ordinal=None, doc_level="prefecture", region="兰州市", adcode="620100", year=2022, signed="2022-03-01"
    )


def _by_unit(table: pd.DataFrame, column: str) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for unit_id, value in zip(table["unit_id"], table[column], strict=True):
        found.setdefault(int(unit_id.rpartition("#")[2]), set()).add(str(value))
    return found


def _tried(rows: list[Row], key: str, hits: Callable[[int, Row], bool], why: Callable[[int], str]) -> Iterator[Failure]:
    for number, row in enumerate(rows, start=1):
        if not hits(number, row):
            yield row[key], why(number), tr("take the row out, or mend the entry", "请删去该行或改正条目")


def _unread() -> str:
    return tr("its own words do not bring it up", "用它本身的词语也不能触发")


def _instead(found: dict[int, set[str]]) -> Callable[[int], str]:
    def told(number: int) -> str:
        others = ", ".join(sorted(found.get(number, ())))
        return tr(f"another entry decides: {others}", f"由其他条目决定：{others}") if others else _unread()

    return told


def _commitment(rows: list[Row], folder) -> Iterator[Failure]:
    from lanxikit.annotating.commitment import commitment

    verbs = [row for row in rows if row["kind"] == "verb"]
    found = _by_unit(commitment(_units(f"{row['verb']}重大项目建设。" for row in verbs), lexicon=folder), "verb")
    yield from _tried(verbs, "verb", lambda n, row: row["verb"] in found.get(n, ()), _instead(found))


def _instruments(rows: list[Row], folder) -> Iterator[Failure]:
    from lanxikit.annotating.instruments import instruments

    found = _by_unit(instruments(_units(f"做好{row['word']}工作。" for row in rows), lexicon=folder), "word")
    yield from _tried(rows, "word", lambda n, row: row["word"] in found.get(n, ()), _instead(found))


def _target_units(rows: list[Row], folder) -> Iterator[Failure]:
    from lanxikit.annotating.targets import targets

    def text(row: Row) -> str:
        needed = row["needs"].split("|")[0]
        if row["dimension"] == "index":
            return f"到2025年，{needed}达到1.2{'' if row['unit'] == '无' else row['unit']}。"
        if row["dimension"] == "people" and needed:  # the unit is in the noun behind
            return f"到2025年，帮助5.2{row['unit']}贫困{needed}脱贫。"
        return f"到2025年，新增{needed}设施达到12{row['unit']}。"

    found = _by_unit(targets(_units(map(text, rows)), lexicon=folder), "unit")
    yield from _tried(rows, "unit", lambda n, row: bool(found.get(n)), lambda n: _unread())


def _labels(rows: list[Row], folder) -> Iterator[Failure]:
    from lanxikit.segmenting.labels import label

    def hits(_: int, row: Row) -> bool:
        found = label(f"{row['label']}:市水务局", None if folder is None else str(folder))
        return found is not None and found.word == row["label"]

    yield from _tried(rows, "label", hits, lambda n: _unread())


def _genres(rows: list[Row], folder) -> Iterator[Failure]:
    from lanxikit.reading.front import genre_of

    own = None if folder is None else str(folder)
    found = {n: {str(genre_of(f"兰州市{row['word']}", own))} for n, row in enumerate(rows, start=1)}
    yield from _tried(rows, "word", lambda n, row: row["genre"] in found[n], _instead(found))


def _page_words(rows: list[Row], folder) -> Iterator[Failure]:
    from lanxikit.reading.pagewords import page_kind

    own = None if folder is None else str(folder)
    found = {n: {str(page_kind(row["word"], own))} for n, row in enumerate(rows, start=1)}
    yield from _tried(rows, "word", lambda n, row: row["kind"] in found[n], _instead(found))


def _aliases(rows: list[Row], folder) -> Iterator[Failure]:
    from lanxikit.annotating.places import places

    found = _by_unit(places(_units(f"推进{row['name']}建设。" for row in rows), lexicon=folder), "place")
    yield from _tried(rows, "name", lambda n, row: row["name"] in found.get(n, ()), _instead(found))


def _functions(rows: list[Row], folder) -> Iterator[Failure]:
    from lanxikit.annotating.responsibilities import responsibilities

    shapes = {"whole": "{}", "stem": "市{}局", "end": "市甲乙{}"}
    known = [row for row in rows if row["where"] in shapes]
    texts = [shapes[row["where"]].format(row["stem"]) for row in known]
    found = _by_unit(responsibilities(_units(texts, "duty"), lexicon=folder), "function")
    first = {row["stem"]: row["function"].split("、")[0] for row in known}  # an agency of several fields: its main one
    yield from _tried(known, "stem", lambda n, row: first[row["stem"]] in found.get(n, ()), _instead(found))


def _suffixes(rows: list[Row], folder) -> Iterator[Failure]:
    from lanxikit.annotating.responsibilities import responsibilities

    table = responsibilities(_units([f"市水利{row['suffix']}" for row in rows], "duty"), lexicon=folder)
    found = _by_unit(table, "agency")
    yield from _tried(rows, "suffix", lambda n, row: bool(found.get(n)), lambda n: _unread())


def _lookalikes(rows: list[Row], folder) -> Iterator[Failure]:
    from lanxikit.lexicons import load

    endings = tuple(row["suffix"] for row in load("agency_suffixes", folder))
    yield from _tried(rows, "word", lambda n, row: row["word"].endswith(endings), lambda n: _unread())


def _words(key: str, *, several: bool = False) -> Callable[[list[Row], object], Iterator[Failure]]:
    """Terms of the topic stage: the tokenizer must yield each as one word."""

    def probe(rows: list[Row], folder) -> Iterator[Failure]:
        from lanxikit.text.cutter import cutter

        cut = cutter(lexicon=None if folder is None else str(folder)).words
        for row in rows:
            for term in row[key].split() if several else [row[key]]:
                words = cut(term)
                if words != [term]:
                    pieces = " ".join(words)
                    yield (
                        term,
                        tr(f"the tokenizer makes other words of it: {pieces}", f"分词结果不同：{pieces}"),
                        tr("add it to policy_terms.tsv, or take it out", "请加入 policy_terms.tsv 或删去"),
                    )

    return probe


PROBES: dict[str, Callable[[list[Row], object], Iterator[Failure]]] = {
    "agency_functions": _functions,
    "agency_lookalikes": _lookalikes,
    "agency_suffixes": _suffixes,
    "codebook_city_cluster": _words("seeds", several=True),
    "commitment_verbs": _commitment,
    "duty_labels": _labels,
    "genres": _genres,
    "instrument_words": _instruments,
    "page_words": _page_words,
    "place_aliases": _aliases,
    "policy_terms": _words("term"),
    "stop_words": _words("word"),
    "target_units": _target_units,
}
