"""Kinds of document made of numbered headings: plans, opinions, lists of work, notices with demands."""

from __future__ import annotations

from .duty_styles import Duties
from .paper import Paper, Run
from .parts import MARKERS, Outline, foot, notice, paragraph, preamble, task_table
from .prose import Author


def _title(author: Author, form: str) -> str:
    topic = author.rng.choice(author.bank.TOPICS)
    return author.region.name + form.format(topic=topic, year=author.year)


def _general(paper: Paper, author: Author, *, goals: bool = True) -> None:
    """一、总体要求 with un-numbered paragraphs below （一）（二）."""
    rng = author.rng
    stop = rng.choice(("", "。"))
    paper.heading(0, "一、", "一", "总体要求")
    paper.heading(1, "（一）", "一", "指导思想" + stop)
    paper.leaf("paragraph", rng.choice(author.bank.GUIDING))
    if goals:
        paper.heading(1, "（二）", "二", rng.choice(("发展目标", "工作目标", "主要目标")) + stop)
        first, second = author.fields(2)
        paragraph(paper, author, first, sentences=1, targets=2)
        paragraph(paper, author, second, sentences=1, targets=1)
    paper.close(0)


def _safeguards(
    paper: Paper, author: Author, marker: tuple[str, str], *, depth: int = 0, inner: str = "（一）"
) -> None:
    paper.heading(depth, *marker, "保障措施")
    for n, (title, text) in enumerate(author.rng.sample(list(author.bank.SAFEGUARDS.items()), 3), 1):
        paper.leaf("measure", text, marker=MARKERS[inner](n)[0], ordinal=MARKERS[inner](n)[1], heading=title)
    paper.close(depth)


def four_levels(author: Author) -> Paper:
    """实施方案 with 一、（一）1.（1）."""
    rng, paper = author.rng, Paper("four_levels")
    notice(paper, author, _title(author, "{topic}实施方案"))
    preamble(paper, author)
    _general(paper, author)
    outline = Outline(paper, author, ("一、", "（一）", "1.", "（1）"), duties="lead_help")
    outline.counts[0] = 1
    for field in author.fields(3):
        outline.head(0, author.pick(field, "chapters", 1)[0])
        sections = author.pick(field, "sections", 3)
        titles = author.pick(field, "items", 8)
        outline.head(1, sections[0])
        outline.head(2, sections[2])
        for title in titles[:3]:
            outline.item(field, title, sentences=1)
        outline.head(2, titles[7])
        for title in titles[3:5]:
            outline.item(field, title, sentences=1)
        outline.head(1, sections[1])
        outline.head(2, titles[5])
        for title in titles[5:7]:
            outline.item(field, title + "工作", sentences=1, targets=rng.choice((0, 1)))
    _safeguards(paper, author, MARKERS["一、"](5))
    return paper


def three_levels(author: Author) -> Paper:
    """实施方案 with 一、（一）1. and duties in brackets."""
    paper = Paper("three_levels")
    notice(paper, author, _title(author, "“十四五”{topic}实施方案"))
    preamble(paper, author)
    _general(paper, author)
    outline = Outline(
        paper,
        author,
        ("一、", "（一）", "1."),
        duties=author.rng.choice(("resp", "resp_square", "with_locals", "lead_shared")),
    )
    outline.counts[0] = 1
    for field in author.fields(4):
        outline.chapter(field, sections=2, items=3, negatives=author.rng.choice((0, 1)))
    _safeguards(paper, author, MARKERS["一、"](6))
    foot(paper, author)
    return paper


def skipped_levels(author: Author) -> Paper:
    """一、 then 1. ; in another chapter （1） at once; the next has a sole level."""
    paper = Paper("skipped_levels")
    paper.line("title", _title(author, "{topic}三年行动方案"), style="title")
    preamble(paper, author)
    for n, (field, scheme) in enumerate(zip(author.fields(4), ("1.", "1.", "（1）", "（1）"), strict=True), 1):
        outline = Outline(paper, author, ("一、", scheme), duties="shared")
        outline.counts[0] = n - 1
        outline.chapter(field, sections=1, items=5)
    return paper


def running_on(author: Author) -> Paper:
    """Items numbered on through the whole text, beneath chapters and sections."""
    paper = Paper("running_on")
    notice(paper, author, _title(author, "{topic}工作方案"))
    outline = Outline(paper, author, ("一、", "（一）", "1."), duties="lead_resp", run_on=True)
    for field in author.fields(4):
        outline.chapter(field, sections=2, items=3)
    return paper


