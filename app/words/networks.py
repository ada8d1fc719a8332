"""What the pages about whole networks say."""

TITLE = "Networks"
LEAD = (
    "What a whole network holds, does and sees, layer by layer. Most of the work is in the convolutions; "
    "most of the weights are in the fully connected layers."
)
FAMILIES = (
    ("Networks", False),
    ("Blocks", True),
)
BLOCKS_LEAD = "One idea each, with the lectures’ own numbers."
PAIRS = (
    ("vgg16", "resnet50", "VGG-16 and ResNet-50"),
    ("alexnet", "alexnet-one-tower", "two towers and one"),
    ("naive-inception", "inception-bottlenecks", "inception, naive and thin"),
    ("three-3x3", "one-7x7", "three 3×3 and one 7×7"),
    ("direct-5x5", "reduced-5x5", "5×5 with and without a 1×1"),
    ("vgg16", "fcn32s", "VGG-16 and FCN-32s"),
    ("googlenet", "googlenet-torchvision", "GoogLeNet, the paper’s and torchvision’s"),
)
PARTNERS = {
    "lenet5": "alexnet",
    "alexnet": "alexnet-one-tower",
    "alexnet-one-tower": "alexnet",
    "alexnet-torchvision": "alexnet",
    "vgg16": "resnet50",
    "googlenet": "googlenet-torchvision",
    "googlenet-torchvision": "googlenet",
    "resnet18": "resnet34",
    "resnet34": "resnet50",
    "naive-inception": "inception-bottlenecks",
    "inception-bottlenecks": "naive-inception",
    "residual-block": "three-3x3",
    "three-3x3": "one-7x7",
    "one-7x7": "three-3x3",
    "direct-5x5": "reduced-5x5",
    "reduced-5x5": "direct-5x5",
}
"""What a network is first compared with; VGG-16 for all others."""
COMPARE = "Compare two networks"
OWN = "Your own network"
OWN_LEAD = "Write a stack of layers, or paste torch.nn.Sequential(…). It is read, never run."
OWN_EXAMPLE = "conv(3,16,padding=1);relu;maxpool(2);conv(3,32,padding=1);relu;globalpool;flatten;linear(10)"
OWN_INPUT = "3x32x32"
OWN_NOTE = "Nothing is stored: the link holds the whole network."

MAPS, WEIGHTS, WORK = "maps", "weights", "work"
INPUT = "input"
PICTURE_LABEL = "{title}: the map behind each part, its share of the weights and of the multiplications"
PART_TITLE = "{name}: {shape}, {weights} weights, {work} multiplications"
BY_KIND = (
    "The convolutions hold {conv_weights} of the parameters and do {conv_work} of the work; "
    "the fully connected layers hold {linear_weights} and do {linear_work}."
)
HEAVIEST = "Most parameters: {weights}. Most work: {work}."

TOTALS = {
    "parameters": "parameters",
    "multiplications": "multiplications",
    "units": "units",
    "connections": "connections",
    "memory": "for the maps",
}
MEANINGS = {
    "parameters": "Everything that is learned: weights and biases, and two numbers for each channel of a batch norm.",
    "units": "A unit is one number of a map. Layers that work in place (ReLU, batch norm, dropout, joining) make none.",
    "connections": "A connection is one use of an input by a unit. Taps on padding are no connections.",
    "multiplications": "Of convolutions and linear layers, taps on padding included, as papers count.",
    "memory": "Four bytes (float32) for each unit.",
    "field": "How many input cells a unit can depend on.",
}

ELEMENTWISE = {
    "relu": "ReLU",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
    "softmax": "softmax",
    "batchnorm": "batch norm",
    "dropout": "dropout",
    "lrn": "local response norm",
    "flatten": "flatten",
}
CONV = "{filters} {kernel}{at}{groups}"
FILTERS = ("filter", "filters")
TRANSPOSED = "{filters} {kernel}, transposed{at}{groups}"
MAXPOOL = "max pool {kernel}{at}"
AVGPOOL = "average pool {kernel}{at}"
GLOBALPOOL = "global average pool"
ADAPTIVEPOOL = "adaptive average pool to {kernel}"
UPSAMPLE = "upsample ×{kernel}"
LINEAR = "fully connected, {count}"
CONCAT = "{count} paths joined"
ADD = "{count} paths added"
AT_STRIDE = " at stride {stride}"
DILATED = ", dilation {dilation}"
IN_GROUPS = ", {groups} groups"
SHORTCUT = "shortcut"
POOL = "pool"
AND_A = "{path}, and beside it {other}"
JOINS = {"concat": "joined", "add": "sum"}
ON_PATH = "path {path}: {layer}"

SIZE, PARAMETERS, UNITS, MULTIPLICATIONS, CONNECTIONS, MEMORY, FIELD = (
    "size",
    "parameters",
    "units",
    "multiplications",
    "connections",
    "memory",
    "receptive field",
)
WHOLE_INPUT = "the whole input"

DEPTH = "layers that multiply"
COMPARISON = {
    "parameters": "{more} holds {ratio} times as many parameters as {less}.",
    "multiplications": "{more} does {ratio} times as many multiplications as {less}.",
}
SAME = {
    "parameters": "Both hold the same number of parameters.",
    "multiplications": "Both do the same number of multiplications.",
}

NO_NETWORK = "There is no network “{name}”.{hint} There are {names}."
NO_PART = "{title} has no part “{name}”. Its parts are {names}."
UNKNOWN = "“{name}” is not a parameter here; {known}."
KNOWN = "there are {names}"
NONE_KNOWN = "this page has none"

PICTURE = "Picture of the network"
TABLE = "Parts of the network"
PART, MAP, SEES = "part", "map behind it", "sees"
SEES_LINK = "What a unit sees"
COMPARE_WITH = "Compare with"
LIVE = "Draw a digit and watch it run"
NOTES = "Where the numbers come from"
COUNTED = "How it is counted"
AND = "and"
SIDES = ("One", "The other")
COMPARE_BUTTON = "Compare"
SWAP = "Swap"
SUMS = "Everything added up"
TIMES = "times"
DEMONSTRATIONS = "Two demonstrations"
DEMONSTRATION_LINKS = (
    ("/networks/two-convolutions", "Two convolutions are one", "until a ReLU stands between them"),
    ("/networks/flatten-linear", "Flatten and linear is a convolution", "with a kernel as large as the map"),
)
OWN_BUTTON = "Write or paste one"
