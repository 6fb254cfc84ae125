"""What running text makes agencies do: 由X牵头，Y、Z配合; X会同Y制定…; X负责…; X是…的主管部门.

An agency has a duty only where it is the subject: its name stands right before the word that says so. 应当, 要 alone
make none, nor does the right to interpret a document (由X负责解释).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lanxikit.annotating.agencies import AgencyWords, agency_fields, agency_words, alternation, read_name
from lanxikit.annotating.agency_ground import Ground
from lanxikit.annotating.agency_items import REMARKS, items
from lanxikit.annotating.agency_lists import Agency, Said, resolve
from lanxikit.annotating.duty_lines import Duty, Sources
from lanxikit.annotating.duty_roles import LEAD, RESPONSIBLE, SUPPORT, duty_words
from lanxikit.lexicons import load

_REACH = 150  # characters before the word that gives a role
_START = re.compile(r"(?<!自)由|[,:。;]|(?<=的)|第\S{1,8}[条款]\s")  # 由, but not that of 自由贸易
_PIECE = re.compile(r"[^、,;。:!?]{1,80}")
_JOIN = re.compile(r"\s*(?:、|以及|及其|及|和|与|或者)\s*")
_GAP = r"(?:[^、,;。:]{0,30}?)"
_NOT_TO_EXPLAIN = r"(?!(?:具体|对|本|该|其)?(?:应用|具体)?[^、,;。:]{0,10}?的?解释)"  # the document: no duty
_BY_DUTY = re.compile(r"[^、,;。:]{1,14}?(?:职责|职能)(?:分工|权限|范围)?(?:,?\s?(?P<aid>协助|配合))?")
_OPEN = re.compile(r"(?:…\s{0,12})?等(?:\S{0,6}?(?:部门|单位|机构|企业)|等?)|…")
_TOWN = re.compile(r"(?!各|有关|相关|其他|由)[\u4e00-\u9fff]{1,6}?(?:街道|(?<!乡)镇|乡(?!镇|村)|苏木)")
_EXPLAINED = re.compile(r"\s?(?:共同|联合|具体|分别)?(?:负责)?(?:具体|对)?[^、,;。:]{0,10}?解释")


class _Patterns(NamedTuple):
    any: re.Pattern
    joint: re.Pattern
    grown: re.Pattern
    ended: re.Pattern
    partner: re.Pattern
    beside: re.Pattern  # 、Y配合的机制 behind X牵头


@lru_cache(maxsize=16)
def _patterns(folder: str | None) -> _Patterns:
    names, words, rows = agency_words(folder), duty_words(folder), load("duty_words", folder)
    of = {
        kind: alternation(row["word"] for row in rows if kind in row["kind"].split("、"))
        for kind in ("after", "closing", "joint", "manner", "modal", "subject", "with", "is")
    }
    certain = {suffix[-1] for suffix in names.sure}
    last = certain | {kind[-1] for kind in names.places.types} | set("关等位业织体…") | {s[-1] for s in names.bodies}
    behind = rf"(?<=[{re.escape(''.join(sorted(last)))}\s])"
    by = r"(?:按照?|根据|依据|依照|在(?=各自|其|职责|规定|授权|本))[^、,;。:]{1,16}?(?=负责|做好|主管|承担)"
    by += r"|对[^、,;。:]{1,30}?(?=负)"
    ways = rf"(?:{of['modal']}|{of['manner']}|(?:{by})){{0,4}}"
    after = rf"(?:(?:{of['modal']}|{of['manner']}){{1,3}}|(?<=[{re.escape(''.join(sorted(certain)))}]))"
    joint = rf"(?P<joint>(?:牵头)?(?:{of['joint']})|{after}(?:{of['with']})(?!务|业|贸|会|品|场|标|事|圈|城))"
    noun = "项目|工程|任务|事项|资金|企业|单位|机制|制度|体系|格局|小组|专班|部分|内容"
    more = rf"(?:{of['manner']}|{of['after']}){{0,3}}(?![^、,;。:]{{0,6}}的(?:{noun})|的)"
    no = r"(?!人(?!民|才|力|口|居|文|防|工)|同志|单位|部门|的|制(?!定|订)|任|型)"  # 负责人, 负责制
    word = rf"(?:{of['after']}){no}|(?:{of['closing']})(?=[,;。()、\s]|$)"
    said = rf"(?P<word>(?:{word}){more}){_NOT_TO_EXPLAIN}"
    own = r"(?P<own>(?:按照?|根据|依据|依照|在)(?:各自|部门|工作|法定|其|(?:有关|相关|法律、?法规|本条例)?规定)?"
    own += r"(?:的)?(?:职责|职能)(?![^、,;。:]{0,12}解释)"
    own += "[^、,;。:]{0,8},?)"
    fulfil = r"(?P<fulfil>(?:切实|认真|严格|全面|依法){0,2}(?:履行|落实|扛起|担负起?|压实)"
    fulfil += r"[^、,;。:]{0,20}(?:职责|责任|职能))"
    label = rf"(?:{of['is']}){_GAP}(?P<label>第一责任人|第一责任主体|{words.duty_names})(?=[,;。()、\s]|$)"
    subject = rf"(?P<subject>(?:{of['subject']})(?!部门|单位|领导(?!小组)|机关|人))"
    told = rf"{label}|(?P<ways>{ways})(?:{joint}|{said}|{fulfil}|{subject}|,?{own})"
    sure = alternation(names.sure)
    return _Patterns(
        re.compile(rf"{behind}\s{{0,40}}:?\s?(?:{told})|(?<=,)(?:并|同时|积极|主动)?(?P<then>{of['joint']})"),
        re.compile(rf",?\s?{joint}"),
        re.compile(rf"(?:{sure})(?!门)|(?:{names.stems.pattern})[^、,;。:和与及]{{0,8}}?(?:{sure})"),
        re.compile(rf"(?:{sure}|机关)(?!门)"),
        re.compile(rf"(?:牵头)?(?:{of['joint']}|{of['with']})$"),
        re.compile(rf"[、,][^,;。:]{{2,60}}?{behind}(?P<word>{of['after']}){no.replace('|的|', '|')}"),
    )


def running(
    text: str, begin: int, end: int, where: Ground, sources: Sources = (), *, said: Said | None = None
) -> list[Duty]:
    """Find the duties that a sentence of running text names.

    Parameters
    ----------
    text : str
        Flat (see ``agency_marks.flat``), brackets of names masked or not.
    begin, end : int
        The sentence in it.
    where : Ground
        The document's own region.
    sources : iterable of callable
        Where else to look for the places that 两省 or 三市州 means, nearest first.
    said : Said, optional
        What was named before.

    Examples
    --------
    >>> from lanxikit.annotating.agency_ground import ground
    >>> text = "市发展改革委要会同市财政局、市水务局制定方案"
    >>> [(d.role, d.agency.name, d.word) for d in running(text, 0, len(text), ground("海东市", "630200"))]
    [('lead', '市发展改革委', '会同'), ('support', '市财政局', '会同'), ('support', '市水务局', '会同')]
    """
    patterns, words = _patterns(where.folder), duty_words(where.folder)
    said = said or Said()
    found: list[Duty] = []
    low, at = begin, begin
    while match := patterns.any.search(text, at, end):
        at = max(match.end(), match.start() + 1)
        if match["then"]:  # X牵头制定方案，并会同Y组织实施
            partners, reached = _partners(text, match.end(), end, where, said, sources) if found else ([], at)
            found += [Duty(0, SUPPORT, agency, match["then"]) for agency in partners]
            low = at = max(reached, at)
            continue
        role, word = _role(match, where.folder)
        subject = _subject(text, low, match.start(), where, said, sources, bool(found))
        if not subject:
            at = match.end() if match["word"] else match.start() + 1
            continue
        stop = match.end()
        forward, partner = match["joint"], stop
        if role == LEAD and not forward:
            behind = patterns.joint.match(text, stop, end)
            forward, partner = (behind["joint"], behind.end()) if behind else (None, stop)
        partners, reached = _partners(text, partner, end, where, said, sources) if forward else ([], stop)
        if match["joint"] and not partners:  # 市商务局 is no 市 that 商s with others
            at = match.start() + 1
            continue
        if partners and _EXPLAINED.match(text, reached, end):
            low = at = reached
            continue
        found += [Duty(0, role, agency, word) for agency in subject]
        if partners:
            joined = patterns.partner.search(forward).group()
            found += [Duty(0, SUPPORT, agency, joined) for agency in partners]
        low = at = max(reached if partners else stop, match.start() + 1)
        if partners:
            low = at = _past(text, reached, patterns, end)
        while beside := patterns.beside.match(text, low, end):
            subject = _subject(text, low + 1, beside.start("word"), where, said, sources, True)
            if not subject or not text.startswith("的", beside.end()):
                break
            found += [Duty(0, words.role_of(beside["word"]), agency, beside["word"]) for agency in subject]
            low = at = beside.end()
    return found


def _role(match: re.Match, folder: str | None) -> tuple[str, str]:
    """Return the role that a match gives its subject, and the document's word for it."""
    words = duty_words(folder)
    if match["label"]:
        return words.label_roles.get(match["label"], RESPONSIBLE) or RESPONSIBLE, match["label"]
    if match["joint"]:
        return LEAD, _patterns(folder).partner.search(match["joint"]).group()
    if match["word"]:
        phrase = re.sub(r"\s", "", match["word"])
        return words.role_of(phrase) or RESPONSIBLE, phrase
    if match["fulfil"]:
        return RESPONSIBLE, match["fulfil"]
    if match["subject"]:
        return RESPONSIBLE, match["subject"]
    told = _BY_DUTY.match(match.string, match.start("own"))  # 按照规定职责,协助做好
    return (SUPPORT, told["aid"]) if told["aid"] else (RESPONSIBLE, told.group())


