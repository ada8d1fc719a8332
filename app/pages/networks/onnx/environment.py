"""What the names in a file stand for as its nodes are followed, and the graph that has been put down so far."""

from collections import Counter
from dataclasses import dataclass, field

from app.pages.networks.onnx.constants import Constant
from app.pages.networks.torch_graph import Growing, Map

FullShape = tuple[int, ...]
"""The shape of a map as the file has it, the batch with it."""
Made = tuple[Map, FullShape]
"""What an operation makes: a map, and its full shape."""


@dataclass
class Environment:
    """A name of the file stands for a map, for a constant, or for a list of maps, as a traced chunk makes one."""

    graph: Growing
    constants: dict[str, Constant]
    maps: dict[str, Map]
    full: dict[str, FullShape | None]
    """The full shapes of the maps; None behind an operation that is not known."""
    batch: int
    """How many pictures the file was exported for."""
    uses: Counter[str]
    """How often each name is read."""
    sequences: dict[str, list[Made]] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)
    folds_batch_norms: bool = False

    def knows(self, name: str) -> bool:
        return name in self.maps or name in self.constants or name in self.sequences

    def claim(self, constant: Constant) -> bool:
        """Whether learned numbers are met for the first time, so that they are counted once."""
        if not constant.learned or constant.learned in self.claimed:
            return False
        self.claimed.add(constant.learned)
        return True
