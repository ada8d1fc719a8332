"""Learn this kernel: /learn.

task.py      what the address asks: x, the wanted y, and how to go down the slope
fields.py    how its parameters are written
rates.py     a learning rate that is too small, right, too large
lesson.py    the descent of a task, and what it came to
sheet.py  chart.py  page.py         the page: grids, the curve of the loss, everything around them
document.py  stream.py              JSON and events
routes.py    the addresses
"""

from app.pages.learn.routes import routes

__all__ = ["routes"]
