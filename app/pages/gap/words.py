"""What /gap says."""

TITLE = "An average, or a fully connected head"
PAGE = "/gap"
SUMMARY = (
    "Both read the same map and give a number for each class. On the left every number of the map has a weight of its "
    "own; on the right each channel is averaged first, and only the averages have weights."
)
CHANNEL = "x[{n}]"
LINE, LINE_WEIGHTS, LINE_SUMS = "every number", "weights of class 0", "classes"
MEANS, MEAN_WEIGHTS, MEAN_SUMS = "means", "weights", "classes"

AS_NUMBER = "on the left {value} · {weight}, on the right {value} / {count} of the mean {mean}"
SUMS = "class {n}: "
SUM_LEFT = "all numbers "
SUM_RIGHT = ", means "

VERDICT = (
    "Fully connected: {numbers} · {classes} + {classes} = {dense} parameters, for {map} alone. "
    "The average: 0, and behind it {channels} · {classes} + {classes} = {linear}, for any size."
)
SETTINGS = "The map"
OTHER = "Other numbers"
HINT = "Click a number of x to change it."
APPLY = "Show"
FIELDS = {"x": "x", "w": "weights of the fully connected head", "v": "weights behind the average"}
CHOICES: tuple[tuple[str, dict[str, str]], ...] = (
    ("3 channels of 3×3", {}),
    ("2 channels of 4×4", {"x": "random:2x4x4:5", "w": "random:2x2x4x4:3", "v": "1~-1~~0~1"}),
)
MOVED = "What an average forgets"
MOVED_TEXT = (
    "Move what stands in a channel, and its mean stays as it is: the head on the right does not ask where. It takes "
    "a map of any size, has next to nothing to overfit with, and each channel must learn to speak for something. The "
    "head on the left must be given as many numbers as it has weights, and asks everywhere for something else."
)

FIGURES = "GoogLeNet, as the decks say it, and counted"
QUOTES = {
    "two": "“Only 2 million parameters”",
    "five": "“Only 5 million parameters”",
    "none": "“No fully connected layers”",
    "twelve": "“12 times less than AlexNet”",
}
ANSWERS = {
    "two": (
        "No count of the whole gives that: it has {whole}, and without its classifier {body}. "
        "Two million are passed in module {part} already."
    ),
    "five": "Without its classifier {body}, nearer to six; with it {whole}.",
    "none": (
        "It has one, {inputs} → {classes} behind the average, with {head} parameters. None stand before the average: "
        "fully connected to the {map} map, those {classes} units would need {dense}."
    ),
    "twelve": (
        "AlexNet has {alexnet}: {ratio} times GoogLeNet’s {whole}, and {body_ratio} times what it has without the "
        "classifier. Twelve comes of 60 million over 5 million."
    ),
}
MORE = "In networks"
LINKS = (
    ("/networks/googlenet", "GoogLeNet, layer by layer"),
    ("/networks/compare?a=alexnet&b=googlenet", "Beside AlexNet"),
    ("/adaptive_avg_pool2d?output_size=1&x=random:3x6x6:1", "Global average pooling on the stage"),
    ("/networks/flatten-linear", "A fully connected head is a convolution as large as the map"),
)
JSON_LINK = "Both heads, every number, as JSON"

SHAPE = "{name} must have {wanted} weights for each class, {why}, but it is {given}."
FOR_MAP = "one for each number of x"
FOR_MEANS = "one for each channel of x"
CLASSES = "w has {w} classes, but v has {v}."
"""Of weights that are for another map, or for other classes."""