def _past(text: str, at: int, patterns: _Patterns, end: int) -> int:
    """Return where to read on behind the partners of X会同Y、Z: past a 负责 that speaks of all of them."""
    same = patterns.any.match(text, at, end)
    return same.end() if same and same["word"] else at


def _subject(
    text: str, low: int, stop: int, where: Ground, said: Said, sources: Sources, company: bool
) -> list[Agency]:
    """Return the agencies whose names end at ``stop``; none where anything else stands among them."""
    names, words = agency_words(where.folder), duty_words(where.folder)
    starts = [max(low, stop - _REACH)]
    starts += [cut.end() for cut in _START.finditer(text, starts[0], stop) if text[cut.end() : stop].strip()]
    low = starts.pop()
    while starts and text[low - 1] == "," and _agencies_only(text, starts[-1], low - 1, where, names):
        low = starts.pop()  # 省水利厅,各市人民政府负责
    before = text[low:stop].strip()
    if not before or before.startswith(REMARKS):
        return []
    listed = items(text, low, stop, names, words.open_end, where.folder)
    if not listed or (text[listed[-1].end : stop].strip(" ") and not listed[-1].open_list):
        return []
    agencies = resolve(listed, where, said, sources, names.places)
    known = [agency for agency in agencies if sure(agency, names, where.folder)]
    towns = [agency for agency in agencies if agency not in known and _TOWN.fullmatch(agency.name)]
    known += towns if text[low - 1 : low] == "由" and low else []
    generic = [agency for agency in agencies if agency not in known and _generic(agency, words.open_end)]
    if not known and not (generic and company):
        return []
    if len(known) + len(generic) < len(agencies) or not _covers(listed, agencies):
        return []
    return agencies


