"""Where the parts around a body meet when the line breaks between them were lost.

Title, number, addressees, notice, signature and date, title of the text, preamble; 附件, 抄送, 印发.
A cut is made only where both sides are certain.
"""

from __future__ import annotations

import itertools
import re

from lanxikit.gazetteer.divisions import atlas
from lanxikit.reading import front

_ABOUT = re.compile(
    r"关于[^。;:]{2,120}?的(?:实施意见|指导意见|若干意见|意见|通知|决定|通告|公告|通报|函|批复|报告)(?:\([^()]{2,12}\))?(?=[^》的”]|$)"
)
_ADDRESSED = re.compile(r"(?:各|[\u4e00-\u9fff]{2,8}(?:人民)?政府|[省市县区州]委)[^。;:!?]{1,300}:")
_LETTERHEAD = re.compile(r"[^。:;,]{4,60}?文件(?=[\u4e00-\u9fff]{2,12}[〔\[(【]|[\u4e00-\u9fff]{4,40}关于)")
_NOTE = re.compile(r"\((?:此件|公开发布)[^()]{0,20}\)")
_COPY = re.compile(r"(?:抄送|抄报|分送|主送):")
# Paragraphs at the end that stand on lines of their own: who was there, the last appeal of a report, entry into force.
_LAST = re.compile(
    r"(?<=[。)])(?:(?:出席|列席|参加|缺席|请假|记录)(?:人员)?:|各位代表[,:!]|本(?:方案|办法|措施|意见|规定|细则|条例|规划|通知|计划|政策)自)"
)
# The foot of a web page.
_FOOT = re.compile(
    r"(?:上一[篇条]|下一[篇条]|责任编辑|相关(?:链接|附件|解读|阅读|新闻|文章|稿件)|信息来源|稿件来源):|"
    r"扫一扫在手机|打印本页|关闭窗口"
)
_CONTENTS = re.compile(r"(?<=[案划要规例法定则知见)])目[录次](?=第一|一、|1|$)")
_ANNEX = re.compile(r"附件(?:[一二三四五六七八九十]|\d{1,2})?(?=[^\d:、.])")
_LISTED = re.compile(r"(?<=[。)])附件:|(?<=[^“《(\[见])附件:(?=1[.、])|(?<=日)附件(?![所中列])")
_BELOW = re.compile(r"\([^()。]{2,20}\)")
_FRONT = 400
_DATE = re.compile(
    r"(?:[12][0-9]{3}|[一二][〇○零一二三四五六七八九]{3})年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}日"
)
_DATED = 60  # characters of signatures before a date
_OPENS = (
    "为",
    "根据",
    "按照",
    "依据",
    "围绕",
    "深入",
    "近年",
    "当前",
    "(2",
    "(试行)",
    "(征求",
    "一、",
    "第一",
    "(一)",
    "目录",
    "——",
    "1.",
    "1、",
)
_TITLE = 80
_GENRE_ENDS = frozenset("案划要单知见施法则例定告点表工函复议程制南")
_AFTER_DATE = (
    "起",
    "前",
    ",",
    "、",
    "至",
    "以",
    "的",
    "召",
    "在",
    "通",
    "会",
    "公",
    "发",
    "修",
    "批",
    "实施",
    "施行",
    "—",
    "-",
    ";",
    "第",
    "由",
    "经",
)


