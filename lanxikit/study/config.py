"""The settings of a study: ``study.toml``, checked once and read by the study layer only."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from lanxikit.errors import StudyError
from lanxikit.messages import tr

NAME = "study.toml"
VERBS = (
    "read_corpus", "bases", "lineage", "segment", "responsibilities", "targets", "deadlines", "places", "projects",
    "commitment", "instruments", "topics", "prevalence", "topic_words", "exemplars", "chapter_agreement",
    "topic_chapters", "choose_n_topics", "topic_sensitivity", "compare", "align", "reuse", "refine", "uptake",
    "headline", "similarity_null",
)  # fmt: skip
"""Sections that hold options: those of the verb of that name (``topics``: of ``lx.TopicModel``)."""

_SETTINGS: dict[str, dict[str, type]] = {
    "study": {"title": str, "title_zh": str, "lexicon": str},
    "documents": {"upper": str, "lower": list},
}


@dataclass(frozen=True)
class Study:
    """A study folder, what its ``study.toml`` asks for, and where its results go.

    Parameters
    ----------
    file : Path
        The ``study.toml``; its folder holds ``data/raw`` and ``notebooks``.
    out : Path
        The folder below which everything made is written.
    title, title_zh : str
        Name of the study in English and Chinese.
    upper : str or None
        The document whose goals are followed downwards.
    lower : tuple of str
        The documents that may take them up.
    lexicon : Path or None
        A folder of word lists that extend ours.
    options : mapping of str to mapping
        Options by verb, e.g. ``options["compare"]["top"]``.
    """

    file: Path
    out: Path
    title: str = ""
    title_zh: str = ""
    upper: str | None = None
    lower: tuple[str, ...] = ()
    lexicon: Path | None = None
    options: Mapping[str, Mapping] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """The study folder."""
        return self.file.parent

    @property
    def raw(self) -> Path:
        """The documents as received."""
        return self.root / "data" / "raw"

    @property
    def gold(self) -> Path:
        """Annotations to measure against; a study need not have any."""
        return self.root / "data" / "gold"

    @property
    def notebooks(self) -> Path:
        """The notebooks, without outputs."""
        return self.root / "notebooks"

    @property
    def processed(self) -> Path:
        """The tables."""
        return self.out / "data" / "processed"

    @property
    def figures(self) -> Path:
        """The figures and the numbers in them."""
        return self.out / "figures"

    @property
    def html(self) -> Path:
        """The executed notebooks."""
        return self.out / "notebooks" / "html"

    @property
    def state(self) -> Path:
        """What the runner remembers; safe to delete."""
        return self.out / ".lanxi"


def load(file: str | os.PathLike | None = None, *, out: str | os.PathLike | None = None) -> Study:
    """Read the settings of a study.

    Parameters
    ----------
    file : path, optional
        A ``study.toml`` or its folder; without it, the study that the working folder belongs to.
    out : path, optional
        Write results below this folder instead of the study's own.

    Returns
    -------
    Study

    Raises
    ------
    StudyError
        There is no such file, it is not TOML, or a setting has an unknown name or a wrong type.
    """
    path = find() if file is None else Path(file).expanduser().resolve()
    path = path / NAME if path.is_dir() else path
    settings = _parse(path)
    _check(settings, path)
    study, documents = settings.get("study", {}), settings.get("documents", {})
    lexicon = study.get("lexicon")
    return Study(
        file=path,
        out=path.parent if out is None else Path(out).expanduser().resolve(),
        title=study.get("title", path.parent.name),
        title_zh=study.get("title_zh", ""),
        upper=documents.get("upper") or None,
        lower=tuple(documents.get("lower", ())),
        lexicon=_lexicon(path, lexicon) if lexicon else None,
        options={verb: settings[verb] for verb in VERBS if verb in settings},
    )


def find(start: Path | None = None) -> Path:
    """Return the ``study.toml`` of the folder (by default the working folder) or of the nearest one above it."""
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder / NAME
    raise StudyError(
        tr(f"There is no {NAME} here or in any folder above.", f"当前文件夹及其上级文件夹中都没有 {NAME}。"),
        where=start,
        todo=tr(
            "Go to the study folder, name the file with --study, or start a study with: lanxikit new NAME",
            "请进入研究文件夹，或用 --study 指明文件，或新建研究：lanxikit new 名称",
        ),
    )


def _parse(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise StudyError(
            tr("There is no such settings file.", "没有这个设置文件。"),
            where=path,
            todo=tr("Check the path, or start one: lanxikit new NAME", "请检查路径，或新建研究：lanxikit new 名称"),
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StudyError(
            tr(f"The settings cannot be read: {error}.", f"设置文件无法读取：{error}。"),
            where=path,
            todo=tr("Save it as UTF-8 and mend the place named.", "请以 UTF-8 保存，并改正所指之处。"),
        ) from None


def _check(settings: dict, path: Path) -> None:
    for section, content in settings.items():
        if section not in (*_SETTINGS, *VERBS):
            raise _unknown(f"[{section}]", section, (*_SETTINGS, *VERBS), path)
        if not isinstance(content, dict):
            raise _wrong(section, tr("a section", "一节"), content, path)
        for name, value in content.items() if section in _SETTINGS else ():
            if name not in _SETTINGS[section]:
                raise _unknown(f"{section}.{name}", name, tuple(_SETTINGS[section]), path)
            if not isinstance(value, _SETTINGS[section][name]):
                kind = tr("a list", "列表") if _SETTINGS[section][name] is list else tr("a text", "文字")
                raise _wrong(f"{section}.{name}", kind, value, path)
    documents = settings.get("documents", {})
    lower, upper = documents.get("lower", []), documents.get("upper")
    if not all(isinstance(name, str) for name in lower):
        raise _wrong("documents.lower", tr("a list of document names", "文件名称的列表"), lower, path)
    if bool(upper) != bool(lower) or upper in lower or len(set(lower)) < len(lower):
        raise StudyError(
            tr(
                "A comparison needs one upper document and other, different lower ones.",
                "比较需要一份上级文件和若干份不同的下级文件。",
            ),
            where=f"{path}: [documents]",
            todo=tr("Name both, or neither to leave the comparison out.", "请同时写明两者；若不比较，则都不写。"),
        )


def _unknown(shown: str, name: str, known: tuple[str, ...], path: Path) -> StudyError:
    close = get_close_matches(name, known, 1)
    return StudyError(
        tr(f"There is no setting {shown}.", f"没有 {shown} 这项设置。"),
        where=path,
        todo=tr(f"Did you mean {close[0]}?", f"是否想写 {close[0]}？")
        if close
        else tr(f"There are: {', '.join(known)}.", f"可用的有：{'、'.join(known)}。"),
    )


def _wrong(shown: str, kind: str, value: object, path: Path) -> StudyError:
    return StudyError(
        tr(f"The setting {shown} must be {kind}, not {value!r}.", f"设置 {shown} 应为{kind}，而不是 {value!r}。"),
        where=path,
        todo=tr("Change it there.", "请在该处改正。"),
    )


def _lexicon(path: Path, name: str) -> Path:
    folder = path.parent / name
    if not folder.is_dir():
        raise StudyError(
            tr("The folder of word lists does not exist.", "词表文件夹不存在。"),
            where=f"{path}: study.lexicon = {name!r}",
            todo=tr("Create it, or take the setting out.", "请新建该文件夹，或删去这项设置。"),
        )
    return folder
