"""Kernels at work on photographs: /pictures.

source.py  decoding.py  uploads.py      the picture: shipped, within the address, or a reader's own
recipe.py    what is made of it, resolved and bounded
result.py    its numbers, whole or in parts
painting.py  describing.py              its image, and what is said of it
region.py  stream.py  spot.py  page.py  the answers: JSON, events, one number looked at, the page
routes.py    the addresses
"""

from app.pages.pictures.routes import routes

__all__ = ["routes"]
