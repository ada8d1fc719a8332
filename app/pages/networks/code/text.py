"""Code as text: bounded, and parsed; never executed."""

import ast
import re
import textwrap
from typing import NoReturn

from app.address.refusal import Refusal
from app.pages.networks import words

MOST_TEXT = 100_000
MOST_NESTING = 40
MOST_RUN = 600
"""Characters between two commas or brackets: a chain of operators stays short."""
NOT_CODE = re.compile(r"'''.*?'''|\"\"\".*?\"\"\"|#[^\n]*|\"[^\"\n]*\"|'[^'\n]*'", re.DOTALL)

PROMPT = re.compile(r"^>>> ", re.MULTILINE)
PROMPTED = re.compile(r"(>>>|\.\.\.)( |$)")
NO_CODE_LINE = re.compile(r"^\s*(```|[%!][A-Za-z]).*$", re.MULTILINE)


def parsed(text: str) -> ast.Module:
    """The syntax tree, of text that is bounded first: a parser may need much memory for little text."""
    if len(text) > MOST_TEXT:
        refuse(words.CODE_TOO_LONG, value=len(text), most=MOST_TEXT)
    text = without_marks(text)
    check_nesting(NOT_CODE.sub("0", text))
    dedented = textwrap.dedent(text).strip() + "\n"
    try:
        return ast.parse(dedented)
    except SyntaxError as error:
        try:  # layers copied out of their brackets: nn.Conv2d(1, 6, 5), nn.ReLU(),
            return ast.parse(f"[\n{dedented.rstrip().rstrip(',')}\n]")
        except SyntaxError:
            refuse(words.CODE_BROKEN, line=error.lineno or 1, reason=error.msg)
    except (ValueError, RecursionError, MemoryError):
        refuse(words.CODE_UNREADABLE)


def without_marks(text: str) -> str:
    """The code alone, line by line: without the prompts of an interpreter, a notebook's commands, and fences."""
    if PROMPT.search(text):
        text = "".join(f"{line[4:]}\n" if PROMPTED.match(line) else "\n" for line in text.splitlines())
    return NO_CODE_LINE.sub("", text)


def check_nesting(code: str) -> None:
    depth = 0
    for bracket in re.findall(r"[()\[\]{}]", code):
        depth += 1 if bracket in "([{" else -1
        if depth > MOST_NESTING:
            refuse(words.CODE_TOO_DEEP, most=MOST_NESTING)
    if max(map(len, re.split(r"[(),\[\]{}\n;]", code))) > MOST_RUN:
        refuse(words.CODE_UNREADABLE)


def first_line(node: ast.AST) -> str:
    return ast.unparse(node).split("\n")[0]


def is_main(statement: ast.If) -> bool:
    """`if __name__ == "__main__":`"""
    return "__name__" in ast.unparse(statement.test)


def is_super(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super"


def refuse(sentence: str, **numbers: object) -> NoReturn:
    raise Refusal(sentence.format(**numbers), type="code")