def sections_run_on(author: Author) -> Paper:
    """（一）…（十五） runs on through 一、二、三、: the usual form of 意见 and 若干措施."""
    paper = Paper("sections_run_on")
    paper.line("title", _title(author, "人民政府关于促进{topic}的若干意见"), style="title")
    paper.line("salutation", "各有关单位：")
    preamble(paper, author)
    outline = Outline(
        paper, author, ("一、", "（一）"), duties=author.rng.choice(("", "shared", "by_take_part")), run_on=True
    )
    for field in author.fields(5):
        outline.chapter(field, sections=1, items=4, sentences=3, negatives=1)
    paper.line("signature", author.region.name + "人民政府", style="right")
    paper.line("date", f"{author.year}年3月18日", style="right")
    return paper


def decimals(author: Author) -> Paper:
    """A plan numbered 1 / 1.1 / 1.1.1 with its table of contents before."""
    rng, paper = author.rng, Paper("decimals")
    paper.line("title", _title(author, "{topic}专项规划（2021—2025年）"), style="title")
    paper.line("contents", "目　录", style="title")
    fields = author.fields(4)
    plan = []
    for a, field in enumerate(fields, 1):
        plan.append((f"{a}", author.pick(field, "chapters", 1)[0], field, 0))
        sections = author.pick(field, "sections", 2)
        titles = author.pick(field, "items", 6)
        for b, section in enumerate(sections, 1):
            plan.append((f"{a}.{b}", section, field, 1))
            for c, title in enumerate(titles[(b - 1) * 3 : b * 3], 1):
                plan.append((f"{a}.{b}.{c}", title, field, 2))
    page = 1
    dots = rng.choice(("…………", "........", "\t", "　　　　"))
    for mark, title, _, depth in plan:
        if depth < 2:
            paper.line("contents", f"{mark} {title}{dots}{page}", indent="  " * depth)
            page += rng.randint(0, 2)
    for mark, title, field, depth in plan:
        if depth < 2:
            paper.heading(depth, mark + " ", mark, title, indent="")
        else:
            paper.heading(2, mark + " ", mark, title, indent="")
            paragraph(paper, author, field, sentences=3, targets=1)
    paper.close(0)
    return paper


def _block(runs: list[Run], indent: str = ""):
    from .paper import Block

    return Block(runs, indent=indent)


def one_is_inline(author: Author) -> Paper:
    """一是…二是… within a paragraph: stays one leaf."""
    rng, paper = author.rng, Paper("one_is_inline")
    paper.line("title", _title(author, "{year}年{topic}工作情况汇报"), style="title")
    for n, field in enumerate(author.fields(3), 1):
        paper.heading(0, *MARKERS["一、"](n), author.pick(field, "chapters", 1)[0])
        for m, title in enumerate(author.pick(field, "items", 3), 1):
            words, targets = "", []
            for lead, template in zip(
                ("一是", "二是", "三是"), author.pick(field, "plain", 2) + author.pick(field, "targets", 1), strict=True
            ):
                text, found = author.fill(template)
                words += lead + text
                targets += found
            paper.leaf(
                "measure",
                words,
                marker=MARKERS["（一）"](m)[0],
                ordinal=MARKERS["（一）"](m)[1],
                heading=title,
                targets=targets,
            )
        text, found = author.passage(field, sentences=2)
        paper.close(0)
    paper.heading(0, *MARKERS["一、"](4), "下一步打算")
    for template, order in zip(author.pick(author.fields(1)[0], "plain", 2), (("首先，", "其次，"),) * 2, strict=True):
        text, found = author.fill(template)
        paper.leaf("paragraph", order[0] + text + order[1] + rng.choice(author.bank.GUIDING), targets=found)
    paper.close(0)
    return paper


def one_is_lines(author: Author) -> Paper:
    """Lines that each begin with 一是, 二是: measures."""
    paper = Paper("one_is_lines")
    paper.line(
        "title", f"关于加强{author.region.name}{author.rng.choice(author.bank.TOPICS)}工作的情况报告", style="title"
    )
    for n, field in enumerate(author.fields(4), 1):
        paper.heading(0, *MARKERS["一、"](n), author.pick(field, "chapters", 1)[0])
        for m, template in enumerate(author.pick(field, "plain", 3) + author.pick(field, "targets", 1), 1):
            text, found = author.fill(template)
            mark = "一二三四"[m - 1]
            paper.leaf("measure", text, marker=f"{mark}是", ordinal=mark, targets=found)
    paper.close(0)
    return paper


