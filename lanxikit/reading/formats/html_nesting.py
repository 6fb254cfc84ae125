"""Tags nested too deep for a parser: taken out before it meets them, text kept.

libxml2 returns an empty document where elements nest deeper than its limit, without any
error. Pages made by people nest some tens deep; what is beyond ``DEEPEST`` lies flat.
"""

from __future__ import annotations

import re

DEEPEST = 400
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:]{0,30})((?:[^<>\"']|\"[^\"<]{0,4000}\"|'[^'<]{0,4000}')*+)>")
_VOID = frozenset(re.findall(r"\w+", "area base br col embed hr img input link meta param source track wbr"))
_BLOCK = frozenset(
    re.findall(r"\w+", "div p table tr td th ul ol li section article blockquote center dl dt dd h1 h2 h3 h4 h5 h6")
)
_CLOSED_BY_SAME = frozenset(("p", "li", "td", "th", "tr", "option", "dt", "dd"))


def flattened(page: str) -> tuple[str, int]:
    """Take out the tags that nest deeper than a parser follows.

    Returns
    -------
    tuple
        The page, and how many tags were taken out (0: it is unchanged).

    Examples
    --------
    >>> page, dropped = flattened("<div>" * 3000 + "兰州" + "</div>" * 3000)
    >>> "兰州" in page, dropped
    (True, 5200)
    """
    if page.count("<") <= DEEPEST:
        return page, 0
    kept: list[str] = []
    stack: list[str] = []
    within: dict[str, int] = {}
    gone: dict[str, int] = {}
    done = dropped = 0
    for match in _TAG.finditer(page):
        name = match[2].lower()
        if name in _VOID or match[3].endswith("/"):
            continue
        if match[1]:
            if gone.get(name):
                gone[name] -= 1
            elif within.get(name):
                while True:
                    last = stack.pop()
                    within[last] -= 1
                    if last == name:
                        break
                continue
            else:
                continue
        else:
            if stack and stack[-1] == name and name in _CLOSED_BY_SAME:
                continue
            if len(stack) < DEEPEST:
                stack.append(name)
                within[name] = within.get(name, 0) + 1
                continue
            gone[name] = gone.get(name, 0) + 1
        kept += (page[done : match.start()], "<br>" if name in _BLOCK else "")
        done = match.end()
        dropped += 1
    return ("".join(kept) + page[done:], dropped) if dropped else (page, 0)
