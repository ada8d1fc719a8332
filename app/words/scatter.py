"""What the scatter views say, apart from the stage's scripts."""

ONLY_ZEROS = (
    "Scatter lets each number land once, but padding_mode={mode} reads some numbers of the edge several times. "
    "Use padding_mode=zeros, or view=gather."
)

KERNEL_FOR = "for channel {index}"
TURNED = "{name}, turned by 180°"
STAMP = "the stamp: {data} times the kernel"
STAMP_LABEL = "stamp for output {index}"
SHARES = "what each cell gets"
LANDED = "what lands"
WINNERS = "winner ringed in the input"
PLACES = "where each goes"
FINAL_BIAS = "bias, added at the end"
CUT_OFF = "the dashed rim is cut off"
RULER = "stride {stride}"
OUTPUT_PADDING = "output padding"
STRETCHED = "stretched {name}"
PADDED = "padded {name}"
STRETCHED_SHAPE = "{own} → {stretched}"
PAIR = "{channel} → {filter}"
BOARD = "{name} as it is"
