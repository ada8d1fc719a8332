"""What the view connections says, apart from the stage's scripts."""

TOO_MANY = (
    "Between {inputs} and {outputs} there may be {count:,} connections; at most {most:,} are drawn. "
    "Use a shorter input, or view=gather."
)

NAMES = {"full": "fully connected", "local": "locally connected", "shared": "convolutional"}
SENTENCES = {
    "full": "Every input reaches every output, through a weight of its own. "
    "Were all but a window’s weights 0, and the same in every window, it would be this convolution.",
    "local": "Every output sees its window only, but every window has weights of its own.",
    "shared": "Every output sees its window only, and all windows share {weights}: "
    "lines that look alike are one weight.",
}
WEIGHT = "weight"
ONE_PLANE = "One channel and one filter are drawn and counted."
NO_BIAS = "The bias is not counted."
NO_ZEROS = "Padded zeros are no inputs, and have no connections."
DIRECTIONS = {"forward": "forward", "backward": "backward"}
BACKWARD = (
    "Under each output stands what comes from above: change any of it. Touch an input or a weight: its lines light, "
    "and what flows back over them is added up."
)
