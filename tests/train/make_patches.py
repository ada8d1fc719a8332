"""Writes kernels/weights/patches.npz: for each map and unit of both networks, the digits that excite it most.

python -m tests.train.make_patches        (reads tests/train/held_out.npz, a minute)
"""

from pathlib import Path

import numpy as np

from kernels.lenet import dense, lenet5, run
from kernels.patches import PATCHES, SHOWN

DIGITS = 400
"""The first so many held-out digits are looked at: enough for every unit to find what it likes, and a small file."""
HELD_OUT = Path(__file__).with_name("held_out.npz")
NETWORKS = {"lenet5": lenet5, "dense": dense}


def strongest(images):
    """By network and layer, each unit's largest activation on each digit and where: (digits, units) and the places."""
    found = {}
    for image in images:
        for network, layers in NETWORKS.items():
            for outcome in run(layers(), image / 255):
                a = outcome.a.reshape(len(outcome.a), -1)
                best = a.argmax(axis=1)
                kept = found.setdefault(f"{network}.{outcome.layer.name}", ([], []))
                kept[0].append(a.max(axis=1))
                kept[1].append(np.stack(np.unravel_index(best, outcome.a.shape[1:]), axis=1))
    return {name: (np.array(values), np.array(places)) for name, (values, places) in found.items()}


def chosen(values, places):
    """Of each unit the nine digits of the largest activations: (units, 9, 3) and (units, 9)."""
    order = np.argsort(-values, axis=0, kind="stable")[:SHOWN].T
    where = np.stack([np.column_stack((digits, places[digits, unit])) for unit, digits in enumerate(order)])
    return where, np.take_along_axis(values, order.T, axis=0).T


if __name__ == "__main__":
    with np.load(HELD_OUT) as file:
        images = file["images"][:DIGITS]
    found = {name: chosen(*each) for name, each in strongest(images).items()}
    used = np.unique(np.concatenate([where[..., 0].ravel() for where, _ in found.values()]))
    written = {"digits": images[used]}
    for name, (where, activations) in found.items():
        where[..., 0] = np.searchsorted(used, where[..., 0])
        written |= {f"{name}.places": where.astype(np.int16), f"{name}.activations": activations.astype(np.float32)}
    np.savez_compressed(PATCHES, **written)
    print(len(used), "digits", PATCHES.stat().st_size, "bytes")
