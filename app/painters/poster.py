"""A scene as one SVG file, for a slide: the planes placed, the frame drawn on them, the equation under them."""

from dataclasses import dataclass, replace
from html import escape

from app.equation.maker import equation_tree
from app.equation.svg import HEIGHT, centred, svg_lines
from app.format import short
from app.misfits import misfits
from app.painters.letters import plane_letters
from app.painters.marks import for_files, marks_svg
from app.painters.palette import DARK, LIGHT, Palette
from app.painters.svg import CELL, OUTLINE, drawing
from app.prediction import Hiding, hiding
from app.scene import Scene
from app.views.common.gather import Gather
from app.views.frame import Frame, cells_of
from app.views.marks import Marks, MatrixLegend, Ruler
from app.views.plane import Plane
from app.views.view import Place, Titled, View, start_step
from app.words import page as words

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"
MARGIN = 40
GAP = 90
CAPTION = 44
"""Room above a plane for its name and shape."""
LINE = 30
LETTER = 10
"""Units that a letter of a title takes, on average."""
RULER = 26
"""Room for a ruler, or for the numbers of columns, between a plane and its name."""
LABELS = 30
"""Room for what is written beside the rows of a matrix."""


@dataclass(frozen=True)
class Placed:
    """A plane and where it lies on the poster, in units."""

    plane: Plane
    x: float
    y: float
    cell: float
    title: str = ""
    marks: Marks = ()

    @property
    def right(self) -> float:
        return self.x + self.plane.cols * self.cell

    @property
    def breadth(self) -> float:
        """What it takes from side to side, its name included; the small print of products may reach into the gap."""
        name = 0 if self.plane.space == "product" else LETTER * len(self.title)
        return max(self.right - self.x, name)

    @property
    def bottom(self) -> float:
        return self.y + self.plane.rows * self.cell

    @property
    def foot(self) -> float:
        """Where all that belongs to it ends: what has room above it, has its name below."""
        return self.bottom + (CAPTION if self.plane.clearance[0] or self.marks else 0)

    @property
    def middle_x(self) -> float:
        """Where the title is centred."""
        return (self.x + self.right) / 2

    @property
    def middle(self) -> float:
        return (self.y + self.bottom) / 2

    def corner(self, cell: int) -> tuple[float, float]:
        """The upper left corner of a cell."""
        row, col = divmod(cell, self.plane.cols)
        return self.x + col * self.cell, self.y + row * self.cell


def poster(view: View) -> bytes:
    """The SVG, complete in itself: no style, no script, no font, nothing from elsewhere."""
    scene, frame = view.scene, view.frame(start_step(view))
    palette = DARK if scene.presentation.theme == "dark" else LIGHT
    hidden = hiding(view)
    frame = hidden.frame(frame) if hidden else frame
    # Where gradients cross, only the step's own planes are shown.
    table = view if isinstance(view, Gather) and view.is_table and not view.is_crossing else None
    planes = place_table(table, frame) if table else place_columns(lettered(view.places(frame), scene))
    right = max(max(placed.right, placed.middle_x + 110) for placed in planes) + MARGIN
    bottom = max(placed.foot for placed in planes)
    parts = [draw(placed, scene, frame, palette, hidden) for placed in planes]
    if not table:
        parts.append(links(planes, frame, palette))
    parts.append(labels(planes, frame, palette))
    conventions = replace(scene.conventions, in_lines=True)
    lines = svg_lines(equation_tree(frame["equation"], conventions), colours(scene, palette))
    formula = centred(lines, right / 2, bottom + 56, palette["ink"])
    foot = bottom + 56 + len(lines) * HEIGHT
    note = " · ".join(notes(scene, planes))
    formula += text(right / 2, foot, note, palette["soft"], 14) if note else ""
    height = foot + (HEIGHT if note else 0) + MARGIN / 2
    title = f"{scene.operation.title}: {scene.address(step=None)}"
    size = f'viewBox="0 0 {right:g} {height:g}" width="{right:g}" height="{height:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT}" role="img"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="{palette["paper"]}"/>{"".join(parts)}{formula}</svg>'
    ).encode()


def notes(scene: Scene, planes: list[Placed]) -> list[str]:
    """Why cells are left over, and what hatching means."""
    is_hatched = any(placed.plane.has_unread for placed in planes)
    return [*misfits(scene), *[words.HATCHED.format(said=words.NOT_READ)] * is_hatched]


def lettered(places: tuple[Place, ...], scene: Scene) -> tuple[Place, ...]:
    """A result that is not called y says so over its plane."""
    if scene.letter("y") == "y":
        return places

    def named(titled: Titled) -> Titled:
        return replace(titled, title=f"{titled.title} {scene.letter('y')}") if titled.plane.grid == "y" else titled

    return tuple(replace(place, planes=tuple(map(named, place.planes))) for place in places)


def colours(scene: Scene, palette: Palette) -> dict[str, str]:
    """The colours of an equation's roles: each grid has that of its space."""
    grids = {"input": scene.layer.data, "tap": scene.layer.weights or "w", "output": "y"}
    return {**palette, **{role: palette[scene.layer.space(grid)] for role, grid in grids.items()}}


