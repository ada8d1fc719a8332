"""Every way from a value to the loss, and the product of the local derivatives along it: the gradient is their sum."""

from dataclasses import dataclass

from kernels.computation.passes import Edge, Pass


@dataclass(frozen=True)
class Path:
    """From the loss back to a value: the edges in the order in which the gradient flows."""

    edges: tuple[Edge, ...]

    @property
    def product(self) -> float:
        """∂L/∂p · ∂p/∂y · ∂y/∂w; every value on the way is a scalar."""
        product = 1.0
        for edge in self.edges:
            product *= float(edge.local.reshape(()))
        return product


def paths_to(made: Pass, name: str, most: int) -> tuple[Path, ...] | None:
    """All paths to this value; None where there are more than `most`, or a vector is on the way."""
    found: list[Path] = []

    def walk(at: str, behind: tuple[Edge, ...]) -> bool:
        if made.values[at].size != 1:
            return False
        if at == made.loss:
            found.append(Path(behind))
            return len(found) <= most
        onward = [edge for edge in reversed(made.readers[at]) if edge.target in made.before_loss]
        return all(walk(edge.target, (edge, *behind)) for edge in onward)

    return tuple(found) if walk(name, ()) else None
