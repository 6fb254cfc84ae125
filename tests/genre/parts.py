"""Passages that many kinds of document share: heads, feet, numbered outlines, tables."""

from __future__ import annotations

from .duty_styles import Duties
from .paper import Duty, Paper, Run
from .prose import Author

_HAN = "〇一二三四五六七八九"


def han(n: int) -> str:
    """1–99 as written in headings."""
    tens, ones = divmod(n, 10)
    if not tens:
        return _HAN[ones]
    return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")


MARKERS = {
    "一、": lambda n: (f"{han(n)}、", han(n)),
    "（一）": lambda n: (f"（{han(n)}）", han(n)),
    "1.": lambda n: (f"{n}.", str(n)),
    "1、": lambda n: (f"{n}、", str(n)),
    "（1）": lambda n: (f"（{n}）", str(n)),
    "1）": lambda n: (f"{n}）", str(n)),
    "①": lambda n: (chr(0x245F + n), chr(0x245F + n)),
    "章": lambda n: (f"第{han(n)}章", han(n)),
    "编": lambda n: (f"第{han(n)}编", han(n)),
    "节": lambda n: (f"第{han(n)}节", han(n)),
    "条": lambda n: (f"第{han(n)}条", han(n)),
    "部分": lambda n: (f"第{han(n)}部分", han(n)),
}


def day(author: Author) -> str:
    rng = author.rng
    return f"{author.year}年{rng.randint(1, 6)}月{rng.randint(1, 28)}日"


def office(author: Author) -> str:
    name = author.region.name
    return name + ("人民政府办公厅" if author.region.level == "p" else "人民政府办公室")


def number(author: Author) -> str:
    return f"{author.region.sign}〔{author.year}〕{author.rng.randint(1, 98)}号"


def spread(words: str, author: Author) -> str:
    """Right-hand lines stand behind many blanks."""
    return " " * author.rng.choice((0, 16, 24)) + words


def notice(
    paper: Paper, author: Author, title: str, *, annexes: tuple[str, ...] = (), title_again: bool = True
) -> None:
    """The 通知 that transmits a text: number, title, salutation, body, annex list, signature, date, then the text's title."""
    rng = author.rng
    if rng.random() < 0.4:
        paper.line("letterhead", office(author) + "文件", style="title")
    if rng.random() < 0.5:
        paper.line("number", number(author), style="title")
    if rng.random() < 0.5:
        paper.line("title", office(author), style="title")
        paper.line("title", f"关于印发《{title}》的通知", style="title")
    else:
        paper.line("title", f"{office(author)}关于印发{title}的通知", style="title")
    who = {
        "p": "各市、县人民政府，省政府各部门、各直属机构：",
        "m": "各县（市、区）人民政府，市政府各工作部门，有关单位：",
        "c": "各乡镇人民政府，县直各有关单位：",
    }[author.region.level]
    paper.line("salutation", rng.choice((who, who.replace("省政府", "").replace("市政府", ""))))
    body = rng.choice(author.bank.NOTICES).format(title=title, shire=author.region.shire)
    paper.line("notice", body, indent="　　")
    if len(annexes) == 1:
        paper.line("attachment", f"附件：{annexes[0]}", indent="　　")
    elif annexes:
        paper.line("attachment", f"附件：1.{annexes[0]}", indent="　　")
        for n, annex in enumerate(annexes[1:], 2):
            paper.line("attachment", f"{n}.{annex}", indent="　　　　　")
    paper.line("signature", spread(office(author), author), style="right")
    paper.line("date", spread(day(author), author), style="right")
    if rng.random() < 0.5:
        paper.line("note", rng.choice(("（此件公开发布）", "（此件主动公开）", "（此件发至县级）")))
    if title_again:
        paper.line("title", title, style="title")


def preamble(paper: Paper, author: Author) -> None:
    words = author.rng.choice(author.bank.PREAMBLES).format(name=author.region.name, shire=author.region.shire)
    paper.line("preamble", words, indent="　　")


def foot(paper: Paper, author: Author) -> None:
    """抄送 and 印发 lines."""
    name = author.region.name
    paper.line("copy", f"抄送：{name}委各部门，{name}人大常委会办公室，{name}政协办公室，{name}法院，{name}检察院。")
    paper.line("imprint", f"{office(author)}　　　{day(author)}印发")


