"""The sentences about the operations that solve the relation backwards, or read it as a matrix."""

TRANSPOSED = "“deconvolution” to some, but it brings back only the size of an input, not its values"
INPUT_GRADIENT = "x.grad in PyTorch. Backpropagation: a transposed convolution of what comes from above"
WEIGHT_GRADIENT = "w.grad in PyTorch. Backpropagation: a convolution of the input with what comes from above"
UNFOLDED = "also called im2col: what many libraries do before they multiply"
FOLDED = "also called col2im: the transpose of unfold, and not its inverse"

STAMPS_OVERLAP = "Stamps lie {stride} apart and are {extent} wide: neighbours overlap by {cells}."
STAMPS_TOUCH = "Stamps lie {stride} apart and are {extent} wide: they touch, and nothing overlaps."
STAMPS_APART = "Stamps lie {stride} apart and are only {extent} wide: between neighbours is a gap of {cells}."
STAMPS_DILATED = "Stamps lie {stride} apart and span {extent}; their values stand {dilation} apart."
UNEVEN = (
    " {extent} is no multiple of {stride}, so some cells get more stamps than others: "
    "that is where checkerboard patterns come from."
)
GROUPED = "In groups of channels: {legend}."
ALONG = "Along the {axis}: "
CUT = "Of the {stamped} that the stamps cover, padding cuts {padding} off each end."
GIVEN_BACK = "output_padding gives {cells} back at the far end."
BROUGHT_BACK = "At stride {stride}, a convolution makes {input} of {sizes}: output_padding chooses."
CHOSEN = "At stride {stride}, inputs of {sizes} have {outputs} windows: input_size chooses."
NO_STAMP = "No stamp reaches {cells}: {value}."
STAYS_ZERO = "there y is 0"
ONLY_BIAS = "there y is the bias alone"
NO_GRADIENT = "No window reads {cells}: nothing there changes y, so the gradient is 0."
LEFT_OVER = "The stride leaves {cells} over at the end, and no window reads there."

LEARN = "Learn a kernel with this gradient, step by step."
BACKPROP = "The whole chain: values forward over a graph, gradients back."
THERE_AND_BACK = "There and back: a convolution, then its transpose, and what does not come back."

PARAMETERS = "parameters"
CONNECTIONS = "connections"
MULTIPLICATIONS = "multiplications"
FORWARD_AND_BACK = "… forward and both gradients"
STAMPED = "{inputs} inputs × {taps} weights each; every input stamps the same weights"
CUT_OFF = ", and what the padding cuts off is no connection"
BACKWARD = (
    "As many as forward: the same pairs of an input and a weight. So training costs three multiplications where "
    "using the network costs one."
)
GATED = "grad_z = grad_output · ξ′(z), number by number. {slope}"
SLOPES = {
    "relu": "The slope ξ′ of ReLU is 1 where z is above 0, and 0 elsewhere: a gate that is open or closed.",
    "sigmoid": "The slope ξ′ of the sigmoid is σ(z)·(1 − σ(z)): at most 1/4, and almost nothing far from 0.",
    "tanh": "The slope ξ′ of tanh is 1 − tanh²(z): 1 at 0, and almost nothing far from it.",
}
ONES = "Where grad_output is all ones, {result} is the gradient of the sum of all outputs."

NUMBERS_IN = "numbers in x"
NUMBERS_OUT = "numbers in y"
ADDITIONS = "additions"
COPIED = "Most of x stands in several columns. That costs memory, and makes all windows one matrix."
COPIED_ONCE = "No number of x stands in two columns: the windows do not overlap."
UNFOLD_ROWS = "Row r is channel and tap, r = {row}; column l is the window, l = {column}."
UNFOLD_PRODUCT = "The kernel written as one row, times these columns, is the convolution."
FOLD_ROWS = "x has a row for each channel and tap, r = {row}, and a column for each window, l = {column}."
FOLD_COUNTS = "fold(unfold(x)) is not x: each cell comes back {counts}, once for each window that reads it."
FOLD_ONCE = "Here no two windows overlap, so that fold brings back what unfold has taken apart."
ROWS_AND_COLUMNS = "{windows} = {columns} windows are the columns, {taps} = {rows} {noun} the rows."
CHANNELS_AND_TAPS = "channels × taps"
TIMES = "{count} times"
FROM_TO_TIMES = "{least} to {most} times"

TORCH_INPUT = "The same as x.grad after loss.backward(), if grad_output is the gradient of y."
TORCH_WEIGHT = "The same as w.grad after loss.backward(), if grad_output is the gradient of y."
NUMPY_STAMPS = "Each value is one stamp: a slice of y, to which the kernel is added, times that value."
NUMPY_TAPS = "Each tap lays one row of x on a slice of y."
NUMPY_WINDOWS = "sliding_window_view copies nothing: it looks at the same numbers again and again."
JAX_STRETCHED = (
    "lhs_dilation puts the zeros between the values of x, and the kernel is flipped: the transposed convolution as "
    "a convolution."
)
JAX_VJP = "jax.vjp differentiates the convolution itself, and hands back the function from grad_output to y."
JAX_PATCHES = "JAX computes in float32 unless jax_enable_x64 is set, as the whole program does."
