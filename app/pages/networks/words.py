"""What the pages about whole networks say."""

TITLE = "Networks"
SUMMARY = (
    "What a whole network holds, does and sees, layer by layer. Most of the work is in the convolutions; "
    "most of the weights are in the fully connected layers."
)
FAMILIES = (
    ("Networks", False),
    ("Blocks", True),
)
BLOCKS_SUMMARY = "One idea each, with the lectures’ own numbers."
PAIRS = (
    ("vgg16", "resnet50", "VGG-16 and ResNet-50"),
    ("alexnet", "alexnet-one-tower", "two towers and one"),
    ("naive-inception", "inception-bottlenecks", "inception, naive and thin"),
    ("three-3x3", "one-7x7", "three 3×3 and one 7×7"),
    ("direct-5x5", "reduced-5x5", "5×5 with and without a 1×1"),
    ("vgg16", "fcn32s", "VGG-16 and FCN-32s"),
    ("fcn32s", "fcn8s", "FCN-32s and FCN-8s"),
    ("mobilenetv2", "resnet50", "MobileNetV2 and ResNet-50"),
    ("alexnet", "squeezenet", "AlexNet and SqueezeNet"),
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
    "fcn32s": "fcn8s",
    "fcn8s": "fcn32s",
    "squeezenet": "alexnet",
    "densenet121": "resnet50",
    "mobilenetv2": "resnet50",
    "efficientnet-b0": "mobilenetv2",
    "convnext-tiny": "resnet50",
    "unet": "fcn8s",
    "residual-block": "three-3x3",
    "three-3x3": "one-7x7",
    "one-7x7": "three-3x3",
    "direct-5x5": "reduced-5x5",
    "reduced-5x5": "direct-5x5",
}
"""What a network is first compared with; VGG-16 for all others."""
OWN_PARTNER = "resnet18"
COMPARE = "Compare two networks"
OWN = "Your own network"
OWN_SUMMARY = (
    "Write a stack of layers, or paste what you have: a class with its forward, nn.Sequential(…), what print(model) "
    "shows, Keras code or its summary. It is read, never run."
)
OWN_EXAMPLE = "conv(3,16,padding=1);relu;maxpool(2);conv(3,32,padding=1);relu;globalpool;flatten;linear(10)"
OWN_INPUT = "3x32x32"
OWN_NOTE = "Nothing is stored: the link holds the whole network."

MAPS, WEIGHTS, WORK = "maps", "weights", "work"
INPUT = "input"
PICTURE_LABEL = "{title}: the map behind each part, its share of the weights and of the multiplications"
REPEATED = "{name} ×{count}"
PART_TITLE = "{name}: {shape}, {weights} parameters, {work} multiplications"
BY_KIND = (
    "The convolutions hold {conv_weights} of the parameters and do {conv_work} of the work; "
    "the fully connected layers hold {linear_weights} and do {linear_work}."
)
HEAVIEST = {"parameters": "Most parameters: {parts}.", "multiplications": "Most work: {parts}."}
TIE = "a tie of {count}: {names}"
SHARED = "{name} ({count} times)"

