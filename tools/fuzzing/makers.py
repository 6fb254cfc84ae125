"""Makers of inputs: real and synthetic documents damaged, tokens mixed, one pattern without end."""

from __future__ import annotations

import random
from functools import lru_cache
from pathlib import Path

from tools.fuzzing.tokens import LABELS, MARKERS, NUMBERS, ODD, PATTERNS, WORDS

ROOT = Path(__file__).resolve().parent.parent.parent
LONG = 100_000  # bytes of a repeated pattern
EVERY = 20  # of so many inputs one is a repeated pattern


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


def repeated(pattern: str, size: int = LONG) -> str:
    """A pattern over and over: so many bytes (UTF-8), whole patterns only."""
    return pattern * (size // len(pattern.encode("utf-8", "surrogatepass")))


def make(seed: int, number: int) -> str:
    """Input ``number``: mostly short, one in fifty up to 8 kB, one in two thousand up to 100 kB.

    Every twentieth is the next pattern repeated up to 100 kB, until all have had their turn.
    """
    turn, rest = divmod(number, EVERY)
    if rest == EVERY - 1 and turn < len(PATTERNS):
        return repeated(PATTERNS[turn])
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
