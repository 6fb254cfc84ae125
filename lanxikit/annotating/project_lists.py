"""Lists of projects without a verb: the items and rows below 专栏3 重大工程, and what follows 重点项目：."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from lanxikit.annotating.project_words import ProjectWords
from lanxikit.text.fold import fold

_ASIDE = re.compile(r"[(（][^()（）]{0,30}[)）]|[“”\"《》\s:：。]")
_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十]{1,3}[章节]|专栏\d{0,2}|附[件表]\d{0,2}|表\d{0,2}|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])"
)
_LABEL = 12  # characters of a label before a colon: 交通：…
_TITLE = 24  # characters of a heading of projects
_OPEN = frozenset("。;:")
_ORDER = re.compile("加强|强化|严格|规范|做实|抓实|狠抓|聚焦|深化|完善|健全|创新|优化")
_LISTS = ("单", "表", "库", "录")
_LEAST = 4  # characters of a name


def project_titles(units: pd.DataFrame, words: ProjectWords) -> dict[str, bool]:
    """Return the leaves that list projects, by unit id: True where a heading above says so, False where their own does.

    What stands above is a heading of ``path``, or the document's title where that names a list (…项目清单).
    """
    found: dict[str, bool] = {}
    known: dict[str, bool] = {}
    ids, kinds, texts = (units[name].tolist() for name in ("unit_id", "kind", "text"))
    documents, paths, headings = (_cells(units, name) for name in ("doc_id", "path", "heading"))
    listing: set = set()
    for unit_id, kind, text, document, path, heading in zip(
        ids, kinds, texts, documents, paths, headings, strict=True
    ):
        if kind == "title" and isinstance(text, str) and fold(text).endswith(_LISTS) and names_projects(text, words):
            listing.add(document)
        above = (path,) if isinstance(path, str) else tuple(path) if isinstance(path, (tuple, list)) else ()
        for title in above:
            if title not in known:
                known[title] = names_projects(title, words)
        if document in listing or any(known[title] for title in above):
            found[unit_id] = True
        elif isinstance(heading, str) and labels_projects(heading, words):
            found[unit_id] = False
    return found


def names_projects(title: str, words: ProjectWords) -> bool:
    """Tell whether a heading, or a label before a colon, names a list of projects: 重点项目, 专栏3 重大工程.

    Examples
    --------
    >>> from lanxikit.annotating.project_words import project_words
    >>> [names_projects(title, project_words()) for title in ("专栏3 重大工程", "一、项目管理", "(二)加强项目建设")]
    [True, False, False]
    """
    plain = _NUMBER.sub("", _ASIDE.sub("", fold(title)))
    if len(plain) > _TITLE or not plain.endswith(words.titles):
        return False
    return not words.opening(plain, 0, len(plain))[0] and not words.stops.match(plain) and not _ORDER.match(plain)


def labels_projects(label: str, words: ProjectWords) -> bool:
    """Tell whether a label is the general name of a list, not a project's own: 重点项目, but not 白龙江引水工程."""
    rest = words.without_generic(label.removesuffix("项目"))
    return names_projects(label, words) and len(rest) <= (2 if label.endswith("项目") else 1)


def listed_clauses(plain: str, clauses: list[tuple[int, int]], below: bool, words: ProjectWords) -> Iterator[int]:
    """Yield the numbers of the clauses that list projects; ``below``: the leaf stands under a heading of projects.

    A list opens its sentence, or follows a label (交通：…); what comes after a comma says something of it, unless it
    was itself announced (重点项目：A,B).
    """
    announced = False
    for index, (start, end) in enumerate(clauses):
        before = plain[start - 1] if start else "。"
        if before in "。;":
            announced = False
        closes = plain[end : end + 1] == ":"
        if closes and labels_projects(plain[start:end], words):
            announced = True
        elif announced or (below and before in _OPEN and _opens(plain, clauses, index)):
            yield index


def _opens(plain: str, clauses: list[tuple[int, int]], index: int) -> bool:
    """Whether a clause begins a sentence or follows a short label at its beginning that is no name of a work."""
    start = clauses[index][0]
    if not start or plain[start - 1] != ":":
        return True
    low, high = clauses[index - 1]
    return index > 0 and high - low <= _LABEL and (not low or plain[low - 1] in "。;")


def is_listed(name: str, named: bool, words: ProjectWords) -> bool:
    """Tell whether a member of a list without a class word of its own is a project by its ending and a name in it.

    ``named``: it bears a place, a road number, a phase. Else most of it must be no general word: 李家峡北干渠.
    """
    ending = next((word for word in words.listed if name.endswith(word)), "")
    if not ending or len(name) < _LEAST or name.endswith(words.unlisted):
        return False
    return named or len(words.without_generic(name.removesuffix(ending))) >= _LEAST


def _cells(units: pd.DataFrame, name: str) -> list:
    return units[name].astype("object").tolist() if name in units.columns else [None] * len(units)
