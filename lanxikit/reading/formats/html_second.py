"""A second opinion on a page's body, from trafilatura: is a paragraph missing?

Own rules found the body (``html_body``); trafilatura (Barbaresi 2021, ACL demo) looks at
the same tree in its own way. A paragraph that it keeps and we left out means that we took
the wrong block.
"""

from __future__ import annotations

import re

from lanxikit.text.fold import bare

_LARGEST = 1_000_000
_MOST_TAGS = 20_000
_SENTENCE = re.compile(r"[。；]")
_MUCH = 0.1


def missed(lines: list[str], root, page: str) -> bool:
    """Tell whether trafilatura keeps much prose that the body lacks.

    Parameters
    ----------
    lines : list of str
        The body.
    root : element
        The page's tree.
    page : str
        The page; one that is very large is not asked about.
    """
    if len(page) > _LARGEST or page.count("<") > _MOST_TAGS:
        return False
    other = _extracted(page)
    ours = bare("".join(lines))
    lacking = [text for text in other if bare(text) not in ours]
    return sum(map(len, lacking)) > _MUCH * max(len(ours), 1)


def _extracted(page: str) -> list[str]:
    """The paragraphs of prose that trafilatura keeps."""
    try:
        import trafilatura
    except ImportError:
        return []
    try:
        text = trafilatura.extract(page, include_comments=False, include_tables=True, favor_precision=True) or ""
    except MemoryError:
        raise
    except Exception:
        # A second opinion that fails is none; what it was to check has been read already.
        return []
    return [line for line in text.split("\n") if len(line) >= 30 and _SENTENCE.search(line) and "|" not in line]