TOTALS = {
    "parameters": "parameters",
    "multiplications": "multiplications",
    "other_operations": "other operations",
    "units": "units",
    "connections": "connections",
    "memory": "memory for maps",
    "peak_memory": "at one time",
}
MEANINGS = {
    "parameters": "Everything that is learned: weights and biases, and two numbers for each channel of a batch norm.",
    "multiplications": "Of convolutions, fully connected layers, products of matrices and attention, "
    "taps on padding included, as papers count.",
    "other_operations": "One for each number that a normalisation, an activation, a sum or an upsampling makes, "
    "and for each that a pool reads: nothing learned is multiplied there.",
    "units": "The numbers of all maps. Layers that work in place (ReLU, batch norm, dropout, joining) make none.",
    "connections": "How often a unit reads an input. Taps on padding read nothing.",
    "memory": "Four bytes (float32) for each unit.",
    "peak_memory": "The most of it that is needed at one time while a picture passes: a map is kept until its last "
    "reader is done, and activations and sums write over what nobody reads any more.",
    "sees": "The receptive field: how many input cells a unit can depend on, padding among them.",
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
LINEAR = "fully connected, {count}"
OVER_SPACE = {
    "maxpool": "max pool {kernel}{at}",
    "avgpool": "average pool {kernel}{at}",
    "lppool": "power pool {kernel}{at}",
    "adaptivepool": "adaptive average pool to {kernel}",
    "adaptivemaxpool": "adaptive max pool to {kernel}",
    "upsample": "upsample ×{kernel}",
    "resize": "resize to {kernel}",
    "globalpool": "global average pool",
    "globalmaxpool": "global max pool",
    "pixelshuffle": "pixel shuffle ×{kernel}",
    "pixelunshuffle": "pixel unshuffle ÷{kernel}",
}
OTHER_LAYERS = {
    "attention": "attention with {groups} heads",
    "matmul": "product of matrices, {shape}",
    "reshape": "reshape to {shape}",
    "unflatten": "reshape to {shape}",
    "permute": "axes in another order, {shape}",
    "slice": "a part, {shape}",
    "crop": "cropped to {shape}",
    "pad": "padding to {shape}",
    "parameter": "learned numbers, {shape}",
    "reduce": "mean to {shape}",
    "glu": "gated half",
    "gelu": "GELU",
    "silu": "SiLU",
    "relu6": "ReLU6",
    "prelu": "PReLU",
    "layernorm": "layer norm",
    "layerscale": "a learned factor for each channel",
    "groupnorm": "group norm, {groups} groups",
    "instancenorm": "instance norm",
    "scale": "times a number",
    "leakyrelu": "leaky ReLU",
}
JOINED = {"concat": "{count} maps joined", "add": "{count} maps added", "mul": "{count} maps multiplied"}
SEVERAL = "{count} layers, from {first} to {last}"
NOT_KNOWN = "not known"
AT_STRIDE = " at stride {stride}"
DILATED = ", dilation {dilation}"
IN_GROUPS = ", {groups} groups"
SHORTCUT = "shortcut"
POOL = "pool"
AND_A = "{path}, and beside it {other}"
JOINS = {"concat": "joined", "add": "sum", "mul": "product"}
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

DEPTH = "layers that multiply"
COMPARISON = {
    "parameters": "{more} holds {ratio} times as many parameters as {less}.",
    "multiplications": "{more} does {ratio} times as many multiplications as {less}.",
}
EQUAL_SUMS, NEARLY_EQUAL = "equal", "nearly equal"
NEARLY_SAME = {
    "parameters": "{more} and {less} hold nearly the same number of parameters.",
    "multiplications": "{more} and {less} do nearly the same number of multiplications.",
}
SAME = {
    "parameters": "Both hold the same number of parameters.",
    "multiplications": "Both do the same number of multiplications.",
}

NO_NETWORK = "There is no network “{name}”.{hint} There are {names}."
NOT_A_SWITCH = "{name} is either true or false, but “{text}” is neither."
NO_PART = "{title} has no part “{name}”. Its parts are {names}."
UNKNOWN = "“{name}” is not a parameter here; {known}."
KNOWN = "there are {names}"
NONE_KNOWN = "this page has none"

SCENE_SMALL = "Its sum, on a small input"
SCENE_LINEAR = "Its sum, on a small map"
UNFOLD, FOLD = "Unfold repeated blocks", "Fold repeated blocks"
TABLE_CSV = "Table as CSV"
PICTURE = "Picture of the network"
TABLE = "Parts of the network"
PART, MAP, SEES = "part", "map behind it", "sees"
SEES_LINK = "What a unit sees"
COMPARE_UNKNOWN = "There are no sums to compare: {names} is not known here."
COMPARE_WITH = "Compare with"
LIVE = "Draw a digit and watch it run"
LIVE_LINK = "One of them runs: draw a digit."
BETWEEN_LAYERS = "What stands between the layers"
BETWEEN = {
    "relu": (
        "ReLU lets positive numbers pass and puts 0 for the others, so that two convolutions in a row are more than "
        "one. "
        "Its slope is 1 wherever it is not 0, so gradients do not fade on their way back as they do through tanh; "
        "AlexNet learned six times as fast with it.",
        "/networks/two-convolutions",
        "Two convolutions, with and without one",
    ),
    "lrn": (
        "Local response normalisation divides each number by a sum over neighbouring channels at the same place: where "
        "one map answers loudly, those beside it are turned down. AlexNet gained 1.4 % with it; networks since VGG "
        "leave it out.",
        "/conv2d?x=seven&w=1,0,-1;1,0,-1;1,0,-1&activation=relu",
        "A map and its ReLU, which it follows",
    ),
    "batchnorm": (
        "Batch normalisation takes the mean of each channel away and divides by its spread, then gives both back as "
        "two learned numbers. Layers then see numbers of one size while those before them still change, so deep "
        "networks learn with larger steps.",
        "/conv2d?x=seven&w=box:3",
        "A mean of neighbours: a channel’s mean is the same sum over all cells",
    ),
}
ACCURACY = "How well it does:"
NOTES = "Where the numbers come from"
COUNTED = "How it is counted"
AND = "and"
SIDES = ("One", "The other")
COMPARE_BUTTON = "Compare"
SWAP = "Swap"
SUMS = "Everything added up"
TIMES = "times"
DEMONSTRATIONS = "Demonstrations, with numbers"
DEMONSTRATION_LINKS = (
    ("/networks/two-convolutions", "Two convolutions are one", "until a ReLU stands between them"),
    ("/networks/flatten-linear", "Flatten and linear is a convolution", "with a kernel as large as the map"),
    ("/residual", "A residual block", "beside a plain chain, there and back"),
    ("/inception", "An inception block", "four lanes, one stack"),
    ("/gap", "An average, or fully connected", "two heads on one map"),
)
OWN_BUTTON = "Write or paste one"

CODE_TOO_LONG = "The text is {value:,} characters long; at most {most:,} are read."
CODE_BROKEN = "Line {line} is no Python: {reason}."
CODE_UNREADABLE = "This code is too entangled to be read. Layers and a plain forward are understood; so are ONNX files."
CODE_TOO_DEEP = "The brackets are nested more than {most} deep; no network needs that."
CODE_TOO_MUCH = "Following this code takes too long; at line {line} it was given up."
CODE_OTHER = "Line {line} is no layer and no network. Code is read here, never run."
CODE_EMPTY = "There is no layer in this code: neither a torch.nn.Sequential(…) nor a class with a forward."
CODE_NOT_A_LAYER = "“{text}” is not a layer: each entry of Sequential must be a call such as nn.ReLU()."
CODE_STARRED = "Stars and keywords stand for values that only a running program knows; write each layer out."
CODE_ORDERED = 'OrderedDict takes pairs here: OrderedDict([("conv1", nn.Conv2d(1, 6, 5)), …]).'
CODE_TOO_MANY = "At most {most:,} layers or entries are read."
CODE_SURPLUS = "{name} takes at most {most} values, but here it has {given}."
CODE_KEYWORD = "{name} has no parameter “{keyword}”."
CODE_TWICE = "{name} is given {keyword} twice."
CODE_MISSING = "{name} needs {keyword}."
CODE_NOT_PLAIN = "{keyword} of {name} must be a plain number, because code is read and never run; “{text}” is not."
CODE_A_VALUE = "a value"
CODE_NOT_COUNTS = "{keyword} of {name} must be one whole number, or one for each axis; “{text}” is not."
CODE_UPSAMPLE = "Upsample is read with a size or a whole scale_factor, such as nn.Upsample(scale_factor=2)."
CODE_FLATTEN = "Flatten is read with axes behind the batch, such as nn.Flatten()."
CODE_ATTENTION = "MultiheadAttention is read with keys and values as wide as its queries."
WAY_OUT = ' The way out: torch.onnx.export(model, torch.zeros(1, 3, 224, 224), "model.onnx"), and choose the file here.'
WAY_OUT_KERAS = ' The way out: model.export("model.onnx", format="onnx"), and choose the file here.'
CODE_LINE = "line {line}"
CODE_DYNAMIC = "Line {line}, “{text}”, can only be known by running it, and nothing is run here." + WAY_OUT
RECOGNISED = "{count} layers were recognised until then, the last of them {last}."
RECOGNISED_ONE = "One layer was recognised until then, {last}."
CODE_LOOP = "Line {line}, “{text}”: only loops over ranges, lists and ModuleLists are followed." + WAY_OUT
CODE_SHAPE = "Line {line} asks for the shape of a map behind a layer that is not known here." + WAY_OUT
CODE_BATCH = (
    "Line {line} works on a map whose batch has been moved from its first axis; only a run could follow that." + WAY_OUT
)
CODE_SECOND_INPUT = "Line {line} begins a second Input; a network with one input is read here." + WAY_OUT_KERAS
CODE_SUBMODEL = "Line {line} calls a Model as a layer of another, which is not followed here. Write its layers out."
CODE_INPUTS = (
    "The forward of {name} (line {line}) takes {count} maps, {names}; a network with one input is read here. Give a "
    "class that calls it with one." + WAY_OUT
)
CODE_ARGUMENTS = "Line {line} does not call {name} with the values that it needs."
CODE_NEEDS = "{name} (line {line}) needs {needed} to be made. Add a line such as {call}, with your numbers."
CODE_NO_FORWARD = "{name} has no forward (line {line}), so nothing says how its layers are connected."
CODE_UNREGISTERED = (
    "The weights made in line {line} are counted here, but PyTorch does not learn them: a layer must be an attribute of"
    " its module, or stand in an nn.ModuleList, not in a plain list."
)
CODE_NO_RESULT = "The forward of this network returns no map."
FOUND_CLASS = "class {name}, read from its code"
FOUND_SEQUENTIAL = "an nn.Sequential, read from its code"
FOUND_MADE = "class {name}, as {maker}() makes it, read from its code"
FOUND_STACK = "a stack of layers"
FOUND_PRINTED = "what print(model) shows of {name}"
FOUND_RECOGNISED = "what print(model) shows of {name}, connected as torchvision connects it: every layer fits"
PRINT_LINE = "Line {line}, “{text}”, is no line of a printed model."
PRINT_ONLY = (
    "A printout names the layers of {name}, but not how they are connected: that is in its forward. So the parameters "
    "of the printed layers are counted, and nothing else; those that a module holds itself are not printed. "
    "For shapes and work, paste the class, or choose an ONNX file: "
    'torch.onnx.export(model, torch.zeros(1, 3, 224, 224), "model.onnx").'
)
FOUND_SUMMARY = "a Keras summary of {count} layers"
FOUND_KERAS = "Keras code"
SUMMARY_EMPTY = "There is no layer in this summary: its rows are missing."
SUMMARY_INPUT = "The summary does not say what {name} is given. Write the input, such as 3x224x224."
SUMMARY_OPEN = "The summary leaves a size of {name} open (None). Write the input on which it is to be counted."
SUMMARY_UNKNOWN = "{name} ({kind}): its printed numbers belong to no layer that is known here."
SUMMARY_NORM = (
    "{name}: {printed:,} parameters are printed, of which {counted:,} are learned; the others are running means and "
    "variances."
)
SUMMARY_DIFFERS = "{name}: {printed:,} parameters are printed, {counted:,} are counted."
SUMMARY_SHAPE = "{name}: its map is printed as {printed}, and counted as {counted}."
KERAS_INPUT = "The code does not say what its first layer is given. Write the input, such as 28x28x1."
FOUND_KEPT = "a network that was sent before"
FORGOTTEN = (
    "This server does not have that network any more: what is too long for an address is kept for a while only. "
    "If it was shown in this window, it is sent again by itself; otherwise please send it again."
)
FOUND_LOOSE = "{count} loose layers, read one after the other"
EXPECTS_INPUT = "{name} has in_channels={expected}, but the input is {input}. Write {fitting} there, for example."
EXPECTS_CHANNELS = "{name} (layer {place}) expects {expected:,} channels, but it is given {given:,}."
EXPECTS_NUMBERS = (
    "{name} (layer {place}) expects {expected:,} numbers, but it is given {given:,}. Is the input of another size?"
)
UNKNOWN_NODES = (
    "Not known here: {names}. So there are no sums of the whole; what stands before, and does not read it, is counted."
)
THE_FORWARD = "forward"
FOUND = "Read as {found}, on an input of {shape}."
FOUND_LISTED = "Read as {found}."
NOTHING_KNOWN = (
    "There is no layer here that is known, only {names}. Paste what print(model) shows of it, or the class itself."
)
NOT_A_NAME = "passed holds names of layers, with commas between them; “{text}” is not a name."
TOO_MANY_CELLS = "On this input the maps have {value:,} cells along their axes together; at most {most:,} are followed."
LAST_PART = "layers"

ONNX_MISSING = "This copy of ConvScope reads no ONNX files; its owner can add that with: pip install 'convscope[onnx]'."
ONNX_TOO_LARGE = (
    "The file is larger than {most:,} MB. Weights are not needed, and with scripts this page sends none; or export "
    "without them, with torch.onnx.export(…, export_params=False)."
)
ONNX_TOO_MUCH = "The file describes more than a network that could be shown here."
ONNX_BROKEN = "This is not an ONNX file, or it is broken."
ONNX_TOO_MANY = "The network has {value:,} nodes; at most {most:,} are read."
ONNX_NO_INPUT = "The file names no input, so no map can be followed."
ONNX_ORDER = "{op} reads a map that nothing before it makes; the file is broken."
ONNX_SETTINGS = "The strides, dilations and pads of {op} do not fit its kernel; the file is broken."
ONNX_NO_SHAPE = "The file does not say how large its input is. Write it here, such as 3x224x224."
ONNX_SYMBOLIC = (
    "The file leaves sizes of its input open: {shape}. Write the size on which it is to be counted, such as {example}."
)
ONNX_EXTERNAL = (
    "The weights of this file lie in another one (“{name}” does), so it is not whole; no other file is opened. "
    "Export it with torch.onnx.export(…, external_data=False)."
)
ONNX_FOLDED = (
    "The export has folded batch norms into convolutions, which have a bias instead, so there are fewer parameters "
    "than in the model. training=torch.onnx.TrainingMode.PRESERVE with do_constant_folding=False keeps them."
)
ONNX_RESHAPE = "The file reshapes {given} to {wanted}; that does not go with this input. Its own size would."
FOUND_ONNX = "an ONNX file of {nodes} nodes, from {producer}"
AN_EXPORT = "an export"
ONNX_NOTHING = "No layer of this file is known here."
FORM_BROKEN = "The form did not arrive whole; please send it again."
OWN_LAYERS = "Layers, or code"
OWN_INPUT_LABEL = "Input, channels × height × width"
OWN_FILE = "or an .onnx file"
OWN_SHOW = "Show this network"
OWN_HOW = (
    "First the kernel, then the channels, then PyTorch’s words: conv(3,64,stride=2,padding=1). "
    "Paths: branch(conv(1,64)|conv(3,64,padding=1)) joins, residual(…) adds."
)
OWN_FILE_NOTE = (
    "Of a file only the layers are sent and read; its weights stay where they are, and nothing is run. "
    "A file brings its own input, unless you write another."
)
OWN_FILE_INPUT = "the file’s own"
OWN_PASSED = "Not known, so not counted"
OWN_LINK = "Link to this network"
OWN_EXAMPLES = (
    ("A small network", OWN_EXAMPLE, OWN_INPUT),
    (
        "PyTorch code",
        "nn.Sequential(\n    nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2),\n    nn.Conv2d(6, 16, 5), nn.ReLU(), "
        "nn.MaxPool2d(2),\n    nn.Flatten(), nn.Linear(16 * 5 * 5, 120), nn.ReLU(), nn.Linear(120, 10))",
        "1x32x32",
    ),
    (
        "A residual block",
        "conv(3,16,padding=1);residual(conv(3,16,padding=1);batchnorm;relu;conv(3,16,padding=1);batchnorm);relu",
        "3x32x32",
    ),
    (
        "An inception block",
        "branch(conv(1,64)|conv(1,96);conv(3,128,padding=1)|conv(1,16);conv(5,32,padding=2)"
        "|maxpool(3,stride=1,padding=1);conv(1,32))",
        "192x28x28",
    ),
)

OF_NORM = "batch norm"
ON_WHICH_PATH = "path {path}"
FLATTENED = "flatten to {count}"
