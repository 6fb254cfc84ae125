"""The head of a document: its lines before the body, each with what it is.

Where line breaks were lost, the head is cut anew: behind 文件, before and behind the number, behind
the title, behind the addressees, around the signature.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from lanxikit.reading import front
from lanxikit.reading.dates import DATE, is_month
from lanxikit.reading.lines import Line, lines
from lanxikit.reading.numbers import NUMBER, order_in, order_line
from lanxikit.reading.pagewords import page_kind
from lanxikit.text.fold import fold

_ANNEX = re.compile(r"附件\s?\d{0,2}:?")
_MOST = 120  # lines that may hold the front matter
_LONG = 90  # a line that may hold more than a title
_REACH = 4000  # characters of such a line that are cut anew
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.]|第[一1][编章条节]|\([一1]\)|1[.、](?!\d)|①|前言$|引言$|目录$|总则$|一[是、]"
)
_ADDRESSEE = re.compile(
    r"^(?:各|市|省|州|县|区|自治|国务院|有关|你|全|部|中央"
    r"|[\u4e00-\u9fff]{2,20}(?:[市县区州省盟旗厅局委部院会室组]|政府|单位|部门))"
)
_LAST = "号知见法案划单函复定施例则要点)》"  # what titles and numbers end in
_GENRES = "通知|意见|办法|方案|规划|清单|复函|决定|规定|措施|细则|条例|要点|报告|计划|批复|纪要|公告|通告|公报"
_CUTS = re.compile(
    r"(?<=文件)(?=[\u4e00-\u9fff]{1,12}[〔\[(【][12])"
    r"|(?<=号)(?=[\u4e00-\u9fff《★])|(?<=的(?:通知|意见|决定|批复))(?![》的精要和、,(])|(?<=的函)(?![》的精要和、,(])"
    rf"|(?<={_GENRES})(?=为(?:了|贯彻|深入|切实|进一步|全面|加快|确保|认真|落实|推[动进]|加强|做好|规范|保障|促进)|根据《)"
    rf"|(?<={_GENRES})(?=[\u4e00-\u9fff]{{1,12}}[〔\[【][12])|(?<=:)(?=[\u4e00-\u9fff《])|(?<=。)(?=[\u4e00-\u9fff《(\d])"
    rf"|(?<=日\))|(?<=[\u4e00-\u9fff])(?={DATE.pattern}[^。,;]{{4,60}}第[一1]章)"
    rf"|(?<=[{_LAST}])(?=各[市县区省州地乡镇旗街辖盟位有]|目录|前言|第[一1][编章条节]|一、)"
    r"|(?=——[12]\d{3}年)|(?<=会议上)(?=[\u4e00-\u9fff])|(?<=会议上\))|(?=各位代表)"
    r"|(?=\([12]\d{3}年\d{1,2}月)|(?<=(?:通过|公布|施行|修订|批准)\))|(?=\(此件)|(?<=公开发布\))"
    rf"|(?<=[府厅室会局委部院办署行])(?={DATE.pattern})|(?<=日)(?=[\u4e00-\u9fff《“]{{4}}|[\u4e00-\u9fff]{{2,3}}[12]\d{{3}}年|—\s?\d|[一第][、一1章条]|[(《]|[12]\d{{3}}年(?!\d{{1,2}}月))"
    r"|(?<=\d)(?![年月日号])(?=[\u4e00-\u9fff]{2,14}(?:人民政府|办公室|委员会|办公厅)[^。;]{0,20}关于)"
    r"|(?<=》)(?=[12]\d{3}[-年])|(?<=[\u4e00-\u9fff号])(?=[━─═]{3})|(?<=[━─═])(?=[\u4e00-\u9fff])|(?=(?:来源|发布时间|字体|(?<!发文)字号)\s?:)"
    r"|(?=(?:发文机关|发布机构|发文字号|成文日期|发布日期|标题|主题分类|主题词|索引号|有效性)\s?:)|(?<=有效性:有效)"
    r"|(?<=日)(?=主题词|抄[送报]|附件)"
)
_PREAMBLE = re.compile(r"为|根据|按照|依据|围绕|贯彻|落实|深入|认真|现将|经")  # no title opens so
# Behind a title whose line break is lost: what a preamble, a heading or a section opens with.
_TITLE_END = re.compile(
    rf"(?:{_GENRES}|安排|分工|预案|分工表|一览表|指引|指南)(?:\([^()]{{1,30}}\)){{0,3}}\s?"
    r"(?=为(?:了|更|做|抓|有|全|进|深|切|贯|确|认|落|推|加|规|保|促|积|充|持|实|巩|扎|完|提|统|支|激|强|健|改|构|建|培|助|防|依)"
    r"|根据|按照|依据|围绕|以习近平|坚持以|坚持|深入贯彻|认真贯彻|当前|近年来|今年|各位代表"
    r"|[12]\d{3}年(?:是|,|全|我|度全|[\u4e00-\u9fff]{0,8}(?:工作|思路|要求)[^。;]{0,20}(?:是|为|:))"
    r"|一、|\(一\)|第一[编章条])"
)


@dataclass(slots=True)
class Row:
    """A line of the head: folded for matching, as written for showing, and its kind."""

    text: str
    shown: str
    raw: str
    start: int
    kind: str
    gap: bool  # a blank line stands before it
    tabs: bool


def rows(source: str, every: list[Line], lexicon: str | None = None) -> list[Row]:
    """Return the lines before the body.

    ``kind`` is ``page``, ``number``, ``order``, ``letterhead``, ``organ``, ``date``, ``month``, ``bracket``,
    ``addressee``, ``prose``, ``heading``, ``table`` or ``plain``; the last row is the first of the body.
    """
    found: list[Row] = []
    titled = False
    lines_of = every[:_MOST]
    gaps = [two.start > one.end for one, two in pairwise(lines_of)]
    spaced = sum(gaps) > 0.7 * len(gaps)  # a blank line behind every line says nothing
    for index, line in enumerate(lines_of):
        gap = bool(index) and gaps[index - 1] and not spaced
        row = _row(source, line, gap, lexicon)
        if found and _unclosed(found[-1], row):
            found[-1] = _merged(found[-1], row, lexicon)
            continue
        found.append(row)
        titled = titled or row.kind == "plain"
        if titled and row.kind in ("addressee", "heading"):
            break
    _running_heads(found, source, lexicon)
    return found


def _running_heads(found: list[Row], source: str, lexicon: str | None) -> None:
    """Mark the lines of a printed page's head: the (cut) title, above the title itself."""
    heads = {fold("".join(part[:200].split("\n", 1)[0].split())) for part in source.split("\f")[1:200]}
    for index, row in enumerate(found[:6]):
        if row.kind not in ("plain", "organ") or len(row.text) < 6 or row.tabs or front.is_place(row.text, lexicon):
            continue
        below = [
            other
            for other in found[index + 1 : index + 9]
            if other.kind not in ("number", "date", "table") and not _ANNEX.fullmatch(other.text)
        ]
        text = "".join(row.text.split())
        for at in range(min(len(below), 4)):
            joined = "".join("".join(other.text.split()) for other in below[at : at + 5])
            cut = len(joined) > len(text) and not front.is_title(row.text, lexicon)
            if joined.startswith(text) and (text in heads or (row.kind == "plain" and cut)):
                row.kind = "page"
                break


