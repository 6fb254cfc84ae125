"""Codebooks for guided topics: labels, and the seed words that stand for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from os import PathLike

from lanxikit import lexicons
from lanxikit.errors import LexiconError
from lanxikit.messages import tr
from lanxikit.text.cutter import Cutter
from lanxikit.topics import codebook_file

SHIPPED = "codebook_city_cluster"


def read_codebook(
    codebook: Mapping[str, Sequence[str]] | str | PathLike | None = None, *, lexicon: object = None
) -> dict[str, list[str]]:
    """Return a codebook as a dict: label → seed words.

    Parameters
    ----------
    codebook : mapping or path, optional
        Labels and their seed words, as a list or separated by blanks; or a file that
        holds them: YAML, or a TSV like the kit's own (`lanxikit.topics.codebook_file`).
        Without one, the kit's own is taken: nine fields of plans of city clusters
        (``codebook_city_cluster.yaml``, which ``lexicon`` may extend).
    lexicon : path, optional
        Folder of own word lists.

    Raises
    ------
    LexiconError
        No label, or a label without words; a file that cannot be read as a codebook.

    Examples
    --------
    >>> list(read_codebook())[:3]
    ['空间格局', '生态环境', '基础设施']
    """
    if codebook is None:
        found = {row["label"]: row["seeds"].split() for row in lexicons.load(SHIPPED, lexicon)}
    else:
        if isinstance(codebook, (str, PathLike)):
            codebook = codebook_file.load(codebook)
        found = {
            str(label): words.split() if isinstance(words, str) else [str(word) for word in words]
            for label, words in codebook.items()
        }
    bare = [label for label, words in found.items() if not words]
    if bare or not found:
        raise LexiconError(
            tr("The codebook has labels without seed words: ", "编码本中有标签没有种子词：") + "、".join(bare)
            if found
            else tr("The codebook is empty.", "编码本是空的。"),
            where="codebook",
            todo=tr("Give each label at least one word.", "请给每个标签至少一个词。"),
        )
    return found


def present_seeds(
    codebook: Mapping[str, Sequence[str]], words: Sequence[Sequence[str]], own: Cutter, *, strict: bool
) -> tuple[dict[str, list[str]], list[str]]:
    """Keep the seed words that the units hold; name those that they lack.

    Parameters
    ----------
    codebook : mapping
        Labels and seed words.
    words : sequence of sequence of str
        The words of each unit.
    own : Cutter
        The cutter that made them: seeds go through it too, and take its spelling.
    strict : bool
        Whether an absent word is an error (a codebook made for these texts), or is passed
        over (one made for the genre).

    Returns
    -------
    dict, list of str
        Label → seed words that occur; and the words that do not.

    Raises
    ------
    LexiconError
        An absent word where ``strict``; else a label of which no word occurs.
    """
    spread = Counter(word for unit in words for word in set(unit))
    kept: dict[str, list[str]] = {}
    absent: dict[str, list[str]] = {}
    for label, seeds in codebook.items():
        kept[label] = []
        for seed in seeds:
            cut = own.words(seed)
            if len(cut) == 1 and cut[0] in spread:
                kept[label].append(cut[0])
            else:
                absent[seed] = cut
    empty = [label for label, seeds in kept.items() if not seeds]
    if (strict and absent) or empty:
        raise _never(absent if strict else {word: absent[word] for label in empty for word in codebook[label]}, empty)
    return kept, list(absent)


def _never(absent: Mapping[str, list[str]], empty: list[str]) -> LexiconError:
    apart = {word: cut for word, cut in absent.items() if len(cut) > 1}
    hint = ""
    if apart:
        shown = ", ".join(f"{word} → {' | '.join(cut)}" for word, cut in list(apart.items())[:5])
        hint = tr(
            f" The tokenizer cuts some apart ({shown}): add them to policy_terms.tsv of your lexicon folder.",
            f"其中有的被分词器切开（{shown}）：请把它们加到您词表文件夹的 policy_terms.tsv。",
        )
    return LexiconError(
        tr("Seed words of the codebook never occur in these units: ", "编码本的种子词在这些单元中从未出现：")
        + "、".join(list(absent)[:10])
        + (
            tr(f"; labels left without any: {'、'.join(empty)}.", f"；没有剩下种子词的标签：{'、'.join(empty)}。")
            if empty
            else ""
        ),
        where="codebook",
        todo=tr(
            "Take them off the codebook, or put in words that the texts use (function words, formula words and "
            "single characters are not read).",
            "请从编码本中去掉它们，或换成文本中用到的词（虚词、套话词和单字不读入）。",
        )
        + hint,
    )
