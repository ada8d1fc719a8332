"""The numbers of a scene are the same bytes on every machine: other processors are played by switching features off."""

import os
import subprocess
import sys

import numpy as np
import pytest

from tests.program import ROOT

DIGEST = """
from hashlib import sha256
import numpy as np
from kernels.activation import ACTIVATIONS
from kernels.axis import Axis
from kernels.filters import gaussian
from kernels.pool_trace import avg_pool_trace, lp_pool_trace, max_pool_trace
from kernels.pooling import pooling_axis
from kernels.relation import transposed_feeds
from kernels.scatter import scatter_map_along, products, scatter, sends_of, stamp_targets
from kernels.trace import trace, transposed_trace, weight_trace

numbers = np.random.Generator(np.random.PCG64(7))
x, w, b = (numbers.normal(size=shape) for shape in ((4, 40, 37), (6, 2, 5, 3), (6,)))
steps = trace(x, w, b, axes=[Axis(40, 5, padding=(2, 1)), Axis(37, 3, 2)], groups=2)
digest = sha256(steps.y.tobytes() + steps.channel_sums.tobytes())
for activation in ACTIVATIONS.values():
    digest.update(activation(steps.y).tobytes())
digest.update(gaussian(15, 2).tobytes())

axes, upwards = [Axis(40, 5, padding=(2, 1)), Axis(37, 3, 2)], steps.y.reshape(6, 39, 18)
digest.update(transposed_trace(upwards, w, axes=axes, groups=2).y.tobytes())
scatter_map = scatter_map_along([stamp_targets(axis) for axis in axes], sends_of(transposed_feeds(6, 2, 2), 6), 4)
stamped = products(upwards.reshape(6, -1), w.reshape(12, -1))
digest.update(scatter(stamped, scatter_map, start=2000).after.tobytes())
digest.update(weight_trace(x, upwards, axes=axes, groups=2).y.tobytes())

pools = [pooling_axis(40, 3, ceil_mode=True), pooling_axis(37, 2, stride=1)]
digest.update(max_pool_trace(x, axes=pools).y.tobytes())
digest.update(avg_pool_trace(x, axes=pools).y.tobytes())
digest.update(lp_pool_trace(abs(x), 3, axes=pools).y.tobytes())
print(digest.hexdigest())
"""

# What NumPy chose on this machine beyond what it was built for, and could do without.
SWITCHABLE = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])


def digest(**machine):
    environment = os.environ | machine
    command = [sys.executable, "-c", DIGEST]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.slow
def test_processors_blas_kernels_and_thread_counts_change_no_byte():
    here = digest()
    assert digest(OPENBLAS_CORETYPE="Haswell", OPENBLAS_NUM_THREADS="1") == here
    assert digest(OPENBLAS_CORETYPE="Prescott", OPENBLAS_NUM_THREADS="2") == here
    assert digest(NPY_DISABLE_CPU_FEATURES=" ".join(SWITCHABLE)) == here
