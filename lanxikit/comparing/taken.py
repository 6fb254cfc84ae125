"""A passage taken over, as a row; and which of two readings of it, verbatim or masked, is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from lanxikit.comparing.passages import MASK, Reader, Span

VERBATIM, MASKED = "verbatim", "masked"


@dataclass(frozen=True)
class Passage:
    """What a row of ``lx.reuse`` holds, under the same names."""

    upper_id: str
    lower_id: str
    upper_start: int
    upper_end: int
    lower_start: int
    lower_end: int
    n_chars: int
    similarity: float
    upper_text: str
    lower_text: str
    comparison: str
    written: float
    replaced: str | None

    @classmethod
    def of(cls, source: Reader, target: Reader, first: Span, second: Span, similarity: float) -> Passage:
        """Make one of the two leaves and the characters that agree in them."""
        names = _replaced(source, target, first, second)
        texts = source.quote(*first), target.quote(*second)
        above, below = (_plain(text) for text in texts)
        return cls(
            source.unit_id, target.unit_id, *source.span(*first), *target.span(*second), len(below), similarity, *texts,
            MASKED if names else VERBATIM,
            round(Levenshtein.normalized_similarity(above, below), 6) if MASK in target.plain else similarity,
            "、".join(f"{one}→{other}" for one, other in names) or None,
        )  # fmt: skip

    def holds(self, other: Passage) -> bool:
        """Tell whether the other passage lies within this one, on both sides."""
        return (
            self.upper_start <= other.upper_start
            and other.upper_end <= self.upper_end
            and self.lower_start <= other.lower_start
            and other.lower_end <= self.lower_end
        )

    def place(self) -> tuple[int, int]:
        """Where it stands, for sorting."""
        return self.lower_start, self.upper_start


def merged(verbatim: list[Passage], masked: Sequence[Passage] = ()) -> list[Passage]:
    """Join two readings of the same two leaves.

    A masked reading counts where a name was replaced; it then takes the place of the verbatim
    passages within it. Where none was, the verbatim reading says the same.
    """
    kept = list(verbatim)
    for one in masked:
        if one.comparison == MASKED:
            kept = [other for other in kept if not one.holds(other)] + [one]
        elif not any(other.holds(one) for other in kept):
            kept.append(one)
    return sorted(kept, key=Passage.place)


def _plain(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum() or char == "%")


def _replaced(source: Reader, target: Reader, first: Span, second: Span) -> list[tuple[str, str]]:
    """Return the pairs of names that differ, in order, each once."""
    above, below = source.plain[slice(*first)], target.plain[slice(*second)]
    if MASK not in above or MASK not in below:
        return []
    found: dict[tuple[str, str], None] = {}
    for block in Levenshtein.opcodes(above, below):
        if block.tag != "equal":
            continue
        for one, other in zip(
            range(block.src_start, block.src_end), range(block.dest_start, block.dest_end), strict=True
        ):
            if above[one] == MASK:
                names = (source.quote(first[0] + one, first[0] + one + 1),
                         target.quote(second[0] + other, second[0] + other + 1))  # fmt: skip
                if names[0] != names[1]:
                    found[names] = None
    return list(found)
