"""What /valley says."""

TITLE = "Down a valley: the learning rate"
SUMMARY = (
    "Two weights, and the loss as a map: each line joins places of one loss. Every step goes against the gradient."
)
STAGE = "The way down"
PICTURE = "Contours of the loss over two weights, and a path of {steps} steps that ends at a loss of {loss}"
WAYS_TITLE = "Ways down"
WAYS = {
    "too small": {"learning_rate": "0.01"},
    "right": {},
    "too large": {"learning_rate": "0.17"},
    "decreasing": {"learning_rate": "0.17", "schedule": "decreasing"},
    "with momentum": {"learning_rate": "0.03", "momentum": "0.8"},
}
SHOWN = "Step {step}: w₁ = {first}, w₂ = {second}, the loss is {loss}."
STEP_SHOWN = "step {step} of {last}"
END_FAR = "It has left the valley: every step lands higher on the other slope."
EXPLAINED = "Why not simply larger?"
EXPLANATION = (
    "The valley is twelve times as steep across as along. Across, a step overshoots from a rate of 1/12 on, and from "
    "2/12 on it lands higher each time. Along, a step that is safe across hardly moves. A rate that decreases may "
    "begin too large and ends calm; momentum adds up what every step agrees on, the way along, and cancels the zigzag."
)
PANEL = "Your own"
FIELDS = {"learning_rate": "learning_rate", "momentum": "momentum", "schedule": "schedule", "steps": "steps"}
APPLY = "Go down"
LEARN_LINK = "The same with nine weights: learn a kernel"
FULL_LINK = "Every step as JSON"