def boxes(author: Author) -> Paper:
    """专栏 boxes between the numbered items."""
    rng, paper = author.rng, Paper("boxes")
    paper.line("title", _title(author, "“十四五”{topic}规划"), style="title")
    outline = Outline(paper, author, ("一、", "（一）"))
    for box, field in enumerate(author.fields(4), 1):
        outline.head(0, author.pick(field, "chapters", 1)[0])
        titles = author.pick(field, "items", 4)
        for title in titles[:3]:
            outline.item(field, title, sentences=2)
        name = f"专栏{box}" + rng.choice((" ", "　")) + f"{titles[3]}重点工程"
        part = paper.part("heading", path=paper.path())
        paper.blocks.append(_block([Run(name, part, "heading")]))
        paper.headings.append((5, part))
        for m, template in enumerate(author.pick(field, "targets", 3), 1):
            text, found = author.fill(template.lstrip("@"))
            paper.leaf(
                "measure",
                text,
                marker=f"{m}.",
                ordinal=str(m),
                heading=author.pick(field, "sections", 3)[m - 1],
                targets=found,
            )
        paper.close(5)
    paper.close(0)
    return paper


def own_demands(author: Author) -> Paper:
    """A 通知 with numbered demands of its own."""
    rng, paper = author.rng, Paper("own_demands")
    topic = rng.choice(author.bank.TOPICS)
    paper.line("title", f"关于做好{author.year}年{topic}有关工作的通知", style="title")
    paper.line("number", f"{author.region.sign}〔{author.year}〕{rng.randint(1, 60)}号", style="title")
    paper.line("salutation", f"{author.region.locals_.removesuffix('人民政府')}，各有关部门：".replace("，，", "，"))
    paper.line(
        "notice",
        f"为进一步做好{topic}工作，经{author.region.shire}政府同意，现就有关事项通知如下：",
        indent="　　",
        optional=True,
    )
    for n, field in enumerate(author.fields(5), 1):
        text, found = author.passage(field, sentences=3)
        paper.leaf(
            "measure",
            text,
            marker=f"{'一二三四五'[n - 1]}、",
            ordinal="一二三四五"[n - 1],
            heading=author.pick(field, "items", 1)[0],
            targets=found,
        )
    paper.line("signature", author.region.name + "人民政府办公室", style="right")
    paper.line("date", f"{author.year}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日", style="right")
    return paper


def work_points(author: Author) -> Paper:
    """工作要点: chapters, and items numbered on, a paragraph each, duty at the end of each."""
    paper = Paper("work_points")
    paper.line("title", _title(author, "{year}年{topic}工作要点"), style="title")
    preamble(paper, author)
    outline = Outline(
        paper, author, ("一、", "1."), duties=author.rng.choice(("shared", "solo", "others")), run_on=True, run_in=False
    )
    for field in author.fields(5):
        outline.chapter(field, sections=1, items=4, sentences=2, targets=author.rng.choice((0, 1)))
    return paper


def own_line_duties(author: Author) -> Paper:
    """A list of tasks with duty lines of their own below each."""
    paper = Paper("own_line_duties")
    notice(paper, author, _title(author, "{year}年{topic}重点任务清单"))
    style = author.rng.choice(Duties.OWN_LINE)
    outline = Outline(
        paper, author, ("一、", "1."), duties=style, run_on=author.rng.random() < 0.7, run_in=author.rng.random() < 0.5
    )
    for field in author.fields(5):
        outline.chapter(field, sections=1, items=4, sentences=2)
    return paper


def first_leads(author: Author) -> Paper:
    """列第一位者为牵头单位."""
    rng, paper = author.rng, Paper("first_leads")
    notice(paper, author, _title(author, "{topic}若干措施"))
    paper.line(
        "note",
        rng.choice(("（各项任务责任单位中，列第一位者为牵头单位）", "（责任单位列首位的为牵头单位，下同）")),
        optional=True,
    )
    outline = Outline(paper, author, ("一、", "（一）"), run_on=True, duties="resp")
    for field in author.fields(4):
        outline.chapter(field, sections=1, items=4)
    from .paper import Duty

    for part in paper.parts:
        part.duties[:] = [Duty("lead" if n == 0 else "responsible", duty.agency) for n, duty in enumerate(part.duties)]
    return paper


