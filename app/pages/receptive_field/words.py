"""What is said about stacks of layers and their receptive fields."""

EXAMPLE = "conv(3);maxpool(2)"

NO_LAYERS = "A stack needs at least one layer, such as {example}."
STACK_TOO_LONG = "The stack is {value:,} characters long; at most {most:,} are read."
TOO_MANY_LAYERS = "A stack may have at most {most} layers, its joins counted, but this one has {value}."
TOO_DEEP = "Branches may stand in branches {most} deep, but here they go deeper."
EXPECTED_LAYER = "A layer such as conv(3) is expected after “{before}”, but there is {found}."
EXPECTED_FIRST = "A stack begins with a layer such as conv(3), but there is {found}."
EXPECTED_MARK = "After “{before}” a “{mark}” is expected, but there is {found}."
EXPECTED_VALUE = "After “{before}” a value is expected, but there is {found}."
END = "the end"
QUOTED = "“{text}”"
UNKNOWN_LAYER = "“{name}” is not a layer.{hint} There are {kinds}."
DID_YOU_MEAN = " Did you mean “{name}”?"
LAYER_NEEDS = "{kind} needs its {what} first, such as {example}."
WHATS = {"kernel": "kernel size", "channels": "number of outputs"}
TAKES_NOTHING = "{kind} takes nothing in brackets, but here it has “{text}”."
TOO_MANY_VALUES = "{kind} takes {takes}, but here it has one value more, “{text}”."
VALUES = {("kernel", "channels"): "a kernel and channels", ("kernel",): "one value", ("channels",): "one value"}
UNKNOWN_KEYWORD = "“{name}” is not a keyword of {kind}, which takes {keywords}."
REPEATED_KEYWORD = "{kind} is given {name} twice; give it once."
VALUE_AFTER_KEYWORD = "In {kind}, “{text}” stands behind a keyword; values without a name come first."
NOT_A_COUNT = "{name} of {kind} must be a whole number, or one for each axis such as 3x5, but “{text}” is not."
NOT_ONE_COUNT = "{name} of {kind} must be one whole number, but “{text}” is not one."
NOT_A_PADDING = (
    "padding of {kind} is a number, one for each axis (1x2), pairs of before:after (1:0x1:0), or same; "
    "“{text}” is none of these."
)
NOT_A_FLAG = "{name} of {kind} is either true or false, but “{text}” is neither."
OUT_OF_RANGE = "{name} of {kind} must be from {least} to {most:,}, but it is {value}."
TOO_MANY_AXES = "{name} of {kind} has {value} numbers; a map has at most {most} axes."
ONE_PATH = "branch needs at least two paths, with | between them, such as branch(conv(1)|conv(3,padding=1))."
IDENTITY_ONLY = "{kind} needs a layer in one of its paths."
NOT_A_MODE = "mode of {kind} is either nearest or linear, but “{text}” is neither."
GRAPH_NOT_A_LAYER = "{place}: a layer such as conv(3,64) is expected, or the name of a map; “{text}” is neither."
GRAPH_NO_NAME = "{place}: nothing before is called “{name}”.{hint}"
GRAPH_NAMES_OF = " There are {names}."
GRAPH_NOT_PLAIN = "{place}: “{text}” is no plain value; values are numbers, 3x5, true and false."
GRAPH_JOIN_NEEDS = "{place}: {kind} needs the names of the maps that it joins, such as {kind}(a, b)."
GRAPH_ONE_MAP = "{place}: {kind} reads {takes}, but here it is given {given} maps."
GRAPH_TAKES = {1: "one map", 2: "two maps", 3: "three maps", 0: "no map"}

NOT_AN_INPUT = (
    "input is the size of the picture, such as 32 for a line, 224x224, or 3x224x224 with its channels; “{text}” is not."
)
INPUT_RANGE = "{name} of the input must be from 1 to {most:,}, but it is {value:,}."
SIDE, CHANNELS = "A side", "The channels"

