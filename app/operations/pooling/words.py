"""The sentences about a pooling, its inverse and its gradients."""

LARGEST = "subsampling: the strongest answer of each window, wherever it stood"
MEAN = "subsampling: as a convolution whose weights are all equal"
SUMS = "norm_type 1: the sum of each window"
LENGTHS = "norm_type 2: the length of each window, as of a vector"
NORMS = "the {power}-norm of each window: the larger the power, the nearer to the largest"
GLOBAL = "global pooling: one number for each channel, however large the input"
ADAPTIVE = "the windows follow from the size that is asked for"
UNPOOLING = "the way back, as far as there is one: what did not win is lost"
MAX_GRADIENT = "x.grad in PyTorch: the winner takes all of the gradient"
MEAN_GRADIENT = "x.grad in PyTorch: a transposed convolution whose weights are all equal"

TIES = "Of equal numbers, the first in reading order wins, as in PyTorch."
RIM_LOSES = "The padding holds no zeros here: nothing in it can win."
RIM_COUNTS = "The padding counts as zeros in every mean; count_include_pad=false would leave it out."
RIM_LEFT_OUT = "The padding is left out of every mean: n is how many cells of x the window has, {counts}."
RIM_LEFT_OUT_ALIKE = "The padding is left out of every mean: each window has {counts} cells of x."
HANGING_COUNTS = "n is how many cells the window has, {counts}: what hangs over the end is none."
HANGING_POWERS = "n is how many cells the window has, {counts}: what hangs over the end counts as they do."
OVERRIDE = "divisor_override: whatever a window holds, its sum is divided by {divisor}."
ADAPTIVE_COUNTS = "n is how many cells the window has, {counts}."
FROM_TO = "{least} to {most}"

HANGS = "Rounded up: along the {axis}, the last window hangs over the end, by {cells}."
NOT_BEGUN = (
    "Rounded up, there would be {more} windows along the {axis}, but the last would begin in the padding after x, "
    "so PyTorch leaves it out."
)
UNREAD = "No window reads {cells}: {formula} is not whole, and the size is floored. With ceil_mode it is rounded up."

WINDOWS = "Along the {axis}, the windows read the cells {cells}."
AND = " and "
OVERLAP = "{input} does not divide by {output}, so neighbouring windows overlap or differ by a cell."
UNPOOL_OTHER = "Several sizes pool to the same one; output_size asks for {output} along the {axis}."
PLACES = "Places are counted through the plane in reading order: {place} is row {row}, column {column}."
UNPOOL_LAST = "Several values go to one place; the last in reading order stays."
GRADIENT_SIZE = (
    "{result} is as large as x. The formula says how large grad_output is: as large as what the pooling makes of x."
)

NOTHING_LEARNED = "No parameters: there is nothing to learn here."
SMALLER = " {inputs} numbers become {outputs}, and that saves work in the layers that follow, not in this one."
LANDED = "{values} of {outputs} numbers are put back; all others are zero."

PARAMETERS = "parameters"
READ = "numbers read"
COMPARISONS = "comparisons"
ADDITIONS = "additions"
DIVISIONS = "divisions"
MULTIPLICATIONS = "multiplications"
ROOTS = "roots"

TORCH_GRADIENT = "PyTorch has no function of this name: autograd asks the pooling for it."
NUMPY_WINDOWS = "Every window is a view into x; nothing is copied until they are reduced."
JAX = "JAX computes in float32 unless jax_enable_x64 is set, as the whole program does."
