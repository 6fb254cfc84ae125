"""Names in a list lend each other what they share: 兰州市、西宁市政府; 州水务局、生态环境局.

The names form blocks. A block has places, fields and one ending, and every place goes with every field:
海东市、临夏州 | 生态环境、水务 | 部门. An ending is borrowed from the right, a place from the left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lanxikit.annotating.agencies import AgencyWords, Name, agency_words, read_name
from lanxikit.annotating.agency_items import Item
from lanxikit.annotating.agency_places import Place

_SHARED = re.compile(r"(?:行政主管|主管|行政)$")
_RULER = re.compile(r"人民政府|政府")
_ZONE = ("区", "园", "城", "岛", "带")  # what a committee runs: 航空港区
_OWN = 10  # characters of a name that may take over a place
_SINGLE = frozenset(
    "省 自治区 直辖市 市 州 自治州 盟 地区 县 区 旗 乡 镇 设区市 设区的市 地级市 地级以上市 县级市".split()  # noqa: SIM905
)


@dataclass(eq=False, slots=True)
class Block:
    """Names that share an ending.

    ``places`` and ``fields`` hold what each name gives and the name it stands in (None for a borrowed place);
    ``form`` is that of the ending; ``closed`` says that nothing more is awaited from the names that follow.
    """

    head: str = ""
    places: list[tuple[Item | None, Place]] = field(default_factory=list)
    fields: list[tuple[Item, str]] = field(default_factory=list)
    suffix: str = ""
    form: str = ""
    closed: bool = False
    stem: bool = False  # its first field is a known one

    def end(self, item: Item, name: Name) -> None:
        """Add the last field and the ending: of 教育、民政主管部门 主管部门 is shared, of 县政府教育、民政部门 政府."""
        core, suffix = name.core, name.suffix
        if self.fields:
            shared = _SHARED.search(core) if suffix else None
            if shared:
                core, suffix = core[: shared.start()], shared.group() + suffix
            ruler = _RULER.match(self.fields[0][1])
            core = ruler.group() + core if ruler and not _RULER.match(core) else core
        self.fields.append((item, core))
        self.suffix, self.form, self.closed = suffix, name.form, bool(name.suffix) or not name.field

    def short(self) -> bool:
        """Tell whether the name of a known field was cut short: 州自然资源."""
        return bool(self.fields) and not self.suffix and self.stem and not self.head


def blocks(items: list[Item], folder: str | None = None, lender: Block | None = None) -> list[Block]:
    """Group the names of a list by what they share; ``lender`` is the department with a place in the list before it.

    Examples
    --------
    >>> found = blocks([Item(text, 0, 0, False) for text in ("海东市", "临夏州生态环境", "水务部门")])
    >>> [([place.text for _, place in b.places], [core for _, core in b.fields], b.suffix) for b in found]
    [(['海东市', '临夏州'], ['生态环境', '水务'], '部门')]
    """
    found: list[Block] = []
    for item in items:
        name = read_name(item.text, folder)
        last = found[-1] if found and not found[-1].closed else None
        if found and not last and name.form == "government" and not name.core and not name.head:
            name = _as_before(found[-1], name)
        block = _joined(item, name, last)
        if block is not last:
            found.append(block)
    _lend_endings(found, folder)
    _lend_places(found, agency_words(folder), lender)
    return found


def _joined(item: Item, name: Name, last: Block | None) -> Block:
    """Add a name to the block that waits for it, or begin a block with it."""
    counting = last is not None and not last.fields  # places being counted up
    if counting and not name.head and not name.core and name.form in ("government", ""):
        name = name._replace(place=_all_of(last.places[-1][1], name.place))
    if name.place.text and not name.core and not name.suffix:
        if not (counting and not name.head and _alike(last.places[-1][1], name.place)):
            last = Block(name.head, stem=bool(name.head))
        last.places.append((item, name.place))
        return last
    if name.place.text:
        if not (counting and not name.head and _shares(last.places[-1][1], name)):
            last = Block(name.head)
        last.places.append((item, name.place))
        last.stem = name.field
        last.end(item, name)
        return last
    if last is not None and last.fields and not name.head and _continues(name):
        last.end(item, name)
        return last
    if counting and name.form == "government" and not name.core and not name.head:  # 乐都区 政府
        last.end(item, name)
        return last
    block = Block(name.head, stem=name.field)
    block.end(item, name)
    block.closed = block.closed or bool(name.head)
    return block


def _continues(name: Name) -> bool:
    return name.form == "department" if name.suffix else name.field


def _as_before(block: Block, name: Name) -> Name:
    """各盟行政公署、市人民政府 means 各市人民政府 as well."""
    if block.form != "government" or not block.places or not name.place.text:
        return name
    return name._replace(place=_all_of(block.places[-1][1], name.place))


def _all_of(before: Place, place: Place) -> Place:
    """各市、州政府 means 各市政府 and 各州政府; 各市(县)、区政府 likewise."""
    single = before.type in _SINGLE or (before.type.endswith(")") and place.type in _SINGLE)
    if before.kind != "all" or not single or place.kind != "bare":
        return place
    return place._replace(kind="all", name=before.name.removesuffix(before.type) + place.name)


def _alike(one: Place, other: Place) -> bool:
    """Tell whether a list would count two places up: 兰州市、西宁市; 省、市; but not 各县区、市."""
    group = {"short": "named", "number": "named"}
    return group.get(one.kind, one.kind) == group.get(other.kind, other.kind)


def _shares(place: Place, name: Name) -> bool:
    """Tell whether a place alone belongs to the name behind it: 平安区、乐都区政府; but not 各县区、园区管委会."""
    if name.form == "government" and not name.core and name.place.kind != "bare":
        return place.kind != "bare"
    if name.place.kind == "short" and not name.field and name.form != "government":
        return False  # 松潘县、黄龙管理局
    return _alike(place, name.place) and name.form not in ("area", "township")


def _lend_endings(found: list[Block], folder: str | None) -> None:
    """Complete names that were cut short: by the next department's ending, else by the one before; 新区 by 管委会."""
    words = agency_words(folder)
    lender, behind = None, None
    for block in reversed(found):
        if block.form == "area" and block.suffix not in words.sure:
            block.suffix += _committee(behind, words)
        elif (written := words.brands.fullmatch(_written(block))) and behind is not None:
            block.suffix += _tail(behind, words)
            block.form = "company" if written else block.form
        elif block.form == "department" and not block.head:
            lender = block
        elif block.short() and lender:
            block.suffix, block.form = lender.suffix, lender.form
        behind = block
    lender = None
    for block in found:
        if block.form == "department" and not block.head:
            lender = block
        elif block.short() and lender:
            block.suffix, block.form = lender.suffix, lender.form