def _agencies_only(text: str, low: int, stop: int, where: Ground, names: AgencyWords) -> bool:
    """Tell whether a stretch is a list of agencies and nothing else, by the ending of each."""
    open_end = duty_words(where.folder).open_end
    listed = items(text, low, stop, names, open_end, where.folder)
    if not listed or not names.suffixes.search(listed[-1].text):  # 省农业农村厅要加强统筹
        return False
    agencies = resolve(listed, where, Said(), (), names.places)
    whole = not text[low : listed[0].start].strip() and _covers(listed, agencies)
    return whole and all(sure(agency, names, where.folder) for agency in agencies)


def _covers(listed: list, agencies: list[Agency]) -> bool:
    """Tell whether every written name gave an agency."""
    return all(any(agency.start <= item.start and item.end <= agency.end for agency in agencies) for item in listed)


def _generic(agency: Agency, open_end: re.Pattern) -> bool:
    if agency.form == "company" or (agency.form == "township" and _TOWN.fullmatch(agency.name)):
        return True
    places = agency.form == "" and agency.place is not None and agency.place.kind == "all"
    return places or bool(open_end.fullmatch("等" + agency.name.removeprefix("国务院")))


def _partners(text: str, at: int, end: int, where: Ground, said: Said, sources: Sources) -> tuple[list[Agency], int]:
    """Return the agencies named right behind 会同, and where their list ends."""
    patterns, names, words = _patterns(where.folder), agency_words(where.folder), duty_words(where.folder)
    begin, last = at, at
    while piece := _PIECE.match(text, at, end):
        stop = _name_end(text, piece.start(), piece.end(), patterns, words.open_end)
        if stop is None:
            break
        last = stop
        behind = _JOIN.match(text, stop, end)
        if not behind:
            break
        at = behind.end()
    if last == begin:
        return [], begin
    listed = items(text, begin, last, names, words.open_end, where.folder)
    agencies = resolve(listed, where, said, sources, names.places)
    sound = [a for a in agencies if sure(a, names, where.folder) or _generic(a, words.open_end)]
    return (sound, last) if sound else ([], begin)


