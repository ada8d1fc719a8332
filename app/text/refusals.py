"""What we say when a parameter cannot be taken. A refusal teaches: it names the numbers and the reason."""

UNKNOWN_PARAMETER = "“{name}” is not a parameter of {page}.{hint} It takes {own}{shared}."
DID_YOU_MEAN = " Did you mean “{name}”?"
SHARED_PARAMETERS = "; and, for how it is shown, {names}"
NO_SUCH_VIEW = "{operation} has no view “{view}”; it has {views}."
MATRIX_SIZE = (
    "The matrix of this scene has {rows} × {cols} entries; one of at most {most} is drawn. Use a smaller input."
)
REPEATED = "“{name}” is given {count} times; give it once."
BAD_ENCODING = "The address holds bytes that are not UTF-8 text."
TOO_MANY_FIELDS = "More than {limit} parameters are given; no scene has so many."

NOT_A_GRID = "{name} must be text or nested lists of numbers, but “{text}” is neither."
NOT_A_COUNT = "{name} must be a whole number such as {example}, but “{text}” is not one."
TOO_SMALL = "{name} must be at least {least}, but it is {value}."
STRIDE_ZERO = "A stride of 0 would never move the window: stride must be at least 1."
DILATION_ZERO = "A dilation of 0 would lay all weights on one cell: dilation must be at least 1."
TOO_LARGE = "{name} may be at most {most} here, but it is {value}."
NOT_A_FLAG = "{name} is either true or false, but “{text}” is neither."
NOT_A_CHOICE = "{name} is one of {choices}, but “{text}” is none of them."
NOT_A_NUMBER_TEXT = "{name} must be a number such as {example}, but “{text}” is not one."
AXES = "{name} takes one number, or one for each of the {axes}, but “{text}” has {count}."
PADDING_FORM = (
    "Padding is a number, one number for each axis (1,2), pairs of before:after (1:0,2:1), "
    "or one of same, valid, full; “{text}” is none of these."
)

SAME_WITH_STRIDE = (
    "padding=same keeps the size only at stride 1, but the stride is {stride}. PyTorch refuses it, and so do we. "
    "TensorFlow's way is a pair, such as padding=0:1."
)
REFLECT = (
    "Reflecting needs padding smaller than the input: along the {axis} the padding is {padding}, "
    "but the input has {cells}."
)
CIRCULAR = (
    "Circular padding may wrap around once: along the {axis} the padding is {padding}, but the input has {cells}."
)
KERNEL_TOO_LARGE = "The {kernel} kernel{dilated} covers {covers} cells, but the {padded}input is only {input}."
GROUPS_CHANNELS = "The {channels} input channels cannot be split into {groups} equal groups."
GROUPS_FILTERS = "The {filters} filters cannot be shared equally among {groups} groups."
KERNEL_CHANNELS = "Each kernel must have {wanted} ({channels} / {groups}), but w has {given}."
BIAS_COUNT = "b needs one value for each of the {filters} filters, but it has {given}."
INPUT_CHANNELS = "A stage shows at most {most} input channels, but {name} has {value}."
INPUT_SIDE = "A stage shows inputs of at most {most} cells a side, but {name} is {shape}."
KERNEL_SIDE = "A stage shows kernels of at most {most} cells a side, but w is {shape}."
FILTERS = "A stage shows at most {most} filters, but w has {value}."
EMPTY_GRID = "{name} has no values."
MULTIPLICATIONS = (
    "This scene needs {value:,} multiplications; one scene may need at most {most:,}. "
    "Use a smaller input, or fewer filters."
)
NUMBERS = (
    "This scene holds {value:,} numbers; one scene may hold at most {most:,}. Use a smaller input, or fewer filters."
)
OVERFLOW = "The numbers are so large that a sum could pass 1.8·10³⁰⁸, the largest that a computer's float64 can hold."
STEP_RANGE = "{name} must be from 0 to {most}, because this scene has {steps} steps, but it is {value}."
STEPS_FORM = "{name} are steps and ranges of them, such as 0-5,12, but “{text}” is not."
TOO_MANY_STEPS = "{name} may choose at most {most} steps."
START_AFTER_STOP = "start ({start}) must not be after stop ({stop})."
INDEX_RANGE = "{name} must be from 0 to {most}, but it is {value}."

