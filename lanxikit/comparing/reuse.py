"""Passages that a lower document takes over from an upper one."""

from __future__ import annotations

import pandas as pd

from lanxikit.comparing.passages import Reader, passages
from lanxikit.comparing.sides import both
from lanxikit.errors import LanxiError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.comparing import REUSE


def reuse(
    upper: pd.DataFrame,
    lower: pd.DataFrame,
    *,
    min_chars: int = 10,
    seed: int = 8,
    gap: int = 4,
    min_similarity: float = 0.75,
) -> pd.DataFrame:
    """Find passages that stand, word for word or nearly, in an upper and in a lower leaf.

    Seed and extend: runs of ``seed`` characters that both sides share are looked up in an
    index, grown as far as the texts agree, and joined where a few characters differ
    between two of them. Punctuation, blanks and half or full width make no difference.
    All leaves are read, linked or not. Shared wording does not say who copied from whom:
    that is for ``lx.lineage``.

    Parameters
    ----------
    upper, lower : DataFrame
        Tables of ``lx.segment``.
    min_chars : int
        Shortest passage, characters without punctuation.
    seed : int
        Length of the runs looked up; a passage without one such run is not found.
    gap : int
        At most so many characters may differ between two runs that are joined.
    min_similarity : float
        A joined passage must reach this similarity, else its runs stand alone.

    Returns
    -------
    DataFrame
        A row a passage, by lower leaf and place in it: ``upper_id``, ``lower_id``;
        ``upper_start``, ``upper_end``, ``lower_start``, ``lower_end``: characters in the
        two files, ends exclusive; ``n_chars``: its length in the lower leaf without
        punctuation; ``similarity``: 1 word for word, else 1 − edits ÷ length;
        ``upper_text``, ``lower_text``.

    Raises
    ------
    TableError
        Not a table of ``segment``; a document stands on both sides.
    LanxiError
        A length is below 1, or ``min_similarity`` outside 0 to 1.

    Notes
    -----
    The method of passim and BLAST; passim's own setting (n = 25, after a blank) finds no
    Chinese. Time grows with the text, not with the number of pairs of leaves. Headings
    are not read.

    Examples
    --------
    >>> import pandas as pd
    >>> from lanxikit.tables.segmenting import UNITS
    >>> def units(doc, text):
    ...     row = {"doc_id": doc, "unit_id": f"{doc}#001", "path": (), "kind": "measure", "heading": "", "text": text,
    ...            "start": 100, "end": 100 + len(text), "is_leaf": True}
    ...     return pd.DataFrame([row]).reindex(columns=UNITS.names())
    >>> plan = units("plan", "完善城市交通智能管理信息系统，健全监督。")
    >>> found = reuse(plan, units("city", "建成并完善城市交通智能管理系统、健全监督体系；"))
    >>> found[["lower_start", "lower_end", "n_chars", "lower_text"]]
       lower_start  lower_end  n_chars         lower_text
    0          103        120       16  完善城市交通智能管理系统、健全监督
    """
    if min(min_chars, seed) < 1 or gap < 0 or not 0 <= min_similarity <= 1:
        raise LanxiError(
            tr("A length is too small or the similarity outside 0 to 1.", "长度过小，或相似度不在 0–1 之间。"),
            where=f"min_chars={min_chars}, seed={seed}, gap={gap}, min_similarity={min_similarity}",
            todo=tr("The defaults 10, 8, 4, 0.75 are usual.", "一般用默认值 10、8、4、0.75。"),
        )
    above, below = (
        [Reader.of(row) for row in side.itertuples(index=False)] for side in both(upper, lower)
    )
    rows = [
        (source.unit_id, target.unit_id, *source.span(*first), *target.span(*second), second[1] - second[0], similarity,
         source.quote(*first), target.quote(*second))
        for source, target, first, second, similarity in passages(
            above, below, min_chars=min_chars, seed=seed, gap=gap, min_similarity=min_similarity
        )
    ]
    return check(pd.DataFrame(rows, columns=REUSE.names()), REUSE)
