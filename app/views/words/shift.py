"""What the view shift says, apart from the stage's scripts."""

AXES = "shift takes one number, or one for each of the {axes} axes, down before right, but “{text}” has {count}."
TOO_FAR = "The input is moved by at most {most} cells, but shift is {value}."
REFUSED = "Moved by {shift}, this input cannot be shown: {operation} refuses it. Use another shift, or view=gather."

MOVED = "moved {name}"
OUTPUT = "output"
OF_MOVED = "output y\N{PRIME} of moved x"
MOVED_OUTPUT = "y, moved along"
UNMOVED_OUTPUT = "y, where it was"
DIFFERENCE = "difference"

STILL = "Nothing has moved yet: drag the moved input, or press an arrow."
BY = "The input moved by {shift}"
ASKED = "{by}. What becomes of the output?"
WITH_IT = "{by}, and the output with it."
BY_LESS = "{by}, the output by {output}."
ALONG = "{moved} Every number moved along: that is equivariance."
BORDER = (
    "{moved} Inside, every number moved along; {differ:,} of {count:,} differ, all where a window meets the border."
)
NO_CELL = (
    "{by}, but windows begin only at every {stride} cell: the output would have to move by {wanted}, "
    "and no cell lies there. "
)
BETWEEN = NO_CELL + "{differ:,} of {count:,} numbers differ{inside}: equivariance is broken."
BY_CHANCE = NO_CELL + "On this input no number differs all the same."
INSIDE = ", {inside:,} of them far from any border"
LESS = "{by}, less than a stride of {stride}: "
STAY = "{same:,} of {held:,} outputs stay"
STAY_BESIDE_ZEROS = "{same:,} of {held:,} outputs that hold something stay"
ONLY_STAYS = "the only output that holds something stays"
ONLY_ZEROS = "every output is 0, before and after."
FORGIVEN = {
    "max": "{stay}, where the largest number is still in its window. Pooling forgives that.",
    "mean": "{stay}, the others change by at most {most}. A mean forgives a little.",
    "power": "{stay}, the others change by at most {most}. Such a mean forgives a little.",
}
ALL_FORGIVEN = {**FORGIVEN, "mean": "{stay}. A mean forgives that.", "power": "{stay}. Such a mean forgives that."}
NONE_FORGIVEN = "{stay}: no largest number is still in its window. Pooling does not forgive that."
PRIME = "\N{PRIME}"
"""What marks the output of the moved input."""
CELL = "cell"
DIRECTIONS = (("up", "down"), ("left", "right"))
ORDINALS = {2: "second", 3: "third", 4: "fourth", 5: "fifth"}
NOWHERE = "nothing"
HOW = "Drag the moved input"
HOW_KEYS = ", or press Shift and an arrow on it"
STEPS = {"up": "One cell up", "down": "One cell down", "left": "One cell left", "right": "One cell right"}
ARROWS = {"up": "↑", "down": "↓", "left": "←", "right": "→"}
BY_STRIDE = "by a stride"
BACK = "not at all"
