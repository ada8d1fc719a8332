"""What the page of the network that runs says, and why it refuses a drawing."""

TITLE = "LeNet-5, live"
SUMMARY = "Draw a digit. Every layer answers as you draw, and every number of it opens as a scene."
PAGE = "this page"

PAD = "Your digit, 28 by 28"
PAD_HELP = "Draw with the mouse or a finger. Keys: arrows move, space puts the pen down or lifts it, backspace erases."
PEN = "Pen"
ERASER = "Eraser"
CLEAR = "Clear"
SAMPLES = "Or take one of these"
SAMPLE = "A handwritten {digit}"
MOVE = "Move it"
MOVES = {
    "left": ("←", "Two cells to the left"),
    "up": ("↑", "Two cells up"),
    "down": ("↓", "Two cells down"),
    "right": ("→", "Two cells to the right"),
    "anticlockwise": ("↺", "Turn it 15° to the left"),
    "clockwise": ("↻", "Turn it 15° to the right"),
}
BACK = "As it was"

NETWORKS = {"lenet5": "LeNet-5", "dense": "Fully connected"}
ABOUT = {
    "lenet5": "{parameters} parameters, trained on moved digits",
    "dense": "{parameters} parameters, trained on digits in the middle",
}
READS = "reads"
NOTHING = "nothing yet"
SURE = "{percent} sure"
SCORES = "from scores to probabilities"
PROBABILITIES = "How sure {network} is of each digit"

LAYERS = {
    "c1": ("C1", "6 filters of 5×5, ReLU"),
    "s2": ("S2", "max pooling of 2×2"),
    "c3": ("C3", "16 filters of 6×5×5, ReLU"),
    "s4": ("S4", "max pooling of 2×2"),
    "c5": ("C5", "120 filters of 16×5×5, ReLU"),
    "f6": ("F6", "fully connected, ReLU"),
    "output": ("Output", "fully connected, 84 to 10, then softmax"),
    "hidden": ("Hidden", "each reads all 784 cells"),
}
MAPS = {"c1": "28×28", "s2": "14×14", "c3": "10×10", "s4": "5×5"}
UNITS = {"c5": "120 numbers", "f6": "84 numbers", "hidden": "78 numbers", "output": "10 numbers"}
MAP_LABEL = "{layer}, map {index}"
UNITS_LABEL = "{layer}, {count} numbers"
KEPT = "{percent} like before"
SCALE = "up to {most}"
HINT = "Touch a map: the frame on the digit is what that number sees."

OPEN = "Open this sum"

EXPLAINED = "What moves, and what stays"
EXPLANATION = (
    "Move the digit and look at C1: its maps move along, cell by cell, because one filter serves every place. Pooling "
    "keeps the largest of four neighbours, so small moves get smaller from layer to layer. The fully connected network "
    "has a weight of its own for every pixel: a digit two cells further on meets other weights. The percentages "
    "beside the layers tell how alike a layer's numbers are to those before the move: the cosine of the two."
)
CHART = "Held-out digits that are known, when they are moved"
CHART_AXIS = "cells moved"
CURVES = {
    "lenet5 with augmentation": "LeNet-5, as here",
    "lenet5 without augmentation": "LeNet-5, trained in the middle only",
    "dense with augmentation": "Fully connected, trained on moved digits",
    "dense without augmentation": "Fully connected, as here",
}
HONEST = (
    "Both were trained on {training} digits of MNIST, and tested on {held_out} that neither has seen, the "
    "ten above among them: LeNet-5 knows "
    "{lenet5} of these, the fully connected network {dense}. LeNet-5 also saw its digits moved, turned and scaled "
    "while it learned, and that is half of its strength: the thin lines show each network trained the other way."
)

NOT_28 = "A digit has 28×28 cells, but x is {shape}. Draw one, or take one by its name, such as digit:7."
NOT_A_SHADE = "The cells of a digit go from 0 (paper) to 255 (ink), but x holds {value}."
SHIFT_FORM = "shift takes two whole numbers, cells down and cells to the right, such as -2,4; “{text}” is not that."
SHIFT_RANGE = "shift may be at most {most} cells either way, but it is {value}: further on, the digit would be gone."
ROTATE_RANGE = "rotate takes degrees from −180 to 180, but it is {value}."
NO_SUCH_LAYER = "“{name}” is not a layer of LeNet-5 here: it has {layers}."
UNIT_FORM = "unit names a cell of {layer}, such as {example}; “{text}” does not."
UNIT_RANGE = "{layer} is {shape}, and places count from 0, so there is no cell {text}."