MISFITS = {
    "flat": "{layer} needs a map, but a flatten before it has made a list of {numbers:,} numbers.",
    "not_flat": "{layer} needs a list of numbers, but it is given a map of {shape}. Put flatten before it.",
    "axes": "{name} of {layer} has {given} numbers, but the map has {axes}.",
    "same_stride": (
        "padding=same keeps the size only at stride 1, but the stride of {layer} is {stride}. PyTorch refuses it."
    ),
    "groups": "The {count} {name} of {layer} cannot be split into {groups} equal groups.",
    "output_padding": (
        "The output padding of {layer} is {given}; it must be smaller than the stride ({stride}) "
        "or the dilation ({dilation})."
    ),
    "empty": "The padding of {layer}, {padding} in all, cuts everything off: its map would have {size} cells.",
    "pool_padding": (
        "The padding of {layer} is {padding}; a pool that covers {covers} cells may have at most half of it."
    ),
    "kernel": "{layer} covers {covers} cells, but its {padded_input} only {padded}.",
    "join_sizes": "The paths of {layer} cannot be joined: their maps are {sizes}.",
    "join_lists": (
        "The paths of {layer} cannot be joined here: one is a flattened map and another a linear layer’s list, "
        "which have no places in common."
    ),
    "shuffle": "{layer} cannot spread a map of {shape} by a factor of {factor}.",
    "crop": "{layer} keeps {wanted} cells a side, but its input has only {size}.",
    "reshape": "{layer} is given {count:,} numbers, which do not make {shape}.",
    "permute": "{layer} puts axes in the order {order}, but its input is {shape}.",
    "slice": "{layer} takes nothing: from {start} to {stop} of {size}.",
    "no_axis": "{layer} names axis {axis}, but its input is {shape}.",
    "attention": "{layer} with {heads} heads needs vectors that can be split by them, but it is given {shape}.",
    "matmul": "{layer} cannot multiply matrices of {sizes}.",
    "norm_shape": "{layer} is for {expected}, but it is given {shape}.",
    "no_name": "{layer} reads a map “{name}”, but nothing before it is called that.",
    "unknown": "{layer} is not known here, so what is behind it cannot be followed.",
    "expects": "{layer} expects {expected:,}, but it is given {given:,}.",
    "join_channels": "The paths of {layer} cannot be added: they have {channels} channels.",
}
NOT_PLACED = (
    "Behind {layer} a number no longer belongs to one place of the picture, so there is no field to draw. "
    "Its sizes and sums are counted at “Your own network”."
)
INPUT_HAS = "input has"
PADDED_INPUT_HAS = "padded input has"
NTH_LAYER = "Layer {place}"
LAYER_AT = "{kind} (layer {place})"
JOIN_NAMES = {"concat": "branch", "add": "residual", "mul": "gate"}
AND = " and "
AXES = {1: "one axis", 2: "two axes", 3: "three axes"}

MAP_TOO_LARGE = "{layer} makes a map of {shape}; at most {most:,} cells a side are followed here."
TOO_MANY_UNITS = "{layer} makes {value:,} numbers; at most {most:,} are counted here."

# The page

