"""Arithmetic with plain values, and the few functions and methods of Python that are followed; each bounded."""

import ast
import re
from collections.abc import Callable, Iterator
from math import exp, log, log2, log10, prod
from typing import Any

from app.pages.networks import words
from app.pages.networks.code.text import refuse
from app.pages.networks.torch_layers import MOST_NUMBER

MOST_ENTRIES = 4_000
"""Of a list, or rounds of a loop."""
MOST_LETTERS = 200
MOST_POWER, MOST_BASE, MOST_SHIFT = 8, 1_000, 30
PLACE = re.compile(r"%[sdi]|%%")
NOT_PLAIN = object()
"""Stands for what is not known without running it; None is a value."""


def calculated(operator: type, left: Any, right: Any) -> Any:
    """Numbers, lists or words with an operator between; NOT_PLAIN where that is none of these."""
    if operator is ast.Add and isinstance(left, tuple | list) and type(left) is type(right):
        check_count(len(left) + len(right))
        return [*left, *right] if isinstance(left, list) else (*left, *right)
    if operator is ast.Add and isinstance(left, str) and isinstance(right, str):
        return (left + right)[:MOST_LETTERS]
    if operator is ast.Mod and isinstance(left, str):
        return formatted(left, right if isinstance(right, tuple) else (right,))
    if operator is ast.Mult and isinstance(left, tuple | list) and type(right) is int:
        check_count(len(left) * right)
        return left * right
    if operator is ast.Mult and type(left) is int and isinstance(right, tuple | list):
        return calculated(operator, right, left)
    if operator not in ARITHMETIC or not is_number(left) or not is_number(right):
        return NOT_PLAIN
    if operator in DIVISIONS and right == 0:
        return NOT_PLAIN
    if operator is ast.Pow and not (abs(left) <= MOST_BASE and abs(right) <= MOST_POWER and (left or right >= 0)):
        return NOT_PLAIN
    if operator in SHIFTS and not (type(left) is type(right) is int and 0 <= right <= MOST_SHIFT):
        return NOT_PLAIN
    value = ARITHMETIC[operator](left, right)
    return value if isinstance(value, int | float) and abs(value) <= MOST_NUMBER else NOT_PLAIN


def is_number(value: Any) -> bool:
    return type(value) in (int, float, bool)


def check_count(count: int) -> None:
    if not 0 <= count <= MOST_ENTRIES:
        refuse(words.CODE_TOO_MANY, most=MOST_ENTRIES)


def formatted(text: str, values: tuple[Any, ...]) -> Any:
    """A word with values put in: layer%d and 3 make layer3."""
    places = [place for place in PLACE.findall(text) if place != "%%"]
    if len(places) != len(values) or not all(type(each) in (int, str) for each in values):
        return NOT_PLAIN
    left = iter(values)
    return PLACE.sub(lambda place: "%" if place[0] == "%%" else str(next(left))[:MOST_LETTERS], text)[:MOST_LETTERS]


def compared(operator: type, left: Any, right: Any) -> Any:
    """Whether plain values are equal, or in order; NOT_PLAIN where they are not plain."""
    compare = COMPARISONS.get(operator)
    plain = (int, float, str, bool, tuple, list, dict, type(None))
    if compare is None or not isinstance(left, plain) or not isinstance(right, plain):
        return NOT_PLAIN
    try:
        return compare(left, right)
    except TypeError:
        return NOT_PLAIN


def ranged(given: list[Any]) -> Any:
    """range(…) of whole numbers."""
    if not all(type(each) is int for each in given) or not 1 <= len(given) <= 3 or (len(given) == 3 and not given[2]):
        return NOT_PLAIN
    made = range(*given)
    check_count(len(made))
    return made


def from_to(given: list[Any]) -> Any:
    """torch.linspace(0, 0.1, 12): numbers at equal distances."""
    if len(given) != 3 or not all(map(is_number, given)) or type(given[2]) is not int:
        return NOT_PLAIN
    start, stop, count = given
    check_count(count)
    return [start + (stop - start) * at / max(count - 1, 1) for at in range(count)]


def from_lists(name: str, lists: list[list[Any]], given: list[Any], named: dict[str, Any]) -> Any:
    """enumerate, zip, reversed, list, tuple, set, sorted: of lists whose entries are known."""
    first = lists[0] if lists else []
    if name == "enumerate":
        start = next((each for each in (*given[1:], *named.values()) if type(each) is int), 0)
        return list(enumerate(first, start))
    if name == "zip":
        return list(zip(*lists, strict=False))
    if name == "sorted" and not all(is_number(each) for each in first):
        return NOT_PLAIN
    makers: dict[str, Callable[[list[Any]], Any]] = {"reversed": lambda each: each[::-1], "sorted": sorted}
    return makers.get(name, tuple if name == "tuple" else list)(first)


