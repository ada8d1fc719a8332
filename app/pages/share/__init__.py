"""Share: how a page goes elsewhere, in tabs by where one is going.

The panel is a page of its own, `/share?url=…`, which every page fetches when it is opened.

shared.py    which page, where it is reached, and its addresses: page, frame, wall, files
code.py      the QR code
snippets.py  what is to be pasted, by tab
routes.py    the panel
words.py     what it says
"""

from app.pages.share.routes import routes

__all__ = ["routes"]
