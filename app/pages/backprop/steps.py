"""The steps of a graph, in order: every result forward, a 1 at the loss, then every edge backward.

Step 0 has the values alone. With n results, step k ≤ n computes the k-th, step n + 1 puts the 1, and each further one
lets the gradient flow over one edge.
"""

from collections.abc import Mapping

from kernels.cached import cached_property
from kernels.computation.passes import Edge, Pass


class Steps:
    """When each result, each edge and each gradient of a pass is reached."""

    def __init__(self, made: Pass) -> None:
        self.made = made

    @property
    def last(self) -> int:
        return self.turn + len(self.made.edges)

    @property
    def turn(self) -> int:
        """Where the gradient starts, with a 1."""
        return len(self.made.assignments) + 1

    def forward(self, name: str) -> int:
        """The step from which on a value is known."""
        return self.results.get(name, 0)

    @cached_property
    def results(self) -> Mapping[str, int]:
        return {assignment.name: at for at, assignment in enumerate(self.made.assignments, 1)}

    def backward(self, edge: Edge) -> int:
        """The step in which the gradient flows over an edge."""
        return self.edges[edge.target, edge.source]

    @cached_property
    def edges(self) -> Mapping[tuple[str, str], int]:
        return {(edge.target, edge.source): at for at, edge in enumerate(self.made.edges, self.turn + 1)}

    @cached_property
    def gradients(self) -> Mapping[str, int]:
        """The step from which on the whole gradient of a name is known: the last of the edges that lead to it."""
        found = {self.made.loss: self.turn}
        for at, edge in enumerate(self.made.edges, self.turn + 1):
            found[edge.source] = at
        return found
