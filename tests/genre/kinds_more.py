"""Further kinds: parts and chapters of a five-year plan, items with text above sub-items, joint notices, replies, merged tables."""

from __future__ import annotations

from .duty_styles import Duties
from .paper import Block, Duty, Paper, Run
from .parts import MARKERS, Outline, notice, number, paragraph, preamble, task_table
from .prose import Author


def five_year_plan(author: Author) -> Paper:
    """规划纲要: 第X篇/章/节 over un-numbered paragraphs, boxes between."""
    rng, paper = author.rng, Paper("five_year_plan")
    paper.line(
        "title", f"{author.region.name}国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", style="title"
    )
    chapter = 0
    for n, field in enumerate(author.fields(3), 1):
        han = "一二三四五六七八九"
        paper.heading(0, f"第{han[n - 1]}篇", han[n - 1], author.pick(field, "chapters", 1)[0], blank="　", indent="")
        for section in author.pick(field, "sections", 2):
            chapter += 1
            paper.heading(1, f"第{han[chapter - 1]}章", han[chapter - 1], section, blank="　", indent="")
            if rng.random() < 0.5:
                paragraph(paper, author, field, sentences=2, targets=1)
            for k, title in enumerate(author.pick(field, "items", 2), 1):
                paper.heading(2, f"第{han[k - 1]}节", han[k - 1], title, blank="　", indent="")
                for _ in range(rng.randint(1, 2)):
                    paragraph(paper, author, field, sentences=2, targets=1)
            paper.close(2)
    paper.close(0)
    return paper


def text_above_items(author: Author) -> Paper:
    """A run-in heading, a paragraph behind it, and numbered items below: heading, paragraph, items."""
    rng, paper = author.rng, Paper("text_above_items")
    paper.line("title", f"{author.region.name}{rng.choice(author.bank.TOPICS)}高质量发展实施方案", style="title")
    for n, field in enumerate(author.fields(3), 1):
        paper.heading(0, *MARKERS["一、"](n), author.pick(field, "chapters", 1)[0])
        titles = author.pick(field, "items", 8)
        for m, section in enumerate(author.pick(field, "sections", 2), 1):
            marker, ordinal = MARKERS["（一）"](m)
            head = paper.part("heading", ordinal=ordinal, path=paper.path())
            paper.headings.append((1, head))
            text, found = author.passage(field, sentences=2, targets=1)
            body = paper.part("paragraph", path=paper.path(), targets=found)
            paper.blocks.append(
                Block(
                    [Run(marker, head, "marker"), Run(section + "。", head, "heading"), Run(text, body)], indent="　　"
                )
            )
            for k, title in enumerate(titles[(m - 1) * 3 : m * 3], 1):
                text, found = author.passage(field, sentences=1, targets=1)
                paper.leaf("measure", text, marker=f"{k}.", ordinal=str(k), heading=title, targets=found)
            paper.close(1)
    paper.close(0)
    return paper


def joint_notice(author: Author) -> Paper:
    """Several departments write to theirs below; numbered demands; their seals below."""
    rng, paper = author.rng, Paper("joint_notice")
    field, *others = author.fields(5)
    bodies = author.bodies(field, 3, naming="full")
    topic = rng.choice(author.bank.TOPICS)
    for body in bodies:
        paper.line("title", body, style="title")
    paper.line("title", f"关于进一步加强{topic}有关工作的通知", style="title")
    paper.line("number", number(author), style="title")
    paper.line("salutation", "各有关单位：")
    paper.line("notice", f"为推动{topic}政策落地见效，现将有关事项通知如下。", indent="　　", optional=True)
    for n, name in enumerate((field, *others), 1):
        marker, ordinal = MARKERS["一、"](n)
        if n % 2:
            text, found = author.passage(name, sentences=3, targets=1)
            paper.leaf(
                "measure", text, marker=marker, ordinal=ordinal, heading=author.pick(name, "items", 1)[0], targets=found
            )
            continue
        paper.heading(0, marker, ordinal, author.pick(name, "chapters", 1)[0])
        for k, title in enumerate(author.pick(name, "items", 3), 1):
            text, found = author.passage(name, sentences=2, targets=1)
            paper.leaf(
                "measure", text, marker=f"（{'一二三'[k - 1]}）", ordinal="一二三"[k - 1], heading=title, targets=found
            )
        paper.close(0)
    paper.line("signature", "　".join(bodies), style="right")
    paper.line("date", f"{author.year}年8月{rng.randint(1, 28)}日", style="right")
    return paper