def cell_size(plane: Plane) -> float:
    """Full size for small planes; larger ones shrink to the space that seven or eight cells take."""
    return min(CELL, 420 / max(plane.rows, plane.cols))


def place_columns(places: tuple[Place, ...]) -> list[Placed]:
    """The places side by side, their planes one under the other, all on one middle line."""
    places = in_columns(places)
    columns = [stack(place.planes) for place in places]
    height = max(column[-1].bottom for column in columns)
    placed, x = [], float(MARGIN)
    for place, column in zip(places, columns, strict=True):
        drop = (height - column[-1].bottom) / (1 if place.is_grounded else 2)
        width = max(part.breadth for part in column)
        x += LABELS if any(is_labelled(part.marks) for part in column) else 0
        placed += [replace(part, x=x + (width - part.right) / 2, y=part.y + drop + MARGIN / 2) for part in column]
        x += width + GAP
    return placed


def in_columns(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The rows that a page shows of several results, as columns: the stamps under each other, and the results."""
    names = [place.name for place in places]
    if names.count("output") < 2:
        return places
    return tuple(
        Place(name, tuple(titled for place in places if place.name == name for titled in place.planes))
        for name in dict.fromkeys(names)
    )


def stack(planes: tuple[Titled, ...]) -> list[Placed]:
    """Planes one under the other, from the origin."""
    placed, y = [], 0.0
    for titled in planes:
        title = "" if titled.plane.grid == "b" else titled.title
        cell = titled.cell or cell_size(titled.plane)
        marks = for_files(titled.marks)
        above = titled.plane.clearance[0] * cell or CAPTION + ruled(marks)
        placed.append(Placed(titled.plane, 0, y + above, cell, title, marks))
        y = placed[-1].bottom + 10
    return placed


def ruled(marks: Marks) -> int:
    """The height of what is written above a plane, if there is anything."""
    return RULER if any(isinstance(mark, Ruler | MatrixLegend) for mark in marks) else 0


def is_labelled(marks: Marks) -> bool:
    """Whether the rows and columns of a plane have their numbers beside them."""
    return any(isinstance(mark, MatrixLegend) for mark in marks)


def place_table(view: Gather, frame: Frame) -> list[Placed]:
    """The channel table: a row for each data plane, a column for each result plane, results at the foot."""
    arrangement, step = view.arrangement, frame["step"]
    active, _ = view.place(step)
    inputs = [view.titled_input(channel) for channel in arrangement.channels]
    outputs = [view.titled_output(shown) for shown in arrangement.filters]
    tap_rows, tap_cols = (reads.places for reads in view.reads)
    data, result = inputs[0].plane, outputs[0].plane
    cell = min(CELL * 0.75, 260 / max(data.rows, data.cols))
    kernel_cell = CELL * 0.75 if max(tap_rows, tap_cols) <= 5 else 150 / max(tap_rows, tap_cols)
    output_cell = min(CELL * 0.75, 200 / max(result.rows, result.cols))
    column = max(tap_cols * kernel_cell, result.cols * output_cell) + 40
    height = max(data.rows * cell, tap_rows * kernel_cell + LINE, result.rows * output_cell * view.is_lanes) + CAPTION
    left = MARGIN + data.cols * cell + GAP / 2
    placed: list[Placed] = []
    for row, channel in enumerate(arrangement.channels):
        top = MARGIN + CAPTION + row * height
        middle = top + (data.rows * cell - tap_rows * kernel_cell) / 2
        placed.append(Placed(inputs[row].plane, MARGIN, top, cell, inputs[row].title))
        x = left + (column - tap_cols * kernel_cell) / 2
        slices = [] if view.is_lanes else list(enumerate(arrangement.filters))
        for number, shown in slices:
            if channel in view.group_of(shown):
                titled = view.titled_slice(shown, channel)
                title = titled.title if row == 0 else ""
                placed.append(Placed(titled.plane, x + number * column, middle, kernel_cell, title))
        own = channel if view.is_lanes else active
        own_step = channel * view.area + step % view.area if view.is_lanes else step
        if channel in view.group_of(own):
            products = view.titled_products(own, channel, own_step)
            title = products.title if row == 0 else ""
            placed.append(Placed(products.plane, left + len(slices) * column + 20, middle, kernel_cell, title))
        if view.is_lanes:
            drop = (data.rows * cell - result.rows * output_cell) / 2
            placed.append(Placed(outputs[row].plane, left + column + 60, top + drop, output_cell, outputs[row].title))
    for drawn in [] if view.is_lanes else feet(view):
        top = max(part.bottom for part in placed) + LINE + CAPTION * (drawn[0].space == "output")
        cell = min(output_cell, kernel_cell)
        for number, plane in enumerate(drawn):
            number_shown = arrangement.filters[number] + view.scene.presentation.first_index
            title = f"{words.GRIDS[plane.grid]} {number_shown}" if plane.grid != "b" else ""
            placed.append(Placed(plane, left + (column - plane.cols * cell) / 2 + number * column, top, cell, title))
    return placed


def feet(view: Gather) -> list[list[Plane]]:
    """What stands at the foot of the columns: biases, outputs, activations."""
    makers = [
        *([view.bias_plane] if view.scene.b is not None else []),
        view.output_plane,
        *([view.activation_plane] if view.scene.layer.activation else []),
    ]
    return [[make(filter) for filter in view.arrangement.filters] for make in makers]


def draw(placed: Placed, scene: Scene, frame: Frame, palette: Palette, hidden: Hiding | None) -> str:
    plane = hidden.plane(placed.plane) if hidden else placed.plane
    shown = next((fill["shown"] for fill in frame["fills"] if fill["plane"] == plane.id and "shown" in fill), None)
    texts = None
    if plane.grid == scene.layer.weights and scene.presentation.letters:
        texts = plane_letters(plane, scene)
    inner = drawing(
        plane,
        palette,
        shown=None if scene.presentation.step is None or plane.is_picture else shown,
        window=cells_of(frame["outlines"], plane.id, but="winner"),
        winners=cells_of(frame["outlines"], plane.id, role="winner"),
        texts=texts,
    )
    scale = placed.cell / CELL
    inner += marks_svg(placed.marks, plane, palette, CELL / placed.cell)
    return f'<g transform="translate({placed.x:g} {placed.y:g}) scale({scale:g})">{inner}</g>{caption(placed, palette)}'


def caption(placed: Placed, palette: Palette) -> str:
    plane = placed.plane
    if not placed.title:
        return ""
    x, y = placed.middle_x, placed.y - ruled(placed.marks)
    colour = palette["soft" if plane.space == "product" else plane.space]
    top, right, bottom, left = plane.margin
    shape = f"{plane.rows - top - bottom} × {plane.cols - left - right}"
    if plane.clearance[0]:
        return text(x, placed.bottom + 24, placed.title, colour, 16, weight=650)
    if plane.space == "product":
        return text(x, placed.y - 12, placed.title, palette["soft"], 13)
    return text(x, y - 28, placed.title, colour, 16, weight=650) + text(x, y - 10, shape, palette["soft"], 13)


def text(x: float, y: float, what: str, colour: str, size: float, weight: int = 400, anchor: str = "middle") -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{colour}" font-size="{size:g}" font-weight="{weight}"'
        f' text-anchor="{anchor}">{escape(what)}</text>'
    )


def links(planes: list[Placed], frame: Frame, palette: Palette) -> str:
    """Curves from the window to the products, and from there to the output."""
    by_id = {placed.plane.id: placed for placed in planes}
    curves, equation = [], frame["equation"]
    for link in frame["links"]:
        start, end = by_id.get(link["start"]), by_id.get(link["end"])
        if not start or not end or end.x < start.right:
            continue  # what lies under each other needs no curve
        if equation["kind"] != "sum":
            curves.append(to_stamp(start, end, frame, palette))
        elif link["role"] == "window":
            cells = cells_of(frame["outlines"], start.plane.id)
            (_, top), (left, low) = start.corner(cells[0]), start.corner(cells[-1])
            right = left + start.cell
            curves.append(curve(right, top, end.x, end.y, palette["tap"], 1.5))
            curves.append(curve(right, low + start.cell, end.x, end.bottom, palette["tap"], 1.5))
        else:
            _, y = end.corner(cells_of(frame["outlines"], end.plane.id)[0])
            curves.append(curve(start.right, start.middle, end.x, y + end.cell / 2, palette["output"], 2.5))
            curves.append(
                text(start.right + 30, start.middle - 14, REDUCED[equation["reduction"]], palette["output"], 20, 700)
            )
    return "".join(curves)


def to_stamp(start: Placed, end: Placed, frame: Frame, palette: Palette) -> str:
    """From the middle of what is outlined on one plane to the middle of what is outlined on the next."""
    colour = palette[OUTLINE[end.plane.space if start.plane.space == "product" else start.plane.space]]
    return curve(start.right, middle_of(start, frame), end.x, middle_of(end, frame), colour, 1.8)


def middle_of(placed: Placed, frame: Frame) -> float:
    cells = cells_of(frame["outlines"], placed.plane.id)
    if not cells:
        return placed.middle
    return (placed.corner(cells[0])[1] + placed.corner(cells[-1])[1] + placed.cell) / 2


REDUCED = {"sum": "Σ", "max": "max", "mean": "mean", "power": "‖·‖"}
"""What becomes of the products on their way to the output."""


def curve(x1: float, y1: float, x2: float, y2: float, colour: str, width: float) -> str:
    bend = max((x2 - x1) / 2, 10)
    path = f"M{x1:g} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2:g} {y2:g}"
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-opacity=".7"/>'


def labels(planes: list[Placed], frame: Frame, palette: Palette) -> str:
    by_id = {placed.plane.id: placed for placed in planes}
    return "".join(
        text((part.x + part.right) / 2, part.bottom + 20, f"Σ = {short(label['value'])}", palette["product"], 15, 650)
        for label in frame["labels"]
        if (part := by_id.get(label["plane"]))
    )
