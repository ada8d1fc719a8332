"""What the page of pictures says, and why it refuses a picture or a setting."""

PAGE = "this page"

NO_BYTES = "No picture came: the file is empty."
NOT_A_PICTURE = "This file is not a picture that can be read: PNG, JPEG, WebP, GIF and BMP can."
BROKEN = "This picture is damaged or cut off, so that it cannot be decoded."
TOO_MANY_PIXELS = "This picture has {given} pixels; at most {most} are read. Make it smaller and send it again."
TOO_MANY_BYTES = "This file is larger than {most} MB, the most that is read. Make it smaller and send it again."
NO_PIXELS = "This picture has no pixels."
FORGOTTEN = "This picture is no longer known here: send it again."
OTHER_PICTURE = "The bytes that came are another picture than “{text}”. Leave picture out: the bytes say which it is."
NO_SUCH_PICTURE = (
    "There is no picture “{text}”.{meant} There are {names}; an uploaded one is sent as the body of a POST."
)
MEANT = " Did you mean “{name}”?"
PICTURE_SIDE = "A small picture in an address has at most {most} cells a side, but this one is {shape}."
PICTURE_SIZE = "A photograph is made at most {most} pixels a side, but {shape} was asked for."
PICTURE_PLANES = "A picture has one plane, grey, or three, red, green and blue, but this one has {planes}."
NOT_A_SHADE = "The cells of a picture go from 0 (black) to 255 (white), but this one holds {value}."

ONE_KERNEL = "w takes a kernel for one plane, which serves every channel alike, but this one has {planes} planes."
MOST_KERNELS = "At most {most} kernels can be applied at once, but w has {value}."
KERNEL_SIDE = "A kernel has at most {most} cells a side here, but w is {shape}."
JOIN_ONE = "join=magnitude takes the length of several kernels’ results, such as w=sobel-x~~sobel-y, but w has one."
MOST_REPEATS = "A kernel is repeated at most {most} times, but repeat is {value}."
TOO_MUCH = (
    "This takes {value:,} multiplications; one result may take at most {most:,}. Use a smaller kernel, or repeat less."
)
TOO_LARGE = (
    "The results would have {value:,} numbers; at most {most:,} are made. Use a smaller picture, or fewer kernels."
)
OVERFLOW = (
    "The weights are so large that results could leave what a 32-bit float holds. Use smaller ones, or repeat less."
)
NOTHING_LEFT = "Nothing is left of a picture of {shape}: after {done} of {times} times the window no longer fits."
PADDING_LARGE = "The padding is at most {most} on a side here, but it is {value}."
POOL_FORM = "pool is max or avg and a size from 2 to {most}, such as max:2; “{text}” is not."
POOL_TOO_LARGE = "Pooling by {size} needs at least {size} cells a side, but the result is {shape}."
REGION_FORM = "region is row,column,rows,columns in whole numbers, such as 0,0,32,32; “{text}” is not."
REGION_LARGE = "A region has at most {most} cells a side, but {rows}×{cols} was asked for."
REGION_OUTSIDE = "The region {region} lies outside: the result is {shape}, and places count from 0."
AT_FORM = "at is row,column of the result, such as 10,20; “{text}” is not."
AT_OUTSIDE = "{row},{col} lies outside: the result is {shape}, and places count from 0."

CHANNELS = {1: ("",), 3: ("R", "G", "B")}
THEN = "Then {steps}: {value}"
THEN_JOIN = "√(s₁² + s₂²)"
THEN_SCALE = "× {scale}"
THEN_OFFSET = "+ {offset}"
THEN_ABSOLUTE = "without its sign"

SIZES = "Picture {picture}, result {result}."
REDUCED = " It was {was}, and was made smaller: at most 1024 pixels a side are kept."
SEVERAL = "{count} kernels side by side, as the filters of one layer."
EACH_ALONE = "Red, green and blue are filtered each alone; on the stage that is a layer with groups = 3."
SUMS_TO_ZERO = "The weights sum to 0: flat areas become 0."
SUMS_TO_ONE = "The weights sum to 1: flat areas stay as they are."
SUMS_TO_MORE = "The weights sum to {sum}: a flat area becomes {sum} times as bright."
SEPARABLE = (
    "It is separable: the column ({column}) times the row ({row}), {parts} multiplications a pixel instead of {whole}."
)
RANGE = "Results from {least} to {most}."
ALL_SHOWN = " All of them are shown as they are."
CLIPPED = {
    "clip": " {share} lie outside 0 to 255 and are clipped.",
    "grey": " {share} lie outside −255 to 255 and are clipped.",
    "signed": " {share} lie outside −255 to 255 and are clipped.",
    "mixed": " {share} lie outside what their tile can show and are clipped.",
}
ZERO_IS_GREY = "{title} (mid-grey is 0)"
LEGENDS = {
    "clip": ["0", "255"],
    "grey": ["−255", "0", "255"],
    "signed": ["−255", "0", "255"],
    "mixed": [],
}
SHOWS = {
    "auto": "automatic",
    "clip": "as it is, clipped",
    "grey": "mid-grey is zero",
    "signed": "signed colours",
}

