"""Reading what make_goldens.py wrote."""

import json
from pathlib import Path

import numpy as np

GOLDENS = Path(__file__).parent / "goldens"


def read(name):
    """Each setting with its grids, cut from the values that the file holds one after the other."""
    with np.load(GOLDENS / f"{name}.npz") as file:
        settings = json.loads(str(file["settings"]))
        values = {grid: file[grid] for grid in file.files if grid != "settings"}
    taken = dict.fromkeys(values, 0)
    for setting in settings:
        for grid in values:
            shape = setting.pop(f"{grid}_shape")
            start = taken[grid]
            taken[grid] += 0 if shape is None else int(np.prod(shape))
            setting[grid] = None if shape is None else values[grid][start : taken[grid]].reshape(shape)
    return settings


def name_of(golden):
    """What distinguishes one setting from the others, for the name of its test."""
    return "-".join(str(value) for value in golden.values() if not isinstance(value, np.ndarray))
