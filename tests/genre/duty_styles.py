"""How governments write who is answerable: each style gives pieces (label, names, brackets, duties, kind of row)."""

from __future__ import annotations

from .paper import Duty
from .prose import Author

ROUND, SQUARE, CORNER, NONE = ("（", "）"), ("[", "]"), ("【", "】"), ("", "")


def _all(role: str, names: list[str]) -> list[Duty]:
    return [Duty(role, name) for name in names]


class Duties:
    """The habits of one document; ``pieces`` writes the duties of one leaf."""

    OWN_LINE = ("own_resp", "own_lead_resp", "own_lead_help", "own_sponsor", "own_person", "own_guide")
    INLINE = (
        "resp",
        "resp_square",
        "lead_help",
        "shared",
        "labels",
        "by_take_part",
        "solo",
        "lead_shared",
        "with_locals",
        "lead_resp",
        "prefix_once",
        "places_once",
        "guided",
        "corner",
        "others",
    )
    ANY = OWN_LINE + INLINE

    def __init__(self, author: Author, style: str) -> None:
        self.author, self.style = author, style
        self.own_line = style in self.OWN_LINE

    def locals_(self) -> tuple[str, list[str]]:
        """Local governments: all of them, or some by name."""
        author = self.author
        if author.rng.random() < 0.6:
            return author.region.locals_, [author.region.locals_]
        if author.region.level == "c":
            names = author.rng.sample(author.region.places, 2)
            return "、".join(names), names
        names = [place + "人民政府" for place in author.rng.sample(author.region.places, 2)]
        return "、".join(names), names

    def pieces(self, field: str, style: str = "") -> list[tuple]:
        author, rng = self.author, self.author.rng
        style = style or self.style
        a = author.bodies(field, 6)
        n = rng.randint(2, 4)
        few, more = a[:n], a[1:n]
        if style == "resp":
            return [("责任单位：", "、".join(few), ROUND, _all("responsible", few), "duty")]
        if style == "resp_square":
            words, names = self.locals_()
            return [("责任单位：", "、".join(few) + "，" + words, SQUARE, _all("responsible", few + names), "duty")]
        if style == "corner":
            return [
                (
                    "牵头单位：",
                    f"{a[0]}；责任单位：{'、'.join(more)}",
                    CORNER,
                    _all("lead", a[:1]) + _all("responsible", more),
                    "duty",
                )
            ]
        if style == "lead_help":
            return [
                ("", f"{a[0]}牵头，{'、'.join(more)}配合", ROUND, _all("lead", a[:1]) + _all("support", more), "duty")
            ]
        if style == "shared":
            return [("", "、".join(few) + "按职责分工负责", ROUND, _all("responsible", few), "duty")]
        if style == "labels":
            return [
                (
                    "牵头单位：",
                    f"{a[0]}；配合单位：{'、'.join(more)}",
                    ROUND,
                    _all("lead", a[:1]) + _all("support", more),
                    "duty",
                )
            ]
        if style == "lead_resp":
            return [
                (
                    "牵头单位：",
                    f"{a[0]}，责任单位：{'、'.join(more)}",
                    ROUND,
                    _all("lead", a[:1]) + _all("responsible", more),
                    "duty",
                )
            ]
        if style == "by_take_part":
            return [
                (
                    "",
                    f"由{a[0]}牵头，{'、'.join(more)}等部门参与",
                    ROUND,
                    _all("lead", a[:1]) + _all("support", more),
                    "duty",
                )
            ]
        if style == "solo":
            return [("", f"{a[0]}负责", ROUND, _all("responsible", a[:1]), "duty")]
        if style == "lead_shared":
            words = f"{a[0]}牵头，{'、'.join(more)}等按职责分工负责"
            return [("", words, ROUND, _all("lead", a[:1]) + _all("responsible", more), "duty")]
        if style == "others":
            words = f"{a[0]}、{a[1]}牵头，{'、'.join(a[2:4])}等部门配合，{author.region.locals_}落实"
            duties = _all("lead", a[:2]) + _all("support", a[2:4]) + _all("responsible", [author.region.locals_])
            return [("", words, ROUND, duties, "duty")]
        if style == "with_locals":
            words, names = self.locals_()
            text = f"{'、'.join(few)}等部门，{words}按职责分工负责"
            return [("", text, ROUND, _all("responsible", few + names), "duty")]
        if style == "prefix_once":  # 省科技厅、财政厅、商务厅
            full = author.bodies(field, n, naming="prefix")
            short = [full[0], *(name.removeprefix(author.region.prefix) for name in full[1:])]
            return [("责任单位：", "、".join(short), ROUND, _all("responsible", full), "duty")]
        if style == "places_once" and author.region.level in "pm":  # 杭州、宁波市政府
            lead = [place for place in author.region.places if place[-1] == author.region.places[0][-1]][:2]
            if len(lead) == 2:
                names = [place + "政府" for place in lead]
                words = f"{lead[0][:-1]}、{lead[1]}政府牵头，{'、'.join(few[:2])}指导"
                return [("", words, ROUND, _all("lead", names) + _all("support", few[:2]), "duty")]
        if style == "guided":
            words, names = self.locals_()
            return [
                ("责任单位：", words, NONE if self.own_line else ("（", ""), _all("responsible", names), "duty"),
                (
                    "；指导单位：",
                    "、".join(few[:2]),
                    ("", "" if self.own_line else "）"),
                    _all("support", few[:2]),
                    "duty",
                ),
            ]
        if style == "own_resp":
            return [("责任单位：", "、".join(few), NONE, _all("responsible", few), "duty")]
        if style == "own_lead_resp":
            return [
                ("牵头单位：", a[0], NONE, _all("lead", a[:1]), "duty"),
                ("责任单位：", "、".join(more) + "等部门", NONE, _all("responsible", more), "duty"),
            ]
        if style == "own_lead_help":
            words, names = self.locals_()
            return [
                ("牵头单位：", "、".join(a[:1]), NONE, _all("lead", a[:1]), "duty"),
                ("配合单位：", "、".join(more) + "，" + words, NONE, _all("support", more + names), "duty"),
            ]
        if style == "own_sponsor":
            return [
                ("主办单位：", a[0], NONE, _all("lead", a[:1]), "duty"),
                ("协办单位：", "、".join(more), NONE, _all("support", more), "duty"),
            ]
        if style == "own_guide":
            words, names = self.locals_()
            return [
                ("责任单位：", words, NONE, _all("responsible", names), "duty"),
                ("指导单位：", "、".join(few[:2]), NONE, _all("support", few[:2]), "duty"),
            ]
        if style == "own_person":
            head = rng.choice("王李张刘陈") + rng.choice(("建国", "海燕", "志强", "文斌"))
            limit = f"{author.year}年{rng.randint(6, 12)}月底前"
            return [
                ("责任领导：", head, NONE, [], "person"),
                ("责任单位：", "、".join(few), NONE, _all("responsible", few), "duty"),
                ("完成时限：", limit, NONE, [], "deadline"),
            ]
        return [("责任单位：", "、".join(few), ROUND, _all("responsible", few), "duty")]

    def sentence(self, field: str) -> tuple[str, list[Duty]]:
        """A duty within the text, where no list follows."""
        author = self.author
        a = author.bodies(field, 4)
        return author.rng.choice(
            (
                (f"由{a[0]}牵头，{a[1]}、{a[2]}配合，抓好组织实施。", _all("lead", a[:1]) + _all("support", a[1:3])),
                (f"此项工作由{a[0]}负责。", _all("responsible", a[:1])),
                (f"{a[0]}会同{a[1]}制定具体办法。", [Duty("lead", a[0], True), Duty("support", a[1], True)]),
            )
        )
