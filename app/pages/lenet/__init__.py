"""A network that runs: /networks/lenet5/live.

drawing.py   the digit in the address: its pixels, moved and turned
reading.py   what the two networks make of it, layer by layer
unit.py      the scene of one unit's own computation
stream.py  document.py  page.py     the answers: events, JSON, the page
pictures.py  chart.py               maps and curves as SVG
routes.py    the addresses
"""

from app.pages.lenet.routes import routes

__all__ = ["routes"]
