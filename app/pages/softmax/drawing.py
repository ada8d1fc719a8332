"""Scores on their way to a loss, as SVG: a row for each class, and from left to right what becomes of its score.

Drawn twice, for a wide and for a narrow screen. What a step brings carries it as `data-known`, and is marked
`data-ahead` until then; each number says its column and its row, so that the page's script can let it fly on.
"""

from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from app.pages.softmax import words
from app.pages.softmax.asked import Asked
from app.painters.palette import PAGE, Palette
from app.text.format import decimals

SCORE, POWER, SUM, SHARE, LOSS, SLOPE = range(6)
"""The steps, each of which brings its column."""
POWER_PLACES = 2
BOX_HEIGHT = 24
LONGEST_BAR_SCORE = 3.0
"""A score, or a gradient of 1, that fills its bar where none is larger."""


@dataclass(frozen=True)
class Columns:
    """Where the columns stand: the middle of each number, and where each bar begins and how long it may be."""

    width: float
    label: float
    score: float
    score_bar: tuple[float, float]
    """Its middle, at 0, and its length on one side."""
    power: float
    share: float
    share_bar: tuple[float, float]
    slope: float
    slope_bar: tuple[float, float]
    font: float


WIDE = Columns(960, 20, 150, (262, 62), 400, 510, (545, 190), 800, (880, 62), 16)
NARROW = Columns(376, 4, 82, (0, 0), 150, 208, (234, 50), 336, (336, 26), 13)


@dataclass(frozen=True)
class Canvas:
    asked: Asked
    columns: Columns
    palette: Palette
    shown: int

    @property
    def pitch(self) -> float:
        """From one row to the next: fewer classes have more room."""
        count = len(self.asked.scores)
        return 58 if count <= 4 else 40 if count <= 10 else 30

    @property
    def top(self) -> float:
        """The middle of the first row."""
        return 44 + self.pitch / 2

    def row(self, index: int) -> float:
        return self.top + index * self.pitch

    @property
    def foot(self) -> float:
        return self.row(len(self.asked.scores)) - self.pitch / 2 + 24

    @property
    def height(self) -> float:
        return self.foot + 64

    def longest(self) -> float:
        """The score that fills its bar."""
        return max(LONGEST_BAR_SCORE, float(abs(self.asked.scores).max()))


def picture(asked: Asked, shown: int, is_wide: bool) -> Markup:
    canvas = Canvas(asked, WIDE if is_wide else NARROW, PAGE, shown)
    side = "wide" if is_wide else "tall"
    about = escape(words.PICTURE.format(count=len(asked.scores), target=asked.labels[asked.target]))
    return Markup(
        f'<svg class="scores {side}" data-scores="{side}" viewBox="0 0 {canvas.columns.width:g} {canvas.height:g}"'
        f' role="group" aria-label="{about}" font-size="{canvas.columns.font:g}">{drawn(canvas)}</svg>'
    )


def drawn(canvas: Canvas) -> str:
    rows = "".join(row(canvas, index) for index in range(len(canvas.asked.scores)))
    return f'{heads(canvas)}{rows}{sums(canvas)}{loss(canvas)}<g data-flying="" aria-hidden="true"></g>'


def heads(canvas: Canvas) -> str:
    columns = canvas.columns
    places = {SCORE: columns.score, POWER: columns.power, SHARE: columns.share, SLOPE: columns.slope}
    titles = words.HEADS if columns is WIDE else words.SHORT_HEADS
    return "".join(
        known(canvas, step, text(x, 24, titles[step], canvas.palette["soft"], size=columns.font - 2))
        for step, x in places.items()
    )


def row(canvas: Canvas, index: int) -> str:
    """One class from its score to its gradient."""
    asked, columns, palette = canvas.asked, canvas.columns, canvas.palette
    y, is_target = canvas.row(index), index == asked.target
    numbers = (asked.scores, asked.powers, asked.probabilities, asked.gradient)
    score, power, share, slope = (float(each[index]) for each in numbers)
    ground = f'<rect x="0" y="{y - canvas.pitch / 2 + 2:g}" width="{columns.width:g}" height="{canvas.pitch - 4:g}"'
    band = f'{ground} rx="8" fill="{palette["line"]}" fill-opacity=".45"/>' if is_target else ""
    parts = [
        band,
        label(canvas, index, y, is_target),
        entry(canvas, index, y),
        signed_bar(columns.score_bar, y, score / canvas.longest(), palette["input"]) if columns.score_bar[1] else "",
        cell(canvas, POWER, "power", index, columns.power, y, decimals(power, POWER_PLACES), "ink"),
        cell(canvas, SHARE, "share", index, columns.share, y, decimals(share), "output"),
        known(canvas, SHARE, bar(columns.share_bar, y, share, palette)),
        cell(canvas, SLOPE, "slope", index, columns.slope, y - slope_lift(columns), decimals(slope), "product"),
        known(canvas, SLOPE, arrow(columns, y + slope_lift(columns), -slope, palette)),
    ]
    return f'<g data-class="{index}">{"".join(parts)}</g>'


def slope_lift(columns: Columns) -> float:
    """On a narrow screen a gradient stands above its arrow."""
    return 0.0 if columns is WIDE else 7.0


def label(canvas: Canvas, index: int, y: float, is_target: bool) -> str:
    """The name of a class, which leads to the same scores with this class for the truth."""
    asked, columns = canvas.asked, canvas.columns
    name = asked.labels[index]
    about = escape(words.MAKE_TARGET.format(name=name))
    weight = ' font-weight="700"' if is_target else ""
    drawn = f'<text x="{columns.label:g}" y="{y + 5:g}" fill="{canvas.palette["ink"]}"{weight}>{escape(name)}</text>'
    tick = f'<circle cx="{columns.label + 4:g}" cy="{y + 15:g}" r="3" fill="{canvas.palette["output"]}"/>'
    address = escape(asked.address(target=str(index), step=None))
    current = ' aria-current="true"' if is_target else ""
    return f'<a href="{address}" rel="nofollow" aria-label="{about}"{current}>{drawn}{tick if is_target else ""}</a>'