TITLE = "Receptive field"
NAME = "/receptive-field"
SUMMARY = "One unit sees a patch of the picture. Each layer makes the patch larger."
NOT_A_UNIT = (
    "unit is a layer and, behind a colon, a place in its map, such as 2:1,1; the input is layer 0. “{text}” is not."
)
NO_SUCH_LAYER = "unit names layer {place}, but the stack has no such layer."
NO_SUCH_UNIT = "unit names {unit}, but the map of layer {place} has {shape} units, counted from 0."
NOT_A_PICTURE = "picture is one of {choices}, but “{text}” is none of them."
NOT_A_SEED = "seed must be a whole number from 0 to {most:,}, but “{text}” is not one."
NOT_A_THEME = "theme is one of light, dark, auto, but “{text}” is none of them."
FIELD_TOO_LARGE = (
    "The fields of this stack reach too far to be followed: what its last unit sees of the map under {layer} "
    "is too much. Fewer layers, or smaller strides and kernels, can be shown."
)
INPUT_NAME = "input"
UNIT_SEES = "unit {unit}: {seen}"
FROM_TO = "{start} to {stop}"
NOTHING = "nothing"
VARIES = "{sizes} cells, from unit to unit"
OR = " or "
ALL_AXES = ""
ALONG = " along the {axis}"
AXIS_NAMES = {1: ("length",), 2: ("height", "width"), 3: ("depth", "height", "width")}
STRIDES_DISAGREE = (
    "The paths of {layer} move at different strides{along}: {strides} cells of the input for each unit. "
    "The further from the first unit, the further apart they look."
)
CENTRES_DISAGREE = (
    "The paths of {layer} do not look at the same place{along}: the fields of the first unit are centred "
    "on cells {centres} of the input."
)
CAPTIONS = {
    "convtranspose": "transposed",
    "maxpool": "max pool",
    "avgpool": "avg pool",
    "globalpool": "global pool",
    "adaptivepool": "pool to",
    "concat": "joined",
    "add": "added",
    "mul": "multiplied",
}
FOLDED = {"concat": "branches", "add": "residual", "mul": "gate"}
STRIDE = "stride {stride}"
DILATION = "dilation {dilation}"
CONE_LABEL = "The stack seen from the side: each layer a line of cells, the input below"
PLANES_LABEL = "The stack in space: each layer a plane, the input at the left"
UNIFORM = "all weights equal"
UNIFORM_NOTE = "Every path counts alike: what is reached by more paths counts more."
RANDOM = "random weights"
RANDOM_NOTE = "The mean of {draws} draws, seed {seed}. ReLUs let half of the cells pass, max pools one of each window."
BRACKET = "{cells} cells"
BRACKET_ONE = "1 cell"
STEPPERS = {"kernel": "Kernel", "stride": "Stride", "padding": "Padding", "dilation": "Dilation"}
ADDITIONS = (
    ("conv 3", "conv(3)"),
    ("conv 3, same size", "conv(3,padding=1)"),
    ("conv 3, stride 2", "conv(3,stride=2,padding=1)"),
    ("conv 3, dilation 2", "conv(3,padding=2,dilation=2)"),
    ("max pool 2", "maxpool(2)"),
    ("transposed, ×2", "convtranspose(4,stride=2,padding=1)"),
    ("upsample ×2", "upsample(2)"),
    ("ReLU", "relu"),
    ("inception branch", "branch(conv(1)|conv(3,padding=1)|conv(5,padding=2))"),
    ("residual", "residual(conv(3,padding=1);relu;conv(3,padding=1))"),
    ("global pool", "globalpool"),
)
VGG_BLOCKS = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))
VGG16 = ";".join(
    ";".join([f"conv(3,{channels},padding=1);relu"] * count) + ";maxpool(2)" for channels, count in VGG_BLOCKS
)
ALEXNET = (
    "conv(11,96,stride=4);relu;maxpool(3,stride=2);conv(5,256,padding=2,groups=2);relu;maxpool(3,stride=2);"
    "conv(3,384,padding=1);relu;conv(3,384,padding=1,groups=2);relu;conv(3,256,padding=1,groups=2);relu;"
    "maxpool(3,stride=2)"
)
BLOCK = "residual(conv(3,padding=1);relu;conv(3,padding=1))"
EXAMPLES = (
    ("Three 3×3", "conv(3);conv(3);conv(3)", "9x9", "as one 7×7, with fewer weights"),
    (
        "Stride doubles",
        "conv(3);conv(3,stride=2,padding=1);conv(3);maxpool(2)",
        "20x20",
        "from then on every step is two",
    ),
    (
        "Dilation 1, 2, 4",
        "conv(3,padding=1);conv(3,padding=2,dilation=2);conv(3,padding=4,dilation=4)",
        "17x17",
        "grows as fast as with strides, and nothing shrinks",
    ),
    ("Down and up", "conv(3,padding=1);maxpool(2);conv(3,padding=1);convtranspose(4,stride=2,padding=1)", "16x16", ""),
    (
        "Inception",
        "conv(3,padding=1);branch(conv(1)|conv(1);conv(3,padding=1)|conv(1);conv(5,padding=2)"
        "|maxpool(3,stride=1,padding=1);conv(1))",
        "12x12",
        "",
    ),
    ("Residual", f"conv(3,padding=1);{BLOCK};{BLOCK}", "12x12", ""),
    (
        "Out of step",
        "branch(conv(3,stride=2,padding=1)|maxpool(2));conv(3)",
        "12x12",
        "paths that look at different places",
    ),
    ("VGG-16", VGG16, "3x224x224", ""),
    ("AlexNet", ALEXNET, "3x227x227", ""),
)
PICTURES = (("landscape", "landscape"), ("digit:7", "a seven"), ("digit:3", "a three"))
SEES = "Unit {unit} of layer {place} sees {cells} of the input."
SEES_BEYOND = "Unit {unit} of layer {place} sees {cells}, some of them padding."
SEES_NOTHING = "Unit {unit} of layer {place} sees nothing: no tap of a transposed layer meets it."
INPUT_CHOSEN = "Cell {unit} of the input moves the green units above it."
INVITATION = "Touch any cell, or walk with the arrow keys and press Enter."

