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
EMPTY_PATH = "A path of branch is empty. Only residual takes an empty path, which is the identity."
IDENTITY_ONLY = "residual needs a layer in one of its paths."

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
    "join_channels": "The paths of {layer} cannot be added: they have {channels} channels.",
}
INPUT_HAS = "input has"
PADDED_INPUT_HAS = "padded input has"
LAYER_AT = "{kind} (layer {place})"
JOIN_NAMES = {"concat": "branch", "add": "residual"}
AND = " and "
AXES = {1: "one axis", 2: "two axes", 3: "three axes"}

MAP_TOO_LARGE = "{layer} makes a map of {shape}; at most {most:,} cells a side are followed here."
TOO_MANY_UNITS = "{layer} makes {value:,} numbers; at most {most:,} are counted here."
