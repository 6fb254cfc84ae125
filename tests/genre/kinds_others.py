"""Kinds of document that are no plan: rules in articles, tables, reports, minutes, web pages, prose."""

from __future__ import annotations

from .paper import Paper, Run
from .parts import MARKERS, Outline, foot, notice, number, office, paragraph, preamble, task_table
from .prose import Author


def _rules(paper: Paper, author: Author, count: int, start: int = 1) -> int:
    """Articles, some with further paragraphs and items; gives the number of the last one."""
    rng = author.rng
    rules = list(author.bank.RULES)
    rng.shuffle(rules)
    for n in range(start, start + count):
        words, targets = author.fill(rng.choice(rules) if len(rules) < 2 else rules.pop())
        marker, ordinal = MARKERS["条"](n)
        lead, *items = words.split("\n")
        leaf = paper.leaf("measure", lead, marker=marker + "　", ordinal=ordinal, targets=targets)
        paper.parts[leaf].open_duties = True  # who a law obliges: not asked for here
        for item in items:
            paper.more(leaf, item)
    return start + count


def measures_in_chapters(author: Author) -> Paper:
    """办法: 章, 条, with 款 and 项."""
    paper = Paper("measures_in_chapters")
    name = author.region.name + author.rng.choice(author.bank.RULED) + "管理办法"
    paper.line("title", name, style="title")
    paper.line(
        "note",
        f"（{author.year}年3月1日{author.region.name}人民政府第{author.rng.randint(3, 60)}次常务会议通过　自{author.year}年5月1日起施行）",
        style="title",
        optional=True,
    )
    n = 1
    for m, title in enumerate(("总则", "职责分工", "监督管理", "法律责任", "附则"), 1):
        paper.heading(0, f"第{'一二三四五'[m - 1]}章", "一二三四五"[m - 1], title, blank="　", indent="")
        if title == "总则":
            for text in (
                f"为了加强{author.region.shire}内有关管理工作，根据有关法律、法规，结合本{author.region.shire}实际，制定本办法。",
                f"本{author.region.shire}行政区域内的相关活动，适用本办法。",
            ):
                marker, ordinal = MARKERS["条"](n)
                paper.leaf("measure", text, marker=marker + "　", ordinal=ordinal)
                n += 1
        elif title == "附则":
            marker, ordinal = MARKERS["条"](n)
            paper.leaf(
                "measure",
                f"本办法自{author.year}年5月1日起施行。2009年12月1日发布的原办法同时废止。",
                marker=marker + "　",
                ordinal=ordinal,
            )
            n += 1
        else:
            n = _rules(paper, author, 4, n)
    paper.close(0)
    return paper


def regulation(author: Author) -> Paper:
    """条例: 章 and 节 above the articles, contents before."""
    paper = Paper("regulation")
    name = author.region.name + author.rng.choice(author.bank.RULED) + "条例"
    paper.line("title", name, style="title")
    chapters = ["总则", "规划与建设", "保护与利用", "附则"]
    paper.line("contents", "目　　录", style="title")
    for m, title in enumerate(chapters, 1):
        paper.line("contents", f"第{'一二三四'[m - 1]}章　{title}", indent="　　")
    n = 1
    for m, title in enumerate(chapters, 1):
        paper.heading(0, f"第{'一二三四'[m - 1]}章", "一二三四"[m - 1], title, blank="　", indent="")
        if m == 2:
            for k, section in enumerate(("一般规定", "特别规定"), 1):
                paper.heading(1, f"第{'一二'[k - 1]}节", "一二"[k - 1], section, blank="　", indent="")
                n = _rules(paper, author, 3, n)
            paper.close(1)
        elif m == 4:
            marker, ordinal = MARKERS["条"](n)
            paper.leaf("measure", "本条例自公布之日起施行。", marker=marker + "　", ordinal=ordinal)
        else:
            n = _rules(paper, author, 3, n)
    paper.close(0)
    return paper


def articles_only(author: Author) -> Paper:
    """A short 规定 of articles without chapters."""
    paper = Paper("articles_only")
    paper.line("title", author.region.name + author.rng.choice(author.bank.RULED) + "若干规定", style="title")
    paper.line("number", number(author), style="title")
    n = _rules(paper, author, 9)
    marker, ordinal = MARKERS["条"](n)
    paper.leaf("measure", "本规定由有关主管部门负责解释。", marker=marker + "　", ordinal=ordinal)
    return paper