def reply(author: Author) -> Paper:
    """批复: short numbered answers."""
    rng, paper = author.rng, Paper("reply")
    topic = rng.choice(author.bank.TOPICS)
    paper.line("title", f"{author.region.name}人民政府关于{topic}规划的批复", style="title")
    paper.line("number", number(author), style="title")
    paper.line("salutation", "有关部门：")
    paper.line("notice", "你们《关于报请审批规划的请示》收悉。现批复如下：", indent="　　", optional=True)
    for n, field in enumerate(author.fields(5), 1):
        text, found = author.passage(field, sentences=2, targets=1)
        paper.leaf("measure", text, marker=f"{'一二三四五'[n - 1]}、", ordinal="一二三四五"[n - 1], targets=found)
    paper.line("signature", f"{author.region.name}人民政府", style="right")
    paper.line("date", f"{author.year}年10月{rng.randint(10, 28)}日", style="right")
    return paper


def limits_in_brackets(author: Author) -> Paper:
    """（责任单位：…；完成时限：…) behind each item, or A（牵头）、B、C."""
    rng, paper = author.rng, Paper("limits_in_brackets")
    notice(paper, author, f"{author.region.name}{author.year}年{rng.choice(author.bank.TOPICS)}重点工作分工方案")
    outline = Outline(paper, author, ("一、", "1."), run_on=rng.random() < 0.5)
    marked = rng.random() < 0.5
    for field in author.fields(4):
        outline.head(0, author.pick(field, "chapters", 1)[0])
        for title in author.pick(field, "items", 4):
            leaf = outline.item(field, title, duty=False)
            names = author.bodies(field, rng.randint(2, 4))
            part = paper.part("duty")
            limit = f"{author.year}年{rng.randint(6, 12)}月底前"
            if marked:
                words = f"（责任单位：{names[0]}（牵头）、{'、'.join(names[1:])}）"
                duties = [Duty("lead", names[0]), *(Duty("responsible", name) for name in names[1:])]
                paper.blocks[-1].runs.append(Run(words, part, "names"))
            else:
                duties = [Duty("responsible", name) for name in names]
                paper.blocks[-1].runs += [
                    Run(f"（责任单位：{'、'.join(names)}", part, "names"),
                    Run(f"；完成时限：{limit}）", paper.part("deadline"), "names"),
                ]
            paper.parts[leaf].duties.extend(duties)
            paper.parts[leaf].targets[:] = [
                type(t)(t.value, t.value_high, t.unit, t.comparator) for t in paper.parts[leaf].targets
            ]
    paper.close(0)
    return paper


def breakdowns(author: Author) -> Paper:
    """Tasks shared out over places: …1200个，其中A市300个、B市200个."""
    from .paper import Target

    rng, paper = author.rng, Paper("breakdowns")
    paper.line("title", f"{author.region.name}{author.year}年{rng.choice(author.bank.TOPICS)}任务计划", style="title")
    things = author.bank.SHARED
    outline = Outline(paper, author, ("一、", "（一）"))
    for field in author.fields(3):
        outline.head(0, author.pick(field, "chapters", 1)[0])
        for title, (words, unit) in zip(author.pick(field, "items", 4), rng.sample(things, 4), strict=True):
            marker, ordinal = outline.mark(1)
            low, high = rng.randint(20, 90), rng.randint(20, 90)
            whole = low + high + rng.randint(0, 60)
            first, second = rng.sample(author.region.places, 2)
            form = rng.choice(
                (
                    "全{S}{words}{whole}{unit}，其中{a}{low}{unit}、{b}{high}{unit}。",
                    "{words}{whole}{unit}（{a}{low}{unit}、{b}{high}{unit}）。",
                )
            )
            text = form.format(
                S=author.region.prefix, words=words, whole=whole, unit=unit, a=first, b=second, low=low, high=high
            )
            more, found = author.passage(field, sentences=1, targets=1)
            targets = [Target(float(value), None, unit, "=") for value in (whole, low, high)]
            paper.leaf("measure", more + text, marker=marker, ordinal=ordinal, heading=title, targets=found + targets)
    paper.close(0)
    return paper


