"""What the page of the network that runs says, and why it refuses a drawing."""

TITLE = "LeNet-5, live"
SUMMARY = "Draw, or press ↑: one of the two networks changes its mind. Every number opens as a scene."
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
    "left": ("←", "One cell to the left"),
    "up": ("↑", "One cell up"),
    "down": ("↓", "One cell down"),
    "right": ("→", "One cell to the right"),
    "anticlockwise": ("↺", "Turn it 15° to the left"),
    "clockwise": ("↻", "Turn it 15° to the right"),
    "smaller": ("−", "Smaller"),
    "larger": ("+", "Larger"),
    "darker": ("−", "Darker"),
    "lighter": ("+", "Lighter"),
    "calmer": ("−", "Less noise"),
    "noisier": ("+", "More noise"),
    "fuller": ("−", "Strike out fewer units of F6"),
    "sparser": ("+", "Strike out more units of F6"),
    "again": ("⚄", "Throw the dice again"),
    "cover": ("Cover", "A patch of paper, 5 by 5 cells, to cover something with"),
}
STEPPERS = {"scale": "Size", "brightness": "Brightness", "noise": "Noise", "dropout": "Dropout on F6"}
BACK = "As it was"

KERNEL_LABEL = "Kernel of {layer}, map {index}: its weights"
EDITOR = "{layer}, kernel {index}"
EDITOR_HELP = "Set one to 5: the digit fails."
WEIGHTS = "Its weights"
APPLY = "Apply"
SILENT = "zeros:5x5"
SILENCE = "All zero"
RELEARN = "As learned"
CLOSE = "Close"
WHY = "Why this answer?"
WHYS = {
    "occlusion": ("All places", "Red: cover this place, and the answer is lost."),
    "saliency": ("Gradient", "How ink would move the score: blue up, red down."),
}
WHY_HINT = "Cover something, so that it is no longer a {digit}."
WHY_DRAW = "Draw, and cover something."
WHY_LABEL = "{title}, {network}"
PATCHES = "What excites it most"

NETWORKS = {"lenet5": "LeNet-5", "dense": "Fully connected"}
ABOUT = {
    "lenet5": "{parameters} parameters, learned from moved digits",
    "dense": "{parameters} parameters, learned from centred digits",
}
READS = "reads"
NOTHING = "draw"
SURE = "{percent} sure"
SCORES = "From scores to shares"
PROBABILITIES = "How sure {network} is of each digit"

LAYERS = {
    "c1": ("C1", "6 filters of 5×5, ReLU"),
    "s2": ("S2", "max pooling 2×2"),
    "c3": ("C3", "16 filters of 6×5×5, ReLU"),
    "s4": ("S4", "max pooling 2×2"),
    "c5": ("C5", "120 filters of 16×5×5, ReLU"),
    "f6": ("F6", "fully connected, ReLU"),
    "output": ("Output", "fully connected, 84 to 10, then softmax"),
    "scores": ("Output", "fully connected, 78 to 10, then softmax"),
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
DROPOUT = (
    "Dropout belongs to training: at each step some units of F6 are struck out, so that none relies on another, and "
    "the others count 1/(1 − p) times, so that their sum stays what it was. Here you can see what the output is left "
    "with, and that a trained network reads most digits all the same."
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
BRIGHTNESS_RANGE = "brightness takes shades from −{most} (darker) to {most} (lighter), but it is {value}."
NOISE_RANGE = "noise takes shades from 0 to {most}, but it is {value}."
SEED_RANGE = "seed takes a whole number from 0 to {most}, but it is {value}."
COVER_FORM = "cover takes the row and the column of the patch’s upper left corner, such as 8,9; “{text}” is not that."
COVER_RANGE = "cover takes a row and a column from 0 to {most}, where the whole patch lies on the digit, not {value}."
NOT_A_FILTER = "edit names a filter of C1 or C3, c1.0 to c1.5 or c3.0 to c3.15; “{text}” is none."
WHICH_KERNEL = "kernel gives a filter new weights: edit has to name the filter, such as c1.3."
KERNEL_SHAPE = "A kernel of this layer has {wanted} weights for each channel, but this is {shape}."
WEIGHT_RANGE = "A weight may be at most {most} either way, but one is {value}."
TOO_MANY_WEIGHTS = "{count} weights of {layer} are changed, but an address holds at most {most}."
NO_SUCH_SCORE = "target names a digit from 0 to 9, whose score is asked about, but it is {value}."
NO_SUCH_LAYER = "“{name}” is not a layer here: there are {layers}."
UNIT_FORM = "unit names a cell of {layer}, such as {example}; “{text}” does not."
UNIT_RANGE = "{layer} is {shape}, and places count from 0, so there is no cell {text}."
