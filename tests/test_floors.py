"""The house: imports only go down, and rooms on the same floor do not know each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import lanxikit

HOUSE = Path(lanxikit.__file__).parent
GROUND = {"errors", "messages", "text", "tables", "lexicons", "fonts", "gazetteer"}
FLOORS = ({"reading"}, {"segmenting"}, {"annotating"}, {"topics", "comparing"}, {"refining", "textstats"}, {"inference", "coding"}, {"evaluating"})
MODULES = sorted(path for path in HOUSE.rglob("*.py") if path.parent != HOUSE or path.stem in GROUND)
VERBS = {"lanxikit.study.pipeline", "lanxikit.study.evaluate"}
"""Who may call the verbs by ``import lanxikit as lx``."""


def room(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def below(name: str) -> set[str]:
    """The rooms that a room may use."""
    if name == "study":
        return GROUND | set().union(*FLOORS) | {"plots", "study"}
    found = set(GROUND)
    for floor in FLOORS:
        if name in floor:
            return found | {name}
        found |= floor
    return GROUND | {name}


def imported(path: Path) -> set[str]:
    """The modules of lanxikit that a module imports, by statement or by ``import_module``."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the full name instead of dots"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "import_module":
            first = node.args[0].values[0] if isinstance(node.args[0], ast.JoinedStr) else node.args[0]
            names |= {first.value} if isinstance(getattr(first, "value", None), str) else set()
    return {name for name in names if name.split(".")[0] == "lanxikit"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_imports_go_down(path):
    module = ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts)
    for name in imported(path):
        parts = name.split(".")
        if parts in (["lanxikit"], ["lanxikit", "__version__"]):
            assert parts[1:] or module in VERBS, f"{module} calls the verbs"
        else:
            assert parts[1] in below(room(path)), f"{module} imports {name}"


def test_every_room_has_a_floor():
    rooms = {path.name for path in HOUSE.iterdir() if (path / "__init__.py").is_file()}
    assert rooms - GROUND - set().union(*FLOORS) == {"plots", "study"}


def test_the_rule_can_be_broken():
    assert "comparing" not in below("topics") and "topics" not in below("comparing")
    assert "annotating" in below("comparing") and "refining" not in below("comparing")
    assert below("plots") == GROUND | {"plots"}
