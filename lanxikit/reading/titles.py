"""The title of a document: also broken over lines, with a subtitle, repeated by the page.

GB/T 9704-2012 §7.3.1: issuer, matter and kind (…关于…的通知), set in several centred lines. Plans,
regulations and reports have a title of their own, with brackets (试行), years, or a dash line under it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lanxikit.lexicons import load
from lanxikit.reading import front
from lanxikit.reading.dates import DATE, iso_date
from lanxikit.reading.head import Row
from lanxikit.reading.numbers import NUMBER
from lanxikit.text.fold import bare, fold, narrow

_LONGEST = 220
_CLOSE = frozenset("的和及与、》”)年,·—-")  # no title begins so
_ORIGINAL = re.compile(r"[(（]\s?原标题\s?[:：]\s?(.{6,160}?)\s?[)）]\s?$")
_LABEL = re.compile(r"^(?:标题|名称|题目|文件名称)\s?[:：]\s?")
_SITE = re.compile(
    r"\s?[_|｜丨]\s?[^_|｜丨]{2,40}$|\s?[-–—]{1,2}\s?[\u4e00-\u9fff]{2,20}(?:网|网站|门户|人民政府|政府)$"
)
_NUMBERED = re.compile(rf"[(（]\s?(?:{NUMBER.pattern})\s?[)）]?$")
_ADOPTED = re.compile(r"通过|公布|批准|发布|修订|修正|施行|令第|公开|盖章|代拟")
_NO_END = frozenset("。;:,、!?")
_PAGE = re.compile(r"[>:\d]|公开|首页|网站?|标题|名称|门户|★")
_SPOKEN = re.compile(r"(?:会议|大会|全会)上?\)$")
_SUBTITLE = re.compile(r"^(?:——|--|—|─{1,2})")
_AND_OTHERS = re.compile(r"\s?等\s?(?:[一二三四五六七八九十\d]{1,3}个?)?(?:部门|单位|部委|厅局)?(?:办公厅|办公室)?$")
_TURN = re.compile(r"关于|印发|转发|批转|公布|发布|下发")
_OF = re.compile(r"的(?:通知|意见|函|复函|决定|批复|通报)$")
_LISTS_ON = re.compile(r"[《、,和及与等(“\s]|以及|并|暨")
# A title that only says its kind needs the line above it.
_BARE = re.compile(r"^(?:重点|年度|实施|工作|行动|发展|三年|任务|专项|若干|管理|暂行|总体|的|政策|责任|分工|建设)*$")


def title_of(head: list[Row], given: str | None, lexicon: str | None = None) -> tuple[str | None, int]:
    """Return the title and where its last line starts (-1 where it is not in the head).

    Parameters
    ----------
    head : list of Row
        The lines before the body.
    given : str or None
        The title that the index table gives.
    lexicon : str, optional
        Folder of the user's own word lists.
    """
    original = next((found.group(1) for row in head[:40] if (found := _ORIGINAL.search(row.shown))), None)
    best, score, start = None, 0.0, -1
    for index, row in enumerate(head):
        if row.kind not in ("plain", "organ", "page", "prose") or row.tabs:
            continue
        found = _ending_at(head, index, lexicon)
        if found:
            text, value = found
            if value >= score:
                best, score, start = text, value, row.start
    if given:
        given = cleaned(given)
        known = front.is_title(fold(given), lexicon) and not given.endswith(("…", "..."))
        if known and (best is None or not bare(best).endswith(bare(given))):
            best = given
    if best is None and original is None:
        best, start = _fallback(head, lexicon)
    return cleaned(original) if original else best, start


def cleaned(title: str) -> str:
    """Take label, site name and bracketed number off a title.

    Examples
    --------
    >>> cleaned("标题：关于印发方案的通知（甘政办发〔2022〕1号）_兰州市人民政府")
    '关于印发方案的通知'
    """
    title = _SITE.sub("", _LABEL.sub("", re.sub(r"\s+", " ", title.strip())))
    folded = fold(title)
    found = _NUMBERED.search(folded)
    return title[: found.start()] if found else title


def parted(title: str, lexicon: str | None = None) -> tuple[list[str], bool, str]:
    """Part a folded title: the issuers it opens with, whether others join them (等部门), and the rest.

    Examples
    --------
    >>> parted("国家发展改革委等部门关于印发方案的通知")
    (['国家发展改革委'], True, '关于印发方案的通知')
    """
    for found in _TURN.finditer(title):
        before = title[: found.start()].strip()
        alone = _AND_OTHERS.sub("", before)
        names = front.organs(alone, lexicon) if before else []
        if names:
            return names, alone != before, title[found.start() :]
    return [], False, title


def inner(title: str) -> str | None:
    """Return the name of the text that a title transmits, or None.

    Examples
    --------
    >>> inner("甲市人民政府办公室关于印发《甲市养犬办法》的通知"), inner("关于做好防火工作的通知")
    ('甲市养犬办法', None)
    """
    text = without_tail(title)
    found = re.search(r"(?:印发|转发|批转|发布|下发|公布|印送)(.+)的(?:通知|函|通报|公告|决定|通告|令)$", fold(text))
    if not found:
        return None
    name = text[slice(*found.span(1))]
    listed = re.match(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》", name)
    # 《政府工作报告》任务分工方案 is one name, 《甲》和《乙》 are two
    whole = listed and (listed.end() == len(name) or _LISTS_ON.match(name, listed.end()))
    return listed.group(1) if whole else name


def without_tail(title: str) -> str:
    """A title without the brackets behind it, in either width."""
    return title[: len(front.without_brackets(fold(title)))]


def _ending_at(head: list[Row], last: int, lexicon: str | None) -> tuple[str, float] | None:
    """The title whose main part ends in a row, and how good it is."""
    row = head[last]
    text = fold(cleaned(row.shown))
    if _is_site(text, lexicon, head, last) or text[-1:] in _NO_END:
        return None
    # the genre word itself may be broken: …的通 / 知
    whole = head[last - 1].text[-6:] + text if last and len(text) < 5 and head[last - 1].kind == "plain" else text
    if front.genre_of(whole, lexicon) is None:
        return None
    first, joined = last, text
    if whole != text and front.genre_of(text, lexicon) is None:
        first, joined = last - 1, head[last - 1].text + text
    while first and len(joined) < _LONGEST and _goes_up(head, first, joined, lexicon):
        first -= 1
        joined = head[first].text + joined
    if not front.is_title(joined, lexicon) or joined.startswith("附件"):
        return None
    parts = [head[index].shown for index in range(first, last)] + [cleaned(row.shown)]
    tail, used = _subtitle(head, last)
    return _compose(parts, lexicon) + tail, _worth(head, first, last + used, joined)


def _is_site(text: str, lexicon: str | None, head: list[Row], at: int) -> bool:
    lines, ends = _site_words(lexicon)
    if text == "政府工作报告":
        return not (at + 1 < len(head) and (_SUBTITLE.match(head[at + 1].text) or head[at + 1].kind == "bracket"))
    return text in lines or text.endswith(ends)


@lru_cache(maxsize=16)
def _site_words(lexicon: str | None) -> tuple[frozenset[str], tuple[str, ...]]:
    rows = load("site_words", lexicon)
    return (
        frozenset(row["word"] for row in rows if row["kind"] == "line"),
        tuple(row["word"] for row in rows if row["kind"] == "end"),
    )


def _goes_up(head: list[Row], first: int, joined: str, lexicon: str | None) -> bool:
    """Whether the title goes on in the line above."""
    above, now = head[first - 1], head[first]
    text = above.text
    broken = joined.count("《") != joined.count("》") or joined.count("“") != joined.count("”")
    broken = broken or joined.count("(") != joined.count(")") or joined[0] in _CLOSE or joined[0] == "("
    if above.kind == "page" or above.tabs or _is_site(text, lexicon, head, first - 1):
        return False
    if above.kind not in ("plain", "organ") and not broken:
        return False
    if joined.startswith(text) and front.is_place(text, lexicon):
        return False  # 甘肃省 over 甘肃省人民政府关于…: the page's own
    if text[-1] == "日" and DATE.search(text):  # 省长某某2020年11月30日, over the title of what is ordered
        return False
    if above.kind in ("number", "order", "letterhead", "date", "table", "addressee", "heading", "month"):
        return False
    named = parted(joined, lexicon)[0]
    if above.kind == "organ":
        about = bool(re.match(r"关于|印发|转发|批转", joined))
        if named:  # joint issuers, a line each; not the letterhead over a title that names its issuer
            return len(joined) < _LONGEST and named[0] != text and now.kind == "organ"
        return about or (joined[0] in _CLOSE) or joined.startswith(("办公厅", "办公室"))
    if named:
        return _half_organ(text, joined, lexicon)
    if front.is_place(text, lexicon) and not joined.startswith("关于"):
        return not front.opens(joined, 0, lexicon)  # 平凉市崆峒区 / “十四五”农业发展规划
    if joined.startswith("关于") and not broken:
        return text.endswith(("等部门", "等单位", "部门"))
    # …的通知 says before it of what: 关于, 印发
    half = text[-1] in "》”" and not now.gap and _OF.search(joined) is not None and not _TURN.search(joined)
    if front.is_title(text, lexicon) and not broken and not half:
        return False
    bare = _BARE.match(re.sub(r"\(.{0,30}\)$", "", joined)[:-2] or "的") is not None
    return broken or bare or half or not now.gap or joined.startswith(("办公厅", "办公室", "”", "“十"))


def _half_organ(text: str, joined: str, lexicon: str | None) -> bool:
    """Whether the name of the issuer was broken: 兰州市人民政 / 府办公室关于…."""
    cut = _TURN.search(joined)
    return bool(cut) and cut.start() > 0 and bool(front.organs(text + joined[: cut.start()], lexicon))


def _subtitle(head: list[Row], last: int) -> tuple[str, int]:
    """The lines under a title: (试行), (2023—2025年) belong to it; ——2024年1月5日在…会议上 says where it was held."""
    tail, used = "", 0
    for row in head[last + 1 : last + 4]:
        spoken = _SPOKEN.search(row.text) is not None
        bracket = row.kind == "bracket" and (len(row.text) < 40 or spoken) and not _ADOPTED.search(row.text)
        if bracket and (spoken or not iso_date(row.text)) and not front.is_number(row.text):
            tail, used = tail + row.shown * (not spoken), used + 1
        elif not used and _SUBTITLE.match(row.text) and len(row.text) < 80 and row.kind in ("plain", "prose"):
            tail, used = row.shown * (not spoken and not iso_date(row.text)), 1
        else:
            break
    return tail, used


def _compose(parts: list[str], lexicon: str | None) -> str:
    """The lines as one; joint issuers are parted by blanks."""
    joined = _without_path("".join(parts).lstrip("★☆"), lexicon)
    folded, shown = fold(joined), narrow(joined)
    names, more, rest = parted(folded, lexicon)
    if len(names) < 2:
        return joined
    starts = [folded.find(name) for name in names]
    names = [shown[at : at + len(name)] if at >= 0 else name for name, at in zip(names, starts, strict=True)]
    return " ".join(names) + ("等部门" if more else "") + joined[len(joined) - len(rest) :]


def _without_path(title: str, lexicon: str | None) -> str:
    """A title without the page's words run together with it: 首页>信息公开甲市人民政府关于…."""
    folded = fold(title)
    turn = _TURN.search(folded)
    if not turn or not _PAGE.search(folded[: turn.start()]):
        return title
    last = [found.end() for found in _PAGE.finditer(folded[: turn.start()])][-1]
    if turn.group() == "关于" and last < turn.start() < last + 12 and folded[:last].endswith(">"):
        return title[turn.start() :]  # the last step of the path names no body: 首页>政策>省政府文件关于…
    return title[last:] if front.organs(folded[last : turn.start()], lexicon) else title


def _worth(head: list[Row], first: int, last: int, joined: str) -> float:
    """What speaks for a title: its form, its neighbours, its length."""
    below = head[last + 1].kind if last + 1 < len(head) else "end"
    above = head[first - 1].kind if first else "start"
    value = 1.0 + min(len(joined), 60) / 100
    value += 2.0 * bool(re.search(r"关于|印发|转发", joined))
    value += 1.5 * (below in ("addressee", "heading", "number", "bracket", "end"))
    value += 0.7 * (above in ("number", "letterhead", "order"))
    value += 0.3 * (below in ("prose", "page", "date", "organ"))
    return value - 3.0 * (head[last].kind == "page")


def _fallback(head: list[Row], lexicon: str | None) -> tuple[str | None, int]:
    """Without a genre word: the line with 关于, else the last plain line before the body."""
    lines = [
        row
        for row in head
        if row.kind == "plain"
        and 4 <= len(row.text) <= 100
        and not _is_site(row.text, lexicon, [], 0)
        and row.text[-1] != ":"
    ]
    about = next((row for row in lines if "关于" in row.text), None)
    chosen = about or (lines[0] if lines else None)
    return (cleaned(chosen.shown), chosen.start) if chosen else (None, -1)
