"""What the study consists of, file by file: its SHA-256, and whether the disk still agrees.

Two lists. ``data/processed/manifest.json`` holds what is kept with the study: documents,
settings, notebooks, tables as CSV, figures. ``.lanxi/built.json`` holds what a run has
made here besides (Parquet, HTML), and the digest of the code that made it all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lanxikit.errors import StudyError
from lanxikit.messages import tr
from lanxikit.study import digests, files
from lanxikit.study.config import Study
from lanxikit.study.notebooks import sources

MANIFEST = "manifest.json"
PACKAGE = "datapackage.json"
BUILT = "built.json"


@dataclass(frozen=True)
class Difference:
    """A file that is not as listed: ``differs``, ``missing`` or ``extra``."""

    path: str
    kind: str

    def __str__(self) -> str:
        said = {
            "differs": tr("differs from the manifest", "与清单不符"),
            "missing": tr("is missing", "缺失"),
            "extra": tr("is not in the manifest", "不在清单中"),
        }[self.kind]
        return f"{self.path}: {said}"


def kept(study: Study) -> dict[str, Path]:
    """Return the files that belong in the manifest, found on disk, by their path in the study."""
    tables = [path for path in files.listed(study.processed) if path.suffix != ".parquet" and path.name != MANIFEST]
    outputs = [path for path in (*tables, *files.listed(study.figures)) if path.suffix != ".md"]
    return {**_named(_inputs(study), study.root), **_named(outputs, study.out)}


def built(study: Study) -> dict[str, Path]:
    """Return the files made here that are not kept with the study."""
    return _named([*files.listed(study.processed, "*.parquet"), *files.listed(study.html, "*.html")], study.out)


def write(study: Study, made: Iterable[Path], digest: str) -> None:
    """List the inputs as they are now, and what has been made.

    Parameters
    ----------
    study : Study
    made : iterable of Path
        The outputs; any other file beside them is none of ours and stays unlisted.
    digest : str
        Of the code and settings that made them.
    """
    made = _named(made, study.out).keys()
    inputs = _named(_inputs(study), study.root)
    lasting = {name: path for name, path in kept(study).items() if name in made or name in inputs}
    here = {name: path for name, path in built(study).items() if name in made}
    about = "The files of the study with their SHA-256; compare with: lanxikit verify"
    drafts = study.state / "staging"
    content = {"about": about, "made_with": digests.packages(), "files": _hashed(lasting)}
    files.write(study.processed / MANIFEST, _json(content), draft_in=drafts)
    files.write(study.state / BUILT, _json({"digest": digest, "files": _hashed(here)}), draft_in=drafts)


def verify(study: Study) -> list[Difference]:
    """Compare every file with the manifest, by content.

    Returns
    -------
    list of Difference
        In order of path; empty if all is as it was.

    Raises
    ------
    StudyError
        There is no manifest yet, or it cannot be read.
    """
    listed = _load(study.processed / MANIFEST)
    if listed is None:
        raise StudyError(
            tr("There is no manifest to compare with, or it cannot be read.", "没有可供比对的清单，或清单无法读取。"),
            where=study.processed / MANIFEST,
            todo=tr("Make it: lanxikit reproduce", "请先运行：lanxikit reproduce"),
        )
    found = _compare(listed["files"], kept(study))
    own = _load(study.state / BUILT)
    if own is not None:
        found += _compare(own["files"], built(study))
    return sorted(found, key=lambda difference: difference.path)


def unchanged(study: Study, digest: str) -> bool:
    """Tell whether the last run here ended well with this code and these settings, and every file is as it left it."""
    own = _load(study.state / BUILT)
    if own is None or own["digest"] != digest or _load(study.processed / MANIFEST) is None:
        return False
    # An extra file in the results is none of ours; an extra document or notebook changes the digest.
    return all(difference.kind == "extra" for difference in verify(study))


def known(study: Study) -> set[str]:
    """Return the paths in both lists as they were last written; nothing for a list that cannot be read."""
    lists = (_load(study.processed / MANIFEST), _load(study.state / BUILT))
    return {name for one in lists if one for name in one["files"]}


def _inputs(study: Study) -> list[Path]:
    return [study.file, *files.listed(study.raw), *sources(study)]


def _named(paths: Iterable[Path], folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in paths}


def _hashed(found: dict[str, Path]) -> dict[str, dict]:
    return {name: {"bytes": path.stat().st_size, "sha256": files.sha256(path)} for name, path in sorted(found.items())}


def _compare(listed: dict[str, dict], found: dict[str, Path]) -> list[Difference]:
    differences = [Difference(name, "extra") for name in found.keys() - listed.keys()]
    for name, entry in listed.items():
        if name not in found:
            differences.append(Difference(name, "missing"))
        elif found[name].stat().st_size != entry["bytes"] or files.sha256(found[name]) != entry["sha256"]:
            differences.append(Difference(name, "differs"))
    return differences


def _json(content: dict) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _load(path: Path) -> dict | None:
    try:
        content = json.loads(path.read_bytes())
        entries = content["files"].values()
        return content if all({"bytes", "sha256"} <= entry.keys() for entry in entries) else None
    except (FileNotFoundError, ValueError, KeyError, AttributeError, TypeError):
        return None
