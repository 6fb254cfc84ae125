"""What there is to do in a study: a step for each stage and each notebook, with all that it rests on."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from lanxikit.study import digests, files
from lanxikit.study.config import Study
from lanxikit.study.notebooks import sources
from lanxikit.study.pipeline import Stage, stages

TABLE_ROOMS = ("study/pipeline", "study/tables")
PAGE_ROOMS = ("study/config", "study/tables", "study/figures", "study/notebooks")


@dataclass(frozen=True)
class Drawn:
    """The record of what a notebook drew: how many figures, is known only when it has run.

    Parameters
    ----------
    record : Path
    folder : Path
        The paths in the record start from here.
    """

    record: Path
    folder: Path

    def files(self) -> dict[str, str]:
        """Return the figures' paths and SHA-256; nothing without a record."""
        try:
            return dict(json.loads(self.record.read_bytes()))
        except (FileNotFoundError, ValueError, TypeError):
            return {}

    def write(self, made: list[Path]) -> None:
        """Record what was drawn."""
        entries = {path.relative_to(self.folder).as_posix(): files.sha256(path) for path in made}
        files.write(self.record, json.dumps(entries, ensure_ascii=False, indent=1).encode())

    def state(self) -> str | None:
        """Return a digest of the record; ``None`` if there is none, or a figure is no longer as it was drawn."""
        if not self.record.is_file():
            return None
        for name, digest in self.files().items():
            path = self.folder / name
            if not path.is_file() or files.sha256(path) != digest:
                return None
        return files.sha256(self.record)


@dataclass(frozen=True)
class Step:
    """One thing to do.

    Parameters
    ----------
    name : str
        ``read``, or ``notebooks/01_documents``.
    inputs, outputs : tuple of Path
    stamp : str
        Digest of all else it rests on: code, settings, packages, which files there are.
    after : frozenset of str
        The steps that must be settled first.
    drawn : Drawn, optional
        For a notebook, the record of its figures.
    """

    name: str
    inputs: tuple[Path, ...]
    outputs: tuple[Path, ...]
    stamp: str
    after: frozenset[str] = frozenset()
    drawn: Drawn | None = None


def plan(study: Study, pipeline: str) -> tuple[Step, ...]:
    """Return the steps of a study.

    Parameters
    ----------
    study : Study
    pipeline : str
        Module that holds the stages as ``PIPELINE``.
    """
    chosen = stages(study, import_module(pipeline).PIPELINE)
    maker = {name: stage.name for stage in chosen for name in stage.writes}
    tables = [_stage(study, stage, maker, pipeline) for stage in chosen]
    return (*tables, *_notebooks(study, tables))


def _stage(study: Study, stage: Stage, maker: dict[str, str], pipeline: str) -> Step:
    raw = tuple(files.listed(study.raw)) if stage.from_raw else ()
    settings = [(name, dict(study.options.get(name, {}))) for name in stage.sections]
    sides = (study.upper, study.lower) if stage.compares else ()
    names = [path.relative_to(study.raw).as_posix() for path in raw]
    stamp = digests.of(
        stage.name, stage.reads, stage.writes, settings, sides, names,
        digests.code((*TABLE_ROOMS, *stage.rooms)), _source(pipeline), _lexicon(study), digests.packages(),
    )  # fmt: skip
    inputs = (*raw, *(path for name in stage.reads for path in _table(study, name)))
    outputs = tuple(path for name in stage.writes for path in _table(study, name))
    return Step(stage.name, inputs, outputs, stamp, frozenset(maker[name] for name in stage.reads))


def _notebooks(study: Study, tables: list[Step]) -> list[Step]:
    inputs = tuple(path for step in tables for path in step.outputs)
    after = frozenset(step.name for step in tables)
    gold = tuple(files.listed(study.gold))
    names = [path.relative_to(study.out).as_posix() for path in inputs], [path.name for path in gold]
    stamp = digests.of(*names, digests.code((*digests.rooms(), *PAGE_ROOMS)), digests.packages(), _lexicon(study))
    return [
        Step(
            f"notebooks/{source.stem}",
            (source, study.file, *gold, *inputs),
            (study.html / f"{source.stem}.html",),
            stamp,
            after,
            Drawn(study.state / "drawn" / f"{source.stem}.json", study.out),
        )
        for source in sources(study)
    ]


def _table(study: Study, name: str) -> tuple[Path, Path]:
    return study.processed / f"{name}.csv", study.processed / f"{name}.parquet"


@cache
def _source(module: str) -> str:
    found = importlib.util.find_spec(module)
    return files.sha256(Path(found.origin)) if found and found.origin else ""


def _lexicon(study: Study) -> list[tuple[str, str]]:
    if study.lexicon is None:
        return []
    return [(path.relative_to(study.lexicon).as_posix(), files.sha256(path)) for path in files.listed(study.lexicon)]
