"""Statements with names: what two notations, of networks and of backpropagation, are written in."""

import ast
import subprocess
import sys

import pytest

from app.address.refusal import Refusal
from app.address.statements import MOST_STATEMENT, MOST_STATEMENTS, Statement, names_used, read_statements


def read(text: str, **more: object) -> tuple[Statement, ...]:
    return read_statements(text, example="y = w*x + b", **more)  # type: ignore[arg-type]


def test_semicolons_and_line_breaks_of_every_system_part_statements() -> None:
    for text in ("y = w*x; p = f(y)", "y = w*x\r\np = f(y)\r\n", "\n y = w*x ;\n\n p = f(y);", "y = w*x\rp = f(y)"):
        assert [(each.number, each.name, ast.unparse(each.value)) for each in read(text)] == [
            (1, "y", "w * x"),
            (2, "p", "f(y)"),
        ], text


def test_a_line_break_inside_brackets_is_a_space() -> None:
    (only,) = read("concat(a,\r\n  b)")
    assert ast.unparse(only.value) == "concat(a, b)"


def test_a_statement_knows_where_it_stands() -> None:
    text = "a = conv(3, 64);  b = relu(a)"
    assert [text[each.start :].startswith(each.text) for each in read(text)] == [True, True]


def test_names_are_read_in_the_order_of_the_text_and_functions_are_none() -> None:
    (only,) = read("add(b, conv(3)(a), -c)")
    assert [name.id for name in names_used(only.value)] == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no statement"),
        (" ;\r\n; ", "no statement"),
        ("a = 1; a = 2", "Statement 2, “a = 2”: “a” is made already, in statement 1"),
        ("a = b + 1; b = 2", "Statement 1, “a = b + 1”, at character 5: “b” is made only in statement 2"),
        ("a = a + 1", "“a” is made only in statement 1"),
        ("2a = 1", "“2a” cannot be a name"),
        ("ä = 1", "“ä” cannot be a name"),
        ("x = 1", "“x” has a meaning already"),
        ("a = 1; b = conv(3,,2)", "Statement 2, “b = conv(3,,2)”, at character 12"),
        ("import os", "Statement 1, “import os”"),
        ("a = (1", "Statement 1"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(text, reserved=("x",))
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 900,
        "-" * 900 + "1",
        "+".join("a" * 400),
        "f(" * 300 + ")" * 300,
        "a" * (MOST_STATEMENT + 1),
        ";".join(["f(x)"] * (MOST_STATEMENTS + 1)),
        "x" * 100_000,
        "\0",
        "'" + "a" * 500,
        "lambda:" * 100,
        "{" * 500,
        "[" * 150 + "]" * 150,
    ],
)
def test_hostile_text_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Refusal):
        read(text)


def test_what_a_stranger_writes_leaves_no_remark_of_pythons_in_the_log() -> None:
    program = (
        "from app.address.statements import read_statements; read_statements('L = 1if x else 0x1or 2', example='')"
    )
    asked = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert asked.stderr == ""
