"""A computation graph: forward from the values to a loss, backward from the loss to the gradient of each value.

expressions.py  what a computation is written in: numbers, names, calls of operations
operations.py   each operation: its result, and what it hands back to its arguments
passes.py       forward and backward over a whole graph; the local derivative of each of its edges
paths.py        every way from a value to the loss, and the product along it
symbolic.py     a local derivative as a formula
"""