def entry(canvas: Canvas, index: int, y: float) -> str:
    """A score, which a hand may drag, type or step."""
    columns, value = canvas.columns, float(canvas.asked.scores[index])
    said = decimals(value)
    width = max(9.0 * len(said) + 14, 44) if columns is WIDE else 54
    about = f'role="spinbutton" aria-valuenow="{value!r}" aria-valuetext="{said}"'
    name = escape(words.SCORE_OF.format(name=canvas.asked.labels[index]))
    frame = (
        f'<rect x="{columns.score - width / 2:g}" y="{y - BOX_HEIGHT / 2:g}" width="{width:g}" height="{BOX_HEIGHT}"'
        f' rx="6" fill="{canvas.palette["paper"]}" stroke="{canvas.palette["input"]}"/>'
    )
    number = placed("score", index, columns.score, y, said, canvas.palette["input"])
    side = "wide" if columns is WIDE else "tall"
    entry_marks = f'class="entry" id="{side}-{index}" data-entry="{index}" tabindex="0" {about} aria-label="{name}"'
    return f'<g data-value="scores"><g {entry_marks}>{frame}{number}</g></g>'


def cell(canvas: Canvas, step: int, column: str, index: int, x: float, y: float, said: str, colour: str) -> str:
    return known(canvas, step, placed(column, index, x, y, said, canvas.palette[colour]))


def placed(column: str, index: int, x: float, y: float, said: str, colour: str) -> str:
    """A number that knows its column and its row."""
    return (
        f'<text data-column="{column}" data-row="{index}" x="{x:g}" y="{y + 5:g}" text-anchor="middle"'
        f' fill="{colour}">{said}</text>'
    )


def signed_bar(place: tuple[float, float], y: float, share: float, colour: str) -> str:
    """From the zero in the middle to either side."""
    zero, length = place
    long = abs(share) * length
    left = zero if share >= 0 else zero - long
    line = f'<path d="M{zero:g} {y - 11:g}V{y + 11:g}" stroke="{colour}" stroke-opacity=".5"/>'
    return (
        f'<rect x="{left:.1f}" y="{y - 7:g}" width="{long:.1f}" height="14" fill="{colour}" fill-opacity=".3"/>{line}'
    )


def bar(place: tuple[float, float], y: float, share: float, palette: Palette) -> str:
    left, length = place
    place_ = f'x="{left:g}" y="{y - 7:g}" height="14" rx="2"'
    whole = f'<rect {place_} width="{length:g}" fill="none" stroke="{palette["line"]}"/>'
    return f'{whole}<rect {place_} width="{length * share:.1f}" fill="{palette["output"]}"/>'


def arrow(columns: Columns, y: float, push: float, palette: Palette) -> str:
    """Where a step down the slope pushes the score: against its gradient."""
    zero, length = columns.slope_bar
    tip = zero + push * length
    head = 5 if push > 0 else -5
    colour = palette["output"] if push > 0 else palette["negative"]
    line = f'<path d="M{zero:g} {y - 7:g}V{y + 7:g}" stroke="{palette["line"]}" stroke-width="2"/>'
    if abs(push) * length < 1:
        return line
    shaft = f'<path d="M{zero:g} {y:g}H{tip:.1f}" stroke="{colour}" stroke-width="3"/>'
    return f'{line}{shaft}<path d="M{tip:.1f} {y - 5:g}L{tip + head:.1f} {y:g}L{tip:.1f} {y + 5:g}z" fill="{colour}"/>'


def sums(canvas: Canvas) -> str:
    """What each column adds up to: of the gradient, 0."""
    asked, columns, y = canvas.asked, canvas.columns, canvas.foot - 10
    power = float(asked.powers.sum())
    line = f'<path d="M{columns.power - 46:g} {y - 14:g}H{columns.power + 46:g}" stroke="{canvas.palette["line"]}"/>'
    said = {
        SUM: (columns.power, f"Σ {decimals(power, POWER_PLACES)}", "sum"),
        SHARE: (columns.share, "Σ 1", "whole"),
        SLOPE: (columns.slope, "Σ 0", "balance"),
    }
    return "".join(
        known(canvas, step, (line if step == SUM else "") + placed(column, 0, x, y, text_, canvas.palette["soft"]))
        for step, (x, text_, column) in said.items()
    )


def loss(canvas: Canvas) -> str:
    """−ln p of the truth, in one line."""
    asked, columns = canvas.asked, canvas.columns
    said = words.LOSS.format(
        name=asked.labels[asked.target],
        p=decimals(float(asked.probabilities[asked.target])),
        loss=decimals(asked.loss),
    )
    x, y = columns.width / 2, canvas.foot + 32
    line = (
        f'<text data-column="loss" data-row="0" x="{x:g}" y="{y + 5:g}" text-anchor="middle" font-weight="700"'
        f' font-size="{columns.font + 3:g}" fill="{canvas.palette["ink"]}">{escape(said)}</text>'
    )
    return known(canvas, LOSS, line)


def text(x: float, y: float, said: str, colour: str, size: float) -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="middle" font-size="{size:g}" fill="{colour}">{escape(said)}</text>'


def known(canvas: Canvas, step: int, inner: str) -> str:
    """What is seen from this step on."""
    ahead = "" if canvas.shown >= step else ' data-ahead=""'
    return f'<g data-known="{step}"{ahead}>{inner}</g>'