SHOW = "Show this stack"
STAGE = "The stack, and what one of its units sees"
STACK = "Stack"
CONE_CAPTION = "From the side: along how many paths each cell is reached"
PLANES_CAPTION = "In space: square in square, down to the input"
NOT_DRAWN = "These maps are too large to be drawn; the table below has their fields."
BACK, FORWARD, GROW = "One layer back", "One layer on", "Grow"
LAYERS = "Layers"
MOVE = "Move layer {number}, {layer}"
MOVE_TITLE = "Drag, or press the arrow keys"
OF_LAYER = "of layer {number}"
AS_TEXT = "As text"
EARLIER, LATER = "earlier", "later"
REMOVE = "Remove layer {number}, {layer}"
INPUT_SIZE = "Size of the input"
ADD = "Add on top"
DOES_NOT_FIT = "does not fit on this map"
EXAMPLES_TITLE = "Examples"
WHOLE_TEXT = "As text, and choose a unit"
UNIT_FIELD = "Unit"
APPLY = "Apply"
NOTATION = (
    "First the kernel, then optionally the channels: conv(3,64). Then PyTorch’s words: stride=, padding=, dilation=, "
    "groups=, output_padding=, ceil_mode=true, bias=false; for each axis 3x5. "
    "branch(…|…) joins paths, residual(…) adds them. Maps may have names: a=conv(3); conv(3,padding=1)(a). "
    "A unit is layer:row,column."
)
ON_A_PICTURE = "On a picture"
PICTURE_LABEL = "The picture under the input, with the outline of what the unit sees"
THE_PICTURE = "the input"
CROP_LABEL = "What the unit sees: {cells} cells"
WHAT_IT_SEES = "what the unit sees"
EFFECTIVE = "What it sees, and what it heeds"
THEORY = "the field"
HALF = "half of the influence in {share}\u202f%"
EFFECTIVE_NOTE = (
    "The stronger a cell’s colour, the more it moves the unit: the gradient. Cells in the middle are reached along "
    "more paths, so the field that works is smaller than the field that is possible."
)
NO_HEAT = "There is no gradient to show for this unit."
EACH_LAYER = "Layer by layer"
LAYER, SIZE, JUMP, FIELD, PADDING, PARAMETERS = "Layer", "Output", "Jump", "Field", "Padding", "Parameters"
JUMP_NOTE = "cells from unit to unit"
FIELD_NOTE = "cells that a unit sees"
PADDING_NOTE = "cells before the input"
TOTAL = "together"
RULE = (
    "A layer with kernel k and dilation d makes the field larger by (k − 1) · d jumps of the map that it reads; "
    "its stride multiplies the jump. A transposed layer divides it."
)
FOR_PROGRAMS = "For programs:"
