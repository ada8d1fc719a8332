"""Backwards over a graph: /backprop.

reading.py    from the text of an address to a graph with its values
scenes.toml  scenes.py      the ready graphs of the lectures, and the scenes that a convolution opens
steps.py      the steps: every result forward, a 1 at the loss, every edge backward
layout.py  drawing.py  poster.py      where the nodes stand, the drawing on the page and as a file
writing.py  mathematics.py  ledger.py      expressions as text, as MathML, and each step written out
page.py  document.py  routes.py       the page, the JSON, the addresses
words.py      what is said
"""