def run_in_headings(author: Author) -> Paper:
    """（一）加强…。text: no line ever ends with its heading; 一、 carries a heading only."""
    paper = Paper("run_in_headings")
    paper.line("title", _title(author, "推进{topic}的实施意见"), style="title")
    preamble(paper, author)
    outline = Outline(
        paper, author, ("一、", "（一）"), duties=author.rng.choice(("", "guided", "labels", "places_once"))
    )
    for field in author.fields(5):
        outline.chapter(field, sections=1, items=4, sentences=4, targets=2)
    _closing(paper, author)
    return paper


def _closing(paper: Paper, author: Author) -> None:
    paper.leaf("paragraph", author.rng.choice(author.bank.CLOSINGS))


def own_paragraphs(author: Author) -> Paper:
    """Items of several paragraphs, a lead-in before a list, dashes below items."""
    rng, paper = author.rng, Paper("own_paragraphs")
    paper.line("title", _title(author, "{topic}提升行动方案"), style="title")
    preamble(paper, author)
    outline = Outline(paper, author, ("一、", "（一）"))
    for field in author.fields(4):
        outline.head(0, author.pick(field, "chapters", 1)[0])
        for n, title in enumerate(author.pick(field, "items", 4)):
            leaf = outline.item(field, title, sentences=2)
            if n % 2 == 0:
                text, found = author.passage(field, sentences=2, targets=1)
                paper.more(leaf, text, targets=found)
            elif rng.random() < 0.7:
                for template in author.pick(field, "plain", 2):
                    text, found = author.fill(template)
                    paper.more(leaf, "——" + text, targets=found)
    paper.close(0)
    return paper


def bullets(author: Author) -> Paper:
    """Dashes and dots in sections that have no numbered items."""
    rng, paper = author.rng, Paper("bullets")
    paper.line("title", _title(author, "{topic}发展纲要"), style="title")
    dash = rng.choice(("——", "● ", "▪ ", "· ", "—— "))
    for n, field in enumerate(author.fields(4), 1):
        paper.heading(0, *MARKERS["一、"](n), author.pick(field, "chapters", 1)[0])
        paragraph(paper, author, field, sentences=2, targets=1)
        for template in author.pick(field, "plain", 2) + author.pick(field, "targets", 2):
            text, found = author.fill(template)
            paper.leaf("paragraph", dash + text, targets=found)
    paper.close(0)
    return paper


def lead_ins(author: Author) -> Paper:
    """Sections that open with …如下： before the numbered items."""
    rng, paper = author.rng, Paper("lead_ins")
    paper.line("title", _title(author, "{year}年{topic}任务分解方案"), style="title")
    outline = Outline(paper, author, ("一、", "（一）", "1."), duties=rng.choice(("corner", "prefix_once")))
    for field in author.fields(3):
        outline.head(0, author.pick(field, "chapters", 1)[0])
        paper.line("lead", rng.choice(("重点抓好以下工作：", "主要任务如下：", "主要包括以下方面：")), indent="　　")
        for section in author.pick(field, "sections", 2):
            outline.head(1, section)
            for title in author.pick(field, "items", 3):
                outline.item(field, title, sentences=2)
    paper.close(0)
    return paper


