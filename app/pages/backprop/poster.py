"""The graph as one SVG file, complete in itself: the drawing of the page, at the step of the link."""

from app.pages.backprop.drawing import Canvas, drawn
from app.pages.backprop.reading import Asked
from app.pages.backprop.steps import Steps
from app.painters.palette import LIGHT
from app.painters.poster import PLAIN, file


def poster(asked: Asked) -> bytes:
    steps = Steps(asked.made)
    shown = steps.last if asked.step is None else asked.step
    inner, width, height = drawn(Canvas(asked, steps, LIGHT, is_wide=True, shown=shown, is_page=False))
    return file(f'<g font-size="15">{inner}</g>', (width, height), asked.text, LIGHT, PLAIN)
