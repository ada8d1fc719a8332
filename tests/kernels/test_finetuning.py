"""Two new signs behind LeNet's locked layers: what learns, what does not, and how much it helps."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from app.pages.train.strokes import examples
from kernels.finetuning import STEPS, descend, learn_signs, shares, trained, trunk_and_head
from kernels.lenet import lenet5, run
from kernels.trainable import Pass, as_batch, learn_from

IMAGES = np.concatenate([examples(0), examples(1)])
LABELS = np.repeat([0, 1], 5)


def test_the_locked_layers_are_lenets_and_stay_so() -> None:
    learned = learn_signs(IMAGES, LABELS, locked=True)
    for name, values in trained().items():
        assert_array_equal(learned.weights[name], values)
    forward = Pass(trunk_and_head(), learned.weights, as_batch(IMAGES[:1]))
    s4 = next(outcome for outcome in run(lenet5(), IMAGES[0].astype(np.float64)) if outcome.layer.name == "s4")
    assert forward.outputs[-2][:, 0] == pytest.approx(s4.y.ravel(), abs=1e-4)


def test_only_the_last_layer_learns_as_it_would_among_the_others() -> None:
    learned = learn_signs(IMAGES, LABELS, locked=True)
    assert learned.learning == 802
    outcome = learn_from(trunk_and_head(), learned.weights, as_batch(IMAGES), LABELS)
    assert outcome.loss < learned.losses[-1] < learned.losses[0] / 20
    assert outcome.loss == pytest.approx(learned.losses[-1], rel=0.05)


@pytest.mark.slow
def test_from_nothing_every_weight_learns() -> None:
    learned = learn_signs(IMAGES, LABELS, locked=False)
    assert learned.learning == trunk_and_head().parameters
    before = {name: np.zeros_like(values) for name, values in learned.weights.items()}
    after = dict(before)
    assert len(descend(trunk_and_head(), after, IMAGES, LABELS)) == STEPS


@pytest.mark.slow
def test_what_was_learned_from_digits_serves_new_signs_better_than_ten_drawings() -> None:
    locked, scratch = (learn_signs(IMAGES, LABELS, locked=locked) for locked in (True, False))
    assert locked.known >= 0.97
    assert scratch.known < locked.known
    assert shares(locked, IMAGES[0])[0] > 0.9
    assert shares(locked, IMAGES[7])[1] > 0.9
