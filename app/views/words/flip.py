"""What the view flip says, apart from the stage's scripts."""

THIS, THESE = ("this kernel", "is"), ("these kernels", "are")
SYMMETRIC = "{kernel} {be} symmetric: turned by 180°, nothing changes, and both outputs are the same."
OPPOSITE = (
    "{kernel} {be} not symmetric: turned by 180°, every sign turns, and so does every sum{bias}. "
    "{differ:,} of {count:,} outputs differ{marked}."
)
MARKED = "; they are marked"
BEFORE_BIAS = " before the bias"
OTHERWISE = (
    "{kernel} {be} not symmetric: turned by 180°, its weights meet other numbers. "
    "{differ:,} of {count:,} outputs differ{marked}."
)
BY_CHANCE = "{kernel} {be} not symmetric, but on this input all {count:,} outputs are the same."

AS_GIVEN = "kernel as it is"
TURNED = "turned by 180°"
PRODUCTS = "times the window"
WITH_IT = "window times kernel as it is"
WITH_TURNED = "window times turned kernel"
CORRELATION = "⋆ cross-correlation"
CONVOLUTION = "∗ convolution"
TURN = "Turn the kernel"
