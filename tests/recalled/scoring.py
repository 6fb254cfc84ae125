"""Leaves, duties, targets, bases and metadata of the recalled documents against their annotations."""

from __future__ import annotations

import base64
import json
import re
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

import lanxikit as lx

HERE = Path(__file__).parent
SETS = ("first", "second", "third")
MEASURES = ("leaves", "duties", "targets", "bases", "metadata")
_EDGE = 12  # characters at either end by which a leaf is known
_PLACE = re.compile(r"(省|市|县|区|自治州|州|自治区|盟|旗)$")


def documents(which: str | None = None) -> list[dict]:
    """Read the documents of one tester (one of ``SETS``), or of all."""
    lines = (HERE / "documents.jsonl").read_text("utf-8").splitlines()
    return [found for found in map(json.loads, lines) if which in (None, found["set"])]


def content(document: dict) -> bytes:
    """The bytes of the document's file: its text, its bytes in base64 where they are not UTF-8, or a file beside this one."""
    if "file" in document:
        return (HERE / document["file"]).read_bytes()
    return base64.b64decode(document["base64"]) if "base64" in document else document["text"].encode("utf-8")


def norm(text: object) -> str:
    """A text without blanks, in one width, brackets of one kind."""
    plain = re.sub(r"[\s|^]+", "", unicodedata.normalize("NFKC", "" if text is None or text != text else str(text)))
    return plain.translate(str.maketrans("〔〕[]【】﹝﹞", "()()()()"))


def agency(name: str, region: str) -> str:
    """A name without the document's own place before it, which may be written or not."""
    plain = norm(name).removeprefix("各")
    for place in sorted(filter(None, re.split("[、,]", region)), key=len, reverse=True):
        if plain.startswith(place) and len(plain) > len(place):
            return plain[len(place) :]
    return re.sub(r"^(?!市场)本?[省市县区州镇乡](?=.{2})(?![直属级辖、])", "", plain) if len(plain) > 3 else plain


def judge(document: dict) -> tuple[dict[str, list[int]], list[str]]:
    """Read one document and compare.

    Returns
    -------
    tuple
        For each of ``MEASURES`` the numbers right, expected and said; and what differs, in words.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{document['name']}{document['suffix']}"
        path.write_bytes(content(document))
        corpus = lx.read_corpus(path)
    units = lx.segment(corpus)
    rows = list(units[units["is_leaf"]].itertuples(index=False))
    match = _match(document["leaves"], rows)
    errors = [f"leaf missed: {leaf['ordinal']} {leaf['begin']}…" for i, leaf in enumerate(document["leaves"])
              if i not in match and not leaf.get("optional")]  # fmt: skip
    errors += [f"leaf extra: {row.kind} {row.text[:40]}" for j, row in enumerate(rows) if j not in match.values()]
    optional = sum(bool(leaf.get("optional")) and i not in match for i, leaf in enumerate(document["leaves"]))
    counts = {"leaves": [len(match), len(document["leaves"]) - optional, len(rows)]}
    owner = {rows[j].unit_id: i for i, j in match.items()}
    counts["duties"] = _duties(document, lx.responsibilities(units), owner, errors)
    counts["targets"] = _targets(document, lx.targets(units), owner, errors)
    said = {norm(name) for name in lx.bases(corpus)["basis"]}
    wanted = {norm(name) for name in document["bases"]}
    errors += [f"basis missed: {name}" for name in wanted - said] + [f"basis extra: {name}" for name in said - wanted]
    counts["bases"] = [len(wanted & said), len(wanted), len(said)]
    counts["metadata"] = _metadata(document["meta"], corpus.documents.iloc[0], errors)
    return counts, errors


def _match(leaves: list[dict], rows: list) -> dict[int, int]:
    """Leaves matched one to one, in order, by their first and last characters; a heading may be read apart."""
    found: dict[int, int] = {}
    for i, leaf in enumerate(leaves):
        begins = {_bare(leaf["begin"])[:_EDGE], _bare(leaf.get("whole", leaf["begin"]))[:_EDGE]}
        end = _bare(leaf["end"])[-_EDGE:]
        after = max(found.values(), default=-1)
        for j in [*range(after + 1, len(rows)), *range(after + 1)]:
            text = _bare(rows[j].text)
            whole = _bare(rows[j].heading if isinstance(rows[j].heading, str) else "") + text
            opens = any(start.startswith(begin) for begin in begins for start in (text, whole))
            if j not in found.values() and opens and text.endswith(end[-max(len(text), 1) :]):
                found[i] = j
                break
    return found


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", norm(text))


def _duties(document: dict, table, owner: dict[str, int], errors: list[str]) -> list[int]:
    region = document["meta"].get("region", "")
    wanted = Counter((i, role, agency(name, region)) for i, leaf in enumerate(document["leaves"]) for role, name in leaf["duties"])
    may = {(role, agency(name, region)) for leaf in document["leaves"] for role, name in leaf.get("may", ())}
    said = Counter((owner.get(row.unit_id, row.unit_id), row.role, agency(row.agency, region)) for row in table.itertuples())
    said = Counter({key: n for key, n in said.items() if key in wanted or key[1:] not in may})
    errors += [f"duty missed: {key}" for key in wanted - said] + [f"duty extra: {key}" for key in said - wanted]
    return [sum((wanted & said).values()), sum(wanted.values()), sum(said.values())]


def _targets(document: dict, table, owner: dict[str, int], errors: list[str]) -> list[int]:
    def key(leaf, value, high, unit):
        return leaf, round(float(value), 1), None if high is None or high != high else round(float(high), 1), norm(unit)

    wanted, may = Counter(), Counter()
    for i, leaf in enumerate(document["leaves"]):
        for target in leaf["targets"]:
            group = may if target.get("capacity") else wanted
            group[key(i, target["value"], target["high"], target["unit"])] += 1
    rows = table[table["kind"] != "capacity"].itertuples()
    said = Counter(key(owner.get(row.unit_id, row.unit_id), row.value, row.value_high, row.unit) for row in rows)
    said -= may
    errors += [f"target missed: {key}" for key in wanted - said] + [f"target extra: {key}" for key in said - wanted]
    return [sum((wanted & said).values()), sum(wanted.values()), sum(said.values())]


def _metadata(wanted: dict, row, errors: list[str]) -> list[int]:
    right = 0
    for name, value in wanted.items():
        got = row[name]
        if name == "issuers":
            same = {*map(norm, value)} == {*map(norm, got)}
        elif name == "title":
            same = norm(value) in norm(got)
        else:
            same = norm(value) == norm(got)
        right += same
        if not same:
            errors.append(f"{name}: wanted {value}, read {got}")
    return [right, len(wanted), len(wanted)]


def total(documents_: list[dict]) -> tuple[dict[str, list[int]], dict[str, list[str]]]:
    """Add up the counts of several documents; and the differences by document."""
    whole = {name: [0, 0, 0] for name in MEASURES}
    differences = {}
    for document in documents_:
        counts, differences[document["name"]] = judge(document)
        for name, numbers in counts.items():
            whole[name] = [a + b for a, b in zip(whole[name], numbers, strict=True)]
    return whole, differences


def f1(right: int, wanted: int, said: int) -> float:
    """Harmonic mean of precision and recall; 1 where nothing is expected and nothing said."""
    return 2 * right / (wanted + said) if wanted + said else 1.0
