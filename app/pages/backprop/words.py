"""What /backprop says."""

TITLE = "Backwards over a graph"

NOT_TEXT = "graph must be text, such as y = w*x + b; L = y**2."
NAMELESS = "{place}: give the result a name, such as L: {example}."
LONG_NAME = "{place}: a name may have at most {most} letters."
PLUS = "If a + was meant: in an address it is written %2B, because a bare + is read as a space."
TOO_MUCH = "The graph has {value:,} operations, names and numbers; at most {most:,} are computed."
CARET = "{place}: a power is written with **, as in x**2."
NOT_MATHEMATICS = "{place}: only names, plain numbers, + - * / ** and the functions {functions} are read here."
TOO_LARGE = "{place}: this number is larger than a computer's float64 can hold."
UNKNOWN_FUNCTION = "{place}: there is no function “{name}” here; there are {functions}."
OTHERWISE = {"log": "ln(x)", "sqrt": "x**0.5", "abs": "max(x, -x)", "min": "-max(-a, -b)", "pow": "x**2"}
"""How what other languages call so is written here."""
WRITTEN_OTHERWISE = "{place}: there is no function “{name}” here; write {instead}."
UNKNOWN_SETTING = "{place}: “{name}” is no setting of this function; {hint}."
SETTINGS = "it has {names}"
NO_SETTINGS = "it has none"
SETTING = "{place}: {name} is a whole number from {least} to {most}, written in digits."
SETTING_TWICE = "{place}: {name} is given twice."
ONE_ARGUMENT = "{place}: {name} takes one value, {name}(x), but {given} are given."
ARGUMENTS = {
    **dict.fromkeys(("exp", "ln", "sigmoid", "tanh", "relu", "softmax"), ONE_ARGUMENT),
    "sum": "{place}: sum takes one vector, sum(v), but {given} values are given.",
    "mean": "{place}: mean takes one vector, mean(v), but {given} values are given.",
    "max": "{place}: max takes one vector, max(v), or up to eight values, max(a, b); {given} are given.",
    "dot": "{place}: dot takes two vectors of one length, dot(a, b), but {given} are given.",
    "conv1d": "{place}: conv1d is written conv1d(x, w), or conv1d(x, w, b, stride=2, padding=1).",
    "maxpool1d": "{place}: maxpool1d is written maxpool1d(x, 2), or maxpool1d(x, kernel_size=2, stride=1).",
    "nll": "{place}: nll is written nll(p) of a probability, or nll(p, 0) of the first of several.",
}

OWN_NAME = "“{name}” has a meaning on this page already, so it cannot be the name of a value."
OWN_NAME_USED = "{place}: “{name}” has a meaning on this page already, so it cannot be the name of a value."
NOT_A_NAME = "“{name}” cannot be the name of a value: letters, digits and _ can, a letter first, at most {most}."
NOT_A_VALUE = "A value is a number, such as 0.5, or a vector, such as 1,2,3; “{text}” is neither."
EMPTY = "A vector needs at least one number."
LONG = "A vector may have at most {most} numbers here; this one has {value}."
MADE = "{name} is computed by the graph, so it cannot be given a value too."
NO_VALUE = "{place}: {name} has no value. Give it one, such as {name}=1."
RATE = "rate is a number above 0 and at most {most}, such as 0.5."
WAS = "was names a value and what it was before, such as w:0.5; “{text}” does not."
STEP = "step must be from 0 to {most}, because this graph has {steps} steps, but it is {value}."

UNFIT = {
    "lengths": "{place}: vectors of {first} and {second} numbers do not fit together.",
    "needs_vector": "{place}: {operation} needs a vector, such as 2,1,0.1.",
    "target": "{place}: the target counts from 0 to {last}, but it is {given:g}.",
    "bias": "{place}: the bias of conv1d is one number, but {given} are given.",
    "pool_padding": "{place}: the padding, {padding}, may be at most half of kernel_size, {kernel}.",
    "too_long": "{place}: the window of {operation} covers {extent} numbers, but there are only {size}.",
    "not_finite": "{place}: with these values the result is not finite, so there is nothing to go on with.",
    "no_slope": "{place}: with these values the derivative with respect to {source} is not finite.",
    "not_scalar": "{place}: the last line is a vector of {given} numbers, but a gradient is that of one number: "
    "end with sum(…), mean(…) or nll(…).",
}

PICTURE = "The graph of {graph}: values above its edges, gradients below"
VALUE_OF = "{name} = {value}"
GRADIENT_OF = "∂{loss}/∂{name} = {value}"
ENTRY = "{name}, number {index}"
OPEN_SCENE = "open {name} as a scene of its own"

VALUES = "The values, before anything is computed"
VALUES_LIST = ", "
FORWARD = "Forward to {name}"
TURN = "Backward begins with 1 at {loss}"
BACKWARD = "Back from {target} to {source}"

OWN = "Your own graph: values flow forward along its edges, gradients back along the same ones."
QUESTION = "{arriving} has come back to {target}. What stands below {source}?"
HINT = "Not quite. ∂{loss}/∂{source} = ∂{loss}/∂{target} · ∂{target}/∂{source}, and ∂{target}/∂{source} is {local}."
RIGHT = "Yes. Now drag a number, and watch both passes follow."
ANSWER = "Your answer"
CHECK = "Check"
SHOW = "Show it"
OUTCOME = "{name} went from {before} to {after}, and {loss} {direction} {moved}; the gradient said {said}."
DIRECTIONS = {-1: "falls by", 0: "moves by", 1: "rises by"}
ONE_STEP = "One step, rate {rate}"
NOTHING_LEARNED = "nothing here is learned"
TOO_FAR = "it would leave the numbers that a computer has"
RESET = "Reset"
SCENES = "Ready graphs"
SCALES = "Scale of the first weights"
VALUES_TITLE = "Values"
STAGE = "The graph"
HINT_LINE = "Drag a framed number, or focus it and use the arrows. Touch any other number to see where it comes from."
GRAPH = "Graph"
RATE_LABEL = "rate"
APPLY = "Compute"
ALL_STEPS = "Every step written out"
STEP_SHOWN = "step {step} of {last}"
SCENE_LINK = "as a scene of its own"
EXPLAINED = "The chain rule, edge by edge"
EXPLANATION = (
    "Forward, each result is computed from what it reads. Backward starts with 1 at the loss. Every edge multiplies "
    "what arrives by its local derivative: how much the result moves when this one input moves. Where several edges "
    "lead to one value, their gradients add up. Each edge is walked once, however many paths there are."
)
LANGUAGE = "Write your own"
LANGUAGE_TEXT = (
    "Statements with ; between them, each name given once: + - * / ** and {functions}. Names without a statement are "
    "values: numbers, or vectors such as 1,2,3. What begins with x or t is data; all else is learned by “one step”. "
    "In an address, a + is written %2B."
)
FULL_LINK = "Values and gradients as JSON"
PICTURE_LINK = "The picture as SVG"
