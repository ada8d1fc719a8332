"""Statements with names, `y = w*x + b; p = sigmoid(y)`: read with Python's `ast`, never run.

    statements = statement ; statement ; …       a line break is a semicolon, but inside brackets it is a space
    statement  = expression | name = expression

A name is given once, and before it is used. What an expression may hold is the caller's to say: each language walks
the trees itself and refuses with `Statement.refuse`, which says where. The text is bounded before Python's parser sees
it, and the depth of the trees after, so that a caller may walk them by recursion.
"""

import ast
import re
import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NoReturn

from app.address.phrases import shown
from app.address.query import with_line_feeds
from app.address.refusal import Refusal
from app.text import statements as words

MOST_TEXT = 8_000
MOST_STATEMENTS = 400
MOST_STATEMENT = 1_000
"""Characters of one statement: a chain of operators is as deep as it is long."""
MOST_DEPTH = 60
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
ASSIGNMENT = re.compile(r"([^=()\[\]{}<>!'\"]*)=(?!=)")
OPEN, CLOSE = "([{", ")]}"
# What strangers write is no code of ours: the parser's remarks on it, that 1if is no number, would fill the log.
warnings.filterwarnings("ignore", category=SyntaxWarning, module="<unknown>")


@dataclass(frozen=True)
class Statement:
    """One expression and the name of its result, empty where it is given none."""

    number: int
    """From 1."""
    name: str
    value: ast.expr
    text: str
    start: int
    """Where `text` stands in all of the text."""

    def refuse(self, sentence: str, at: ast.AST | None = None, **numbers: object) -> NoReturn:
        """A Refusal that says where: `{place}` in the sentence is the statement, and the character of `at`."""
        raise Refusal(sentence.format(place=self.place(at), **numbers), type="statements")

    def place(self, at: ast.AST | None = None) -> str:
        """The statement as a sentence calls it, and where in it this piece stands."""
        if at is None or not hasattr(at, "col_offset"):
            return words.PLACE.format(number=self.number, text=shown(self.text))
        before = self.text[self.expression_start :].encode()[: at.col_offset].decode(errors="ignore")
        character = self.expression_start + len(before) + 1
        return words.PLACE_AT.format(number=self.number, text=shown(self.text), character=character)

    @property
    def expression_start(self) -> int:
        """Where the expression begins in `text`."""
        if not self.name:
            return 0
        behind = self.text[self.text.index("=") + 1 :]
        return len(self.text) - len(behind.lstrip())


def read_statements(
    text: str,
    *,
    example: str,
    reserved: Collection[str] = (),
    most_text: int = MOST_TEXT,
    most_statements: int = MOST_STATEMENTS,
    most_statement: int = MOST_STATEMENT,
) -> tuple[Statement, ...]:
    """The statements of a text in their order; a Refusal where one cannot be read, or a name is not given once.

    >>> [(each.name, ast.unparse(each.value)) for each in read_statements("y = w*x + b; sigmoid(y)", example="")]
    [('y', 'w * x + b'), ('', 'sigmoid(y)')]
    """
    if len(text) > most_text:
        raise Refusal(words.TOO_LONG.format(value=len(text), most=most_text), type="too_long")
    pieces = [(start, piece) for start, piece in split(with_line_feeds(text)) if piece]
    if not pieces:
        raise Refusal(words.NONE.format(example=example), type="missing")
    if len(pieces) > most_statements:
        raise Refusal(words.TOO_MANY.format(value=len(pieces), most=most_statements), type="too_many")
    statements = tuple(read_statement(number, *piece, most_statement) for number, piece in enumerate(pieces, 1))
    check_names(statements, reserved)
    return statements


def split(text: str) -> Iterator[tuple[int, str]]:
    """(where it begins, the statement) between semicolons and line breaks that stand in no bracket."""
    depth = start = 0
    for place, mark in enumerate(text + ";"):
        depth = max(depth + (mark in OPEN) - (mark in CLOSE), 0)
        if place == len(text) or (mark in ";\n" and not depth):
            piece = text[start:place]
            yield start + len(piece) - len(piece.lstrip()), " ".join(piece.strip().split("\n"))
            start = place + 1


def read_statement(number: int, start: int, text: str, most: int) -> Statement:
    """One statement, alone."""
    if len(text) > most:
        sentence = words.STATEMENT_TOO_LONG.format(number=number, value=len(text), most=most)
        raise Refusal(sentence, type="too_long")
    assigned = ASSIGNMENT.match(text)
    name = assigned[1].strip() if assigned else ""
    unread = Statement(number, name, ast.Constant(None), text, start)
    if assigned and not NAME.fullmatch(name):
        unread.refuse(words.NOT_A_NAME, name=shown(name))
    value = parsed(unread, text[unread.expression_start :])
    return Statement(number, name, value, text, start)


def parsed(unread: Statement, expression: str) -> ast.expr:
    """The tree of an expression, not too deep to be walked."""
    try:
        tree = ast.parse(expression, mode="eval").body
    except SyntaxError as error:
        at = ast.Constant(None, col_offset=min((error.offset or 1) - 1, len(expression)))
        unread.refuse(words.BROKEN, at, reason=error.msg)
    except (ValueError, RecursionError, MemoryError):
        unread.refuse(words.TOO_DEEP, most=MOST_DEPTH)
    level: list[ast.AST] = [tree]
    for _ in range(MOST_DEPTH):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return tree
    unread.refuse(words.TOO_DEEP, most=MOST_DEPTH)


def check_names(statements: tuple[Statement, ...], reserved: Collection[str]) -> None:
    """Refuse a name that is given twice, or used before it is made."""
    made: dict[str, int] = {}
    for statement in statements:
        if statement.name in reserved:
            statement.refuse(words.RESERVED, name=statement.name)
        if statement.name in made:
            statement.refuse(words.TWICE, name=statement.name, first=made[statement.name])
        if statement.name:
            made[statement.name] = statement.number
    for statement in statements:
        for used in names_used(statement.value):
            if made.get(used.id, 0) >= statement.number:
                statement.refuse(words.TOO_EARLY, used, name=used.id, made=made[used.id])


def names_used(value: ast.expr) -> list[ast.Name]:
    """The names that an expression reads, in the order of the text; names that are called are functions, not values."""
    functions = {id(call.func) for call in ast.walk(value) if isinstance(call, ast.Call)}
    names = [node for node in ast.walk(value) if isinstance(node, ast.Name) and id(node) not in functions]
    return sorted(names, key=lambda node: node.col_offset)
