"""The equation of a step as centred lines of coloured text, for pictures that leave the page."""

from collections.abc import Callable, Mapping, Sized
from html import escape

from app.format import short
from app.painters.mathml import MOST, MOST_ENTRIES, TURNED, letter
from app.scene import Scene
from app.views.frame import Column, Equation, Stamp, Tally

HEIGHT = 30
"""Units from one line to the next."""

Paint = Callable[..., str]


def equation_lines(scene: Scene, told: Equation, palette: Mapping[str, str]) -> list[str]:
    """Each line as SVG text: the products in the kernel's rows and their sum, or a stamp and where it overlaps."""
    layer = scene.layer
    spaces = {"input": layer.data, "tap": layer.weights or "w", "output": "y"}
    paint = painter({**palette, **{role: palette[layer.space(grid)] for role, grid in spaces.items()}})
    if "stamp" in told:
        return stamped(scene, told, told["stamp"], paint)
    if "column" in told:
        return copied(scene, told, told["column"], paint)
    lines = summed(scene, told, paint)
    return [*lines, *equation_lines(scene, told["beside"], palette)] if "beside" in told else lines


def written(lines: list[str], x: float, y: float, colour: str) -> str:
    """The lines one under the other, centred on x."""
    return "".join(
        f'<text x="{x:g}" y="{y + i * HEIGHT:g}" fill="{colour}" font-size="18" text-anchor="middle">{line}</text>'
        for i, line in enumerate(lines)
    )


def summed(scene: Scene, told: Equation, paint: Paint) -> list[str]:
    """y[index] = the products, reduced; several channels add a ledger under it."""
    first = scene.presentation.first_index
    left = f"{scene.letter('y')}{told.get('mark', '')}{named(told['index'], first)} = "
    many = bool(told["sums"])
    sign = ", " if told["reduction"] == "max" else " + "
    power = told["power"] if told["reduction"] == "power" else 1
    rows = [
        sign.join(
            term(value, weight, lettered(told, r * len(row) + c), power, scene, paint)
            for c, (value, weight) in enumerate(row[:MOST])
        )
        + dots(row, sign)
        for r, row in enumerate(told["rows"][:MOST])
    ]
    before, after = around(told)
    start = f"s[{told['channel'] + first}] = " if many else left
    result, role = (told["sums"][told["place"]], "product") if many else (told["y"], "output")
    bias = "" if many or told["bias"] is None else added(told["bias"], "tap", paint)
    leading, trailing = ("", ",") if told["reduction"] == "max" else ("+ ", "")
    rows = [(leading if r else start + before) + row + trailing * (r < len(rows) - 1) for r, row in enumerate(rows)]
    rows[-1] += dots(told["rows"], sign) + after + bias + " = " + paint(short(result), role, 700)
    if many:
        rows.append(left + ledger(told, paint) + " = " + paint(short(told["y"]), "output", 700))
    if told["a"] is not None:
        rows.append(f"{scene.layer.activation}({short(told['y'])}) = " + paint(short(told["a"]), "output", 700))
    return rows


def lettered(told: Equation, place: int) -> int:
    """Which letter the weight at a place has: where the kernel was turned, they count from the end."""
    return sum(map(len, told["rows"])) - 1 - place if told.get("mark") == TURNED else place


def stamped(scene: Scene, told: Equation, stamp: Stamp, paint: Paint) -> list[str]:
    """x[index] = its number, times the kernel or shared out; and the sums where it meets earlier stamps.

    Under a finished picture the sums on the way to it would contradict it.
    """
    first = scene.presentation.first_index
    name = stamp["grid"] + named(told["index"], first)
    value = paint(short(told["y"]), "input", 700)
    if stamp["weights"]:
        line = f"{name} · w = {value} · {paint('w', 'tap')}"
    elif stamp["divisor"] is not None:
        line = f"{name} / {stamp['divisor']} = {value} / {stamp['divisor']}"
    else:
        line = f"{name} = {value} → {scene.letter('y')}{named(stamp['target'] or [], first)}"
    if scene.presentation.step is None:
        return [line]
    tallies = [tally(told, stamp["adds"], scene, paint) for told in stamp["tallies"]]
    further = " …" if stamp["overlaps"] > len(tallies) else ""
    return [line, *([",  ".join(tallies) + further] if tallies else [])]


def copied(scene: Scene, told: Equation, column: Column, paint: Paint) -> list[str]:
    """A column and its numbers; and of a folding the sums where it meets earlier columns."""
    first, is_copy = scene.presentation.first_index, column["grid"] == "y"
    role, numbers = "output" if is_copy else "input", column["numbers"]
    shown = ", ".join(paint(short(value), role, 700) for value in numbers[:MOST_ENTRIES])
    dots = ", …" if len(numbers) > MOST_ENTRIES else ""
    line = f"{column['grid']}[:, {told['index'][0] + first}] = ({shown}{dots})ᵀ"
    tallies = [tally(each, True, scene, paint) for each in column["tallies"]]
    further = " …" if column["overlaps"] > len(tallies) else ""
    return [line, *([",  ".join(tallies) + further] if tallies else [])]


def tally(told: Tally, adds: bool, scene: Scene, paint: Paint) -> str:
    """y[index]: 2 + 3 = 5, or what is replaced by what."""
    sums = added(told["added"], "product", paint) + " = " if adds else " → "
    before, after = paint(short(told["before"]), "output"), paint(short(told["after"]), "output", 700)
    index = named(told["index"], scene.presentation.first_index)
    return f"{scene.letter('y')}{index}: {before}{sums}{after}"


def named(index: list[int], first: int) -> str:
    return f"[{', '.join(str(i + first) for i in index)}]"


def ledger(told: Equation, paint: Paint) -> str:
    """The channels' sums and the bias, added up."""
    first_sum, *rest = told["sums"][:MOST]
    further = "".join(added(s, "product", paint) for s in rest) + dots(told["sums"])
    bias = "" if told["bias"] is None else added(told["bias"], "tap", paint)
    return paint(short(first_sum), "product") + further + bias


def added(value: float, role: str, paint: Paint) -> str:
    """A further summand: what is negative is taken away."""
    return f" {'−' if value < 0 else '+'} " + paint(short(abs(value)), role)


def around(told: Equation) -> tuple[str, str]:
    """What is written before and after the terms: max( ), ( ) / 4, (( ) · 4/2)^(1/2)."""
    if told["reduction"] == "max":
        return "max(", ")"
    if told["reduction"] == "mean":
        return "(", f") / {told['divisor']}"
    if told["reduction"] == "power":
        factor = f" · {told['factor']}/{told['divisor']}" if told["factor"] else ""
        return "(", f"){factor} ^ (1/{told['power']})"
    return "", ""


def dots(terms: Sized, sign: str = " + ") -> str:
    """What stands for the terms that are not written."""
    return f"{sign}…" if len(terms) > MOST else ""


def painter(palette: Mapping[str, str]) -> Paint:
    def paint(what: str, role: str, weight: int = 400) -> str:
        return f'<tspan fill="{palette[role]}" font-weight="{weight}">{escape(what)}</tspan>'

    return paint


def term(value: float, weight: float | None, index: int, power: int, scene: Scene, paint: Paint) -> str:
    if weight is None:
        return paint(short(value), "input") + (f"^{power}" if power > 1 else "")
    shown = letter(index) if scene.presentation.letters else short(weight)
    return paint(short(value), "input") + "·" + paint(shown, "tap")