URL_TOO_LONG = "The address is {value} bytes long; at most {most} are read. Send large data as JSON with POST."
BODY_TOO_LONG = "The body is larger than {most} bytes."
BODY_NOT_JSON = "The body is not JSON: {reason}."
BODY_NOT_OBJECT = (
    'The body must be a JSON object with the same names as the address, such as {{"x": [[1, 2], [3, 4]]}}.'
)
NOT_FOUND = "There is no page at {path}."
SHARE_TAKES = "“{name}” is not a parameter of /share; it takes url, title, autoplay, loop, theme and size."
SHARE_URL = "url must be the address of a page here, such as /conv2d?stride=2."
PROGRAMME_TAKES = "“{name}” is not a parameter of /present; it takes scenes and at."
PROGRAMME_EMPTY = "scenes is missing: addresses of scenes, or names of worked scenes, with a space between them."
PROGRAMME_ENTRY = "“{text}” is neither the address of a page that can be presented nor the name of a worked scene."
METHOD = "{path} does not answer {method}."
CROWDED = "Many large scenes are being computed at this moment. Please ask again in a few seconds."
STOPPING = "ConvScope is being restarted. Please ask again in a few seconds."
FAILED = "Something went wrong on our side. The numbers that you see are still right; please try again."

POOL_PADDING = (
    "Along the {axis} the padding is {padding}, but at most half of a window of {kernel}, here {most}, may lie in the "
    "padding: a window further out could read nothing. PyTorch refuses it, and so do we."
)
POOL_TOO_LARGE = "The {kernel} window{dilated} covers {covers} cells, but the {padded}input is only {input}."
POOL_IN_PADDING = (
    "The window of y[{index}] reads nothing but padding: with dilation {dilation} it steps over the whole input. "
    "PyTorch answers −∞, the largest of no numbers, which no grid can show. A smaller dilation or no padding helps."
)
POOL_WORK = (
    "These windows look at {value:,} numbers; one scene may look at at most {most:,}. "
    "Use a smaller input, or a larger stride."
)
POOL_ROOT = (
    "In the window of y[{index}] the numbers to the power of {power} add up to less than 0, "
    "which has no such root: PyTorch answers NaN. An even norm_type, or no negative numbers, helps."
)
DIVISOR_ZERO = "Nothing can be divided by 0: divisor_override must be another whole number, such as 4."
UNPOOL_SHAPE = "indices must say one place for each value of x, {wanted}, but it is {given}."
UNPOOL_PLACE = (
    "indices[{index}] is {value}, but it must be a place in a plane of {shape} cells, "
    "counted in reading order: a whole number from 0 to {most}."
)
UNPOOL_SIZE = (
    "Along the {axis}, output_size must be from {least} to {most}, less than a stride away from the usual {usual}, "
    "but it is {value}."
)
UNPOOL_EMPTY = "The padding takes away more than the windows cover: the output would be {shape}."
UNPOOL_SIDE = "A stage shows outputs of at most {most} cells a side, but y would be {shape}."
GRAD_OUTPUT_SHAPE = "grad_output must have one number for each output of the pooling, {wanted}, but it is {given}."

STAMP_CHANNELS = (
    "In a transposed convolution the first axis of w is the input's channels: x has {channels}, "
    "but w has {given} there."
)
OUTPUT_PADDING = (
    "Along the {axis}, output_padding must be below the stride ({stride}) or the dilation ({dilation}), "
    "but it is {value}: it only gives back cells that a stride had left over."
)
NOTHING_LEFT = (
    "Along the {axis} the stamps cover {stamped}, and padding {padding} cuts all of them off: nothing is left."
)
OUTPUT_SIDE = "A stage shows outputs of at most {most} cells a side, but y would be {shape}."
GRADIENT_FILTERS = "A stage shows at most {most} filters, but {name} has {value} planes."
GRADIENT_PLANES = "{name} needs one plane for each of the {filters}, but it has {given}."
GRADIENT_SIDE = "Along the {axis} the kernel has {windows} on the input, but grad_output has {given}: {fitting}."
ONE_ROW = "{name} is one line of numbers, one for each output, but these are {given} planes."
UPSTREAM_COUNT = "upstream has {given}, but there are {outputs}: one number for each."
NO_GATE = "z is where the slope of an activation is taken, and none is asked for. Say which: activation=relu."
FITTING = "{name} {sizes} would fit"
NONE_FITTING = "no {name} would fit"
NO_INPUT_SIZE = (
    "Along the {axis}, padding {padding} alone makes room for more than {windows}: no input gives "
    "so small a grad_output. Use less padding."
)
FOLD_TOO_SMALL = "The {kernel} kernel{dilated} covers {covers} cells, but the {padded}output is only {input}."
FOLD_CHANNELS = "x of fold is one matrix: C·kernel rows, and a column for each window. Write no “~” in it."
FOLD_ROWS = (
    "Each column of x holds {kernel} = {taps} values for each channel, so x needs a multiple of {taps} rows, "
    "but it has {given}."
)
FOLD_COLUMNS = (
    "On an output of {output} there are {windows} = {wanted} windows, so x needs {wanted} columns, but it has {given}."
)
