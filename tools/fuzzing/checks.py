"""What is promised of every input: nothing raised but a LanxiError, no hang, rows that tile, annotations inside."""

from __future__ import annotations

import hashlib
import signal
import time
import traceback
from pathlib import Path

GRAINS = ("item", "sentence", "clause")
VERBS = ("responsibilities", "targets", "deadlines", "places", "projects", "commitment", "instruments")
DEEP = 10  # of so many inputs one has its sentences and clauses annotated too; all have their items
AGAIN = 3  # times a slow call is tried again before it counts as slow
FLOOR = 1.0  # seconds that any input may take: pandas alone needs some, however short the text


class Slow(Exception):
    """An input took longer than it may."""


def _alarm(*_: object) -> None:
    raise Slow("no end in sight")


def arm() -> None:
    """Let the alarm clock raise `Slow` in this process."""
    signal.signal(signal.SIGALRM, _alarm)


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
        for _ in range(AGAIN):  # once more, its own time alone: the machine may have been busy
            if spent <= limit:
                break
            started = time.process_time()
            work()
            spent = min(spent, time.process_time() - started)
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
    kind = kind_of(trouble)
    until = time.monotonic() + seconds
    step = max(1, len(text) // 2)
    while step and time.monotonic() < until:
        start = 0
        while start < len(text) and time.monotonic() < until:
            shorter = text[:start] + text[start + step :]
            if kind_of(check(shorter, pace)) == kind:
                text = shorter
            else:
                start += step
        step //= 2
    return text


def kind_of(trouble: str) -> str:
    """Verb and sort of a trouble."""
    return ":".join(part for part in trouble.split(":")[:2])
