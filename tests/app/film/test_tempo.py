"""The tempo of films is the page's, and so is what has nothing to show."""

import json
import shutil
import subprocess
from itertools import pairwise

import pytest

from app.film.reel import LAST, MOST_FRAMES, ticks
from app.film.tempo import Stretch, stretches
from app.operations import OPERATIONS
from app.settings import Limits
from app.views.rhythm import Rhythm
from app.views.table import read_view
from tests import machine
from tests.program import ROOT

PLAIN = {"never": lambda step: False, "at first": lambda step: step < 40, "every third": lambda step: step % 3 == 0}
SIZES = [(1, 1, 1), (25, 5, 25), (9, 1, 9), (75, 5, 25), (676, 26, 676), (15_876, 126, 15_876), (65_536, 32, 1024)]

SCRIPT = """
import { tempo } from "./static/js/tempo.js"
const plain = { never: () => false, "at first": (step) => step < 40, "every third": (step) => step % 3 === 0 }
const cases = JSON.parse(process.argv[1])
const each = cases.map(([[count, row, plane], name, pace, steps]) => {
  const made = tempo({ count, row, plane, isPlain: plain[name] }, pace)
  return steps.map((step) => [made.at(step).gear, made.at(step).each])
})
process.stdout.write(JSON.stringify(each))
"""


def at(played: list[Stretch], step: int) -> Stretch:
    return [each for each in played if each.start <= step][-1]


@pytest.mark.skipif(machine.NODE is None, reason=machine.NO_NODE)
def test_a_step_takes_as_long_in_a_film_as_on_the_page() -> None:
    cases = [
        (size, name, pace, sorted({0, 1, 2, 5, size[0] // 2, size[0] - 1} & set(range(size[0]))))
        for size in SIZES
        for name in PLAIN
        for pace in ("auto", "product", "sum", "row")
    ]
    words = [shutil.which("node") or "node", "--input-type=module", "-e", SCRIPT, json.dumps(cases)]
    said = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for (size, name, pace, steps), pages in zip(cases, json.loads(said), strict=True):
        played = stretches(Rhythm(*size, PLAIN[name]), pace)  # type: ignore[arg-type]
        for step, (gear, each) in zip(steps, pages, strict=True):
            assert at(played, step).gear == gear, (size, name, pace, step)
            assert at(played, step).each == pytest.approx(each), (size, name, pace, step)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_view_has_a_rhythm_that_ends_with_its_last_step(operation: str) -> None:
    for name in OPERATIONS[operation].views:
        view = read_view(OPERATIONS[operation], {"view": name}, Limits())
        found = view.rhythm
        assert found.steps == view.steps
        assert found.steps % found.plane == found.plane % found.row == 0
        assert isinstance(bool(found.is_plain(0)), bool)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seconds", [None, 2, 60])
def test_a_film_goes_forwards_to_the_end_of_the_last_step_in_the_time_it_is_given(
    size: tuple[int, int, int], seconds: float | None
) -> None:
    made = ticks(stretches(Rhythm(*size, PLAIN["never"]), "auto"), size[0], 1.0, seconds)
    assert len(made) <= MOST_FRAMES
    assert all((a.step, a.phase) <= (b.step, b.phase) for a, b in pairwise(made))
    assert (made[-1].step, made[-1].phase) == (size[0] - 1, 1.0)
    lasting = sum(tick.milliseconds for tick in made) - LAST
    if seconds:
        assert lasting == pytest.approx(seconds * 1000, rel=0.06, abs=100)
    else:
        assert lasting < 40_000