def two_provinces(author: Author) -> Paper:
    """Joint plan of two provinces: 两省水利厅, 甲、乙两市."""
    from .paper import Duty
    from .prose import Region

    rng, paper = author.rng, Paper("two_provinces")
    one, two = rng.choice(author.bank.PAIRS)
    author.region = Region(one[0], "p", "省", "", one[1] + two[1], "有关市人民政府")
    offices = (one[0] + "人民政府办公厅", two[0] + "人民政府办公厅")
    paper.line("title", "　".join(offices), style="title")
    paper.line("title", f"关于印发{one[0]}{two[0]}毗邻地区协同发展实施方案的通知", style="title")
    paper.line("salutation", "有关市人民政府，省政府有关部门：")
    paper.line(
        "notice",
        f"《{one[0]}{two[0]}毗邻地区协同发展实施方案》已经{one[0]}、{two[0]}人民政府同意，现印发给你们，请认真贯彻执行。",
        indent="　　",
    )
    for name in offices:
        paper.line("signature", name, style="right")
    paper.line("date", f"{author.year}年5月9日", style="right")
    paper.line("title", f"{one[0]}{two[0]}毗邻地区协同发展实施方案", style="title")
    outline = Outline(paper, author, ("一、", "（一）"))
    for field in author.fields(4):
        outline.head(0, author.pick(field, "chapters", 1)[0])
        keys = [key for key in author.bank.FIELDS[field]["bodies"] if not author.bank.BODIES[key][0].startswith("委")]
        for title in author.pick(field, "items", 4):
            leaf = outline.item(field, title, duty=False)
            a, b = rng.sample(sorted({author.bank.BODIES[key][0] for key in keys}), 2)
            lead = [one[1][0] + "政府", two[1][0] + "政府"]
            words = f"{one[1][0]}、{two[1][0]}政府牵头，两省{a}、省{b}等部门按职责分工负责"
            duties = [Duty("lead", name) for name in lead]
            duties += [Duty("responsible", province + body) for body in (a, b) for province in (one[0], two[0])]
            paper.duty(leaf, [("责任单位：", words, ("（", "）"), duties, "duty")], own_line=False)
    paper.close(0)
    return paper


def circled(author: Author) -> Paper:
    """① items below （1）."""
    paper = Paper("circled")
    paper.line("title", _title(author, "{topic}实施细则任务表"), style="title")
    outline = Outline(paper, author, ("一、", "1.", "①"), run_in=False, duties="lead_help")
    for field in author.fields(3):
        outline.chapter(field, sections=2, items=3, sentences=1)
    return paper


def with_annexes(author: Author) -> Paper:
    """A 通知 that transmits a plan; two annexes with numbering of their own, one of them a table."""
    rng, paper = author.rng, Paper("with_annexes")
    first, second = f"{author.year}年重点工作任务分工", f"{author.year}年重点项目清单"
    title = _title(author, "{topic}攻坚行动方案")
    notice(paper, author, title, annexes=(first, second))
    preamble(paper, author)
    outline = Outline(paper, author, ("一、", "（一）"), duties="labels")
    for field in author.fields(3):
        outline.chapter(field, sections=1, items=3)
    _safeguards(paper, author, MARKERS["一、"](4))
    paper.line("attachment", "附件1", style="p")
    paper.annex = paper.line("title", first, style="title")
    outline = Outline(paper, author, ("一、", "1."), duties="own_lead_resp")
    for field in author.fields(2):
        outline.chapter(field, sections=1, items=3, sentences=1)
    paper.close(0)
    paper.line("attachment", "附件2", style="p")
    paper.annex = paper.line("title", second, style="title")
    task_table(paper, author, ("序号", "项目名称", "建设内容", "责任单位", "完成时限"), 6)
    if rng.random() < 0.7:
        foot(paper, author)
    return paper


def annexes_only(author: Author) -> Paper:
    """A bare 通知; everything stands in its annexes, each numbered anew."""
    paper = Paper("annexes_only")
    names = ("攻坚任务清单", "工作专班职责", "考核办法要点")
    topic = author.rng.choice(author.bank.TOPICS)
    names = tuple(f"{author.region.name}{topic}{name}" for name in names)
    notice(paper, author, f"{topic}有关文件", annexes=names, title_again=False)
    for n, name in enumerate(names, 1):
        paper.close(0)
        paper.annex = None
        paper.line("attachment", f"附件{n}")
        paper.annex = paper.line("title", name, style="title")
        schemes = (("一、", "（一）"), ("一、",), ("1.",))[n - 1]
        outline = Outline(paper, author, schemes, duties=("resp", "", "")[n - 1], run_in=True)
        for field in author.fields(2):
            outline.chapter(field, sections=1, items=3, sentences=2)
    return paper


KINDS = (
    four_levels,
    three_levels,
    skipped_levels,
    running_on,
    sections_run_on,
    decimals,
    one_is_inline,
    one_is_lines,
    boxes,
    own_demands,
    work_points,
    own_line_duties,
    first_leads,
    run_in_headings,
    own_paragraphs,
    bullets,
    lead_ins,
    two_provinces,
    circled,
    with_annexes,
    annexes_only,
)
