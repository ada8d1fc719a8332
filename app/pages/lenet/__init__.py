"""A network that runs: /networks/lenet5/live.

drawing.py   what the address says: the digit, what happens to it and to the network
paper.py  edited.py         the digit turned, moved, darkened, noisy; kernels no longer as learned
moves.py     the drawings around it, where arrows and steppers lead
reading.py   what the two networks make of it, layer by layer
why.py  exciting.py         what would change the answer; what a unit looks for
unit.py  pixel.py  place.py the scene of one number's own computation
stream.py  document.py  page.py     the answers: events, JSON, the page
pictures.py  chart.py  receptive.py  maps and curves as SVG; what a unit sees
routes.py    the addresses
"""

from app.pages.lenet.routes import routes

__all__ = ["routes"]
