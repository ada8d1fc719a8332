"""Graphs drawn at random as text, with values, for the kernels and for PyTorch: every operation, sharing, dead ends."""

from random import Random

Values = dict[str, float | list[float]]

SCALARS = (
    "{a} + {b}",
    "{a} - {b}",
    "{a} * {b}",
    "-{a} / ({b}**2 + 1)",
    "{a}**3 - {b}**2",
    "(sigmoid({a}) + 1)**{b}",
    "sigmoid({a})",
    "tanh({a} * {b})",
    "relu({a}) + {b}",
    "max({a}, {b}, 0.3)",
    "ln(exp({a}) + 1)",
    "nll(sigmoid({a}))",
    "sum({u})",
    "mean({u} * {v})",
    "dot({u}, {v})",
    "max({u})",
    "nll(softmax({u}), 1)",
    "{a} * {a} + sum(relu({u}))",
)
VECTORS = (
    "{u} + {v}",
    "{u} * {a} - {v}",
    "{u} / ({v}**2 + 1)",
    "sigmoid({u})",
    "tanh({u}) * {u}",
    "relu({u} - {a})",
    "max({u}, {v})",
    "softmax({u})",
    "exp(tanh({u}))",
    "conv1d({u}, {k}, padding=1)",
    "conv1d({u}, {k}, {a}, 1, 1)",
    "maxpool1d({u}, 3, stride=1, padding=1)",
    "conv1d(conv1d({u}, {k}, padding=2), {k})",
)
"""Each keeps the length of its vectors; a kernel has three numbers."""


def drawn(random: Random) -> tuple[str, Values]:
    """A graph whose last line is one number, and values for all its names."""
    length = random.randint(3, 6)
    values: Values = {name: number(random) for name in ("a0", "a1", "a2")}
    values |= {name: [number(random) for _ in range(length)] for name in ("u0", "u1")}
    values["k"] = [number(random) for _ in range(3)]
    scalars, vectors = ["a0", "a1", "a2"], ["u0", "u1"]
    statements = []
    for at in range(random.randint(2, 7)):
        is_vector = random.random() < 0.5
        name = f"{'uv'[is_vector]}{at + 7}"
        parts = {part: random.choice(scalars) for part in "ab"} | {part: random.choice(vectors) for part in "uv"}
        form = random.choice(VECTORS if is_vector else SCALARS)
        statements.append(f"{name} = {form.format(**parts, k='k')}")
        (vectors if is_vector else scalars).append(name)
    statements.append(f"L = sum({vectors[-1]}) * {random.choice(scalars)} + {scalars[-1]}")
    return "; ".join(statements), values


def number(random: Random) -> float:
    return round(random.uniform(-2, 2), 3)
