"""The region of an issuing body: 海东市平安区人民政府办公室 → 平安区."""

from __future__ import annotations

import re

from lanxikit.gazetteer.divisions import Division, atlas, codes_of, is_above, lineage_of, walk
from lanxikit.lexicons import load
from lanxikit.text.fold import fold

_PARTY = re.compile(r"^(?:中国共产党|中共|共青团|民盟|民革|民建|九三学社)")
_TOWNSHIP = re.compile(r"^([\u4e00-\u9fff]{1,9}?(?:乡|镇|街道))(?:人民政府|办事处|党|政府|综合|$)")
_OWN = re.compile(r"^(省|自治区|市|州|自治州|地区|盟|县|区|旗)(?=人民政府|政府|委|党委|人大|政协|纪委|直)")
_OWN_LEVELS = {
    "省": ("province",),
    "自治区": ("province",),
    "市": ("prefecture", "county"),
    "州": ("prefecture",),
    "自治州": ("prefecture",),
    "地区": ("prefecture",),
    "盟": ("prefecture",),
    "县": ("county",),
    "区": ("county",),
    "旗": ("county",),
}


def region_of(issuer: str, *, near: str | None = None, lexicon=None) -> Division | None:
    """Tell which division an issuing body belongs to.

    Parameters
    ----------
    issuer : str
        Name of the body as it stands in the document.
    near : str, optional
        Adcode of the document's region: settles homonyms, and bodies that name no place
        (州政府办公室).
    lexicon : path, optional
        Folder that extends the word lists.

    Returns
    -------
    Division or None
        The lowest division named; for a township or a subdistrict one that carries the
        county's code; for an organ of the country 中国 (100000); for the administration of
        a functional area the division it lies in; None where nothing says.

    Examples
    --------
    >>> [region_of(name).code for name in ("临夏回族自治州人民政府办公室", "国家发展改革委", "中共海东市委办公室")]
    ['622900', '100000', '630200']
    >>> region_of("互助土族自治县威远镇人民政府").level, region_of("兰州新区管委会").name
    ('township', '兰州市')
    >>> region_of("学习小组") is None
    True
    """
    book, codes = atlas(lexicon), codes_of(near)
    name = _PARTY.sub("", re.sub(r"\s", "", fold(issuer)))
    area = _area(name, lexicon)
    if area:
        return area
    found, end = walk(name, codes, lexicon)
    area = _area(name[end:], lexicon) if found else None
    if area and is_above(found, area):
        return area
    if found and found.level == "county":
        town = _TOWNSHIP.match(name[end:])
        if town:
            return Division(found.code, town.group(1), "township", found.code)
    if found and found.level != "country":
        return found
    national = tuple(row["word"] for row in load("place_words", lexicon) if row["kind"] == "national")
    if found or name.startswith(national):
        while name.startswith(national):  # 国家 + 税务总局 + 青海省税务局
            name = name[max(len(word) for word in national if name.startswith(word)) :]
        local, _ = walk(name, codes, lexicon)
        return local or book.by_code["100000"]
    own = _OWN.match(name)
    if own and len(codes) == 1 and codes[0] in book.by_code:
        levels = _OWN_LEVELS[own.group(1)]
        above = lineage_of(book.by_code[codes[0]], lexicon=lexicon)
        return next((item for level in levels for item in above if item.level == level), None)
    return None


def _area(name: str, lexicon) -> Division | None:
    """Where the functional area lies that a name opens with: 兰州新区管委会."""
    rows = (row for row in load("place_aliases", lexicon) if row["kind"] == "area" and name.startswith(row["name"]))
    row = max(rows, key=lambda row: len(row["name"]), default=None)
    return _common(codes_of(row["codes"]), lexicon) if row else None


def _common(codes: tuple[str, ...], lexicon) -> Division | None:
    """The lowest division that holds all of those given: of an area in 西安 and 咸阳 it is 陕西省."""
    rows = [lineage_of(division, lexicon=lexicon) for code in codes if (division := atlas(lexicon).by_code.get(code))]
    shared = [items[0] for items in zip(*rows, strict=False) if len(set(items)) == 1]
    return shared[-1] if shared else None