def _name_end(text: str, start: int, stop: int, patterns: _Patterns, open_end: re.Pattern) -> int | None:
    """Return where the name that begins at ``start`` ends: 市水务局|制定方案; a short one may borrow its ending."""
    join = re.search(r"和|与|及", text[start + 2 : stop])
    ended = patterns.ended.search(text, start, stop)
    if not ended:
        bare = text[start:stop]
        return stop if len(bare) <= 10 and text[stop : stop + 1] == "、" else None
    if join and start + 2 + join.start() < ended.start() and read_name(text[start : start + 2 + join.start()]).field:
        return start + 2 + join.start()
    end = ended.end()
    while grown := patterns.grown.match(text, end, stop):
        end = grown.end()
    more = _OPEN.match(text, end, stop)
    return more.end() if more else end


def sure(agency: Agency, names: AgencyWords, folder: str | None = None) -> bool:
    """Tell whether a name in running text is that of an agency: its ending is one, its place or its field is known."""
    suffix = names.suffixes.search(agency.name)
    if not suffix:
        return names.heads.fullmatch(agency.name) is not None  # 共青团
    certain = suffix.group() in names.sure or agency.name in names.whole
    fields = agency_fields(agency.name, folder)
    if suffix.group() in names.bodies and fields:  # 镇水利站, 市大数据中心
        name = read_name(agency.name, folder)
        certain = certain or (name.field and bool(name.place.text) and agency.place is not None)
    if not certain and not (suffix.group() in ("机关", "机构") and fields):
        return False
    if agency.form in ("area", "township"):
        return True
    if not _governed(agency.name, names, folder):
        return False
    if agency.site is not None:
        return agency.placed
    if agency.form == "government":
        return bool(agency.place) or agency.name == "国务院" or bool(_TOWN.match(agency.name))
    name = read_name(agency.name, folder)  # 争取国家发展改革委支持 does not begin like one
    court = len(agency.name) <= 6 and names.ends.search(agency.name)  # 人民法院
    return bool(fields) and bool(name.head or name.field or name.place.text or agency.name in names.whole or court)


def _governed(name: str, names: AgencyWords, folder: str | None) -> bool:
    """Tell whether nothing but a field stands behind the government in a name: not 市政府可以委托市水务局."""
    parts = read_name(name, folder)
    rest = parts.core + parts.suffix
    ruler = names.rulers.match(rest)
    behind = rest[ruler.end() :] if ruler else ""
    whole = names.suffixes.match(behind)
    return not behind or bool(names.stems.match(behind)) or bool(whole and whole.end() == len(behind))