def merged_tasks(author: Author) -> Paper:
    """A table whose task cell is merged over several rows, each with its own measures and bodies."""
    rng, paper = author.rng, Paper("merged_tasks")
    paper.line("title", f"{author.region.name}{rng.choice(author.bank.TOPICS)}任务分解表", style="title")
    columns = rng.choice(
        (
            ("序号", "重点任务", "具体措施", "牵头单位", "配合单位"),
            ("序号", "主要任务", "工作内容", "责任单位", "完成时限"),
        )
    )
    rows = [[[Run(name, paper.part("table_header"), "other")] for name in columns]]
    serial = 0
    for field in author.fields(4):
        for title in author.pick(field, "items", 2):
            for k in range(rng.randint(1, 3)):
                serial += 1
                leaf = paper.part("task", ordinal=str(serial), path=paper.path())
                text, found = author.passage(field, sentences=1, targets=1)
                paper.parts[leaf].targets = [type(t)(t.value, t.value_high, t.unit, t.comparator) for t in found]
                names = author.bodies(field, 3)
                task = Run(title, leaf, "heading" if k == 0 else "above")
                if columns[3] == "牵头单位":
                    paper.parts[leaf].duties = [Duty("lead", names[0]), *(Duty("support", name) for name in names[1:])]
                    rest = [names[0], "、".join(names[1:])]
                else:
                    paper.parts[leaf].duties = [Duty("responsible", name) for name in names]
                    rest = ["、".join(names), f"{author.year}年12月"]
                kinds = ("duty", "duty") if columns[3] == "牵头单位" else ("duty", "deadline")
                rows.append(
                    [
                        [Run(str(serial), leaf, "marker")],
                        [task],
                        [Run(text, leaf)],
                        *([Run(words, paper.part(kind), "names")] for words, kind in zip(rest, kinds, strict=True)),
                    ]
                )
    paper.table(rows)
    return paper


def table_over_pages(author: Author) -> Paper:
    """A long table whose header is repeated, with chapters as merged rows and a row 合计."""
    rng, paper = author.rng, Paper("table_over_pages")
    title = f"{author.region.name}{author.year}年度{rng.choice(author.bank.TOPICS)}项目计划表"
    notice(paper, author, title)
    task_table(paper, author, ("序号", "工作任务", "责任单位", "完成时限"), 24, groups=3, header_every=9)
    return paper


def reward_measures(author: Author) -> Paper:
    """若干措施 full of grants and rates: few of the numbers are targets."""
    rng, paper = author.rng, Paper("reward_measures")
    paper.line("title", f"{author.region.name}支持{rng.choice(author.bank.TOPICS)}的若干政策措施", style="title")
    preamble(paper, author)
    duties = Duties(author, rng.choice(("shared", "resp", "solo")))
    for n in range(1, 13):
        field = author.fields(1)[0]
        words, targets = "", []
        for template in (
            author.pick(field, "plain", 1) + author.pick(field, "not", 1) + author.pick(field, "targets", n % 2)
        ):
            text, found = author.fill(template)
            words += text
            targets += found
        leaf = paper.leaf(
            "measure", words, marker=f"{n}.", ordinal=str(n), heading=author.pick(field, "items", 1)[0], targets=targets
        )
        paper.duty(leaf, duties.pieces(field), own_line=False)
    return paper


def traditional(author: Author) -> Paper:
    """A text in traditional characters."""
    rng, paper = author.rng, Paper("traditional")
    paper.line("title", author.bank.TRADITIONAL[0], style="title")
    rows = list(author.bank.TRADITIONAL[1:])
    rng.shuffle(rows)
    for n in range(1, 4):
        paper.heading(0, *MARKERS["一、"](n), ("完善基礎設施", "改善民生服務", "促進產業發展")[n - 1])
        for m, text in enumerate(rows[(n - 1) * 3 : n * 3], 1):
            paper.leaf("measure", text, marker=f"（{'一二三'[m - 1]}）", ordinal="一二三"[m - 1])
            paper.parts[-1].optional = True
    paper.close(0)
    return paper


KINDS = (
    five_year_plan,
    text_above_items,
    joint_notice,
    reply,
    limits_in_brackets,
    breakdowns,
    merged_tasks,
    table_over_pages,
    reward_measures,
    traditional,
)