def task_list(author: Author, columns: int = -1) -> Paper:
    """A table of tasks, with or without rows that are headings."""
    paper = Paper("task_list")
    rng = author.rng
    names = author.bank.TABLES[columns] if columns >= 0 else rng.choice(author.bank.TABLES)
    title = f"{author.region.name}{author.year}年{rng.choice(author.bank.TOPICS)}重点任务清单"
    if rng.random() < 0.6:
        notice(paper, author, title)
    else:
        paper.line("title", title, style="title")
    task_table(paper, author, names, rng.randint(10, 24), groups=rng.choice((0, 3)))
    return paper


def indicators(author: Author) -> Paper:
    """A plan with a table of indicators among its items."""
    rng, paper = author.rng, Paper("indicators")
    paper.line("title", f"{author.region.name}“十四五”{rng.choice(author.bank.TOPICS)}规划", style="title")
    outline = Outline(paper, author, ("一、", "（一）"))
    fields = author.fields(3)
    outline.chapter(fields[0], sections=1, items=3)
    paper.close(0)
    marker, ordinal = outline.mark(0)
    paper.heading(0, marker, ordinal, "主要指标")
    rows = [[[Run(name, paper.part("table_header"), "other")] for name in ("指标", "单位", "2020年", "2025年", "属性")]]
    for row in rng.sample(author.bank.INDICATORS, 6):
        part = paper.part("task", path=paper.path())
        rows.append([[Run(cell, part)] for cell in row])
        paper.parts[part].optional = True  # whether its numbers are targets is left open
    paper.table(rows)
    for field in fields[1:]:
        outline.chapter(field, sections=1, items=3)
    return paper


def work_report(author: Author) -> Paper:
    """政府工作报告: the past year's review and the goals of the coming one."""
    rng, paper = author.rng, Paper("work_report")
    paper.line("title", "政府工作报告", style="title")
    paper.line(
        "note",
        f"——{author.year}年1月12日在{author.region.name}第十四届人民代表大会第二次会议上",
        style="title",
        optional=True,
    )
    paper.line("salutation", "各位代表：")
    paper.line(
        "preamble",
        "现在，我代表本级人民政府，向大会报告工作，请予审议，并请政协委员和其他列席人员提出意见。",
        indent="　　",
        optional=True,
    )
    paper.heading(0, "一、", "一", f"{author.year - 1}年工作回顾")
    for field in author.fields(4):
        words = "".join(author.fill(text)[0] for text in author.bank.FIELDS[field]["past"][:2])
        words += author.rng.choice((*author.bank.GUIDING[:1], "成绩来之不易，凝结着全体干部群众的心血和汗水。"))
        paper.leaf("paragraph", words)
    paper.heading(0, "二、", "二", f"{author.year}年工作安排")
    for n, field in enumerate(author.fields(6), 1):
        text, found = author.passage(field, sentences=3, targets=2)
        paper.leaf(
            "measure",
            text,
            marker=MARKERS["（一）"](n)[0],
            ordinal=MARKERS["（一）"](n)[1],
            heading=author.pick(field, "chapters", 1)[0],
            targets=found,
        )
    paper.heading(0, "三、", "三", "加强政府自身建设")
    for text in rng.sample(author.bank.GUIDING, 2):
        paper.leaf("paragraph", text)
    paper.close(0)
    return paper


def minutes(author: Author) -> Paper:
    """会议纪要: what was agreed, numbered, with duties in the sentences."""
    rng, paper = author.rng, Paper("minutes")
    paper.line("title", f"{author.region.name}人民政府专题会议纪要", style="title")
    paper.line("number", f"〔{author.year}〕{rng.randint(1, 40)}号", style="title")
    paper.line(
        "preamble",
        f"{author.year}年4月11日，{author.region.shire}政府主要领导主持召开专题会议，研究{rng.choice(author.bank.TOPICS)}有关工作。现纪要如下：",
        indent="　　",
        optional=True,
    )
    from .duty_styles import Duties

    duties = Duties(author, "resp")
    for n, field in enumerate(author.fields(6), 1):
        text, found = author.passage(field, sentences=2)
        words, who = duties.sentence(field)
        leaf = paper.leaf(
            "measure",
            "会议议定，" + text + words,
            marker=f"{'一二三四五六'[n - 1]}、",
            ordinal="一二三四五六"[n - 1],
            targets=found,
        )
        paper.parts[leaf].duties.extend(who)
    names = "、".join(author.bodies(author.fields(1)[0], 3))
    paper.line("note", f"出席：{names}负责同志", optional=True)
    return paper


