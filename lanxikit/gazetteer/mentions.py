"""Find places in running text.

All names are looked for at once (Aho–Corasick). Full names count as they are. A bare name
(民和, 兰州) counts when the document's region, or the places beside it, vouch for it, and
an ordinary word that is also a name (合作, 互助) only where something around it says so.
Of overlapping readings the heaviest set is kept (weighted interval scheduling), ordinary
words of ``place_words.tsv`` taking part: 重大 + 连接 outweighs 大连.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from lanxikit.gazetteer.areas import Mention, areas
from lanxikit.gazetteer.divisions import Division, closeness, codes_of, is_above, settle
from lanxikit.gazetteer.readings import Reading, heaviest, readings
from lanxikit.gazetteer.words import GENERIC, Words, area_end, dashed, words_of
from lanxikit.text.fold import fold

_STOPS = re.compile(r"[,;:。()《》\n]")
_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{2,3}(?:镇|乡|街道|村)(?!村|镇|建设|振兴)")
_MARKS = re.compile(r"[、,;:。!?\n]")
_MEMBER = 24  # characters of a list's member
_REACH = 16  # how far behind a partner's name its kind of organ may stand, characters


def find(text: str, *, near: str | None = None, lexicon=None) -> list[tuple[int, int, Division]]:
    """Find administrative divisions in a text.

    Parameters
    ----------
    text : str
    near : str, optional
        Adcode of the document's own region, several joined by 、.
    lexicon : path, optional
        Folder that extends the word lists.

    Returns
    -------
    list of (start, end, Division)
        In text order; an abbreviation of several divisions (甘青) yields one for each.

    Examples
    --------
    >>> text = "加强与民和县、西宁市合作，保护大通河，推进永靖至民和公路建设"
    >>> [(text[a:b], division.name) for a, b, division in find(text, near="630200")]
    [('民和县', '民和回族土族自治县'), ('西宁市', '西宁市'), ('永靖', '永靖县'), ('民和', '民和回族土族自治县')]
    """
    return [
        (item.start, item.end, division)
        for item in mentions(text, near=near, lexicon=lexicon)
        if item.kind == "administrative"
        for division in item.divisions
    ]


def mentions(text: str, *, near: str | None = None, known: Collection[str] = (), lexicon=None) -> list[Mention]:
    """Find administrative divisions and functional areas in a text.

    Parameters
    ----------
    text : str
    near : str, optional
        Adcode of the document's own region, several joined by 、.
    known : collection of str
        Codes of divisions that the document names elsewhere: their bare names count too.
    lexicon : path, optional
        Folder that extends the word lists.

    Returns
    -------
    list of Mention
        In text order, none overlapping another.

    Examples
    --------
    >>> [(item.name, item.kind) for item in mentions("建设兰州新区、互助绿色产业园区", near="630200")]
    [('兰州新区', 'functional area'), ('互助绿色产业园区', 'functional area')]
    """
    return Reader(text, near=near, lexicon=lexicon).mentions(known)


class Reader:
    """The readings of a text, from which its mentions follow, also when the document turns out to name more places.

    ``folded`` is the text as `lanxikit.text.fold.fold` gives it, where that is known.

    Examples
    --------
    >>> reader = Reader("红古的公交", near="630200")
    >>> [[item.name for item in reader.mentions(known)] for known in ((), ("620111",))]
    [[], ['红古区']]
    """

    def __init__(self, text: str, *, near: str | None = None, lexicon=None, folded: str | None = None) -> None:
        self._words, self._codes = words_of(lexicon), codes_of(near)
        self._plain = dashed(fold(text) if folded is None else folded)
        found = readings(self._plain, self._words)
        self._sure, self._open = _judge(self._plain, found, self._codes, self._words) if found else ([], [])
        self._alone: list[Mention] | None = None

    def mentions(self, known: Collection[str] = ()) -> list[Mention]:
        """Return the mentions; ``known``: codes of divisions that the document names elsewhere."""
        if not self._sure and not self._open:
            return self._alone or []
        plain, words = self._plain, self._words
        told = {id(item) for item in self._open if not item.weak and item.division and item.division.code in known}
        if not told and self._alone is not None:
            return self._alone
        sure = self._sure + [item for item in self._open if id(item) in told]
        sure += _vouched(plain, sure, [item for item in self._open if id(item) not in told], words)
        kept = [item for item in heaviest(sure, self._codes) if not item.guard]
        found = areas(plain, kept, words)
        if not told:
            self._alone = found
            self._sure = self._sure if self._open else []  # not asked for again
        return found


def _judge(plain: str, found: list[Reading], near: tuple[str, ...], words: Words):
    """Part the readings that stand by themselves from those that need a neighbour; drop the rest."""
    sure, open_ones = [], []
    names_start = {item.start for item in found if item.guard or (item.row and item.end - item.start > 2)}
    settled: dict[str, Division | None] = {}
    nearness: dict[str, int] = {}
    begins = {item.start for item in found if not item.guard}
    spans = {(item.start, item.end) for item in found if item.entries}
    shared = {item.start for item in found if len(item.entries) > 1}  # only homonyms ask for what stands before them
    together = words.by_kind["with"]
    uppers: dict[int, list[Division]] = {}
    for item in found:
        if item.end in shared:
            uppers.setdefault(item.end, []).extend(division for _, division in item.entries)
    for item in found:
        if item.guard or item.row:
            sure.append(item)
            continue
        if (item.start, item.end + 1) in spans and plain[item.end] in GENERIC:
            continue  # 朝阳区 that nothing settles is not 朝阳市 either
        name = plain[item.start : item.end]
        bare = name in words.bare
        if bare and item.end not in names_start and words.at("after", plain, item.end):
            continue  # 大通 + 河 is a river, but 湟中 + 河湟 and 南京 + 江北新区 are not
        if not bare and name[-1] in "县区" and words.at("tail", plain, item.end):
            continue
        partner = name.startswith(together) and _before_partner(plain, item, name, begins, words)
        if bare and partner:
            continue
        weak = partner or name in words.ordinary or (len(name) == 2 and name[-1] in "县区")
        division = None
        if item.start in uppers and len(item.entries) > 1:
            division = _below(item.entries, uppers[item.start])
        if not division:
            if name not in settled:
                settled[name] = settle(item.entries, near)
            division = settled[name]
        code = division.code if division else ""
        if code not in nearness:
            nearness[code] = closeness(code, near) if division else 0
        far = nearness[code]
        item = Reading(item.start, item.end, item.weight, item.entries, division, None, False, weak, far > 1, far > 0)
        vouched = division and _stands(plain, item, bare, far, words)
        (sure if vouched else open_ones).append(item)
    return sure, open_ones


def _below(entries: tuple, uppers: Collection[Division]) -> Division | None:
    """The one of several divisions that lies in the division named right before: 长春市朝阳区 is not Beijing's."""
    parents = {upper.code for upper in uppers}
    provinces = {upper.code[:2] for upper in uppers if upper.level == "province"}
    found = {d.code: d for _, d in entries if d and (d.parent in parents or d.code[:2] in provinces)}
    return next(iter(found.values())) if len(found) == 1 else None


