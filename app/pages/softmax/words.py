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
