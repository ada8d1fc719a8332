"""What /learn and /there-and-back say, and why they refuse."""

TITLE = "Learn this kernel"
SUMMARY = (
    "x is known, and the y that is wanted. Which kernel turns one into the other? Each iteration moves every weight "
    "a little down its slope."
)

INPUT = "input"
KERNEL = "kernel so far"
OUTPUT = "its output"
WANTED = "wanted output"
ERROR = "error"
PRODUCTS = "error × x under the chosen weight"
GRADIENT = "gradient of each weight"
BEHIND = "the kernel behind it"
LABELS = {
    "x": "input",
    "w": "kernel as learned so far",
    "y": "output of this kernel",
    "t": "wanted output",
    "e": "error",
    "p": "error times x at every position of the chosen weight",
    "g": "gradient of each weight",
    "k": "kernel behind the wanted output",
}
FORWARD = "Forward: how far off is this kernel?"
BACKWARD = "Backward: which weight is to blame?"
NO_SCRIPT = "This is the kernel after {steps}. With scripts switched on, every iteration plays."

CHART = "Loss, ½ Σ error²"
CHART_LABEL = "The loss after each iteration: {first} at first, {last} after {steps}"
CHART_AXIS = "iteration"
SCALES = {"linear": "linear", "log": "logarithmic"}
RATE = "Learning rate"
RATES = {"small": "too small", "right": "right", "large": "too large"}
OWN_RATE = "your own"
ALL_RATES = "Learning rates, each with its curve"

WAYS_TITLE = "How it steps"
WAYS = {
    "plain": {},
    "momentum": {"momentum": "0.9"},
    "mini-batches": {"batch_size": "5"},
    "one at a time": {"batch_size": "1"},
    "weight decay": {"weight_decay": "100"},
}
SMOOTH = "Dotted: the same rate with plain steps, beside this way."
WAYS_EXPLAINED = (
    "With momentum each step keeps a share of the last one: it swings through, and runs along flat parts. A mini-batch "
    "looks at a few positions of the window and takes them for all: its path is noisy, and each step costs less. "
    "Weight decay pulls every weight to 0 as it goes, so the loss does not quite reach its lowest: regularisation."
)
BATCH = "batch_size may be at most {most} here, as y has so many cells, but it is {value}."

ITERATION = "iteration {step} of {last}"
FOUND = (
    "The kernel is found: every weight is right to {percent}\u202f% of the largest one, and the loss fell from "
    "{first} to {last} in {steps}."
)
NEARLY = "The kernel is nearly found: the loss fell from {first} to {last} in {steps}. {farthest}"
ANOTHER = (
    "The output is nearly right, and the loss fell from {first} to {last} in {steps}; but the kernel is not the one "
    "behind it. {farthest} In some directions this x hardly tells kernels apart, and there the slope is almost flat."
)
FARTHEST = "No weight is farther off than w[{place}]: it is {weight} where {right} is right."
SOLVED = "A kernel for this output is found: the loss fell from {first} to {last} in {steps}."
NOT_YET = (
    "In {steps} the loss fell from {first} to {last}. More iterations bring it further, unless no kernel gives "
    "exactly this output."
)
TOO_SLOW = "In {steps} the loss only came from {first} down to {last}: each step is too small."
DIVERGED = (
    "It diverges. Each step jumps across the valley and lands higher on the other side, so the loss grew from {first} "
    "to {last} and the lesson was broken off after {steps}. From a rate of about {bound} on, this happens for this x."
)
GREW = (
    "It diverges: in {steps} the loss grew from {first} to {last}. Each step jumps across the valley and lands higher "
    "on the other side. From a rate of about {bound} on, this happens for this x."
)
NOTHING_TO_LEARN = "The first kernel gives the wanted output already: every error is 0, so every gradient is, too."
BLANK = "Nothing is wanted yet. Draw an output: drag over its cells, or click one and type a number."
NO_SLOPE = "x is 0 wherever the kernel looks, so every gradient is 0 and no weight moves."

PANEL = "The task"
WANTED_CHIPS = "Wanted: the output of"
OWN_OUTPUT = "one of your own"
INPUTS = "Input x"
STARTS = "The first weights"
START_NAMES = {"zeros": "zeros", "random:1": "random"}
MORE = "All settings"
FIELDS = {
    "x": "x",
    "wanted": "wanted, by its kernel",
    "y": "wanted, or the output itself",
    "kernel_size": "kernel_size",
    "stride": "stride",
    "padding": "padding",
    "init": "init, the first weights",
    "learning_rate": "learning_rate",
    "momentum": "momentum",
    "weight_decay": "weight_decay",
    "batch_size": "batch_size",
    "iterations": "iterations",
}
APPLY = "Learn"

EXPLAINED = "Why the sum over all positions?"
EXPLANATION = (
    "One weight is used at every position of the window. Moving it by a little moves every output by x under it, so "
    "the loss moves by error × x, summed over all positions: that sum is its gradient, and the gradient of all weights "
    "together is x correlated with the error. Then every weight takes one step against its gradient."
)
RATES_EXPLAINED = (
    "The loss is a valley. Along its steepest direction the error shrinks by 1 − rate · λ with each step, where λ is "
    "the largest eigenvalue of XᵀX and X holds the windows of x as rows. At 1 / λ the steepest part is gone at once; "
    "far below it hardly anything moves; from 2 / λ on the error grows with every step."
)
SAME_AS = "The gradient at this iteration, as a scene of conv2d_weight"
FULL_LINK = "Every number of this lesson as JSON"

TWO_WISHES = "Give either wanted, a kernel whose output is wanted, or y, the output itself; not both."
ONE_CHANNEL = "Here x has one channel, so that one kernel is learned; this one has {given}."
ONE_KERNEL = "{name} is one kernel with one channel here, but it has {filters} filters and {channels} channels."
OTHER_SIZE = (
    "The wanted output is that of a {wanted} kernel, and one of {given} gives another shape: leave kernel_size out, "
    "or give the output itself as y."
)
START_SIZE = "init is a {given} kernel, but one of {wanted} is learned; or take zeros, or random:1."
Y_SHAPE = "y has {given} cells, but a {kernel} kernel on this x gives {wanted}."
TOO_WIDE = "x with its padding may be at most {most} cells a side here, so that each shows its number; it is {given}."
RATE_FORM = (
    "learning_rate is small, right or large, or a number above 0 and at most {most}, such as 0.001; “{text}” is not."
)
WEIGHT_FORM = "weight names a weight by its row and column from 0, such as 0,2; “{text}” does not."
NO_WEIGHT = "The kernel is {size}, and its rows and columns count from 0, so there is no weight {given}."
MULTIPLICATIONS = (
    "This lesson would take {value:,} multiplications, and {most:,} is the most: it may have {iterations} iterations."
)
NUMBERS = "This lesson would hold {value:,} numbers, and {most:,} is the most: it may have {iterations} iterations."
TOO_STEEP = "Values of {name} may go up to 1,000,000 here, so that no step leaves the numbers that a computer has."
