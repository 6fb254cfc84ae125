"""``datapackage.json``: what every table and column means, for any tool that reads Frictionless data packages."""

from __future__ import annotations

import json
from pathlib import Path

from lanxikit.study import files
from lanxikit.study.config import Study
from lanxikit.study.manifest import PACKAGE
from lanxikit.study.tables import DIGITS, JOINT
from lanxikit.tables import Column, Table, tables

_TYPES = {"tuple": "string"}


def write(study: Study) -> None:
    """Describe the tables that lie in the study's ``data/processed``."""
    content = json.dumps(describe(study.processed, title=study.title), ensure_ascii=False, indent=1)
    files.write(study.processed / PACKAGE, (content + "\n").encode("utf-8"), draft_in=study.state / "staging")


def describe(folder: Path, *, title: str = "") -> dict:
    """Return the data package (Frictionless Data Package 1.0) of the tables in a folder.

    Parameters
    ----------
    folder : Path
    title : str

    Returns
    -------
    dict
        A resource a table, with size and SHA-256 of its CSV, its columns with type,
        meaning, allowed values and bounds, its key and its links to other tables.
    """
    present = {name: declared for name, declared in tables().items() if (folder / f"{name}.csv").is_file()}
    return {
        "profile": "tabular-data-package",
        "name": "processed",
        "title": title or "Processed tables",
        "description": "Made by lanxikit from the documents in data/raw. Beside each CSV a run leaves "
        "the same table as Parquet (not kept in version control).",
        "resources": [_resource(declared, folder, set(present)) for declared in present.values()],
    }


def _resource(declared: Table, folder: Path, present: set[str]) -> dict:
    path = folder / f"{declared.name}.csv"
    schema: dict = {"fields": [_field(column, declared) for column in declared.columns], "missingValues": [""]}
    if declared.key:
        schema["primaryKey"] = list(declared.key)
    links = [
        {"fields": column, "reference": {"resource": other, "fields": there}}
        for column, other, there in declared.links
        if other in present
    ]
    if links:
        schema["foreignKeys"] = links
    return {
        "profile": "tabular-data-resource",
        "name": declared.name,
        "path": path.name,
        "description": declared.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{files.sha256(path)}",
        "schema": schema,
    }


def _field(column: Column, declared: Table) -> dict:
    about = column.about
    if column.kind == "tuple":
        about += f" (several values joined by {JOINT!r})"
    if column.kind == "number":
        about += f" ({DIGITS} decimals at most)"
    said: dict = {"name": column.name, "type": _TYPES.get(column.kind, column.kind), "description": about}
    limits: dict = {}
    # An empty text is no missing one, but a CSV cannot tell them apart: only keys and numbers can be required.
    if not column.missing and (column.kind not in ("string", "tuple") or column.name in declared.key or column.values):
        limits["required"] = True
    if declared.key == (column.name,):
        limits["unique"] = True
    if column.values:
        limits["enum"] = list(column.values)
    if column.low is not None:
        limits["minimum"] = column.low
    if column.high is not None:
        limits["maximum"] = column.high
    return said | ({"constraints": limits} if limits else {})
