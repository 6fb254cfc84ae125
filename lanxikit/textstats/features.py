"""``lx.dfm``: the document-feature table, how often each unit holds each word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import sparse

from lanxikit.errors import LanxiError, TableError
from lanxikit.messages import tr
from lanxikit.tables import check
from lanxikit.tables.textstats import FEATURES
from lanxikit.tables.usable import need, numbers
from lanxikit.textstats.words import column, whole, words_of
from lanxikit.topics.matrix import count

WEIGHTS = ("count", "presence", "share", "tfidf")


@dataclass(frozen=True, eq=False)
class DocumentFeatures:
    """A sparse table of units × words.

    Attributes
    ----------
    values : scipy.sparse.csr_matrix
        ``values[i, j]`` is how often unit i holds ``terms[j]``, or its weight.
    units : DataFrame
        A row a unit, in the order of ``values``: ``unit_id`` and the columns of the units given.
    terms : tuple of str
        The words, sorted.
    weight : str
        What the values are.
    """

    values: sparse.csr_matrix
    units: pd.DataFrame
    terms: tuple[str, ...]
    weight: str = "count"

    @property
    def shape(self) -> tuple[int, int]:
        """Number of units and of words."""
        return self.values.shape

    @property
    def unit_ids(self) -> list[str]:
        """The ids of the units, in the order of ``values``."""
        return self.units["unit_id"].tolist()

    def __repr__(self) -> str:
        return f"DocumentFeatures({self.shape[0]} units × {self.shape[1]} words, {self.weight})"

    def weigh(self, weight: str) -> DocumentFeatures:
        """Return the table with other values.

        Parameters
        ----------
        weight : {"count", "presence", "share", "tfidf"}
            ``presence`` 1 where the word stands; ``share`` count ÷ the unit's words in this table;
            ``tfidf`` count × log₁₀(units ÷ units with the word), as in quanteda's ``dfm_tfidf``
            (Spärck Jones 1972).

        Raises
        ------
        LanxiError
            Unknown weight, or the values are no counts any more.

        Examples
        --------
        >>> table = dfm(["黄河治理", "黄河铁路"])
        >>> table.weigh("tfidf").to_table()["value"].round(5).tolist()
        [0.30103, 0.30103]
        """
        if weight not in WEIGHTS:
            raise LanxiError(
                tr(f"There is no weight {weight!r}.", f"没有 {weight!r} 这种权重。"),
                where="weight",
                todo=tr(f"Choose one of: {', '.join(WEIGHTS)}.", f"可选：{'、'.join(WEIGHTS)}。"),
            )
        self._need_counts("weigh")
        values = self.values.astype("float64")
        if weight == "presence":
            values = (values > 0).astype("float64")
        elif weight == "share":
            sums = np.asarray(values.sum(axis=1)).ravel()
            values = sparse.diags(1 / np.where(sums > 0, sums, 1)) @ values
        elif weight == "tfidf":
            spread = np.asarray((values > 0).sum(axis=0)).ravel()
            values = values @ sparse.diags(np.log10(max(self.shape[0], 1) / np.where(spread > 0, spread, 1)))
        values = sparse.csr_matrix(values)
        values.eliminate_zeros()
        return replace(self, values=values, weight=weight)

    def group(self, by: str | Sequence[str]) -> DocumentFeatures:
        """Add up the counts of units that agree in one or more columns.

        Parameters
        ----------
        by : str or sequence of str
            Columns of ``units``, such as ``"doc_id"`` or ``["level", "year"]``. A unit where one of
            them is missing belongs to no group and is left out.

        Returns
        -------
        DocumentFeatures
            ``units`` has ``unit_id`` (the values joined by `` / ``), the columns, and ``n_units``.

        Raises
        ------
        TableError
            There is no such column.
        LanxiError
            The values are no counts any more.

        Examples
        --------
        >>> units = pd.DataFrame({"unit_id": ["a#1", "a#2"], "doc_id": "a", "text": ["治理黄河", "治理湟水"]})
        >>> dfm(units).group("doc_id").to_table().values.tolist()
        [['a', '治理', 2.0], ['a', '湟水', 1.0], ['a', '黄河', 1.0]]
        """
        self._need_counts("group")
        names = [by] if isinstance(by, str) else list(by)
        keys = pd.DataFrame({name: column(self.units, name, "dfm.group") for name in names})
        known = keys.notna().all(axis=1).to_numpy()
        labels = keys[known].astype("str").agg(" / ".join, axis=1) if known.any() else pd.Series(dtype="str")
        codes, found = pd.factorize(labels, sort=True)
        rows = np.flatnonzero(known)
        sums = sparse.csr_matrix((np.ones(len(rows)), (codes, rows)), shape=(len(found), self.shape[0]))
        first = keys[known].assign(unit_id=labels).drop_duplicates("unit_id").sort_values("unit_id")
        units = first[["unit_id", *(name for name in names if name != "unit_id")]].reset_index(drop=True)
        units["n_units"] = np.bincount(codes, minlength=len(found)).astype("int64")
        return replace(self, values=sparse.csr_matrix(sums @ self.values), units=units)

    def trim(self, *, min_count: int = 1, min_units: int = 1, max_share: float = 1.0) -> DocumentFeatures:
        """Keep words with at least so many occurrences, in so many units, and in no more than this share of them.

        Examples
        --------
        >>> dfm(["黄河治理", "黄河铁路"]).trim(min_units=2).terms
        ('黄河',)
        """
        whole(min_count, "min_count", 0)
        whole(min_units, "min_units", 0)
        spread = np.asarray((self.values > 0).sum(axis=0)).ravel()
        total = np.asarray(self.values.sum(axis=0)).ravel()
        kept = np.flatnonzero(
            (total >= min_count) & (spread >= min_units) & (spread <= max_share * max(self.shape[0], 1))
        )
        return replace(self, values=self.values[:, kept], terms=tuple(self.terms[i] for i in kept))

    def to_table(self) -> pd.DataFrame:
        """Return the table in long form: ``unit_id``, ``term``, ``value``, a row for each value that is not 0."""
        held = self.values.tocsr(copy=True)
        held.sort_indices()
        held = held.tocoo()
        frame = pd.DataFrame(
            {
                "unit_id": np.asarray(self.unit_ids, dtype=object)[held.row],
                "term": np.asarray(self.terms, dtype=object)[held.col],
                "value": held.data.astype("float64"),
            }
        )
        return check(frame[frame["value"] != 0], FEATURES)

    @classmethod
    def from_table(
        cls, table: pd.DataFrame, *, units: pd.DataFrame | Iterable[str] | None = None, weight: str = "count"
    ) -> DocumentFeatures:
        """Read the long form back.

        Parameters
        ----------
        table : DataFrame
            ``unit_id``, ``term``, ``value``.
        units : DataFrame or iterable of str, optional
            Units in their order: a table with ``unit_id``, or the ids. Units without any word have no
            row in the long form; without ``units`` they are lost.
        weight : str
            What the values are.

        Raises
        ------
        TableError
            A column is missing, a value is no number, a row stands twice, or belongs to none of the units.

        Examples
        --------
        >>> table = dfm(["黄河治理", "，"])
        >>> again = DocumentFeatures.from_table(table.to_table(), units=table.units)
        >>> again.shape == table.shape and (again.values != table.values).nnz == 0
        True
        """
        need(table, FEATURES.names(), "features", tr("Pass the result of to_table().", "请传入 to_table() 的结果。"))
        table = check(table.assign(value=numbers(table, "value", "features")), FEATURES)
        if units is None:
            units = list(dict.fromkeys(table["unit_id"]))
        if not isinstance(units, pd.DataFrame):
            units = pd.DataFrame({"unit_id": list(units)}, dtype="str")
        need(units, ["unit_id"], "units", tr("Pass the units of the table.", "请传入该表的单元。"))
        units = units.reset_index(drop=True)
        place = {name: i for i, name in enumerate(units["unit_id"])}
        strange = [name for name in dict.fromkeys(table["unit_id"]) if name not in place]
        if strange:
            raise TableError(
                tr("Rows belong to none of these units: ", "有的行不属于所给单元：") + ", ".join(strange[:3]),
                where="features.unit_id",
                todo=tr("Pass the units the table was made of.", "请传入生成该表的单元。"),
            )
        terms = tuple(sorted(set(table["term"])))
        at = {term: i for i, term in enumerate(terms)}
        cells = (table["unit_id"].map(place).to_numpy(dtype=int), table["term"].map(at).to_numpy(dtype=int))
        values = sparse.csr_matrix((table["value"].to_numpy(), cells), shape=(len(units), len(terms)))
        return cls(values, units, terms, weight)

    def _need_counts(self, verb: str) -> None:
        if self.weight != "count":
            raise LanxiError(
                tr(f"These are weights ({self.weight}), no counts.", f"这里的值是权重（{self.weight}），不是频数。"),
                where=f"dfm.{verb}",
                todo=tr("Group first and weigh then.", "请先分组，再加权。"),
            )


def dfm(
    units: pd.DataFrame | Iterable[str], *, by: str | Sequence[str] | None = None, weight: str = "count", **cut: object
) -> DocumentFeatures:
    """Count the words of units.

    Parameters
    ----------
    units : DataFrame or iterable of str
        The table of ``lx.segment`` (its leaves are counted), or a list of texts.
    by : str or sequence of str, optional
        Columns of ``units`` (``"doc_id"``, ``"level"``, ``"year"`` …): units that agree in them are
        added up and become one row.
    weight : {"count", "presence", "share", "tfidf"}
        See :meth:`DocumentFeatures.weigh`; reckoned after grouping.
    **cut
        ``tokenizer``, ``lexicon``, ``heading``, ``stop_words`` …: as in
        :func:`lanxikit.topics.tokens.tokenize`. A heading that several units share (a merged cell;
        sentences of one item) is counted with each.

    Returns
    -------
    DocumentFeatures
        ``values`` (sparse, units × words), ``units``, ``terms``; ``to_table()`` is the long form
        (``unit_id``, ``term``, ``value``), ``DocumentFeatures.from_table`` the way back. No units: a
        table without rows.

    Raises
    ------
    LanxiError
        No table of units, an unknown column, weight or tokenizer.

    Examples
    --------
    >>> table = dfm(["治理黄河，治理湟水", "修建铁路"])
    >>> table.shape, table.terms
    ((2, 5), ('修建', '治理', '湟水', '铁路', '黄河'))
    >>> table.values.toarray()[0].tolist()
    [0.0, 2.0, 1.0, 0.0, 1.0]
    """
    rows, words = words_of(units, **cut)
    terms = tuple(sorted({word for unit in words for word in unit}))
    made = DocumentFeatures(count(words, terms), rows, terms)
    if by is not None:
        made = made.group(by)
    return made if weight == "count" else made.weigh(weight)
