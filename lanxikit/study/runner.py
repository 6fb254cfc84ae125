"""``lanxikit reproduce``: documents in; tables, notebooks and figures out. Only what has changed is done again."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lanxikit import __version__
from lanxikit.errors import StudyError
from lanxikit.messages import tr
from lanxikit.study import digests, files, manifest, package
from lanxikit.study.config import Study
from lanxikit.study.plan import Step, plan

PIPELINE = "lanxikit.study.pipeline"
LOCK, OWNER = "run.lock", "run.pid"
MOST_JOBS = 4


@dataclass(frozen=True)
class Outcome:
    """What a run did: the names of the steps done, and of those that stood already."""

    done: tuple[str, ...]
    kept: tuple[str, ...]


def reproduce(study: Study, *, jobs: int | None = None, pipeline: str = PIPELINE) -> Outcome:
    """Make everything that is not as it should be: tables, executed notebooks, figures, manifest.

    Parameters
    ----------
    study : Study
    jobs : int, optional
        How many steps at a time; by default one a processor, at most four. The results
        do not depend on it.
    pipeline : str
        The module that holds the stages, as ``PIPELINE``.

    Returns
    -------
    Outcome

    Raises
    ------
    StudyError
        Another run is at work on the same results.
    LanxiError
        Something in the documents, settings or notebooks must be mended first. What
        earlier runs made stands as it was, but for the steps finished in this one.
    """
    steps = plan(study, pipeline)
    digest = digests.of([(step.name, step.stamp) for step in steps])
    with _alone(study):
        if manifest.unchanged(study, digest):
            return Outcome((), tuple(step.name for step in steps))
        if _texts_kept(study):  # they are inputs too: a person may correct them
            steps = plan(study, pipeline)
            digest = digests.of([(step.name, step.stamp) for step in steps])
        outcome = _make(study, steps, jobs or processors(), pipeline)
        _finish(study, steps, digest)
    return outcome


def _texts_kept(study: Study) -> bool:
    """Read web pages, Word files, PDFs and pictures once, so that the texts made of them stand beside them."""
    from lanxikit.reading.formats import PLAIN, READABLE

    types = set(READABLE) - set(PLAIN)
    if not any(path.parent == study.raw and path.suffix.lower() in types for path in files.listed(study.raw)):
        return False
    from lanxikit.reading.corpus import read_corpus

    read_corpus(study.raw)
    return True


def processors() -> int:
    """Return how many steps to do at a time by default."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(count, MOST_JOBS))


@contextmanager
def _alone(study: Study) -> Iterator[None]:
    """Keep other runs away from the same results; the system lets go of the lock if we are killed."""
    from filelock import FileLock, Timeout

    study.state.mkdir(parents=True, exist_ok=True)
    owner = study.state / OWNER
    lock = FileLock(study.state / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        number = owner.read_text() if owner.is_file() else "?"
        raise StudyError(
            tr(f"Another run is at work here (process {number}).", f"另一次运行正在进行（进程 {number}）。"),
            where=study.out,
            todo=tr("Wait for it, or write elsewhere with --out.", "请等它结束，或用 --out 写到别处。"),
        ) from None
    try:
        owner.write_text(str(os.getpid()))
        yield
    finally:
        lock.release()


def _make(study: Study, steps: tuple[Step, ...], jobs: int, pipeline: str) -> Outcome:
    from lanxikit.study.crew import Crew
    from lanxikit.study.progress import Progress

    tasks = {step.name: _task(study, step, pipeline) for step in steps}
    after = {step.name: step.after for step in steps}
    by_name = {step.name: step for step in steps}
    with Progress(study.state) as progress:
        progress.note(f"lanxikit {__version__}, {platform.platform()}, jobs {jobs}, {digests.packages()}")
        due = _graph(study, steps, lambda name: None, progress, dry=True).by("due", "failed", "left")
        settled, jobs = set(by_name) - set(due), max(1, min(jobs, len(due)))
        progress.expect(len(due))
        with Crew(tasks, after, state=study.state, jobs=jobs, progress=progress) as crew:

            def do(name: str) -> None:
                _settle(study, by_name[name], crew.do(name, due, settled))
                settled.add(name)

            results = _graph(study, steps, do, progress)
        if results.errors:
            for error in results.errors[1:]:
                progress.say(str(error))
            raise results.errors[0]
    return Outcome(results.by("done"), results.by("kept"))


def _graph(study: Study, steps: tuple[Step, ...], do, progress, *, dry: bool = False):
    from lanxikit.study import graph

    try:
        return graph.run(steps, do, state=study.state, dry=dry)
    except graph.StateBroken:
        aside = graph.set_aside(study.state)
        progress.say(
            tr(
                f"What was remembered of earlier runs cannot be read: all steps are done again (copy kept in {aside}).",
                f"无法读取以往运行的记录：将重新执行所有步骤（副本保存在 {aside}）。",
            )
        )
        return graph.run(steps, do, state=study.state, dry=dry)


def _task(study: Study, step: Step, pipeline: str) -> dict:
    kind, name = ("notebook", step.name.split("/", 1)[1]) if step.drawn else ("stage", step.name)
    return {"kind": kind, "name": name, "study": str(study.file), "out": str(study.out), "pipeline": pipeline}


def _settle(study: Study, step: Step, staging: Path) -> None:
    """Let what a worker made take its place: each file in one instant, the record of a notebook's figures last."""
    homes = {"html": study.html, "figures": study.figures}
    placed = []
    for source in files.listed(staging):
        within = source.relative_to(staging)
        target = homes[within.parts[0]] / Path(*within.parts[1:]) if step.drawn else study.processed / within
        files.move(source, target)
        placed.append(target)
    if step.drawn:
        step.drawn.write([path for path in placed if path.is_relative_to(study.figures)])


def _finish(study: Study, steps: tuple[Step, ...], digest: str) -> None:
    """Describe and list what was made; take away what an earlier run made and this one does not."""
    made = {path for step in steps for path in step.outputs} | {study.processed / manifest.PACKAGE}
    made |= {study.out / name for step in steps if step.drawn for name in step.drawn.files()}
    homes = (study.processed, study.html, study.figures)
    for name in manifest.known(study):
        path = study.out / name
        ours = ".." not in path.parts and any(path.is_relative_to(home) for home in homes)
        if ours and path not in made:
            path.unlink(missing_ok=True)
    package.write(study)
    manifest.write(study, made, digest)
