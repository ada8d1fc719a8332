"""The lines that bring a gradient back through the activation that followed, in each framework."""

from app.scene.scene import Scene

SLOPES = {
    "relu": {"PyTorch": "z > 0", "NumPy": "z > 0", "JAX": "z > 0"},
    "sigmoid": {
        "PyTorch": "torch.sigmoid(z) * torch.sigmoid(-z)",
        "NumPy": "1 / (1 + np.exp(-z)) / (1 + np.exp(z))",
        "JAX": "jax.nn.sigmoid(z) * jax.nn.sigmoid(-z)",
    },
    "tanh": {"PyTorch": "1 - torch.tanh(z) ** 2", "NumPy": "1 - np.tanh(z) ** 2", "JAX": "1 - jnp.tanh(z) ** 2"},
}
"""ξ′(z) of each activation, as each framework writes it."""


def gates(scene: Scene) -> dict[str, list[str]]:
    """For each framework the lines that bring the gradient back through the activation; none where there is none."""
    slopes = SLOPES.get(scene.layer.parameters.get("activation") or "", {})
    lines = {name: [f"slope = {slope}", "grad_z = grad_output * slope"] for name, slope in slopes.items()}
    return {name: lines.get(name, []) for name in ("PyTorch", "NumPy", "JAX")}
