"""Which kinds of document are made with which damage, layout and format."""

from __future__ import annotations

from .make import KINDS

MIX: list[tuple[str, dict]] = [(kind, {}) for kind in KINDS]
MIX += [
    ("three_levels", {"layout": "lost"}),
    ("four_levels", {"layout": "lost"}),
    ("own_line_duties", {"layout": "lost"}),
    ("sections_run_on", {"layout": "indents"}),
    ("work_points", {"layout": "lost"}),
    ("measures_in_chapters", {"layout": "lost"}),
    ("running_on", {"layout": "page_lines"}),
    ("first_leads", {"layout": "indents"}),
    ("own_demands", {"layout": "lost"}),
    ("three_levels", {"layout": "wrap22"}),
    ("own_line_duties", {"layout": "wrap30"}),
    ("unnumbered", {"layout": "wrap38"}),
    ("work_report", {"layout": "wrap30"}),
    ("regulation", {"layout": "wrap38"}),
    ("own_paragraphs", {"layout": "wrap30"}),
    ("three_levels", {"layout": "pages"}),
    ("boxes", {"layout": "pages"}),
    ("measures_in_chapters", {"layout": "pages"}),
    ("own_line_duties", {"layout": "pages_blank"}),
    ("sections_run_on", {"layout": "pages"}),
    ("bullets", {"layout": "pages"}),
    ("three_levels", {"damages": ("width",)}),
    ("three_year", {"damages": ("half",)}),
    ("sections_run_on", {"damages": ("full",)}),
    ("decimals", {"damages": ("full",)}),
    ("own_line_duties", {"damages": ("blanks",)}),
    ("three_levels", {"damages": ("blanks",)}),
    ("running_on", {"damages": ("apart",)}),
    ("measures_in_chapters", {"damages": ("apart",)}),
    ("three_levels", {"layout": "blank_lines"}),
    ("work_points", {"layout": "many_blank_lines"}),
    ("bullets", {"layout": "blank_lines"}),
    ("three_levels", {"damages": ("ocr",)}),
    ("own_line_duties", {"damages": ("ocr",)}),
    ("first_leads", {"damages": ("ocr", "width")}),
    ("own_line_duties", {"damages": ("labels",)}),
    ("run_in_headings", {"damages": ("labels",)}),
    ("sections_run_on", {"damages": ("brackets",)}),
    ("three_levels", {"damages": ("brackets",)}),
    ("three_levels", {"layout": "cr"}),
    ("web_page", {"layout": "crlf"}),
    ("task_list", {"layout": "markdown"}),
    ("with_annexes", {"layout": "bare"}),
    ("annexes_only", {"layout": "bare"}),
]
MIX += [
    ("task_list", {"suffix": suffix, "columns": n})
    for n, suffix in enumerate((".html", ".docx", ".pdf", ".html", ".docx", ".txt", ".html", ".docx", ".pdf"))
]
MIX += [
    ("three_levels", {"suffix": ".html"}),
    ("own_line_duties", {"suffix": ".docx"}),
    ("measures_in_chapters", {"suffix": ".pdf"}),
    ("with_annexes", {"suffix": ".docx"}),
    ("run_in_headings", {"suffix": ".pdf"}),
    ("boxes", {"suffix": ".html"}),
    ("indicators", {"suffix": ".html"}),
    ("work_report", {"suffix": ".pdf"}),
    ("three_levels", {"encoding": "gb18030"}),
    ("work_points", {"encoding": "gbk"}),
    ("bullets", {"encoding": "utf-16"}),
    ("sections_run_on", {"encoding": "utf-16-le"}),
    ("people_first", {"encoding": "utf-8-sig"}),
]
MIX += [
    ("merged_tasks", {"suffix": ".html"}),
    ("merged_tasks", {"suffix": ".docx"}),
    ("merged_tasks", {"suffix": ".pdf"}),
    ("table_over_pages", {"suffix": ".docx"}),
    ("table_over_pages", {"suffix": ".pdf"}),
    ("five_year_plan", {"suffix": ".html"}),
    ("joint_notice", {"suffix": ".docx"}),
    ("limits_in_brackets", {"suffix": ".html"}),
    ("text_above_items", {"suffix": ".pdf"}),
    ("traditional", {"encoding": "big5"}),
    ("three_levels", {"layout": "lost", "damages": ("width", "ocr")}),
    ("own_line_duties", {"layout": "pages", "damages": ("blanks", "labels")}),
    ("running_on", {"layout": "pages", "damages": ("half",)}),
    ("three_levels", {"layout": "wrap30", "damages": ("ocr", "full")}),
    ("sections_run_on", {"layout": "lost", "damages": ("blanks",)}),
    ("limits_in_brackets", {"layout": "lost"}),
    ("limits_in_brackets", {"layout": "wrap22", "damages": ("width",)}),
    ("joint_notice", {"layout": "pages_blank"}),
    ("five_year_plan", {"layout": "wrap38"}),
    ("five_year_plan", {"layout": "pages"}),
    ("reward_measures", {"layout": "lost"}),
    ("breakdowns", {"damages": ("width", "blanks")}),
    ("first_leads", {"layout": "page_lines"}),
    ("people_first", {"layout": "lost"}),
    ("minutes", {"layout": "wrap30", "damages": ("half",)}),
    ("regulation", {"layout": "lost"}),
    ("articles_only", {"layout": "lost", "damages": ("blanks",)}),
]
MIX += [("three_levels", {"suffix": ".columns.pdf"}), ("regulation", {"suffix": ".columns.pdf"})]

# Read by OCR, seconds a page: only where asked for.
SCANS: list[tuple[str, dict]] = [("people_first", {"suffix": ".scan.pdf"}), ("reply", {"suffix": ".scan.pdf"})]