def _before_partner(plain: str, item: Reading, name: str, begins: set[int], words: Words) -> bool:
    """Whether a name that begins with “together with” is read so, before an organ or a place: 会同 + 县发展改革局."""
    end = next(item.start + len(word) for word in words.by_kind["with"] if name.startswith(word))
    if item.end - end > 1:
        return False
    stop = _STOPS.search(plain, end, end + _REACH)
    behind = plain[end : stop.start() if stop else end + _REACH]
    if end == item.end and (end in begins or behind.startswith(GENERIC)):
        return True
    return any(word in behind for word in words.by_kind["organ"])


def _stands(plain: str, item: Reading, bare: bool, far: int, words: Words) -> bool:
    """Whether a reading needs no neighbour; ``far`` is the closeness to the document's region, 0 outside."""
    level = item.division.level
    if not item.weak:
        return not bare or level != "county" or far > 0 or item.end - item.start > 2
    facility = bool(words.at("facility", plain, item.end)) or area_end(plain, item.end, words) > item.end
    if far == 0:
        return False
    if far == 1 and level == "county":
        return facility
    # 互助 + 威远镇, 互助 + 土族故土园
    below = bare and (_TOWNSHIP.match(plain, item.end) or plain[item.end : item.end + 2] in item.division.name[2:])
    if facility or (below and item.end + 2 <= len(plain)):
        return True
    left, right = plain[max(item.start - 3, 0) : item.start], plain[item.end : item.end + 1]
    opens = not left[-1:].isalnum() or left[-1:].isascii()
    if left.endswith(words.by_kind["before"]) or (opens and not bare):
        return True
    if left.endswith(words.by_kind["verb"]) and plain.startswith(words.by_kind["behind"], item.end):
        return True
    return opens and not (right.isalnum() and not right.isascii())


def _vouched(plain: str, sure: list[Reading], open_ones: list[Reading], words: Words) -> list[Reading]:
    """Take the open readings that stand in a row with a place, or right behind a division they lie in."""
    if not open_ones:
        return []
    links = {False: frozenset(words.by_kind["link"]), True: frozenset("、—至")}
    by_length = sorted((item for item in sure if item.division), key=lambda item: item.end - item.start)
    ends = {item.end: item.division for item in by_length}  # 马鞍山市, not the 鞍山市 in it
    starts = {item.start: item.division for item in by_length}
    taken: list[Reading] = []
    waiting = list(open_ones)
    while waiting:
        still = []
        for item in waiting:
            division = _voucher(plain, item, starts, ends, links[item.weak])
            if division:
                ends[item.end] = starts[item.start] = division
                taken.append(replace(item, division=division))
            else:
                still.append(item)
        if len(still) == len(waiting):
            break
        waiting = still[::-1]  # a row of names is vouched for from either end
    return taken


def _voucher(plain: str, item: Reading, starts: dict, ends: dict, link: frozenset[str]) -> Division | None:
    beside = []
    if item.start and plain[item.start - 1] in link:
        beside.append(ends.get(item.start - 1))
    if item.end < len(plain) and plain[item.end] in link:
        beside.append(starts.get(item.end + 1))
    above = ends.get(item.start)
    if above:
        lower = [entry for entry in item.entries if is_above(above, entry[1])]
        return settle(lower, (above.code,)) if lower else item.division if item.own else None
    for other in beside:
        if other and other.level != "province":
            found = settle(item.entries, (other.code,)) or item.division
            # an ordinary word in a row of places is one only where it lies beside them
            beside_it = found and (item.close or found.code[:2] == other.code[:2])
            return found if beside_it or not item.weak else None
    return item.division if item.weak and item.own and _listed(plain, item.start, starts) else None


def _listed(plain: str, at: int, starts: dict) -> bool:
    """Whether it opens a member of a list beside one that opens with a place: 乐都杨家、互助柏木峡水库."""
    if plain[max(at - 1, 0) : at] != "、":
        return False
    marks = [match.end() for match in _MARKS.finditer(plain, max(at - _MEMBER, 0), at - 1)]
    behind = _MARKS.search(plain, at, at + _MEMBER)
    before = marks[-1] if marks else max(at - _MEMBER, 0)
    return before in starts or bool(behind and behind.group() == "、" and behind.end() in starts)