def web_page(author: Author) -> Paper:
    """Navigation, index table and footer of a website around a short plan."""
    rng, paper = author.rng, Paper("web_page")
    host = author.region.name + "人民政府"
    for words in (f"{host}门户网站", "首页 > 政务公开 > 政策文件 > 正文"):
        paper.line("navigation", words)
    for words in (
        f"索 引 号：11000000MB{rng.randint(10000, 99999)}/{author.year}-00{rng.randint(100, 999)}",
        f"发布机构：{office(author)}",
        f"成文日期：{author.year}-03-0{rng.randint(1, 9)}",
        f"发文字号：{number(author)}",
        "公开方式：主动公开",
    ):
        paper.line("index", words)
    title = f"{author.region.name}{rng.choice(author.bank.TOPICS)}工作实施意见"
    paper.line("title", title, style="title")
    paper.line(
        "index",
        f"发布时间：{author.year}-03-15 09:30　来源：{office(author)}　浏览次数：{rng.randint(100, 9000)}",
        optional=True,
    )
    for words in ("字号：大 中 小", "打印本页", "分享到："):
        paper.line("navigation", words)
    preamble(paper, author)
    outline = Outline(paper, author, ("一、", "（一）"), duties="shared")
    for field in author.fields(4):
        outline.chapter(field, sections=1, items=4)
    paper.line("signature", host, style="right")
    paper.line("date", f"{author.year}年3月9日", style="right")
    paper.line("note", "（责任编辑：王晓）", optional=True)
    paper.line("footer", f"主办：{office(author)}　承办：大数据中心")
    paper.line(
        "footer", f"版权所有　ICP备0500{rng.randint(1000, 9999)}号　网站标识码：{rng.randint(1000000000, 1999999999)}"
    )
    paper.line("footer", "联系我们 | 网站地图 | 关于我们")
    return paper


def unnumbered(author: Author) -> Paper:
    """A text without any numbers."""
    rng, paper = author.rng, Paper("unnumbered")
    paper.line("title", f"关于加强{author.region.name}{rng.choice(author.bank.TOPICS)}工作的通知", style="title")
    paper.line("salutation", "各有关单位：")
    from .duty_styles import Duties

    for n, field in enumerate(author.fields(6)):
        leaf = paragraph(paper, author, field, sentences=3, opening="要" if n else "")
        if n % 2:
            words, who = Duties(author, "resp").sentence(field)
            paper.blocks[-1].runs[-1].text += words
            paper.parts[leaf].duties.extend(who)
    paper.line("signature", office(author), style="right")
    paper.line("date", f"{author.year}年2月6日", style="right")
    return paper


def footnoted(author: Author) -> Paper:
    """Footnotes between the paragraphs and a page number at the foot."""
    rng, paper = author.rng, Paper("footnoted")
    paper.line("title", f"{author.region.name}{rng.choice(author.bank.TOPICS)}发展规划", style="title")
    outline = Outline(paper, author, ("一、", "（一）"))
    notes = list(author.bank.NOTES)
    for n, field in enumerate(author.fields(4), 1):
        outline.chapter(field, sections=1, items=3)
        note = notes[n % len(notes)]
        last = paper.blocks[-1].runs[-1]
        last.text = last.text[:-1] + chr(0x245F + n) + last.text[-1]
        paper.line("footnote", chr(0x245F + n) + " " + note)
        if rng.random() < 0.6:
            paper.line("page", f"— {n} —", style="title")
    paper.close(0)
    return paper


def people_first(author: Author) -> Paper:
    """民生实事: a flat list of tasks numbered 1–10 with duties in brackets."""
    paper = Paper("people_first")
    paper.line("title", f"{author.region.name}{author.year}年民生实事项目", style="title")
    outline = Outline(
        paper,
        author,
        (author.rng.choice(("1.", "1、", "一、", "（一）")),),
        duties="lead_help",
        run_in=author.rng.random() < 0.5,
    )
    for field in author.fields(5):
        outline.chapter(field, sections=1, items=2, sentences=1)
    return paper


def three_year(author: Author) -> Paper:
    """行动计划 with a subtitle, an annex table, 抄送 and 印发."""
    rng, paper = author.rng, Paper("three_year")
    topic = rng.choice(author.bank.TOPICS)
    paper.line("title", f"{author.region.name}{topic}三年行动计划", style="title")
    paper.line("title", f"（{author.year}—{author.year + 2}年）", style="title")
    preamble(paper, author)
    outline = Outline(
        paper, author, ("一、", "（一）", "1."), duties=rng.choice(("lead_help", "others", "with_locals"))
    )
    for field in author.fields(3):
        outline.chapter(field, sections=2, items=3)
    paper.close(0)
    paper.line("attachment", "附件", style="p")
    paper.annex = paper.line("title", f"{topic}年度任务表", style="title")
    task_table(paper, author, ("序号", "工作任务", "责任单位", "完成时限"), 8)
    foot(paper, author)
    return paper


KINDS = (
    measures_in_chapters,
    regulation,
    articles_only,
    task_list,
    indicators,
    work_report,
    minutes,
    web_page,
    unnumbered,
    footnoted,
    people_first,
    three_year,
)
