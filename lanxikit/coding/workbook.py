"""The Excel file of one coder, and the key that says what the machine decided."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Mapping, Sequence
from math import ceil

import pandas as pd

from lanxikit.coding.guide import HOW_TO, choices
from lanxikit.messages import tr
from lanxikit.tables.coding import COMMENT

SHEET, GUIDE, KEY = "coding", "guide 说明", "machine"
LONGEST = 32_000  # characters; Excel cuts a cell at 32,767 without a word
WIDTHS = {"upper_text": 60, "lower_text": 60, "upper_heading": 28, "lower_heading": 28, COMMENT: 30, "coder": 10}
WIDTH, ANSWER_WIDTH = 18, 15
LINE, TALLEST = 15, 400  # points; Excel allows 409
UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML has no place for them
HEAD, ANSWER_HEAD, MACHINE_HEAD = "D9E1F2", "FFF2CC", "E7E6E6"


def workbook(
    context: pd.DataFrame, answers: Mapping[str, Mapping[str, str]], machine: pd.DataFrame | None = None
) -> bytes:
    """Return a coder's file.

    Parameters
    ----------
    context : DataFrame
        What the coder reads, a row a pair; columns become columns.
    answers : mapping
        The items to answer, as ``guide`` returns them.
    machine : DataFrame, optional
        The machine's part, put on the right. For a blind coder it is not given: what is only
        hidden is shown by one click.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    judgements = [()] * len(context) if machine is None else list(machine.itertuples(index=False))
    names = [*context.columns, *answers, *(() if machine is None else machine.columns)]
    first_machine = len(context.columns) + len(answers)
    wrapped, plain = Alignment(wrap_text=True, vertical="top"), Alignment(vertical="top")
    for column, name in enumerate(names, 1):
        chinese = answers[name]["zh"] if name in answers else _CHINESE.get(name, "")
        fill = ANSWER_HEAD if name in answers else MACHINE_HEAD if column > first_machine else HEAD
        head(sheet.cell(1, column), f"{name}\n{chinese}".rstrip(), fill)
        shape = sheet.column_dimensions[get_column_letter(column)]
        shape.width = WIDTHS.get(name, ANSWER_WIDTH if name in answers else WIDTH)
    rows = zip(context.itertuples(index=False), judgements, strict=True)
    for number, (read, judged) in enumerate(_bar(rows, len(context)), 2):
        for column, value in enumerate(read, 1):
            put(sheet.cell(number, column), value).alignment = wrapped
        for column in range(len(context.columns) + 1, first_machine + 1):
            sheet.cell(number, column).alignment = wrapped
        for column, value in enumerate(judged, first_machine + 1):
            put(sheet.cell(number, column), value).alignment = plain
        sheet.row_dimensions[number].height = height(dict(zip(context.columns, read, strict=True)))
    sheet.row_dimensions[1].height = 2.4 * LINE
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(context) + 1}"
    _dropdowns(sheet, names, answers, len(context))
    _guide_sheet(book.create_sheet(GUIDE), answers)
    return saved(book)


def key(judged: pd.DataFrame, title: str = KEY) -> bytes:
    """Return the file that holds a table as it stands: the machine's part, kept from the coders."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = title
    for column, name in enumerate(judged.columns, 1):
        head(sheet.cell(1, column), name, MACHINE_HEAD)
    for number, row in enumerate(judged.itertuples(index=False), 2):
        for column, value in enumerate(row, 1):
            put(sheet.cell(number, column), value)
    sheet.freeze_panes = "B2"
    return saved(book)


def saved(book) -> bytes:
    """Return a workbook as a file."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def put(cell, value: object):
    """Write a value so that it is shown as it stands: a text never becomes a formula."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return cell
    if not isinstance(value, str):
        cell.value = value.item() if hasattr(value, "item") else value
        return cell
    text = UNUSABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}… [{len(text) - LONGEST} characters more 余下字数]"
    cell.value = text
    if text.startswith(("=", "+", "-", "@", "\t", "\r")):
        cell.data_type, cell.quotePrefix = "s", True
    return cell


_CHINESE = {
    "pair": "条款对",
    "coder": "编码员",
    "upper_document": "上位文件",
    "upper_id": "上位条款号",
    "upper_heading": "上位标题",
    "upper_text": "上位条款",
    "lower_document": "下位文件",
    "lower_id": "下位条款号",
    "lower_heading": "下位标题",
    "lower_text": "下位条款",
    "machine_decision": "机器判断",
    "machine_probability": "机器概率",
    "machine_score": "机器得分",
}


def head(cell, text: str, fill: str) -> None:
    """Write the head of a column."""
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.value = text
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", start_color=fill)
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def height(read: Mapping[str, object], widths: Mapping[str, float] = WIDTHS) -> float:
    """Return the height of a row; Chinese characters are two columns wide."""
    lines = 1
    for name, value in read.items():
        if isinstance(value, str):
            wide = [sum(2 if ord(char) > 0x2E7F else 1 for char in line) for line in value.splitlines()]
            lines = max(lines, sum(max(ceil(width / (widths.get(name, WIDTH) - 1)), 1) for width in wide))
    return min(LINE * lines + 3, TALLEST)


def _dropdowns(sheet, names: Sequence[str], answers: Mapping[str, object], n_rows: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for item in answers:
        if item == COMMENT:
            continue
        letter = get_column_letter(names.index(item) + 1)
        offered = choices(item)
        rule = DataValidation("list", formula1=f'"{",".join(offered)}"', allow_blank=True, errorStyle="warning",
                              showErrorMessage=True)
        rule.errorTitle, rule.error = "coding", f"{' / '.join(offered)}"
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{n_rows + 1}")


def _guide_sheet(sheet, answers: Mapping[str, Mapping[str, str]]) -> None:
    from openpyxl.styles import Alignment

    wrapped = Alignment(wrap_text=True, vertical="top")
    table: list[tuple[str, ...]] = [("", "", chinese, english, "") for chinese, english in HOW_TO]
    table += [(name, row["zh"], row["about_zh"], row["about_en"], row["example"]) for name, row in answers.items()]
    for column, (name, width) in enumerate(_GUIDE_COLUMNS.items(), 1):
        head(sheet.cell(1, column), name, HEAD)
        sheet.column_dimensions["ABCDE"[column - 1]].width = width
    for number, cells in enumerate(table, 2):
        for column, text in enumerate(cells, 1):
            put(sheet.cell(number, column), text or None).alignment = wrapped
    sheet.freeze_panes = "A2"


_GUIDE_COLUMNS = {"item 项目": 15, "名称": 12, "定义（中文）": 52, "Definition": 52, "例 Example": 52}


def _bar(rows, total: int):
    from tqdm import tqdm

    desc = tr("coding sheet", "编码表")
    return tqdm(rows, desc=desc, total=total, delay=2, file=sys.stderr, leave=False, disable=None)
