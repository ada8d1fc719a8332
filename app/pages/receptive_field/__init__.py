"""Stacks of layers and what their units see: /receptive-field.

notation.py  inputs.py      the stack as text, the size of its input
measuring.py question.py    what does not fit, in words; what an address asks
table.py  data.py           the layers for readers and for programs
maps.py  cone.py  planes.py what is drawn, from the side and in space
view.py  heat.py            what a unit sees of a picture, and how much of it counts
editor.py  page.py  routes.py
"""

from app.pages.receptive_field.routes import routes

__all__ = ["routes"]
