"""The sentences that a reader sees: each has one value, and each is said somewhere."""

import ast
import re
from collections import Counter
from pathlib import Path

from tests.each import each
from tests.program import ROOT

CODE = {path: path.read_text("utf-8") for path in (ROOT / "app").rglob("*.py")}
TEMPLATES = "".join(path.read_text("utf-8") for path in (ROOT / "templates").iterdir())
WORDS = [path for path in CODE if path.stem == "words" or path.parent.name in ("text", "words")]


def assigned(path: Path) -> Counter[str]:
    """How often a module gives a value to each of its names."""
    targets: list[ast.expr] = []
    for node in ast.parse(CODE[path]).body:
        targets += node.targets if isinstance(node, ast.Assign) else ()
        targets += (node.target,) if isinstance(node, ast.AnnAssign) else ()
    return Counter(node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))


def words_in(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def readers(path: Path) -> str:
    """The code that imports a module, and all templates, which are handed modules whole."""
    package, _, name = ".".join(path.relative_to(ROOT).with_suffix("").parts).rpartition(".")
    imported = re.compile(
        rf"from {re.escape(package)} import \(?[^()]*\b{name}\b|from {re.escape(package)}\.{name} import"
    )
    return TEMPLATES + "".join(text for other, text in CODE.items() if other != path and imported.search(text))


@each("path", WORDS, name=lambda path: str(path.relative_to(ROOT)))
def test_a_sentence_has_one_value(path: Path) -> None:
    assert {name for name, count in assigned(path).items() if count > 1} == set()


@each("path", WORDS, name=lambda path: str(path.relative_to(ROOT)))
def test_every_sentence_is_said_somewhere(path: Path) -> None:
    outside, inside = words_in(readers(path)), words_in(CODE[path])
    assert {name for name in assigned(path) if not outside[name] and inside[name] < 2} == set()
