"""Boundaries that import-linter does not see."""

import ast
import re
import tomllib

import pytest

from app.views.table import VIEWS
from app.views.view import View
from tests.program import ROOT

CALLERS = [path for path in sorted((ROOT / "app").rglob("*.py")) if "views" not in path.parts]


def named_in(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


@pytest.fixture(scope="module")
def views() -> set[str]:
    """The names of all classes of views."""
    found, waiting = set(), [View]
    while waiting:
        waiting += (view := waiting.pop()).__subclasses__()
        found.add(view.__name__)
    assert len(found) > len(VIEWS)
    return found


def test_no_caller_asks_a_view_for_its_type(views: set[str]) -> None:
    asked = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in CALLERS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "isinstance" and named_in(node.args[1]) & views
    ]
    assert asked == []


def test_the_map_of_the_readme_goes_down_as_imports_do() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    depth = {module.strip(): place for place, line in enumerate(reversed(layers)) for module in line.split(":")}
    table = re.findall(r"^\| (\[.*?) \| ", (ROOT / "README.md").read_text("utf-8"), flags=re.MULTILINE)
    rows = [[link.rstrip("/").replace("/", ".") for link in re.findall(r"\]\(([^)]*)\)", row)] for row in table]
    named = [module for row in rows for module in row]
    packages = {f"app.{path.parent.name}" for path in (ROOT / "app").glob("*/__init__.py")}
    assert packages <= set(named)
    ordered = [depth[module] for module in named if module in depth]
    assert ordered == sorted(ordered)
