"""Throw damaged and hostile text at the kit: ``python tools/fuzz.py [--inputs 200000] [--jobs 2] [--seed 0]``.

Every input goes through the decoder and the reader of web pages, segmentation at the three grains and every annotating
verb (on sentences and clauses: one in ten). Checked: nothing is raised but a LanxiError; nothing is slower than
--seconds-per-100kB; rows tile the text and join to it; ``pieces`` give a unit's words; annotations point into their
document. Input N of a seed is always the same: ``--seed S --only N`` runs it again and prints it shrunk. What is done
is kept in --summary (JSON) for this code: a broken run goes on where it stopped.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import sys
import time
import traceback
import warnings
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

GRAINS = ("item", "sentence", "clause")
VERBS = ("responsibilities", "targets", "deadlines", "places", "projects", "commitment", "instruments")
BLOCK = 250  # inputs a task
DEEP = 10  # of so many inputs one has its sentences and clauses annotated too; all have their items
TOGETHER = 125  # short inputs that make one corpus
FLOOR = 1.0  # seconds that any input may take: pandas alone needs some, however short the text

MARKERS = (
    "一、", "（一）", "1.", "（1）", "①", "第一条", "第一章", "1.1.1", "一是", "——", "●", "附件1", "专栏1",
    "十一、", "1）", "ー、", "l.", "(一)", "１．",
)
LABELS = (
    "责任单位：", "牵头单位：", "配合单位：", "任单位：", "（责任单位：", "由", "牵头", "、",
    "等部门按职责分工负责）", "各市（州）人民政府", "两省", "省发展改革委", "完成时限：", "抄送：",
    "列第一位者为牵头单位", "会同", "、、", "厅", "局", "市",
)
NUMBERS = (
    "到2025年", "30%", "1.2万亿元", "不少于", "三分之一", "翻一番", "3—5个", "由60%提高到70%", "年内", "G318",
    "5G", "12345", "２０２５", "0.0.0", "9" * 40, "亿", "‰", "万", "每月5日前", "十四五", "左右", "以上",
    "其中",
)
WORDS = (
    "\n", "\n\n", "\t", "　", "。", "，", "；", "：", "“", "”", "《", "》", "（", "）", "〔2024〕", "号",
    "加快推进", "建设", "海东市", "民和县", "项目", "关于印发", "的通知", "目录", "……12", "|", "| --- |",
    "<table>", "</td>", "<tr rowspan=99999>", "&lt;", "&#x110000;", "<!--", "]]>", "<script>", "\f", "\r",
    "- 3 -",
)
ODD = (
    "\x00", "\u202e", "\u200b", "\ufeff", "\u0301" * 5, "\ud800", "\udfff", "\uffff", "\U0001f600",
    "\U00020000", "\x85", "\u2028", "\u2029", "\x0b", "\x1b[31m", "\u3000", "\u00a0", "ﬀ", "㈠", "㋿", "Ⅲ",
    "½", "①",
)


@lru_cache
def sources() -> tuple[str, ...]:
    """Real and synthetic documents to damage."""
    from tests.genre.make import KINDS, build

    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "raw").glob("*.txt"))]
    for bank in ("dev", "held-out"):
        texts += [build(kind, 1, bank, layout=layout).text for kind in KINDS for layout in ("kept", "pages")]
    return tuple(texts)


def _slice(rng: random.Random, text: str, size: int) -> str:
    start = rng.randrange(max(1, len(text) - size // 2))
    return text[start : start + size]


def _unicode(rng: random.Random, size: int) -> str:
    pools = (
        (0, 0x80),
        (0x4E00, 0x9FFF),
        (0x3000, 0x3100),
        (0xFF00, 0xFFEF),
        (0x300, 0x36F),
        (0xD800, 0xDFFF),
        (0, 0x10FFFF),
        (0x2000, 0x2070),
    )
    return "".join(rng.choice(ODD) if rng.random() < 0.1 else chr(rng.randint(*rng.choice(pools))) for _ in range(size))


def _mix(rng: random.Random, size: int) -> str:
    pools = (MARKERS, LABELS, NUMBERS, WORDS, WORDS, ODD)
    out, length = [], 0
    while length < size:
        token = rng.choice(rng.choice(pools))
        out.append(token)
        length += len(token)
    return "".join(out)


def _runs(rng: random.Random, size: int) -> str:
    """Long runs of one token or of two in turn."""
    tokens = rng.sample(MARKERS + LABELS + NUMBERS + WORDS + ODD, rng.randint(1, 3))
    unit = "".join(tokens)
    return (unit * (size // max(1, len(unit)) + 1))[:size]


def _truncated(rng: random.Random, size: int) -> str:
    return _slice(rng, rng.choice(sources()), size)


def _shuffled(rng: random.Random, size: int) -> str:
    lines = _slice(rng, rng.choice(sources()), size).split("\n")
    rng.shuffle(lines)
    return rng.choice(("\n", "", " ", "\r", "\n\n")).join(lines)


def _spliced(rng: random.Random, size: int) -> str:
    parts = [_slice(rng, rng.choice(sources()), max(8, size // 4)) for _ in range(4)]
    return "".join(parts)


def _sprinkled(rng: random.Random, size: int) -> str:
    chars = list(_slice(rng, rng.choice(sources()), size))
    for _ in range(max(1, len(chars) // rng.choice((5, 20, 80)))):
        place = rng.randrange(len(chars) + 1)
        action = rng.random()
        if action < 0.5:
            chars.insert(place, rng.choice(rng.choice((MARKERS, LABELS, NUMBERS, WORDS, ODD))))
        elif place < len(chars):
            if action < 0.8:
                del chars[place]
            else:
                chars[place] = rng.choice(rng.choice((MARKERS, ODD, WORDS)))
    return "".join(chars)


def _unbroken(rng: random.Random, size: int) -> str:
    return "".join(_slice(rng, rng.choice(sources()), size).split())


def _markup(rng: random.Random, size: int) -> str:
    depth = min(size // 6, 3000)
    return rng.choice(
        (
            "<div>" * depth + "一、总则" + "</div>" * rng.randint(0, depth),
            "<table><tr>" + "<td rowspan=9999 colspan=9999>牵头单位" * (size // 30),
            "<table><tr><td>" * (size // 20),
            "|" + "序号|责任单位|" * (size // 8) + "\n|" + "---|" * (size // 8),
            "&" * size,
            "<" * size,
            "《" * size,
            "（" * size,
            "（" * (size // 2) + "）" * (size // 2),
            "“" * size,
            "<!--" * (size // 4),
            "序号\t重点任务\t责任单位\n" + "1\t\t\n" * (size // 4),
            "\t" * size,
            '<p style="mso-list:l0 level1">1.</p>' * (size // 36),
        )
    )


SHAPES = (_unicode, _mix, _runs, _truncated, _shuffled, _spliced, _sprinkled, _unbroken, _markup)


def make(seed: int, number: int) -> str:
    """Input number ``number``: mostly short, one in fifty up to 8 kB, one in two thousand up to 100 kB."""
    rng = random.Random(f"{seed}:{number}")
    dice = rng.random()
    size = (
        rng.randint(20_000, 100_000)
        if dice < 0.0005
        else rng.randint(600, 8_000)
        if dice < 0.02
        else rng.choice((0, 1, 5, 20, 60, 120, 300))
    )
    return rng.choice(SHAPES)(rng, size)


class Slow(Exception):
    """An input took longer than it may."""


def _alarm(*_: object) -> None:
    raise Slow("no end in sight")


def check(texts: str | list[str], pace: float, *, grains: tuple[str, ...] = GRAINS) -> str:
    """Run everything on an input (or on several as one corpus); the first broken promise in words, or nothing."""
    import lanxikit as lx
    from lanxikit.reading.corpus import from_texts

    texts = [texts] if isinstance(texts, str) else texts
    sources = {f"d{number}": text for number, text in enumerate(texts)}
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    limit = max(FLOOR, pace * size / 100_000)
    for text in texts:
        for name, work in _readers(text):
            _, trouble = _timed(name, work, limit, lx.LanxiError)
            if trouble:
                return trouble
    corpus, trouble = _timed("from_texts", lambda: from_texts(sources), limit, lx.LanxiError)
    if trouble or corpus is None:
        return trouble
    sources = {name: corpus[name].text for name in sources}
    deep = size % DEEP == 0
    for grain in grains:
        units, trouble = _timed(
            f"segment({grain})", lambda grain=grain: lx.segment(corpus, unit=grain), limit, lx.LanxiError
        )
        trouble = trouble or (_tiled(units, sources, grain) if units is not None else "")
        if trouble:
            return trouble
        for verb in VERBS if units is not None and (deep or grain == "item") else ():
            name = f"{verb}({grain})"
            table, trouble = _timed(name, lambda verb=verb, units=units: getattr(lx, verb)(units), limit, lx.LanxiError)
            trouble = trouble or (_inside(table, units, sources, name) if table is not None else "")
            if trouble:
                return trouble
    return ""


def _timed(name: str, work, limit: float, allowed: type[Exception]) -> tuple[object, str]:
    """The result, and what was wrong: an exception that is not allowed, or too much time."""
    hang = limit * 10 + 10
    started = time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, hang)
    try:
        result = work()
        spent = time.perf_counter() - started
        if spent > limit:  # once more: the machine may have been busy
            started = time.process_time()
            work()
            spent = time.process_time() - started
            if spent > limit:
                return result, f"{name}: slow: {spent:.2f} s (limit {limit:.2f})"
    except allowed:
        return None, ""
    except Slow:
        return None, f"{name}: slow: stopped after {hang:.0f} s"
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return None, f"{name}: {type(error).__name__}: {str(error)[:200]} ({Path(where.filename).name}:{where.lineno})"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return result, ""


def _tiled(units, sources: dict[str, str], grain: str) -> str:
    """Whether the rows of each document tile its text, and pieces give the words."""
    from lanxikit.text.pieces import decode as pieces_of

    reached = dict.fromkeys(sources, 0)
    for doc, start, end in zip(units["doc_id"], units["start"], units["end"], strict=True):
        if start != reached[doc] or end < start:
            return f"segment({grain}): tiling: a row starts at {start}, the one before ends at {reached[doc]}"
        reached[doc] = end
    for doc, text in sources.items():
        if reached[doc] != len(text):
            return f"segment({grain}): tiling: the rows end at {reached[doc]} of {len(text)}"
    for row in units[units["pieces"].notna()].itertuples(index=False):
        words = "".join(sources[row.doc_id][a:b] for a, b in pieces_of(row.pieces))
        if "".join(words.split()) != "".join(row.text.split()):
            return f"segment({grain}): pieces: of {row.unit_id} give {words[:40]!r}, its text is {row.text[:40]!r}"
    return ""


def _inside(table, units, sources: dict[str, str], name: str) -> str:
    """Whether every row of an annotation points into its document."""
    if not len(table) or not {"unit_id", "start", "end"} <= set(table.columns):
        return ""
    docs = dict(zip(units["unit_id"], units["doc_id"], strict=True))
    docs |= {
        str(parent): doc for parent, doc in zip(units["parent_id"], units["doc_id"], strict=True)
    }  # duties stay with the leaf
    for unit, start, end in zip(table["unit_id"], table["start"], table["end"], strict=True):
        if unit not in docs:
            return f"{name}: unit: no unit {unit}"
        if not 0 <= start <= end <= len(sources[docs[unit]]):
            return f"{name}: outside: {start}-{end} of {len(sources[docs[unit]])}"
    return ""


def _readers(text: str):
    """The pure functions of the readers, where there are any."""
    from lanxikit.reading import decode

    data = text.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(data).digest()
    torn = bytes(b ^ digest[n % 32] if n % 37 == 0 else b for n, b in enumerate(data))
    encoded = (
        ("utf-8", data),
        ("gb18030", text.encode("gb18030", "replace")),
        ("torn", torn),
        ("utf-16", text.encode("utf-16", "replace")),
    )
    for name, raw in encoded[digest[0] % 2 :: 2]:  # by turns: half of the inputs each
        yield f"decode({name})", lambda raw=raw: decode.decode(raw)
    from lanxikit.reading.formats import html

    if digest[1] % 2:
        yield "html", lambda: html.read(data, "input.html")
    else:
        yield "html(wrapped)", lambda: html.read(b"<html><body>" + data, "input.html")


def shrink(text: str, pace: float, trouble: str, seconds: float = 20.0) -> str:
    """Cut away what is not needed for the same kind of trouble."""
    kind = _kind(trouble)
    until = time.monotonic() + seconds
    step = max(1, len(text) // 2)
    while step and time.monotonic() < until:
        start = 0
        while start < len(text) and time.monotonic() < until:
            shorter = text[:start] + text[start + step :]
            if _kind(check(shorter, pace)) == kind:
                text = shorter
            else:
                start += step
        step //= 2
    return text


def _kind(trouble: str) -> str:
    return ":".join(part for part in trouble.split(":")[:2])


def block(seed: int, first: int, last: int, pace: float) -> tuple[int, int, int, list[tuple[int, str]], float]:
    """Check a run of inputs in a worker: short ones as one corpus, long ones each alone and at all grains."""
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, _alarm)
    failures: list[tuple[int, str]] = []
    characters, slowest = 0, 0.0
    short: list[tuple[int, str]] = []

    def run(cases: list[tuple[int, str]]) -> None:
        nonlocal slowest
        started = time.perf_counter()
        trouble = check([text for _, text in cases], pace)
        slowest = max(slowest, time.perf_counter() - started)
        if not trouble:
            return
        if len(cases) == 1:
            failures.append((cases[0][0], trouble))
            return
        half = len(cases) // 2  # which of them?
        before = len(failures)
        run(cases[:half])
        run(cases[half:])
        if len(failures) == before:
            failures.append((cases[0][0], f"{trouble} (only together with the {len(cases) - 1} inputs after it)"))

    for number in range(first, last):
        text = make(seed, number)
        characters += len(text)
        if len(text) > 500:
            run([(number, text)])
        else:
            short.append((number, text))
        if len(short) == TOGETHER or (short and number == last - 1):
            run(short)
            short = []
    return first, last, characters, failures, slowest


def _code() -> str:
    """Digest of the kit and of this script: what was done with other code does not count."""
    total = hashlib.sha256()
    kit = (path for path in (ROOT / "lanxikit").rglob("*") if path.suffix in (".py", ".tsv"))
    for path in (Path(__file__), *sorted(kit)):
        total.update(path.read_bytes())
    return total.hexdigest()


def _load(path: Path, settings: dict) -> dict:
    if path.exists():
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept.get("settings") == settings:
            return kept
    return {"settings": settings, "done": [], "characters": 0, "failures": [], "seconds": 0.0}


def _save(path: Path, summary: dict) -> None:
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps(summary, ensure_ascii=True, indent=1), encoding="utf-8")
    os.replace(draft, path)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds-per-100kB", dest="pace", type=float, default=1.0)
    parser.add_argument("--only", type=int, help="run this one input, print it shrunk")
    parser.add_argument("--summary", type=Path, default=ROOT / ".fuzz.json")
    parser.add_argument("--stop-after", type=int, default=500, help="stop after so many failures")
    options = parser.parse_args()
    if options.only is not None:
        signal.signal(signal.SIGALRM, _alarm)
        text = make(options.seed, options.only)
        trouble = check(text, options.pace)
        print(trouble or "fine")
        if trouble:
            print(repr(shrink(text, options.pace, trouble)))
        return bool(trouble)
    settings = {"seed": options.seed, "pace": options.pace, "block": BLOCK, "code": _code()}
    summary = _load(options.summary, settings)
    done = set(summary["done"])
    wanted = [first for first in range(0, options.inputs, BLOCK) if first not in done]
    before = summary["seconds"]
    started = time.monotonic()
    with ProcessPoolExecutor(options.jobs) as pool:
        tasks = [
            pool.submit(block, options.seed, first, min(first + BLOCK, options.inputs), options.pace)
            for first in wanted
        ]
        for task in as_completed(tasks):
            first, last, characters, failures, slowest = task.result()
            if last - first == BLOCK:
                summary["done"].append(first)
            summary["characters"] += characters
            summary["failures"] += failures
            summary["slowest"] = max(slowest, summary.get("slowest", 0.0))
            summary["seconds"] = before + time.monotonic() - started
            _save(options.summary, summary)
            _bar(len(summary["done"]) * BLOCK, options.inputs, summary)
            if len(summary["failures"]) >= options.stop_after:
                for rest in tasks:
                    rest.cancel()
                break
    print()
    return _report(options, summary)


def _bar(done: int, whole: int, summary: dict) -> None:
    share = min(1.0, done / max(1, whole))
    filled = round(30 * share)
    print(
        f"\r[{'#' * filled}{'.' * (30 - filled)}] {done:,}/{whole:,}  {summary['characters'] / 1e6:.1f} M characters  "
        f"{summary['seconds']:.0f} s  {len(summary['failures'])} failures",
        end="",
        flush=True,
    )


def _report(options: argparse.Namespace, summary: dict) -> int:
    signal.signal(signal.SIGALRM, _alarm)
    seen: dict[str, list[tuple[int, str]]] = {}
    for number, trouble in summary["failures"]:
        seen.setdefault(_kind(trouble), []).append((number, trouble))
    for kind, cases in sorted(seen.items(), key=lambda pair: -len(pair[1])):
        number, trouble = cases[0]
        print(
            f"\n{len(cases)} × {kind}\n  {trouble}\n  again: python tools/fuzz.py --seed {options.seed} --only {number}"
        )
        small = shrink(make(options.seed, number), options.pace, trouble)
        print("  shrunk:", repr(small[:600]) + (f" … ({len(small)} characters)" if len(small) > 600 else ""))
    slowest = summary.get("slowest", 0)
    print(f"\n{len(summary['failures'])} failures; slowest corpus {slowest:.1f} s; summary in {options.summary}")
    return bool(summary["failures"])


if __name__ == "__main__":
    raise SystemExit(main())