def _unclosed(before: Row, row: Row) -> bool:
    """Whether a line opens a bracket, or a speaker's line, that the next one goes on with."""
    if row.tabs or before.tabs or len(before.text) > 600 or row.kind in ("addressee", "heading"):
        return False
    if before.text[0] == "(" and before.text.count("(") > before.text.count(")"):
        return True
    spoken = before.text.startswith(("——", "--")) and DATE.search(before.text)
    return bool(spoken) and not before.text.endswith("上") and row.text.endswith("会议上")


def _merged(before: Row, row: Row, lexicon: str | None) -> Row:
    text = before.text + row.text
    return Row(text, before.shown + row.shown, before.raw, before.start, _kind(text, False, lexicon), before.gap, False)


def written(source: str) -> list[Line]:
    """The lines that are not blank; of the first ones, a line of many paragraphs is cut anew."""
    found: list[Line] = []
    for line in lines(source):
        if _lost(line.text, len(found), line.tabs):
            found.extend(_cut_anew(line))
        elif line.text:
            found.append(line)
    return found


def _lost(text: str, before: int, tabs: bool) -> bool:
    """Whether a line is several: the whole head in one of the first lines, or a title and what follows it."""
    if not tabs and before < 4 and len(text) > 30 and title_end(fold(text[:_REACH])):
        return True
    if len(text) < (_LONG * 3 if tabs else _LONG) or before > 3:
        return False
    folded = fold(text[:_REACH])
    return ":" in folded or bool(NUMBER.search(folded) or DATE.search(folded))


def title_end(text: str) -> int:
    """Where the title ends that a folded line opens with and goes on behind with its text; 0 where it does not.

    Examples
    --------
    >>> title_end("甲县民政工作要点2023年全县民政工作的总体要求是:坚持为民。"), title_end("甲县民政工作要点")
    (8, 0)
    """
    if _PREAMBLE.match(text):
        return 0
    for found in _TITLE_END.finditer(text[:200]):
        if front.is_title(text[: found.end()]):
            return found.end()
    return 0


def _cut_anew(line: Line):
    text = fold(line.text[:_REACH])
    titled = title_end(text)
    found = (match.start() for match in _CUTS.finditer(text))
    marks = sorted({0, titled, *(at for at in found if at >= titled), len(text)})
    for low, high in pairwise(marks):
        if high - low > 1:
            # near enough to where it stands: layout blanks are not counted, the order is kept
            yield Line(line.start + low, line.start + high, line.text[low:high], [], False)
    if len(line.text) > _REACH:
        yield Line(line.start + len(text), line.end, line.text[_REACH:], [], False)


def _row(source: str, line: Line, gap: bool, lexicon: str | None) -> Row:
    text = fold(line.text)
    raw = source[line.start : line.end].strip() if line.spans else line.text
    return Row(text, line.text, raw, line.start, _kind(text, line.tabs, lexicon), gap, line.tabs)


def _kind(text: str, tabs: bool, lexicon: str | None) -> str:
    if front.is_number(text):
        return "number"
    if order_line(text) or (len(text) < 40 and text[-1] in "号)〕" and order_in(text) and "《" not in text):
        return "order"
    if front.is_letterhead(text) or text in ("文件", "(文件)"):
        return "letterhead"
    if front.is_date(text):
        return "date"
    if is_month(text):
        return "month"
    if page_kind(text, lexicon) and not front.is_title(text, lexicon):
        return "page"
    if tabs:
        return "table"
    if _HEADING.match(text):
        return "heading"
    if text.endswith(":") and len(text) < 600 and _ADDRESSEE.match(text):
        return "addressee"
    if front.is_organ(text, lexicon):
        return "organ"
    if text[0] == "(" and text[-1] == ")":
        return "bracket"
    bare = re.sub(r"《[^《》]{0,100}》", "", text)
    if re.search(r"[。;!?]", bare) or len(text) > 160 or ("," in bare and not NUMBER.search(text)):
        return "prose"
    return "plain"
