"""The equation of a step as MathML, coloured by role. The scripts write the same for every further step:
static/js/equation.js, and static/js/views/ for stamps and for columns."""

import re
from html import escape
from typing import cast

from app.format import MINUS, short
from app.views.frame import Column, Equation, Stamp, Tally

TURNED = "∗"
"""Marks the y of a true convolution, where it stands beside the other."""
MOST = 7
"""Larger kernels are written with dots after this many rows and columns."""
MOST_PATCHES, MOST_ENTRIES = 3, 9
"""Windows of one column, and numbers of it, that are written out."""


def equation_mathml(
    equation: Equation, *, first_index: int, letters: bool, activation: str | None, result: str = "y"
) -> str:
    """y[index] = the products in the kernel's rows = the sum; several channels add a ledger under it.

    `result` is what readers call y.
    """
    if "stamp" in equation:
        return stamp_mathml(equation, equation["stamp"], first_index, letters, result)
    if "column" in equation:
        return column_mathml(equation, equation["column"], first_index)
    if "mark" in equation:
        return marked_mathml(equation, first_index, letters, activation)
    index = "<mo>,</mo>".join(f"<mn>{i + first_index}</mn>" for i in equation["index"])
    left = f"<msub>{grid_name(result)}<mrow>{index}</mrow></msub>"
    many = bool(equation["sums"])
    start = f"<msub><mi>s</mi><mrow><mn>{equation['channel'] + first_index}</mn></mrow></msub>" if many else left
    bias = "" if many or equation["bias"] is None else added(equation["bias"], "tap")
    total = (
        number(equation["sums"][equation["place"]], "product result")
        if many
        else number(equation["y"], "output result")
    )
    lines = [f"{start}<mo>=</mo>{reduced(equation, letters)}{bias}<mo>=</mo>{total}"]
    if many:
        lines.append(f"{left}<mo>=</mo>{ledger(equation)}<mo>=</mo>{number(equation['y'], 'output result')}")
    if equation["a"] is not None:
        argument = f"<mo>(</mo>{number(equation['y'], 'output')}<mo>)</mo>"
        lines.append(f"<mi>{activation}</mi>{argument}<mo>=</mo>{number(equation['a'], 'output result')}")
    return "".join(f'<math display="block"><mrow>{line}</mrow></math>' for line in lines)


def grid_name(name: str, role: str = "") -> str:
    """What a grid is called, in the colour of its role. A letter with a bar over it is no single character, and has to
    be asked to slant."""
    classes = " ".join([role] * bool(role) + ["bar"] * name.endswith("\N{COMBINING MACRON}"))
    return f'<mi class="{classes}">{name}</mi>' if classes else f"<mi>{name}</mi>"


def marked_mathml(equation: Equation, first_index: int, letters: bool, activation: str | None) -> str:
    """Sums that stand beside each other, each y with its mark. static/js/views/companion.js writes the same."""
    plain = cast("Equation", {key: value for key, value in equation.items() if key not in ("mark", "beside")})
    markup = equation_mathml(plain, first_index=first_index, letters=letters, activation=activation)
    result = re.sub(
        "<msub><mi>y</mi>(<mrow>.*?</mrow>)</msub>",
        rf"<msubsup><mi>y</mi>\1<mo>{equation['mark']}</mo></msubsup>",
        markup,
    )
    if letters and equation["mark"] == TURNED:
        result = from_the_end(result, sum(map(len, equation["rows"])))
    others = [equation["beside"]] if "beside" in equation else []
    further = [marked_mathml(other, first_index, letters, activation) for other in others]
    return "".join([f"<div>{result}</div>", *further])


def from_the_end(markup: str, places: int) -> str:
    """The letters of a kernel that was turned: each weight keeps the one that it had."""
    names = {letter(place): letter(places - 1 - place) for place in range(places)}
    return re.sub('<mi class="tap">(.*?)</mi>', lambda named: f'<mi class="tap">{names[named[1]]}</mi>', markup)


def reduced(equation: Equation, letters: bool) -> str:
    """What becomes of the products: their sum, their largest, their mean, or the root of their powers' sum."""
    terms = table(equation, letters)
    divisor = f"<mn>{equation['divisor']}</mn>"
    if equation["reduction"] == "max":
        return f"<mi>max</mi><mrow><mo>(</mo>{terms}<mo>)</mo></mrow>"
    if equation["reduction"] == "mean":
        return f"<mfrac><mrow>{terms}</mrow>{divisor}</mfrac>"
    if equation["reduction"] == "power":
        factor = f"<mfrac><mn>{equation['factor']}</mn>{divisor}</mfrac><mo>·</mo>" if equation["factor"] else ""
        degree = f"<mn>{equation['power']}</mn>"
        return f"<mroot><mrow>{factor}<mo>(</mo>{terms}<mo>)</mo></mrow>{degree}</mroot>"
    return terms


