"""The errors a user can meet: what is wrong, where, and what to do about it."""

from __future__ import annotations


class LanxiError(ValueError):
    """Something is wrong with the input or the set-up, and the user can mend it.

    Parameters
    ----------
    what : str
        What is wrong, in one plain sentence.
    where : object, optional
        The file, document, row or setting concerned.
    todo : str, optional
        What the user can do about it.

    Examples
    --------
    >>> print(LanxiError("The file is empty.", where="data/raw/a.txt", todo="Save it again."))
    The file is empty. [data/raw/a.txt] Save it again.
    """

    def __init__(self, what: str, *, where: object = None, todo: str | None = None) -> None:
        self.what = what
        self.where = None if where is None else str(where)
        self.todo = todo
        super().__init__(what, self.where, todo)

    def __reduce__(self) -> tuple:  # so that it can come from another process
        return _made, (type(self), self.what, self.where, self.todo)

    def __str__(self) -> str:
        place = f"[{self.where}]" if self.where else None
        return " ".join(part for part in (self.what, place, self.todo) if part)


def _made(kind: type[LanxiError], what: str, where: str | None, todo: str | None) -> LanxiError:
    return kind(what, where=where, todo=todo)


class ReadingError(LanxiError):
    """A document, a folder or its ``documents.csv`` cannot be read as it stands."""


class TableError(LanxiError):
    """A table lacks a column, or holds values that its schema forbids."""


class LexiconError(LanxiError):
    """A word list cannot be read, or holds an entry that cannot be used."""


class StudyError(LanxiError):
    """The study folder, its settings or its manifest are not as they should be."""
