"""What /laws says."""

TITLE = "The laws of convolution"
PAGE = "/laws"
SUMMARY = "What one may do with convolutions as with numbers, and which of it holds for what networks compute."
TABS = "The laws"

LAWS = {
    "commutative": ("Either may slide", "a ∗ b = b ∗ a"),
    "linear": ("Sums may wait", "a ∗ (λ₁b + λ₂c) = λ₁(a ∗ b) + λ₂(a ∗ c)"),
    "associative": ("Two are one", "(x ∗ w₁) ∗ w₂ = x ∗ (w₁ ∗ w₂)"),
    "shift": ("It moves along", "S(x) ∗ w = S(x ∗ w)"),
}
"""For each law its short name, and its formula."""
LEADS = {
    "commutative": "b slides over a, or a slides over b: every number has the same products, met in another order.",
    "linear": "Mix two kernels and convolve once, or convolve twice and mix the results. A ReLU ends that.",
    "associative": "Two kernels one after the other do what one kernel does: the convolution of both.",
    "shift": "Move the input and convolve, or convolve and move the output.",
}

SETTINGS = "How it is computed"
PADDINGS = {"full": "full padding", "valid": "no padding"}
FLIPS = {"true": "∗ kernel turned", "false": "⋆ not turned"}
SYMBOLS = {True: "∗", False: "⋆"}
TURNED = "{name}, turned"
MIX = "the mix"
SUM = "their sum"
OTHER_KERNEL = "b and c are added, so they must have the same size."
CAME_IN = "a zero that came in"
MOVED = "S({name})"
RECTIFIED = "ReLU({name})"

EQUAL = "Both sides are equal: all {count} numbers."
DIFFERENT = "{differ} of {count} numbers differ, by up to {most}."
OTHER_SIZE = "The two sides have different sizes: {left} and {right}."
NO_WINDOW = {
    "commutative": "There is no right side: a is larger than b, and without padding it has no window there.",
    "associative": "There is no right side: without padding, the two kernels leave no window.",
}
WHY_NOT = {
    "turned": "Without the turn, one side is the other one turned by 180°.",
    "associative": "Without the turn, they combine otherwise: x ⋆ w₁ ⋆ w₂ = x ⋆ (w₁ ∗ w₂), with a turn inside.",
    "padding": "Without padding, the overlaps at the border are left out, and each side leaves out others.",
    "relu": "A ReLU cuts off what is negative before the sums meet.",
    "border": "What moves over the border is gone, and zeros come in.",
}
NO_ROOM = "Without padding, {kernel} ({given}) does not fit into {plane} ({room}): nothing would be left to compare."
TOO_FAR = "shift moves by at most {most} cells, but it is {given}."
SHIFT_FORM = "shift is two whole numbers, rows and columns, such as 1,1, but “{text}” is not."

HOLDS = "What holds when"
HOLDS_LEAD = "With the numbers above, or where those belong to another law, with its own."
HOLDS_ROW = "law"
YES, NO = "equal", "not equal"
COLUMNS = {
    (True, True): "∗, full padding",
    (False, True): "∗, no padding",
    (True, False): "⋆, full padding",
    (False, False): "⋆, no padding",
}
"""For (full padding, kernel turned)."""
WHY = "Why the turn?"
WHY_TEXT = (
    "Number k of a ∗ b adds up all products a[i]·b[j] with i + j = k. In that, a and b stand alike, and that is why "
    "they may change places. To find those pairs with a window, one must read b backwards: the turn. Networks do not "
    "turn their kernels (⋆, strictly a cross-correlation): what is learned is learned turned as well, so they lose "
    "nothing but two laws. A weighted sum stays a weighted sum either way, and moves with its input either way."
)
MORE = "In networks"
LINKS = (
    ("/networks/two-convolutions", "Two convolutions in a row are one, until a ReLU stands between them"),
    ("/conv2d?view=flip", "The same picture under both: turned and not turned"),
    ("/conv2d?view=shift", "The output moves along; with a stride, only by whole strides"),
)
OTHER = "Other numbers"
APPLY = "Show"
RELU = "a ReLU on each convolution"
FIELDS = {
    "a": "a",
    "b": "b",
    "c": "c",
    "x": "x",
    "w": "w",
    "w1": "w₁",
    "w2": "w₂",
    "lambda1": "λ₁",
    "lambda2": "λ₂",
    "shift": "shift, rows and columns",
}
MOVE = "Move"
ARROWS = (("↑", (-1, 0)), ("↓", (1, 0)), ("←", (0, -1)), ("→", (0, 1)))
JSON_LINK = "Both sides, every number, as JSON"
HINT = "Click a number of a grid to change it; drag over several to paint."
