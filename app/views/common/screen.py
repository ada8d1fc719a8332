"""What a screen has for the planes of a stage, in pixels."""

WIDE = 850
"""From side to side."""
TALL = 420
CELL = 44
"""The largest cell."""
