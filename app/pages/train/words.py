"""What the page of a network that learns says, and why it refuses."""

TITLE = "A network learns"
SUMMARY = "A small network meets real handwritten digits, and nobody tells it what a line is. Watch its filters form."
PAGE = "/train"

RATE_EXAMPLE = "0.1"
NOT_AUGMENTED = "augment takes {kinds}, several with commas between them, or none; “{text}” is not one of them."
NOT_TRAINABLE = (
    "“{kind}” does not learn here: its stack may hold {kinds}. The loss has the softmax inside, so leave it out."
)
NOT_SO = "{layer} reads {shape} in a way that is not learned with here: maps of two axes, or lists behind a flatten."
UNEVEN_POOL = "The padding of {kind} must be the same on both sides here."
NO_WEIGHTS = "Nothing in this stack learns: it needs a conv or a linear layer."
NOT_TEN = "The last layer must give ten scores, one for each digit, but it gives {shape}. End with flatten;linear(10)."
TOO_MANY_WEIGHTS = "{value:,} weights are {over:,} more than the {most:,} that learn here. Use fewer filters."
TOO_MUCH_MEMORY = (
    "The maps of {together} digits are {value:,} numbers, {over:,} more than the {most:,} that one run may hold. "
    "Pool earlier, or use fewer filters."
)
TOO_MUCH_WORK = (
    "This run takes {value} multiplications: {over} more than the {most} that one run may take, {times} times as many. "
    "{hint}"
)
FITS = "With {steps:,} steps it fits."
NEVER_FITS = "Even one step is too much: use a smaller network or a smaller batch."
BILLIONS = "{value:,.1f} billion"
STEP_RANGE = "step must be from 0 to {most}, the last step of this run, but it is {value}."
NO_LAYER = "{name} is the place of a layer, such as 4, but “{text}” is not one."
LAYER_CHOICE = "layer must be one of {places}, the layers of this network that have filters, but “{text}” is not."
CHANNEL_RANGE = "channel must be from 0 to {most}, as the filters of layer {place} read, but it is {value}."
NOT_A_RUN = "against is the address of a run to compare with, such as /train?learning_rate=1; “{text}” is not one."
FULL = "Too many runs are waiting already. Please try again in a minute, or watch one of those that are ready."
FAILED = "This run was broken off on our side. Please try it again."
NOT_TRAINED = "This run is not trained yet, or forgotten: open its page, and it is trained anew."
NO_SCENE = "Only the filters of a convolution open as scenes here."
TOO_LONG = "The maps of layer {place} are too large for an address: {size} characters are {over} more than it may have."
NO_SUCH_PLACE = "{name} must be a whole number from 0 to {most}, but “{text}” is not."

