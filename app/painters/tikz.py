"""A drawing as a LaTeX document of its own, in TikZ, with nothing but what every TeX has: pdflatex makes a page of it.

The picture can be taken over into a paper as it is: a unit is a point, and every colour is defined beside it.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby

from PIL import Image as Pixels

from app.painters.shapes import Box, Drawing, Fill, Image, Path, Run, Segment, Shape, Stroke, Words

MATHS = {
    "−": "-",
    "×": r"\times",
    "⊙": r"\odot",
    "·": r"\cdot",
    "⋅": r"\cdot",
    "∗": r"\ast",
    "⋆": r"\star",
    "→": r"\to",
    "←": r"\leftarrow",
    "∞": r"\infty",
    "√": r"\surd",
    "∂": r"\partial",
    "±": r"\pm",
    "≠": r"\neq",
    "≈": r"\approx",
    "≤": r"\leq",
    "≥": r"\geq",
    "⌊": r"\lfloor",
    "⌋": r"\rfloor",
    "°": r"^\circ",
    "ᵀ": r"^{\mathsf T}",
    "Σ": r"\Sigma",
    "Δ": r"\Delta",
    "\N{GREEK SMALL LETTER SIGMA}": r"\sigma",
    "μ": r"\mu",
    "\N{PRIME}": "'",
    "<": "<",
    ">": ">",
    "|": "|",
}
SIGNS = {
    **{letter: f"\\{letter}" for letter in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
    "…": r"\dots{}",
    "“": "``",
    "”": "''",
    "’": "'",
    "‘": "`",
    "–": "--",
    "—": "---",
    "\u00a0": "~",
    "\u202f": r"\,",
    "\u2003": r"\quad ",
    **{sign: f"${command}$" for sign, command in MATHS.items()},
}
BAR = "\u0304"
"""Written after a letter, a line over it."""
ANCHORS = {"start": "base west", "middle": "base", "end": "base east"}
ROUND_CAP = ", line cap=round"


def tikz(drawing: Drawing) -> bytes:
    """The document."""
    picture = Picture()
    lines = [line for shape in drawing.shapes for line in picture.drawn(shape)]
    size = f"{drawing.width:.2f}bp", f"{drawing.height:.2f}bp"
    paper = [rf"\fill[{picture.colour(drawing.paper)}] (0,0) rectangle {point(drawing.width, drawing.height)};"]
    ground = paper if drawing.paper else []
    box = rf"\useasboundingbox (0,0) rectangle {point(drawing.width, drawing.height)};"
    colours = [
        rf"\definecolor{{{name}}}{{HTML}}{{{code.lstrip('#').upper()}}}" for code, name in picture.colours.items()
    ]
    return "\n".join(
        [
            f"% {drawing.title}".replace("\n", " "),
            r"\documentclass{article}",
            rf"\usepackage[paperwidth={size[0]},paperheight={size[1]},margin=0pt]{{geometry}}",
            r"\usepackage{fix-cm}",
            r"\usepackage{tikz}",
            r"\pagestyle{empty}\setlength{\parindent}{0pt}\setlength{\topskip}{0pt}",
            *colours,
            r"\begin{document}%",
            r"\begin{tikzpicture}[x=1bp,y=-1bp,every node/.style={inner sep=0pt,outer sep=0pt,font=\sffamily}]",
            box,
            *ground,
            *lines,
            r"\end{tikzpicture}%",
            r"\end{document}",
            "",
        ]
    ).encode()


class Picture:
    """The commands; colours get their names as they are met."""

    def __init__(self) -> None:
        self.colours: dict[str, str] = {}

    def colour(self, code: str | None) -> str:
        return self.colours.setdefault(code or "#ffffff", f"convscope{chr(ord('A') + len(self.colours))}")

    def drawn(self, shape: Shape) -> Iterator[str]:
        match shape:
            case Box():
                corner = point(shape.x + shape.width, shape.y + shape.height)
                rounded = f", rounded corners={shape.radius:.2f}bp" if shape.radius else ""
                yield from self.painted(
                    f"{point(shape.x, shape.y)} rectangle {corner}", shape.fill, shape.stroke, rounded
                )
            case Path():
                yield from self.painted(path(shape.segments), shape.fill, shape.stroke)
            case Words():
                yield self.words(shape)
            case Image():
                yield from self.image(shape)

    def painted(self, outline: str, fill: Fill | None, stroke: Stroke | None, more: str = "") -> Iterator[str]:
        if fill:
            opacity = f", fill opacity={fill.opacity:g}" if fill.opacity < 1 else ""
            yield rf"\fill[{self.colour(fill.colour)}, even odd rule{opacity}{more}] {outline};"
        if stroke:
            opacity = f", draw opacity={stroke.opacity:g}" if stroke.opacity < 1 else ""
            looks = f"line width={stroke.width:.2f}bp{opacity}{dashes(stroke)}{ROUND_CAP * stroke.is_round}{more}"
            yield rf"\draw[{self.colour(stroke.colour)}, {looks}] {outline};"

    def words(self, words: Words) -> str:
        turned = ", rotate=90" if words.is_upward else ""
        text = "".join(self.run(run) for run in words.runs)
        return rf"\node[anchor={ANCHORS[words.anchor]}{turned}] at {point(words.x, words.y)} {{{text}}};"

    def run(self, run: Run) -> str:
        size = rf"\fontsize{{{run.size:.2f}bp}}{{{run.size:.2f}bp}}\selectfont"
        looks = r"\bfseries" * run.is_bold + r"\slshape" * run.is_italic
        weight = r"\boldmath" * run.is_bold
        return rf"{{\color{{{self.colour(run.colour)}}}{size}{looks}{weight}{{}}{tex(run.text)}}}"

    def image(self, image: Image) -> Iterator[str]:
        """Cells of one colour beside each other as one rectangle: no file stands beside the document."""
        with Pixels.open(BytesIO(image.png)) as opened:
            pixels = opened.convert("RGBA")
        width, height = image.width / pixels.width, image.height / pixels.height
        yield r"\begin{scope}"
        if image.region:
            yield rf"\clip {path(image.region)};"
        data = pixels.tobytes()
        for row in range(pixels.height):
            line = [data[4 * (row * pixels.width + col) :][:4] for col in range(pixels.width)]
            col = 0
            for cell, same in groupby(line):
                count = len(list(same))
                red, green, blue, opacity = cell
                start = point(image.x + col * width, image.y + row * height)
                end = point(image.x + (col + count) * width, image.y + (row + 1) * height)
                if opacity:
                    mixed = f"{{rgb,255:red,{red};green,{green};blue,{blue}}}, fill opacity={opacity / 255:.2f}"
                    yield rf"\fill[fill={mixed}] {start} rectangle {end};"
                col += count
        yield r"\end{scope}"


def point(x: float, y: float) -> str:
    return f"({x:.2f},{y:.2f})"


def path(segments: tuple[Segment, ...]) -> str:
    return "".join(map(segment, segments))


def segment(part: Segment) -> str:
    kind, values = part
    points = [point(x, y) for x, y in zip(values[::2], values[1::2], strict=True)]
    if kind == "Z":
        return " -- cycle"
    if kind == "C":
        return f" .. controls {points[0]} and {points[1]} .. {points[2]}"
    return f" -- {points[0]}" if kind == "L" else f" {points[0]}"


def dashes(stroke: Stroke) -> str:
    if not stroke.dashes:
        return ""
    pattern = stroke.dashes * 2 if len(stroke.dashes) % 2 else stroke.dashes
    pairs = zip(pattern[::2], pattern[1::2], strict=True)
    return ", dash pattern=" + " ".join(f"on {on:.2f}bp off {off:.2f}bp" for on, off in pairs)


def tex(text: str) -> str:
    """Text with its signs as TeX writes them; a letter that TeX has no name for is left to it."""
    parts: list[str] = []
    for letter in text:
        if letter == BAR and parts:
            parts[-1] = rf"$\bar{{\mathsf{{{parts[-1]}}}}}$"
        else:
            parts.append(SIGNS.get(letter, letter))
    return "".join(parts)