def table(equation: Equation, letters: bool) -> str:
    """The products, laid out as the kernel is."""
    rows, cols = equation["rows"], len(equation["rows"][0])
    sign = "<mo>,</mo>" if equation["reduction"] == "max" else "<mo>+</mo>"
    leading, trailing = ("", "<mo>,</mo>") if equation["reduction"] == "max" else ('<mo form="infix">+</mo>', "")
    power = equation["power"] if equation["reduction"] == "power" else 1
    lines = []
    for r, row in enumerate(rows[:MOST]):
        terms = [term(x, w, letter(r * cols + c) if letters else None, power) for c, (x, w) in enumerate(row[:MOST])]
        dots = f"{sign}<mo>…</mo>" if cols > MOST else ""
        is_last = r == len(rows) - 1
        lines.append((leading if r else "") + sign.join(terms) + dots + ("" if is_last else trailing))
    if len(rows) > MOST:
        lines.append(f"{leading}<mo>…</mo>")
    return (
        f'<mtable class="cols-{min(cols, MOST)}">'
        + "".join(f"<mtr><mtd>{line}</mtd></mtr>" for line in lines)
        + "</mtable>"
    )


def term(x: float, w: float | None, letter: str | None, power: int) -> str:
    if w is None:
        return number(x, "input") if power == 1 else f"<msup>{number(x, 'input')}<mn>{power}</mn></msup>"
    weight = f'<mi class="tap">{letter}</mi>' if letter else number(w, "tap")
    idle = ' class="zero"' if x == 0 or (w == 0 and not letter) else ""
    return f"<mrow{idle}>{number(x, 'input')}<mo>·</mo>{weight}</mrow>"


def ledger(equation: Equation) -> str:
    """The channels' sums and the bias, added up."""
    first, *rest = equation["sums"][:MOST]
    dots = plus("<mo>…</mo>") if len(equation["sums"]) > MOST else ""
    bias = "" if equation["bias"] is None else added(equation["bias"], "tap")
    return number(first, "product") + "".join(added(s, "product") for s in rest) + dots + bias


def added(value: float, role: str) -> str:
    """A further summand: what is negative is taken away."""
    sign = MINUS if value < 0 else "+"
    return f"<mo>{sign}</mo>{number(abs(value), role)}"


def plus(what: str) -> str:
    return "<mo>+</mo>" + what


def number(value: float, role: str) -> str:
    text = escape(short(value))
    if text.startswith(MINUS):
        return f'<mrow class="{role}"><mo form="prefix">{MINUS}</mo><mn>{text[1:]}</mn></mrow>'
    return f'<mn class="{role}">{text}</mn>'


def letter(index: int) -> str:
    """a, b, c … in reading order of the kernel as it is drawn; beyond z with a number."""
    turn, place = divmod(index, 26)
    return chr(ord("a") + place) + (str(turn) if turn else "")


def stamp_mathml(equation: Equation, stamp: Stamp, first_index: int, letters: bool, result: str) -> str:
    """x[index] · w = its number times the kernel = the stamp; and under it the sums where it meets earlier stamps."""
    value, weights = number(equation["y"], "input"), stamp["weights"]
    line = element(stamp["grid"], equation["index"], "input", first_index)
    if weights:
        line += f'<mo>·</mo><mi class="tap">w</mi><mo>=</mo>{value}<mo>·</mo>{matrix(tap_rows(weights, letters))}'
        line += "" if letters else f"<mo>=</mo>{matrix(product_rows(stamp))}"
    elif stamp["divisor"] is not None:
        share = next(number(p, "product result") for p in stamp["products"][0] if p is not None)
        part = f"<mo>·</mo><mfrac><mn>1</mn><mn>{stamp['divisor']}</mn></mfrac><mo>=</mo>"
        line += f"{part}{value}{part}{share}"
    else:
        line += f"<mo>=</mo>{value}<mo>→</mo>{element(result, stamp['target'] or [], 'output', first_index)}"
    tallies = "".join(tally(told, stamp["adds"], first_index, result) for told in stamp["tallies"])
    further = "<span>…</span>" if stamp["overlaps"] > len(stamp["tallies"]) else ""
    return f'<math display="block"><mrow>{line}</mrow></math><div class="tallies">{tallies}{further}</div>'


