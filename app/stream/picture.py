"""The picture of a scene, for a slide."""

from app.layout.layout import arrange
from app.painters.palette import DARK, LIGHT
from app.painters.poster import paint
from app.views.view import View


def poster(view: View) -> bytes:
    """An SVG file, in the colours that the link asks for."""
    layout, frame = arrange(view)
    return paint(layout, frame, DARK if view.scene.presentation.theme == "dark" else LIGHT)
