"""What /inception says."""

TITLE = "An inception block with numbers"
PAGE = "/inception"
SUMMARY = (
    "The same maps enter four lanes side by side: 1×1, 3×3, 5×5 and pooling, each padded so that the size stays. "
    "What they give is laid into one stack: nothing is added, the maps lie behind each other."
)
LANES = {"w1": "1×1", "w3": "3×3", "w5": "5×5", "pool": "pool"}
INPUT = "x[{n}]"
MAP = "{lane} · {n}"
JOINED = "stack"

JOIN = "All maps, in the order of the lanes, one behind the other: "
COUNTS = "{small} = {count} maps here; in the lecture’s block {large} = {total}."
QUESTION = "Which lane can never make it thinner?"
ANSWER = (
    "Pooling. A convolution gives as many maps as it has filters, so 1×1, 3×3 and 5×5 may be as thin as one likes. "
    "Pooling has no filters: it gives as many maps as it is given, here {here}, in the lecture’s block {there}. So a "
    "stack of such blocks only grows. That is why inception puts a 1×1 convolution behind its pooling, and before its "
    "3×3 and 5×5."
)
SETTINGS = "The block"
OTHER = "Other numbers"
HINT = "Click a number of x to change it."
APPLY = "Show"
FIELDS = {"x": "x, two maps", "w1": "1×1 filters", "w3": "3×3 filters", "w5": "5×5 filters"}
CHOICES: tuple[tuple[str, dict[str, str]], ...] = (
    ("1 + 2 + 1 + 2", {}),
    ("three 1×1 filters", {"w1": "1~-1~~1~1~~0~2"}),
    ("one 3×3 filter", {"w3": "edge"}),
)
MORE = "In networks"
LINKS = (
    ("/networks/naive-inception", "This block at 28×28×256: 854 million multiplications"),
    ("/networks/inception-bottlenecks", "With 1×1 convolutions before: 271 million"),
    ("/networks/googlenet", "GoogLeNet: nine of them, one after the other"),
)
JSON_LINK = "Every map of every lane as JSON"

SIZE = "{name} has kernels of {given}; this lane's are {wanted}."
CHANNELS = "{name} has {given} channels, but x has {wanted}."
FILTERS = "{name} has {given} filters; at most {most} are shown here."
