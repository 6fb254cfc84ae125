"""Put topics before people: sheets in which an intruder is to be found, and the key to them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from lanxikit.coding.files import coder_files, excel_path, write
from lanxikit.coding.intruders import OPTIONS, numbered, topic_items, word_items
from lanxikit.coding.workbook import HEAD, head, height, key, put, saved
from lanxikit.tables.usable import seed
from lanxikit.topics.recipe import check_fitted, whole

NUMBERS = tuple(str(number) for number in range(1, len(OPTIONS) + 1))
ANSWER, KEY_SHEET = "answer", "key"
WIDTHS = {"item": 8, "rater": 10, "question": 26, "text": 60, ANSWER: 10, "comment": 30}
OPTION_WIDTH, ANSWER_HEAD = 22, "FFF2CC"
CHINESE = {"item": "题号", "rater": "评判者", "question": "问题", "text": "条款", ANSWER: "填序号", "comment": "备注"}
QUESTIONS = {
    "word": "哪一个词与其他词不属于同一主题？\nWhich word does not belong with the others?",
    "topic": "哪一组词与左侧条款无关？\nWhich group of words has nothing to do with the text?",
}
GUIDE = (
    "每行一题，请在 answer 列填一个序号（1–6）。必须选一个；实在看不出就猜，并在 comment 列注明。",
    "One question a row: put one number (1–6) into the column answer. Choose one always; where you cannot tell, "
    "guess, and say so in the column comment.",
    "请独立完成，不要与他人讨论，也不要查看 key 文件。可以排序，请勿改动题号和词。",
    "Work alone; do not look into the key. You may sort the rows; leave numbers and words as they are.",
)


def intrusion_sheet(
    model: object,
    path: str | os.PathLike,
    *,
    units: pd.DataFrame | None = None,
    raters: Sequence[str] = ("rater",),
    per_topic: int = 2,
    overwrite: bool = False,
    random_state: int = 0,
) -> list[Path]:
    """Write the sheets in which people look for the word, and the topic, that does not belong.

    Parameters
    ----------
    model : TopicModel
        Fitted.
    path : path
        The Excel file, ``….xlsx``; several raters get one each, ``…_NAME.xlsx``. The key
        stands beside them in ``….key.xlsx``: they must not get it.
    units : DataFrame, optional
        The table of ``lx.segment``: asks also which topic is not in a unit.
    raters : sequence of str
        Their names, each once. All get the same questions, each in an own order, with the
        options in an own order, so that a habit such as taking the first is no agreement.
    per_topic : int
        Questions a topic and task. The first shows the topic's words 1 to 5, the second 6
        to 10, and so on; units are drawn anew. Fewer where a topic has not so many.
    overwrite : bool
        Replace files that exist: the answers in them are lost.
    random_state : int
        Seed of intruders, units and orders.

    Returns
    -------
    list of Path
        The raters' files. Sheet ``intrusion``, a row a question: ``item``; ``rater``;
        ``question``; ``text`` of the unit; ``1`` to ``6``, the options; to be filled in:
        ``answer``, the number of an option, and ``comment``. Sheet ``guide``. The key, a row a
        question: ``item, task, topic, label, unit_id, text, intruder, option_1`` ….

    Raises
    ------
    LanxiError
        A model that is not fitted, no question to be made, names that are not distinct,
        a file that is not ``.xlsx`` or that exists.
    TableError
        ``units`` is no table of units.

    Notes
    -----
    Chang, Gerrish, Wang, Boyd-Graber & Blei (2009), Reading tea leaves. Word intrusion: five
    words of a topic and one that is low in it and high in another. Topic intrusion: the
    topics of a unit (at most three, of a share of 0.1 or more; theirs: always three) by
    eight words each, and one of a share below 0.01. Read the answers by
    ``lx.read_intrusion``, score them by ``lx.intrusion_scores``.

    Examples
    --------
    >>> import tempfile
    >>> from lanxikit.topics.model import TopicModel
    >>> texts = ["治理黄河流域水污染和绿化湿地", "修建西宁铁路公路机场和航线"] * 6
    >>> model = TopicModel(2, min_df=1).fit(texts)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     files = intrusion_sheet(model, Path(folder) / "topics.xlsx", raters=["甲", "乙"], per_topic=1)
    ...     [file.name for file in files], len(pd.read_excel(Path(folder) / "topics.key.xlsx"))
    (['topics_甲.xlsx', 'topics_乙.xlsx'], 2)
    """
    check_fitted(model)
    whole("per_topic", per_topic, least=1)
    seed(random_state)
    path = excel_path(path)
    aside = path.with_name(f"{path.stem}.key{path.suffix}")
    files = coder_files(path, aside, raters, overwrite, role="raters")
    random = np.random.default_rng(random_state)
    items = word_items(model, per_topic, random)
    if units is not None:
        items += topic_items(model, units, per_topic, random)
    asked = numbered(items, random)
    write(aside, key(asked, KEY_SHEET))
    for number, (rater, file) in enumerate(files.items()):
        write(file, _book(asked, rater, np.random.default_rng([random_state, number + 1])))
    return list(files.values())


def _book(asked: pd.DataFrame, rater: str, random: np.random.Generator) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "intrusion"
    names = ["item", "rater", "question", "text", *NUMBERS, ANSWER, "comment"]
    widths = WIDTHS | dict.fromkeys(NUMBERS, OPTION_WIDTH)
    for column, name in enumerate(names, 1):
        head(sheet.cell(1, column), f"{name}\n{CHINESE.get(name, '')}".rstrip(),
             ANSWER_HEAD if name in (ANSWER, "comment") else HEAD)  # fmt: skip
        sheet.column_dimensions[get_column_letter(column)].width = widths[name]
    wrapped = Alignment(wrap_text=True, vertical="top")
    order = sorted(random.permutation(len(asked)), key=lambda row: asked["task"].iloc[row] != "word")
    for place, row in enumerate(order, 2):
        item = asked.iloc[row]
        options = [item[name] for name in OPTIONS if isinstance(item[name], str)]
        options = [options[index] for index in random.permutation(len(options))]
        read = dict(zip(names, [item["item"], rater, QUESTIONS[item["task"]], item["text"], *options], strict=False))
        for column, name in enumerate(names, 1):
            put(sheet.cell(place, column), read.get(name)).alignment = wrapped
        sheet.row_dimensions[place].height = height(read, widths)
    sheet.row_dimensions[1].height = 36
    sheet.freeze_panes = "B2"
    _dropdown(sheet, get_column_letter(names.index(ANSWER) + 1), len(asked))
    guide = book.create_sheet("guide 说明")
    guide.column_dimensions["A"].width = 100
    for place, line in enumerate(GUIDE, 1):
        put(guide.cell(place, 1), line).alignment = wrapped
    return saved(book)


def _dropdown(sheet, letter: str, n_rows: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation("list", formula1=f'"{",".join(NUMBERS)}"', allow_blank=True, errorStyle="warning",
                          showErrorMessage=True)  # fmt: skip
    rule.errorTitle, rule.error = "intrusion", " / ".join(NUMBERS)
    sheet.add_data_validation(rule)
    rule.add(f"{letter}2:{letter}{n_rows + 1}")