class Outline:
    """Numbered headings and items over several fields, in the writing habits of one document."""

    def __init__(
        self,
        paper: Paper,
        author: Author,
        schemes: tuple[str, ...],
        *,
        duties: str = "",
        run_on: bool = False,
        run_in: bool = True,
        blank: str = "",
    ) -> None:
        self.paper, self.author, self.schemes = paper, author, schemes
        self.style = Duties(author, duties) if duties else None
        self.run_on, self.run_in, self.blank = run_on, run_in, blank
        self.counts = [0] * len(schemes)
        self.section_stop = author.rng.choice(("", "。"))

    def mark(self, depth: int) -> tuple[str, str]:
        self.counts[depth] += 1
        for below in range(depth + 1, len(self.counts)):
            if not (self.run_on and below == len(self.counts) - 1):
                self.counts[below] = 0
        marker, ordinal = MARKERS[self.schemes[depth]](self.counts[depth])
        return marker, ordinal

    def head(self, depth: int, title: str) -> int:
        marker, ordinal = self.mark(depth)
        stop = self.section_stop if depth else ""
        blank = "　" if marker[-1] in "章编节" else ""
        return self.paper.heading(depth, marker, ordinal, title + stop, blank=blank, indent="" if blank else "　　")

    def item(
        self, field: str, title: str, *, sentences: int = 2, targets: int = 1, negatives: int = 0, duty: bool = True
    ) -> int:
        """The lowest numbered item."""
        rng = self.author.rng
        depth = len(self.schemes) - 1
        marker, ordinal = self.mark(depth)
        text, found = self.author.passage(field, sentences=sentences, targets=targets, negatives=negatives)
        said = []
        if self.style is None and duty is True and rng.random() < 0.15:
            words, said = Duties(self.author, "resp").sentence(field)
            text += words
        leaf = self.paper.leaf(
            "measure",
            text,
            marker=marker + self.blank,
            ordinal=ordinal,
            heading=title if self.run_in else "",
            targets=found,
        )
        self.paper.parts[leaf].duties.extend(said)
        if self.style is not None and duty:
            self.paper.duty(leaf, self.style.pieces(field), own_line=self.style.own_line)
        return leaf

    def chapter(self, field: str, *, sections: int, items: int, **given: object) -> None:
        """One chapter: all levels above the lowest, then items."""
        author = self.author
        depths = len(self.schemes)
        titles = author.pick(field, "items", sections * items)
        if depths == 1:
            for title in titles:
                self.item(field, title, **({"negatives": int(author.rng.random() < 0.25)} | given))
            return
        self.head(0, author.pick(field, "chapters", 1)[0])
        if depths == 2:
            for title in titles:
                self.item(field, title, **({"negatives": int(author.rng.random() < 0.25)} | given))
            return
        for n, section in enumerate(author.pick(field, "sections", sections)):
            self.head(1, section)
            for title in titles[n * items : (n + 1) * items]:
                self.item(field, title, **({"negatives": int(author.rng.random() < 0.25)} | given))


def paragraph(
    paper: Paper,
    author: Author,
    field: str,
    *,
    sentences: int = 3,
    targets: int = 1,
    opening: str = "",
    negatives: int = 0,
) -> int:
    text, found = author.passage(field, sentences=sentences, targets=targets, negatives=negatives)
    return paper.leaf("paragraph", opening + text, targets=found)


