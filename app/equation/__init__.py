"""One equation: the facts of a step become a tree of nodes, and small writers turn a tree into MathML, text or SVG.

static/js/equation/ makes the same trees of the same facts; fixtures hold the two equal.
"""
