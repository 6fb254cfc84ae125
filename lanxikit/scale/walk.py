"""Which files a source holds, in an order that does not depend on the machine, and the id of each."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path, PurePath

from lanxikit.errors import ReadingError
from lanxikit.messages import refusal, tr
from lanxikit.scale.batch import Entry
from lanxikit.scale.plan import read_about

CATALOGUE = "documents.csv"
JOINT = "~"
_SYSTEMS_OWN = ("thumbs.db", "desktop.ini")
_ODD = re.compile(r"""[\t\r\n~#/\\<>&'"\x00-\x1f\x7f\ud800-\udfff]|^[=+\-@]""")


def walk(source: Path, *, listed: bool = False, leave: Path | None = None) -> Iterator[Entry]:
    """Go through the files of a source: a folder and all in it, one file, or a text file with a path a line.

    Every file counts as a document, and those of a type that is not read are said so, but for hidden
    ones (``.x``, ``~$x``, ``Thumbs.db``, ``desktop.ini``), ``README*``, ``documents.csv``, the texts that
    `lx.read_corpus` keeps, and folders with results of `lx.process`, of which a warning tells.

    Parameters
    ----------
    source : Path
    listed : bool
        Whether it is a list of files. Paths in it start from the list's own folder; one that leads out
        of it is named in full (``/data/甲.txt``, id ``~data~甲``).
    leave : Path, optional
        A folder to leave out: that of the results.

    Yields
    ------
    Entry
        Folder by folder, in order of names. The id of ``省/市/方案.docx`` is ``省~市~方案``; where
        two files of a folder would have the same, they keep their endings; a name with blanks or signs that an id
        cannot have gets others in their place and a digest. ``doc_id`` in ``documents.csv`` takes
        the place of the file's name.

    Raises
    ------
    ReadingError
        The list of files cannot be read.
    """
    if listed:
        yield from _from_list(source)
    elif source.is_dir():
        yield from _from_folder(source, leave)
    else:
        yield from _named(source.parent, "", [source.name], whole=False)


def doc_id(parts: Sequence[str], own: str) -> str:
    """Return the id of a file from its folders and what it is called in its own.

    Examples
    --------
    >>> doc_id(["省", "市"], "方案"), doc_id([], "plan-2022")
    ('省~市~方案', 'plan-2022')
    >>> doc_id([], "方案#2")
    '方案_2~~569b2716'
    """
    names = [*parts, own]
    whole = JOINT.join(names)
    if not any(_ODD.search(name) for name in names):
        return whole
    digest = hashlib.sha256("/".join(names).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return JOINT.join(_ODD.sub("_", name) for name in names) + 2 * JOINT + digest


def _from_folder(top: Path, leave: Path | None) -> Iterator[Entry]:
    left = _identity(leave)
    stack, results = [_opened(top, "", left)], []
    while stack:  # not by recursion: folders may lie in each other a thousand deep
        found = next(stack[-1], None)
        if found is None:
            stack.pop()
        elif isinstance(found, Entry):
            yield found
        elif read_about(found[0]) is not None:
            results.append(found[1])
        else:
            stack.append(_opened(*found, left))
    if results:
        _warn_of_results(results)


def _opened(folder: Path, within: str, leave: tuple[int, int] | None) -> Iterator[Entry | tuple[Path, str]]:
    """Go through what a folder holds: its files, and the folders in it by path and name."""
    try:
        with os.scandir(folder) as found:
            items = sorted((item for item in found if not _hidden(item.name)), key=lambda item: item.name)
    except OSError as error:
        yield _faulty(folder, within or folder.name, _closed(error))
        return
    inner = {item.name for item in items if _is_folder(item)}
    files = [item.name for item in items if item.name not in inner and not _aside(item.name)]
    entries = {PurePath(entry.path).name: entry for entry in _named(folder, within, files)}
    for item in items:
        path = folder / item.name
        if item.name in inner:
            if (leave is None or _identity(path) != leave) and not _kept_texts(path):
                yield path, f"{within}{item.name}/"
        elif item.name in entries:
            yield entries.pop(item.name)
    yield from entries.values()


def _from_list(source: Path) -> Iterator[Entry]:
    from lanxikit.reading.catalogue import contents
    from lanxikit.reading.decode import decode

    text, _ = decode(contents(source), source)
    home = Path(os.path.abspath(source.parent))
    lines = (_unquoted(line.strip()) for line in text.lstrip("\ufeff").splitlines())
    paths = {Path(os.path.normpath(home / line)) for line in lines if line}
    ordered = sorted(paths, key=lambda path: (called(path.parent, home).split("/"), path.name))
    for folder, group in groupby(ordered, key=lambda path: path.parent):
        files = [path.name for path in group]
        within = called(folder / files[0], home)[: -len(files[0])]
        yield from _named(folder, within, files, whole=False)


def called(path: PurePath, home: PurePath) -> str:
    """Return what a listed file is called: its path from the list's folder on, or else the whole, drive and all.

    Examples
    --------
    >>> called(PurePath("/lists/甲.txt"), PurePath("/lists")), called(PurePath("/甲.txt"), PurePath("/lists"))
    ('甲.txt', '/甲.txt')
    """
    return (path.relative_to(home) if path.is_relative_to(home) else path).as_posix()


def _unquoted(line: str) -> str:
    """Take off the quotation marks that Windows puts round a copied path."""
    return line[1:-1] if len(line) > 1 and line[0] == line[-1] == '"' else line


def _named(folder: Path, within: str, files: list[str], *, whole: bool = True) -> Iterator[Entry]:
    """Give files of one folder, or all of them, their ids and what ``documents.csv`` says of them."""
    rows, faults = _catalogue(folder, within, whole)
    given = {name: rows[name]["doc_id"] for name in files if rows.get(name, {}).get("doc_id")}
    stems = Counter(given.values())
    stems.update(PurePath(name).stem for name in files if name not in given)
    parts = within.split("/")[:-1]
    yield from faults
    for name in files:
        own = given.get(name) or PurePath(name).stem
        if stems[own] > 1:  # never the case for one id alone: the other file gives way
            own = own if name in given and sum(own == other for other in given.values()) == 1 else name
            if own == name and (stems[name] or name in given):
                own = f"{name}{JOINT}"  # odd, so that a digest tells it from all others
        path = folder / name
        fault = _unfit(path)
        yield Entry(str(path), within + name, doc_id(parts, own), rows.get(name, {}), fault)


def _catalogue(folder: Path, within: str, whole: bool) -> tuple[dict[str, dict[str, str]], list[Entry]]:
    """Return the rows of a folder's ``documents.csv`` by file, and what is wrong with it."""
    from lanxikit.reading.catalogue import catalogued

    place = folder / CATALOGUE
    if not os.path.isfile(place):  # unlike Path.is_file it bears a folder that may be listed but not entered
        return {}, []
    try:
        found = catalogued([place], None)
    except ReadingError as error:
        return {}, [_faulty(place, within + CATALOGUE, (error.what, error.todo or ""))]
    rows = {cells["file"]: {key: cell for key, cell in cells.items() if key != "where"} for cells in found.values()}
    absent = (
        tr("documents.csv names this file, and it is not there.", "documents.csv 列有此文件，但文件不存在。"),
        tr("Put the file into the folder, or take its row out.", "请把该文件放入文件夹，或删去这一行。"),
    )
    lacking = [name for name in sorted(rows) if whole and not os.path.lexists(folder / name)]
    return rows, [_faulty(folder / name, within + name, absent) for name in lacking]


def _unfit(path: Path) -> tuple[str, str] | None:
    """Return why a file need not be opened at all."""
    from lanxikit.reading.catalogue import unreadable

    try:
        mode = path.stat().st_mode
    except OSError as error:
        return _closed(error)
    if stat.S_ISDIR(mode):
        return (
            tr("This is a folder or a link to one, and was not gone into.", "这是文件夹或指向它的链接，未读取。"),
            tr("Give that folder itself as the source.", "请直接以该文件夹为来源。"),
        )
    if not stat.S_ISREG(mode):
        return tr("This is no regular file.", "这不是普通文件。"), tr("Remove it.", "请移走。")
    error = unreadable(path)
    return error and (error.what, error.todo or "")


def _faulty(path: Path, name: str, fault: tuple[str, str]) -> Entry:
    return Entry(str(path), name, "", {}, fault)


def _closed(error: OSError) -> tuple[str, str]:
    return (
        tr(f"It cannot be opened ({refusal(error)}).", f"无法打开（{refusal(error)}）。"),
        tr("Check that it is there and that you may read it.", "请检查它是否存在、是否有读取权限。"),
    )


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _SYSTEMS_OWN


def _aside(name: str) -> bool:
    return name == CATALOGUE or name.split(".")[0].upper() == "README"


def _is_folder(item: os.DirEntry) -> bool:
    try:
        return item.is_dir(follow_symlinks=False)
    except OSError:  # where the file system must be asked once more, and refuses
        return False


def _identity(path: Path | None) -> tuple[int, int] | None:
    """Return what tells a folder, whatever it is called; nothing where it cannot be looked at."""
    try:
        found = path and path.stat()
        return found and (found.st_dev, found.st_ino)
    except OSError:
        return None


def _kept_texts(folder: Path) -> bool:
    """Tell whether a folder holds the texts that reading has kept beside the raw files."""
    from lanxikit.reading.formats.kept import COLUMNS, FOLDER, INDEX

    if folder.name != FOLDER or not os.path.isfile(folder / INDEX):
        return False
    try:
        with open(folder / INDEX, encoding="utf-8-sig", errors="replace") as stream:
            return stream.readline(1000).strip() == ",".join(COLUMNS)
    except OSError:  # gone into, and what is closed becomes a row of `unread`
        return False


def _warn_of_results(names: list[str]) -> None:
    more = len(names) - 1
    warnings.warn(
        tr(
            f"Left out, as results of lanxikit process: {names[0]}" + (f" and {more} more." if more else "."),
            f"已略过 lanxikit process 的结果文件夹：{names[0]}" + (f" 等 {more + 1} 个。" if more else "。"),
        ),
        stacklevel=2,
    )
