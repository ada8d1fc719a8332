"""The table of operations, in the order of the menu: each is described once, in the module of its family."""

from collections.abc import Mapping

from app.operations.convolution import entries as convolution
from app.operations.gradients import entries as gradients
from app.operations.pooling import entries as pooling
from app.operations.transposed import entries as transposed
from app.operations.unfold import entries as unfold
from app.scene.operation import Operation

FAMILIES = (convolution, transposed, pooling, gradients, unfold)
OPERATIONS: dict[str, Operation] = {operation.name: operation for family in FAMILIES for operation in family.OPERATIONS}


def menu() -> Mapping[str, list[Operation]]:
    """The operations by their group, as the menu shows them."""
    groups: dict[str, list[Operation]] = {}
    for operation in OPERATIONS.values():
        groups.setdefault(operation.group, []).append(operation)
    return groups