def task_table(
    paper: Paper,
    author: Author,
    columns: tuple[str, ...],
    count: int,
    *,
    groups: int = 0,
    merged: bool = False,
    header_every: int = 0,
) -> None:
    """A table of tasks; the columns' names say what stands in them."""
    rng = author.rng
    head = [[Run(name, paper.part("table_header"), "other")] for name in columns]
    rows = [head]
    fields = author.fields(max(groups, 1))
    per = -(-count // len(fields))
    serial = 0
    for n, field in enumerate(fields):
        if groups:
            paper.close(0)
            marker, ordinal = MARKERS["一、"](n + 1)
            title = author.pick(field, "chapters", 1)[0]
            part = paper.part("heading", ordinal=ordinal, path=paper.path())
            rows.append([[Run(marker, part, "marker"), Run(title, part, "heading")]])
            paper.headings.append((0, part))
        titles = author.pick(field, "items", per)
        previous = ""
        for title in titles:
            serial += 1
            if header_every and serial > 1 and serial % header_every == 1:
                rows.append([[Run(name, paper.part("table_header"), "other")] for name in columns])
            rows.append(
                _task_row(
                    paper,
                    author,
                    columns,
                    field,
                    previous if merged and previous and rng.random() < 0.4 else title,
                    serial,
                )
            )
            previous = "".join(
                run.text for cell, name in zip(rows[-1], columns, strict=True) for run in cell if run.role == "heading"
            )
    paper.table(rows)
    paper.close(0)


TASK_NAMES = ("重点任务", "工作任务", "任务名称", "项目名称", "主要任务", "目标任务")
MEASURE_NAMES = ("工作举措", "具体措施", "工作内容", "重点工作内容", "主要措施", "建设内容")
GOAL_NAMES = ("工作目标", "年度目标", "预期目标", "目标要求")
LEAD_NAMES = ("牵头单位", "牵头部门", "主办单位", "牵头责任单位", "牵头部门")
HELP_NAMES = ("配合单位", "协办单位", "参与单位", "配合部门")
RESP_NAMES = ("责任单位", "责任部门", "承办单位")
TIME_NAMES = ("完成时限", "时限要求", "完成时间", "时间节点")
PERSON_NAMES = ("责任人", "责任领导", "联系人")


def _task_row(paper: Paper, author: Author, columns, field: str, title: str, serial: int) -> list[list[Run]]:
    rng = author.rng
    has_measures = any(name in MEASURE_NAMES for name in columns)
    has_goals = any(name in GOAL_NAMES for name in columns)
    names = author.bodies(field, rng.randint(2, 4))
    leaf = paper.part("task", ordinal=str(serial) if "序号" in columns else "", path=paper.path())
    part = paper.parts[leaf]
    row = []
    for name in columns:
        if name == "序号":
            row.append([Run(str(serial), leaf, "marker")])
        elif name in TASK_NAMES:
            if has_measures or has_goals:
                row.append([Run(title, leaf, "heading")])
            else:
                text, found = author.passage(field, sentences=1, targets=1)
                part.targets.extend(found)
                row.append([Run(text, leaf)])
        elif name in MEASURE_NAMES:
            text, found = author.passage(field, sentences=2, targets=0 if has_goals else 1)
            part.targets.extend(found)
            row.append([Run(text, leaf)])
        elif name in GOAL_NAMES:
            text, found = author.passage(field, sentences=0, targets=1)
            part.targets.extend(found)
            row.append([Run(text, leaf, "outcome")])
        elif name in LEAD_NAMES:
            part.duties.append(Duty("lead", names[0]))
            row.append([Run(names[0], paper.part("duty"), "names")])
        elif name in HELP_NAMES:
            rest = names[1:] + ([author.region.locals_] if rng.random() < 0.3 else [])
            part.duties.extend(Duty("support", one) for one in rest)
            row.append([Run("、".join(rest), paper.part("duty"), "names")])
        elif name in RESP_NAMES:
            rest = names[1:] if any(column in LEAD_NAMES for column in columns) else names
            part.duties.extend(Duty("responsible", one) for one in rest)
            row.append([Run("、".join(rest), paper.part("duty"), "names")])
        elif name in TIME_NAMES:
            limit = rng.choice(
                (
                    f"{author.year}年12月底",
                    f"{author.year}年{rng.randint(3, 11)}月",
                    f"{author.year + 1}年6月底前",
                    "持续推进",
                )
            )
            row.append([Run(limit, paper.part("deadline"), "other")])
        elif name in PERSON_NAMES:
            row.append(
                [
                    Run(
                        rng.choice("赵钱孙李周") + rng.choice(("明", "国华", "晓东", "丽")),
                        paper.part("person"),
                        "other",
                    )
                ]
            )
        else:
            row.append([Run("", paper.part("cell"), "other")])
    part.targets[:] = [type(t)(t.value, t.value_high, t.unit, t.comparator, "?") for t in part.targets]
    return row