SMALL_SIDES = {1: 64, 3: 40}
"""Cells a side of the copy of a reader's own picture that a link carries, in grey and in colour."""

TITLE = "Kernels at work on pictures"
LEAD = "A kernel slides over a photograph: every pixel of the result is one small sum."
QUESTION = "One of these four results is this kernel’s own. Which?"
QUESTION_LEAD = "The nine weights below slide over the cat. Mid-grey is zero, white is positive, black is negative."
THE_KERNEL = "the kernel"
THE_PICTURE = "the picture, 96×96"
RESULT = "Result {letter}"
SKIP = "Skip the question"
VERDICTS = {
    "sobel-x": (
        "Right: it is right minus left. It answers where the picture gets brighter to the right, in white, "
        "and darker, in black."
    ),
    "sobel-y": "Not this one. Its bright lines lie along horizontal edges, but these weights compare left with right.",
    "flipped": (
        "Close: the same edges, but white and black are swapped. The weights on the right are the positive ones."
    ),
    "blur": (
        "Not this one. A blur adds neighbours up; here the weights on the left count negatively, and flat "
        "areas become zero."
    ),
}
NO_GUESS = "guess is one of {names}, but “{text}” came."
INVITATION = "Now drag the −2 up to 2, and watch the flat areas: the weights then sum to 4, no longer to 0."
PICTURE = "Picture"
KERNEL = "Kernel"
SETTINGS = "Settings"
PRIVATE = (
    "Your picture goes to this server alone, which keeps it in memory for a while, never on disk, "
    "and passes it on to nobody."
)
CHOOSE = "Choose…"
CAMERA = "Camera"
TAKE = "Take it"
LIVE = "Live"
DROP = "or drop or paste one"
WINDOW = "in the window"
PRODUCTS = "window ⊙ kernel"
OPEN = "Open as a scene"
SPOT = "Point at a pixel, or move with the arrow keys; a click opens the spot as a scene."
DOWNLOAD = "Download the result"
SEVERAL_AT_ONCE = "Several at once"
WEIGHTS = "w, as text"
APPLY = "Apply"
SOURCES = "The photographs"
ABOUT_KERNEL = "What this kernel does"
KERNEL_NUMBER = "kernel {number}"
LEARNED = "LeNet’s learned C1"
KERNELS = (
    ("sobel-x", "sobel-x"),
    ("sobel-y", "sobel-y"),
    ("gaussian", "blur"),
    ("gaussian:9", "blur 9×9"),
    ("box:5", "box 5×5"),
    ("sharpen", "sharpen"),
    ("edge", "edges"),
    ("strong-edge", "stronger edges"),
    ("laplace", "laplace"),
    ("emboss", "emboss"),
    ("motion", "motion"),
    ("identity", "identity"),
)
SETS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("Edges, stronger edges", "edge~~strong-edge", {}),
    ("Gaussian, box", "gaussian:7~~box:7", {}),
    ("Gradient magnitude", "sobel-x~~sobel-y", {"join": "magnitude"}),
    ("A layer of six", "identity~~box~~sharpen~~edge~~sobel-x~~emboss", {}),
)
FIELDS = {
    "stride": "Stride",
    "dilation": "Dilation",
    "repeat": "Repeat",
    "scale": "Scale",
    "offset": "Offset",
    "padding": "Padding",
}
PADDING_HINT = "same"
PADDING_MODE = "Padding is filled with"
COLOUR = "Filter"
COLOURS = {"grey": "the picture in grey", "rgb": "red, green and blue, each alone"}
POOL = "Then pool"
POOLS = {"none": "no", "max:2": "max 2×2", "max:4": "max 4×4", "avg:2": "average 2×2", "avg:4": "average 4×4"}
SHOW = "Show"
ABSOLUTE = "Absolute value"
VIEW = "View"
VIEWS = {"divider": "under a divider", "side": "side by side"}
JSON_LINK = "The numbers as JSON"
LINK = "Link to this"
POOLED = {"max": "max", "avg": "mean"}