def _whole(block: Block, words: AgencyWords) -> bool:
    """Tell whether a name of an unknown field is a whole one, no national body: 葡萄酒产业发展局."""
    name = block.fields[-1][1] + block.suffix if len(block.fields) == 1 else ""
    if name.startswith("委"):  # 市教育局、委编办
        return bool(words.party.match(name, 1))
    return (
        2 < len(name) <= _OWN
        and name.endswith(("局", "厅"))
        and not name.endswith(("管理局", "集团局"))
        and name not in words.whole
        and name not in words.sure
    )


def _written(block: Block) -> str:
    return block.head + block.fields[0][1] + block.suffix if len(block.fields) == 1 and not block.places else ""


def _tail(behind: Block, words: AgencyWords) -> str:
    """Return the 兰州分公司 that 电信、移动、联通兰州分公司 share."""
    name = _written(behind)
    brand = words.brands.match(name)
    tail = name[brand.end() :] if brand else ""
    return tail if tail.endswith("公司") else ""


def _committee(behind: Block | None, words: AgencyWords) -> str:
    """Return the 管委会 that 兰州新区、白银高新区管委会 share."""
    if behind is None or behind.form != "area":
        return ""
    shared = next((end for end in words.committees if behind.suffix.endswith(end)), "")
    zone = behind.fields[-1][1] + behind.suffix.removesuffix(shared)
    return shared if shared and (words.suffixes.search(zone) or zone.endswith(_ZONE)) else ""


def lending(found: list[Block], before: Block | None) -> Block | None:
    """Return the block whose place the next list may share: 自治区农牧厅牵头,林草局配合."""
    own = [block for block in found if block.form == "department" and block.places]
    if not own:
        return before
    return own[-1] if _lends(own[-1]) else None


def _lends(block: Block) -> bool:
    """Tell whether a block is a department with a place that those behind it may share."""
    own = block.form == "department" and not block.head and bool(block.places)
    return own and block.places[0][1].level != "country"


def _lend_places(found: list[Block], words: AgencyWords, before: Block | None) -> None:
    """Give a department without a place that of the one before it; likewise 政府 in 各县区党委、政府.

    Behind 省委宣传部 a 网信办 is that of the committee as well.
    """
    lender = before
    for index, block in enumerate(found):
        if block.form == "government" and not block.places and block.fields[0][1] == "" and index:
            block.places = [(None, place) for _, place in found[index - 1].places]
        if block.form != "department" or block.head:
            continue
        if block.places:
            lender = block if _lends(block) else None
        elif (
            lender
            and not (lender is before and block.suffix.endswith("部门"))
            and (block.stem or _whole(block, words))
            and not (block.suffix == "厅" and lender.places[0][1].level not in ("province", ""))
        ):
            block.places = [(None, place) for _, place in lender.places]
            if lender.fields[0][1].startswith("委") and all(
                words.party.match(c + block.suffix) for _, c in block.fields
            ):
                block.fields = [(item, "委" + core) for item, core in block.fields]
