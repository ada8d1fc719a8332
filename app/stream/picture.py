"""The picture of a scene, for a slide."""

from app.layout.layout import arrange
from app.painters.palette import DARK, LIGHT, Palette
from app.painters.poster import PLAIN, Sheet, paint
from app.views.view import View


def poster(view: View, sheet: Sheet = PLAIN) -> bytes:
    """An SVG file, in the colours that the link asks for."""
    layout, frame = arrange(view)
    return paint(layout, frame, colours(view), sheet)


def colours(view: View) -> Palette:
    return DARK if view.scene.presentation.theme == "dark" else LIGHT