def element(grid: str, index: list[int], role: str, first_index: int) -> str:
    """A number of a grid by its index."""
    places = "<mo>,</mo>".join(f"<mn>{i + first_index}</mn>" for i in index)
    return f"<msub>{grid_name(grid, role)}<mrow>{places}</mrow></msub>"


def tap_rows(weights: list[list[float]], letters: bool) -> list[list[str]]:
    cols = len(weights[0])
    if letters:
        return [[f'<mi class="tap">{letter(r * cols + c)}</mi>' for c in range(cols)] for r in range(len(weights))]
    return [[number(weight, "tap") for weight in row] for row in weights]


def product_rows(stamp: Stamp) -> list[list[str]]:
    """What lands; a dot for a place that lands nowhere."""
    return [["<mo>·</mo>" if p is None else number(p, "product") for p in row] for row in stamp["products"]]


def matrix(rows: list[list[str]]) -> str:
    """A table in brackets, with dots for what is too large to write out."""
    shown = [[*row[:MOST], *(["<mo>…</mo>"] if len(row) > MOST else [])] for row in rows[:MOST]]
    if len(rows) > MOST:
        shown.append(["<mo>…</mo>"])
    lines = "".join(f"<mtr>{''.join(f'<mtd>{entry}</mtd>' for entry in row)}</mtr>" for row in shown)
    cols = min(len(rows[0]), MOST)
    return f'<mrow><mo>(</mo><mtable class="matrix cols-{cols}">{lines}</mtable><mo>)</mo></mrow>'


def tally(told: Tally, adds: bool, first_index: int, result: str = "y") -> str:
    """y[index]: 2 + 3 = 5, or what is replaced by what."""
    after = number(told["after"], "output result")
    sums = f"{added(told['added'], 'product')}<mo>=</mo>{after}" if adds else f"<mo>→</mo>{after}"
    name = element(result, told["index"], "output", first_index)
    return f"<math><mrow>{name}<mo>:</mo>{number(told['before'], 'output')}{sums}</mrow></math>"


def column_mathml(equation: Equation, column: Column, first_index: int) -> str:
    """y[:, l] = vec(window) = the column; or of a folding x[:, l] = the column → its window, and the sums under it."""
    is_copy = column["grid"] == "y"
    role, other = ("output", "input") if is_copy else ("input", "product")
    index = f"<mo>:</mo><mo>,</mo><mn>{equation['index'][0] + first_index}</mn>"
    name = f'<msub><mi class="{role}">{column["grid"]}</mi><mrow>{index}</mrow></msub><mo>=</mo>'
    patches, numbers = windows_of(column, other), entries(column, role)
    told = f"<mi>vec</mi>{patches}<mo>=</mo>{numbers}" if is_copy else f"{numbers}<mo>→</mo>{patches}"
    line = f'<math display="block"><mrow>{name}{told}</mrow></math>'
    if is_copy:
        return line
    tallies = "".join(tally(each, True, first_index) for each in column["tallies"])
    further = "<span>…</span>" if column["overlaps"] > len(column["tallies"]) else ""
    return f'{line}<div class="tallies">{tallies}{further}</div>'


def windows_of(column: Column, role: str) -> str:
    """The windows of a column as matrices, one for each channel."""
    planes, rows, cols = column["shape"]
    numbers = [number(value, role) for value in column["numbers"]]
    lines = [numbers[first : first + cols] for first in range(0, len(numbers), cols)]
    shown = [matrix(lines[plane * rows : (plane + 1) * rows]) for plane in range(min(planes, MOST_PATCHES))]
    joined = "<mo>,</mo>".join([*shown, *(["<mo>…</mo>"] if planes > MOST_PATCHES else [])])
    return joined if planes == 1 else f"<mrow><mo>(</mo>{joined}<mo>)</mo></mrow>"


def entries(column: Column, role: str) -> str:
    """The column laid down: (6, 7, 10, 11)ᵀ."""
    shown = [number(value, role) for value in column["numbers"][:MOST_ENTRIES]]
    dots = ["<mo>…</mo>"] if len(column["numbers"]) > MOST_ENTRIES else []
    inner = "<mo>,</mo>".join([*shown, *dots])
    return f'<msup><mrow><mo>(</mo>{inner}<mo>)</mo></mrow><mi mathvariant="normal">T</mi></msup>'
