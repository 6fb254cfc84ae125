"""Where a document names other documents: 《…》, “…”协议, 〔2022〕5号."""

from __future__ import annotations

import re
from typing import NamedTuple

from lanxikit.text.fold import fold

_AGREEMENT = re.compile(r"“([^“”]{1,20})”[\u4e00-\u9fff]{0,6}?(?:协议|备忘录)")
_LONGEST = 160


class Mention(NamedTuple):
    """A named document: its name as written, and where the name stands (marks included)."""

    name: str
    start: int
    end: int


def mentions(source: str) -> list[Mention]:
    """Find the documents that a text names, nested book marks included.

    Examples
    --------
    >>> [m.name for m in mentions("落实《平安区贯彻落实《实施方案》任务清单》和“1+3+10”合作框架协议")]
    ['平安区贯彻落实《实施方案》任务清单', '实施方案', '“1+3+10”合作框架协议']
    """
    found: list[Mention] = []
    opened: list[int] = []
    for index, char in enumerate(source):
        if char == "《":
            opened.append(index)
        elif char == "》" and opened:
            start = opened.pop()
            if index - start <= _LONGEST:
                found.append(Mention(_flat(source[start + 1 : index]), start, index + 1))
    found.extend(Mention(_flat(match.group()), *match.span()) for match in _AGREEMENT.finditer(source))
    return sorted(found, key=lambda mention: (mention.start, -mention.end))


def key(name: str) -> str:
    """Return what two ways of writing one name share: Han characters, letters, digits.

    Agreements go by their quoted name alone, since 合作协议 and 合作框架协议 are used for one.

    Examples
    --------
    >>> key("兰州—西宁城市群发展“十四五”实施方案") == key("兰州-西宁城市群发展 “十四五” 实施方案")
    True
    """
    agreement = _AGREEMENT.fullmatch(name)
    return "".join(char for char in fold(agreement.group(1) if agreement else name) if char.isalnum() or char == "+")


def inner_title(title: str) -> str:
    """Return the name of the text that a 通知 transmits, or the title itself.

    Examples
    --------
    >>> inner_title("青海省人民政府办公厅关于印发兰州—西宁城市群发展“十四五”实施方案的通知")
    '兰州—西宁城市群发展“十四五”实施方案'
    """
    found = re.search(r"(?:印发|转发|发布|下发)(.+)的(?:通知|函|通报)$", title)
    name = found.group(1) if found else title
    return name[1:-1] if name.startswith("《") and name.endswith("》") and name.count("《") == 1 else name


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", text)