LOSS = "loss, −ln p on average"
ACCURACY = "accuracy"
CURVES = {"accuracy": "on the digits it learns from", "held_out": "on held-out digits"}
CHART_LABEL = "Loss and accuracy of {steps} steps"
STEP = "step {step} of {steps}"
FILTERS = "Its filters"
SLICE_LAYER = "layer {place}"
SLICE_CHANNEL = "channel {channel} of 0–{last}"
SLICE_STEPS = {
    "layer": ("Filters of the layer before", "Filters of the layer after"),
    "channel": ("The channel before", "The channel after"),
}
TEMPLATES = "Its weights, one picture for each digit"
FILTERS_NOTE = "amber adds, red takes away"
FILTER = "Filter {index}"
WALL = "What it gets wrong"
WALL_NOTE = "300 of {held_out} held-out digits"
DIGIT = "What they make of a digit"
SAMPLE = "A handwritten {digit}"
MAPS = "layer {place}: {count} maps of {rows}×{cols}"
TABLE = "What it takes for what"
TABLE_NOTE = "rows: what it is; columns: what it reads"
TABLE_LABEL = "Held-out digits by what they are and what they are read as"
GRADIENTS = "Size of the gradient, layer by layer"
GRADIENTS_NOTE = "of the next batch"
LAYER_SHORT = "layer {place}"
BEHIND = "dashed"
FED = "Digits as they are fed"
FED_NOTE = "the first {count} of the first batch"
LAYER = "{kind}, layer {place}"
KINDS = {"conv": "convolution", "linear": "fully connected"}
TEN_TIMES = "Ten times the learning rate"
STILL = "This is the network after step {step}. With scripts switched on, every checkpoint plays."
NOT_YET = (
    "Nobody has trained this run yet. With scripts switched on, it trains while you watch; "
    "its numbers are at {address}."
)
RUNS = "Runs to watch"
OWN = "Your own run"
OWN_NOTE = "Change a setting, and the server trains this network anew, in seconds."
TRAIN = "Train"
MORE = "All settings"
OVER = "Draw it over this run"
MEANWHILE = "Meanwhile, there is a run like it:"
FIELDS = {
    "learning_rate": "Learning rate",
    "digits": "Digits to learn from",
    "dropout": "Dropout",
    "augment": "Augmentation",
    "steps": "Steps",
    "batch": "Batch",
    "momentum": "Momentum",
    "weight_decay": "Weight decay",
    "schedule": "Schedule",
    "init": "Scale of the first weights",
    "seed": "Seed",
    "layers": "Layers",
}
SHORT = ("learning_rate", "digits", "dropout", "augment")
"""The settings that stand on the page; the others are under more."""
SETS = "Why three sets of digits?"
SETS_SAID = (
    "This run learns from {training} digits, and {known} of those in its last batches were right. That says little: "
    "it has seen them. {held_out} others are held out, and it knows {unseen} of them. Whoever tries twelve settings "
    "and keeps the best has chosen by these, so a little of that number is luck; only a third set, a test that decided "
    "nothing, would say what the chosen network is worth. None is left of these 10,000 digits, but halves can play it: "
    "choose by the first 750 of those held out, where it knows {first}, and report the other 750, where it knows "
    "{second}."
)
SETS_LATER = "When the run has ended, its own numbers say it here."
EXPLAINED = "What happens in a step"
EXPLANATION = (
    "A batch of digits goes forward; its loss is the mean of −ln p, of the share that each true digit got. Backward, "
    "every weight gets its gradient, and moves against it by the learning rate. Untrained, each digit gets about a "
    "tenth: the loss is ln 10 = 2.30. It is real training, by the same convolution, its two gradients and pooling "
    "that the other pages show, and the same address always gives the same run."
)
JSON = "Every step as JSON"
FORWARD_SCENE = "Open the filter"
GRADIENT_SCENE = "Open the gradient of this weight"

SIGNS = "Two new signs"
SIGNS_SUMMARY = (
    "LeNet knows digits. Its first layers know strokes and corners, and those serve any sign: locked, they leave one "
    "small layer to learn, from five drawings of each."
)
SIGN_ROWS = {"a": "The first sign", "b": "The second sign"}
SIGN_DRAWING = "{sign}, drawing {index}"
ASKED = "And this one?"
ASKED_LABEL = "A drawing to ask about"
OWN_SIGNS = "Draw your own"
SIDES = {
    "locked": ("LeNet's layers, locked", "C1 to S4 as they are; {count} weights of one new layer learn"),
    "from_nothing": ("From nothing", "the same layers with random weights; all {count} learn"),
}
SIGN_LOSS = "loss, {steps} steps over all drawings"
SIGN_KNOWN = "of {copies} changed copies known"
SIGN_BARS = {"a": "first", "b": "second"}
SIGNS_EXPLAINED = "Transfer learning"
SIGNS_SAID = (
    "Both learn the same ten drawings by heart: their loss goes to zero. Only copies that are moved, turned and scaled "
    "tell them apart. What was learned from 8,500 digits is transferred: its filters answer to strokes wherever they "
    "stand. The other has seen ten pictures in its life. C1 to S4 stay locked here; whoever has more drawings may let "
    "some of them go on learning, slowly, which is called fine-tuning."
)
SIGNS_BACK = "Watch a network learn digits"
TWO_SIGNS = "Drawings of two signs are needed, a and b."
NOT_DRAWINGS = "It takes up to {most} drawings of 28×28 cells, such as u8:5x28x28:…, but here it is {shape}."
NOT_INK = "The cells of a drawing go from 0 (paper) to 255 (ink)."
NEW_SIGNS = "Teach LeNet two new signs"
