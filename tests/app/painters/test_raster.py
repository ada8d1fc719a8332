"""A drawing as pixels: each cell in the colour of its number, and nothing behind it where nothing is asked for."""

import pytest
from PIL import Image as Pixels
from PIL import ImageColor

from app.painters import masks
from app.painters import raster as painter
from app.painters.palette import DARK, LIGHT, Palette
from app.painters.poster import PLAIN, Sheet
from app.painters.raster import raster
from app.painters.reading import read
from app.painters.shapes import Box, Drawing, Fill, Image, Path, Stroke
from app.stream.picture import poster
from app.views.table import view_of
from tests.app.painters.test_poster import scene_at


def drawing(query: str, sheet: Sheet = PLAIN) -> Drawing:
    return read(poster(view_of(scene_at(query)), sheet))


@pytest.mark.parametrize(("theme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_every_cell_has_the_tone_of_its_number(theme: str, palette: Palette) -> None:
    read_drawing = drawing(f"theme={theme}&x=ramp:6x6&w=box:3&predict=true")
    width = 1500
    image, scale = raster(read_drawing, width), width / read_drawing.width
    cells = [shape for shape in read_drawing.shapes if isinstance(shape, Box) and shape.fill and shape.stroke]
    outlined = [shape for shape in read_drawing.shapes if isinstance(shape, Box) and shape.radius]
    veiled = cells[0]
    assert len(cells) > 30
    paper = ImageColor.getrgb(palette["paper"])
    for cell in cells:
        if cell is veiled or not cell.fill or any(near(cell, box) for box in outlined):
            continue
        colour = ImageColor.getrgb(cell.fill.colour)
        mixed = [c * cell.fill.opacity + p * (1 - cell.fill.opacity) for c, p in zip(colour, paper, strict=True)]
        under_veil = [0.7 * m + 0.3 * p for m, p in zip(mixed, paper, strict=True)]
        seen = image.getpixel((int((cell.x + cell.width * 0.1) * scale), int((cell.y + cell.height * 0.12) * scale)))
        assert isinstance(seen, tuple)
        apart = [max(abs(s - w) for s, w in zip(seen, wanted, strict=True)) for wanted in (mixed, under_veil)]
        assert min(apart) <= 2


def near(cell: Box, outline: Box) -> bool:
    return (
        outline.x - 5 <= cell.x + cell.width
        and cell.x <= outline.x + outline.width + 5
        and outline.y - 5 <= cell.y + cell.height
        and cell.y <= outline.y + outline.height + 5
    )


def test_without_paper_only_what_is_drawn_covers_what_lies_behind() -> None:
    image = raster(drawing("", Sheet(is_clear=True)), 800)
    assert image.mode == "RGBA"
    assert image.getchannel("A").getextrema() == (0, 255)
    assert image.getpixel((1, 1)) == (0, 0, 0, 0)


@pytest.mark.parametrize(("aspect", "ratio"), [(16 / 9, 16 / 9), (4 / 3, 4 / 3)])
def test_a_sheet_has_the_shape_that_is_asked_for_with_the_drawing_in_its_middle(aspect: float, ratio: float) -> None:
    plain, shaped = drawing("stride=2"), drawing("stride=2", Sheet(aspect=aspect))
    assert shaped.width / shaped.height == pytest.approx(ratio, rel=1e-3)
    assert shaped.width >= plain.width - 1e-3
    assert shaped.height >= plain.height - 1e-3
    image: Pixels.Image = raster(shaped, 400)
    assert image.size == (400, round(400 / ratio))


def test_an_image_that_is_painted_in_strips_shows_every_cell_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = drawing("x=photo:cat:40x40")
    whole = painter.raster(drawn, 1777)
    monkeypatch.setattr(painter, "STRIP", 5000)
    assert painter.raster(drawn, 1777).tobytes() == whole.tobytes()
    [image, *_] = [shape for shape in drawn.shapes if isinstance(shape, Image)]
    heights = [stamp.height for stamp in painter.stamps_of(image, 3)]
    assert len(heights) > 3
    assert sum(heights) == round((image.y + image.height) * 3) - round(image.y * 3)


def test_a_smooth_shape_that_is_drawn_in_strips_has_no_seams(monkeypatch: pytest.MonkeyPatch) -> None:
    curve = ("M", (10.0, 10.0)), ("C", (90.0, 20.0, -40.0, 80.0, 70.0, 95.0)), ("L", (20.0, 60.0))
    dashed = Stroke("#0b6e5c", 0.8, 3.0, dashes=(7.0, 4.0), is_round=True)
    shapes = tuple(Path(curve, fill, stroke) for fill, stroke in ((Fill("#a35405", 0.5), None), (None, dashed)))
    paint, rim = Fill("#0b6e5c", 0.3), Stroke("#17212f", 1.0, 2.5)
    boxes = Box(3, 4, 80, 90, 9.5, paint, rim), Box(30, 20, 60, 70, 0, None, dashed)
    drawn = Drawing(100, 100, "#ffffff", (*shapes, *boxes), "")
    whole = painter.raster(drawn, 700).tobytes()
    painter.stamps.cache_clear()
    monkeypatch.setattr(masks, "FINE_STRIP", 90_000)
    assert painter.raster(drawn, 700).tobytes() == whole