def of_numbers(name: str, given: list[Any]) -> Any:
    """int, max, sum and their like, of plain values."""
    function = PLAIN.get(name)
    values = given[0] if len(given) == 1 and isinstance(given[0], list | tuple) else given
    if function is None or not values or not all(type(each) in (int, float, bool, str) for each in values):
        return NOT_PLAIN
    try:
        made = function(given[0] if len(given) == 1 else given) if name in SERIES else function(*given)
    except (TypeError, ValueError, OverflowError):
        return NOT_PLAIN
    return NOT_PLAIN if isinstance(made, int) and abs(made) > MOST_NUMBER else made


def of_list(owner: list[Any], name: str, given: list[Any]) -> Any:
    """A method of a list, which may change it; what is added is already known."""
    if name in ("append", "extend", "insert") and given:
        new = list(given[0]) if name == "extend" else [given[-1]]
        check_count(len(owner) + len(new))
        at = given[0] if name == "insert" and type(given[0]) is int else len(owner)
        owner[at:at] = new
        return None
    if name == "pop" and owner:
        at = given[0] if given and type(given[0]) is int else -1
        return owner.pop(at) if -len(owner) <= at < len(owner) else NOT_PLAIN
    if name == "reverse":
        return owner.reverse()
    if name == "index" and given and is_plain(given[0]) and given[0] in owner:
        return owner.index(given[0])
    return list(owner) if name in ("copy", "tolist") else NOT_PLAIN


def is_plain(value: Any) -> bool:
    return type(value) in (int, float, bool, str)


def of_dict(owner: dict[Any, Any], name: str, given: list[Any], named: dict[str, Any]) -> Any:
    """A method of a dict."""
    key = given[0] if given and isinstance(given[0], str | int) else None
    if name == "get" and key is not None:
        return owner.get(key, given[1] if len(given) > 1 else None)
    if name in ("pop", "setdefault") and key is not None:
        default = given[1] if len(given) > 1 else None
        return owner.pop(key, default) if name == "pop" else owner.setdefault(key, default)
    if name == "update":
        owner.update(given[0] if given and isinstance(given[0], dict) else named)
        check_count(len(owner))
        return None
    views: dict[str, Callable[[], Any]] = {
        "items": lambda: list(owner.items()),
        "values": lambda: list(owner.values()),
        "keys": lambda: list(owner),
        "copy": lambda: dict(owner),
    }
    return views[name]() if name in views else NOT_PLAIN


def of_text(owner: str, name: str, given: list[Any]) -> Any:
    """A method of a word: "stage{}".format(2), "relu".lower()."""
    if name == "format" and all(is_plain(each) for each in given) and owner.count("{}") == len(given):
        pieces = owner.split("{}")
        ends = (*map(str, given), "")
        return "".join(piece + end for piece, end in zip(pieces, ends, strict=True))[:MOST_LETTERS]
    if name in ("lower", "upper", "strip", "isdigit") and not given:
        return getattr(owner, name)()
    if name in ("startswith", "endswith") and given and isinstance(given[0], str):
        return owner.startswith(given[0]) if name == "startswith" else owner.endswith(given[0])
    return (
        owner.split(*given) if name == "split" and all(isinstance(each, str) and each for each in given) else NOT_PLAIN
    )


def whole_slice(key: slice) -> bool:
    return all(each is None or type(each) is int for each in (key.start, key.stop, key.step)) and key.step != 0


def flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list | tuple):
            yield from value
        else:
            yield value


COMPARISONS: dict[type, Callable[[Any, Any], bool]] = {
    ast.Eq: lambda a, b: bool(a == b),
    ast.NotEq: lambda a, b: bool(a != b),
    ast.Lt: lambda a, b: bool(a < b),
    ast.LtE: lambda a, b: bool(a <= b),
    ast.Gt: lambda a, b: bool(a > b),
    ast.GtE: lambda a, b: bool(a >= b),
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}
ARITHMETIC: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.FloorDiv: lambda a, b: a // b,
    ast.Mod: lambda a, b: a % b,
    ast.Pow: lambda a, b: a**b,
    ast.LShift: lambda a, b: a << b,
    ast.RShift: lambda a, b: a >> b,
}
DIVISIONS = frozenset({ast.Div, ast.FloorDiv, ast.Mod})
SHIFTS = frozenset({ast.LShift, ast.RShift})
SERIES = frozenset({"max", "min", "sum", "prod"})
PLAIN: dict[str, Callable[..., Any]] = {
    "int": int,
    "float": float,
    "bool": bool,
    "str": lambda value: str(value)[:MOST_LETTERS],
    "abs": abs,
    "round": round,
    "max": max,
    "min": min,
    "sum": sum,
    "ceil": lambda value: -int(-value // 1),
    "floor": lambda value: int(value // 1),
    "sqrt": lambda value: value**0.5,
    "exp": exp,
    "log": log,
    "log2": log2,
    "log10": log10,
    "pow": lambda base, power: calculated(ast.Pow, base, power),
    "prod": prod,
}
OF_LISTS = frozenset({"enumerate", "zip", "reversed", "list", "tuple", "sorted"})
BUILTINS = frozenset(
    {
        *PLAIN,
        *OF_LISTS,
        "range",
        "len",
        "map",
        "type",
        "isinstance",
        "getattr",
        "setattr",
        "hasattr",
        "cast",
        "deepcopy",
        "dict",
    }
)
