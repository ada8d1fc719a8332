"""The memory of a graph."""

from kernels.graph import measured_nodes
from kernels.layers import StackLayer
from kernels.memory import peak_units
from kernels.stack import Residual, nodes


def test_the_peak_of_a_shortcut_keeps_its_map_until_the_sum() -> None:
    conv = StackLayer("conv", (3,), padding=((1, 1),))
    chain, block = nodes((conv, conv, conv)), nodes((conv, Residual(((conv, conv), ()))))
    units = 4 * 8 * 8
    assert peak_units(measured_nodes(chain, (4, 8, 8)), (4, 8, 8)) == 2 * units
    assert peak_units(measured_nodes(block, (4, 8, 8)), (4, 8, 8)) == 3 * units
