"""What /softmax says."""

TITLE = "From scores to a loss"

FEW = "Softmax shares 1 among at least two scores; here is {value}."
MANY = "At most {most} scores are shown, but there are {value}."
NOT_SCORES = "scores are numbers with commas between them, such as 2,1,0.1; “{text}” is not."
FAR = "A score may go up to {most:,} either way; {value:g} does not."
TARGET = "target counts from 0, and there are {count} scores, so it is from 0 to {last}; “{text}” is not."
TEMPERATURE = "temperature is a number from {least} to {most}, such as 2; “{text}” is not."
LABELS = "labels name the {count} classes, with commas between them, each with at most {most} letters."
STEP = "step must be from 0 to {most}, but it is {value}."

SUMMARY = "A network gives each class a score. What becomes of it, and what pushes it back?"
PICTURE = "{count} scores on their way to a loss; the truth is {target}"
HEADS = {0: "score s", 1: "exp s", 3: "p = exp s ÷ Σ", 5: "gradient p − truth, and the push"}
SHORT_HEADS = {0: "score", 1: "exp s", 3: "p", 5: "gradient"}
MAKE_TARGET = "{name}: make it the truth"
SCORE_OF = "score of {name}"
LOSS = "loss = −ln p({name}) = −ln {p} = {loss}"
STEPS = (
    "Scores: any numbers, as the last layer gives them.",
    "e to the power of each: all positive now, and the largest stands out.",
    "Added up.",
    "Each divided by the sum: probabilities, which add up to 1.",
    "The loss looks at the truth alone: −ln p. It is 0 where p is 1, and grows without end towards p = 0.",
    "The gradient of each score is p, and p − 1 for the truth. It sums to 0: what one gains, the others lose.",
)
STEP_SHOWN = "step {step} of {last}"
STAGE = "From scores to a loss"
PANEL = "Scores"
FIELDS = {"scores": "scores", "labels": "classes", "target": "truth, from 0", "temperature": "temperature"}
HINT_LINE = "Drag a framed score sideways, or focus it and use the arrows. Touch a class to make it the truth."
APPLY = "Compute"
RESET = "Reset"
MORE = "More"
TEMPERATURE_TITLE = "Temperature"
TEMPERATURE_TEXT = (
    "Every score is divided by T before the exponential. A large T makes all alike, a small one picks the winner."
)
LARGEST_TITLE = "Why one subtracts the largest"
LARGEST_TEXT = (
    "e¹⁰⁰⁰ is beyond what a computer's float64 can hold. But e^(s − m) ÷ Σ e^(s − m) is the same number for every m, "
    "and with the largest score for m no power is above 1."
)
LARGEST_SAID = "Scores {scores}, less {largest}: {less}. Their powers are {powers}, and p is {shares}."
LARGEST_TRY = "1000, 1001, 1002"
TWO_TITLE = "Two classes: the logistic function"
TWO_TEXT = "With two scores p is σ of their difference: e^a ÷ (e^a + e^b) = 1 ÷ (1 + e^−(a − b))."
TWO_SAID = "Here: softmax({a}, {b}) gives {share}, and σ({difference}) = {sigmoid}."
TWO_TRY = "Two scores"
SUM_TITLE = "Several examples"
SUM_TEXT = (
    "A training set is a sum of losses: −Σ ln p over the positive examples, −Σ ln(1 − p) over the negative ones. One "
    "neuron, a positive and a negative example:"
)
SUM_LINK = "Both losses on one graph"
CURVE_TITLE = "The curve of −ln p"
CURVE_LABEL = "−ln p from p = 0 to 1, with a point at p = {p}: the loss is {loss}"
FULL_LINK = "Every number as JSON"
LIVE_LINK = "Ten scores of LeNet, live"
CLASSIFIER_LINK = "Where scores come from: ten templates"