def seams(text: str, lexicon: str | None = None) -> set[int]:
    """Return the places in a folded text where one part of a document ends and the next begins.

    Examples
    --------
    >>> text = "现印发给你们。甲市人民政府2023年5月6日甲市实施方案为落实工作,制定本方案。"
    >>> places = [0, *sorted(seams(text)), len(text)]
    >>> [text[a:b] for a, b in zip(places, places[1:])]
    ['现印发给你们。', '甲市人民政府', '2023年5月6日', '甲市实施方案', '为落实工作,制定本方案。']
    """
    found: set[int] = set()
    if len(text) < 6:
        return found
    _head(text, found, lexicon)
    _dates(text, found, lexicon)
    for pattern in (_NOTE, _COPY, _LISTED, _LAST, _FOOT):
        for match in pattern.finditer(text):
            if text[match.start() - 1] not in "“《":
                found.add(match.start())
            if pattern is _NOTE:
                found.add(match.end())
    if contents := _CONTENTS.search(text, 0, _FRONT):
        found.update(contents.span())
    if annex := _ANNEX.match(text):
        title = re.split(r"[。:;,]|为|根据|按照|一、|第一", text[annex.end() : annex.end() + _TITLE])[0]
        if front.is_title(title, lexicon):
            found.add(annex.end())
    edges = sorted({0, *found, len(text)})
    for low, high in itertools.pairwise(edges):
        if at := _title_end(text[low:high], lexicon):
            found.add(low + at)
            if below := _BELOW.match(text, low + at, high):
                found.add(below.end())
    return {place for place in found if 0 < place < len(text)}


def _head(text: str, found: set[int], lexicon: str | None) -> None:
    """Title, number and addressees at the head of a text."""
    at = 0
    if letterhead := _LETTERHEAD.match(text):
        found.add(letterhead.end())
    about = _ABOUT.search(text, 0, _FRONT)
    quoted = text.find("《", 0, about.start()) if about else -1
    if about and (quoted < 0 or text.find("》", quoted, about.start()) > 0):
        found.update((_signed(text, max(found, default=0), about.start(), lexicon), about.end()))
        at = about.end()
    number = front.NUMBER.search(text, letterhead.end() if letterhead else 0, _FRONT)
    if number and not at:  # 某省若干规定豫政办〔2021〕21号
        ends = range(number.start() + 4, number.end(1) - 1)
        title = next((k for k in ends if text[k - 1] in _GENRE_ENDS and front.is_title(text[:k], lexicon)), None)
        found.update({title} if title else ())
    if number and (not number.start() or text[number.start() - 1] not in "(《,、据") and number.end() < len(text):
        if at and number.start() < at <= number.end():
            found.add(at)
        elif at and number.start() > at:
            found.add(number.start())
        found.add(number.end())
        at = max(at, number.end()) if number.start() <= at + 20 else at
    if at:
        addressed = _ADDRESSED.match(text, at)
        if addressed:
            found.add(addressed.end())


def _dates(text: str, found: set[int], lexicon: str | None) -> None:
    """A signature with its date, behind the last sentence; the 印发 line."""
    last = max((place for place in found if place <= len(text)), default=0) if found else 0
    for match in _DATE.finditer(text):
        low, high = match.span()
        if text.startswith("印发", high):
            high += 2
        elif text.startswith(_AFTER_DATE, high) or text[low - 1 : low] in (
            "(",
            "《",
            "“",
            "自",
            "于",
            "从",
            "至",
            "到",
        ):
            continue
        begin = max(text.rfind(mark, max(low - _DATED, 0), low) for mark in "。:!?)") + 1
        begin = max(begin, last if last <= low else 0)
        if begin < low:
            organ = _signed(text, begin, low, lexicon)
            if organ == low:
                continue
            found.update((organ, high) if text[high - 1] == "发" else (organ, low, high))
        else:
            found.update((low, high))
        last = high


def _signed(text: str, begin: int, end: int, lexicon: str | None) -> int:
    """Where the names of bodies open that stand before ``end``; ``end`` itself where none do."""
    first = max(begin, end - _DATED, max(text.rfind(mark, begin, end) for mark in "期号》") + 1)
    found = [at for at in range(first, end - 3) if text[at] > "一" and front.is_organ(text[at:end])]
    names = atlas(lexicon).by_name if found else {}
    named = (at for at in found if any(text[at : at + size] in names for size in range(2, 12)))
    return next(named, found[0] if found else end)


def _title_end(text: str, lexicon: str | None) -> int | None:
    """Where a title ends that runs into its first paragraph."""
    for at in range(6, min(len(text), _TITLE)):
        char = text[at - 1]
        ends = (char in _GENRE_ENDS or char == ")") and text.startswith(_OPENS, at)
        if ends and front.is_title(text[:at], lexicon):
            return at
        if char in "。;,:":
            return None
    return None
