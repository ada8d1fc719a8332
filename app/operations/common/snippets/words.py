"""What is said beside a snippet where its framework differs from what the page has taught."""

TORCH_FLIP = "PyTorch never turns the kernel by itself: flip does, before the call."
TORCH_PAD = "F.pad counts from the last axis: {order}."
TORCH_PAD_ORDER = {1: "(left, right)", 2: "(left, right, top, bottom)", 3: "(left, right, top, bottom, front, back)"}

SLIDES = "{slides} leaves the kernel as it is, as networks do; {turns} would turn it first."
TURNS = "{turns} turns the kernel first, as mathematics does; {slides} would not."
NUMPY_STRIDE = "Neither knows a stride: a slice drops windows already computed."
NUMPY_DILATION = "Neither knows a dilation: the zeros between the taps are written out."

KERAS_LAYOUT = "Keras puts channels last: x is {x} and w is {w}."
KERAS_AXES = {
    1: ("(batch, L, C)", "(kL, I, O)"),
    2: ("(batch, H, W, C)", "(kH, kW, I, O)"),
    3: ("(batch, D, H, W, C)", "(kD, kH, kW, I, O)"),
}
KERAS_PAD = "keras.ops.pad knows “{mode}” on some backends only, so NumPy pads."
KERAS_STRIDE = "TensorFlow refuses a stride with a dilation, so a slice takes the stride."
KERAS_GROUPS = "The groups follow from the kernel's shape: I is C / groups."
KERAS_TANH = "On JAX, keras.ops.tanh answers in float32, right to seven digits."

JAX = "JAX wants a batch axis, and computes in float32 unless jax_enable_x64 is set, as the whole program does."
