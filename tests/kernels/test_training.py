"""Learning on a whole batch: PyTorch's losses, weights and gradients, and what a seed decides."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from kernels import batched
from kernels.augmentation import KINDS, augmented
from kernels.mnist import HELD_OUT, TRAINING, Digits, held_out, training
from kernels.trainable import Pass, answers, as_batch, initial, learn_from, network_of
from kernels.training import Checkpoint, Settings, Step, Trainer, marks, rate, train, work
from kernels.windows import Window
from tests.kernels.trained import PLAIN, SETTINGS, SMALL, STACKS, STEPS

GOLDENS = np.load(Path(__file__).parent / "goldens" / "training.npz")


def few(digits: Digits, count: int) -> Digits:
    return Digits(digits.images[:count], digits.labels[:count])


def run(settings: Settings) -> list[Step | Checkpoint]:
    """A run that is measured on a hundred digits."""
    return list(train(network_of(settings.stack), settings, training(), few(held_out(), 100)))


def steps_of(events: list[Step | Checkpoint]) -> list[Step]:
    return [event for event in events if isinstance(event, Step)]


def checkpoints_of(events: list[Step | Checkpoint]) -> list[Checkpoint]:
    return [event for event in events if isinstance(event, Checkpoint)]


@pytest.mark.parametrize("name", SETTINGS)
def test_twenty_steps_are_pytorchs(name: str) -> None:
    settings = SETTINGS[name]
    trainer = Trainer(network_of(settings.stack), settings, training())
    losses = []
    for _ in range(STEPS):
        outcome = trainer.look()
        trainer.descend(outcome.gradients)
        losses.append(outcome.loss)
    assert_allclose(losses, GOLDENS[f"losses/{name}"], atol=1e-4)
    for key, values in trainer.weights.items():
        assert_allclose(values, GOLDENS[f"weights/{name}/{key}"], atol=1e-4)


@pytest.mark.parametrize("name", STACKS)
def test_the_gradient_of_every_layer_is_pytorchs(name: str) -> None:
    trainer = Trainer(network_of(STACKS[name]), PLAIN, training())
    images, labels = trainer.next_batch()
    found = learn_from(trainer.network, trainer.weights, as_batch(images[:8]), labels[:8]).gradients
    for key, gradient in found.items():
        assert_allclose(gradient, GOLDENS[f"gradient/{name}/{key}"], atol=1e-5)
    forward = Pass(trainer.network, trainer.weights, as_batch(images[:8]))
    _, of_scores = batched.cross_entropy(forward.scores, labels[:8])
    _, by_output = forward.gradients(of_scores / np.float32(8))
    for place, gradient in enumerate(by_output):
        if f"output/{name}/{place}" in GOLDENS:  # PyTorch asks for none of what stands before the first weights
            assert gradient is not None
            assert_allclose(np.moveaxis(gradient, -1, 0)[:2], GOLDENS[f"output/{name}/{place}"], atol=1e-5)


def test_a_batch_taken_in_parts_is_the_whole_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = Trainer(network_of(SMALL), replace(PLAIN, batch=75, dropout=0.5), training())
    (images, labels), masks = trainer.next_batch(), trainer.next_masks()
    asked = (trainer.network, trainer.weights, as_batch(images), labels, masks)
    in_parts = learn_from(*asked)
    monkeypatch.setattr("kernels.trainable.TOGETHER", 75)
    whole = learn_from(*asked)
    assert in_parts.loss == pytest.approx(whole.loss, abs=1e-6)
    for name, gradient in whole.gradients.items():
        assert_allclose(in_parts.gradients[name], gradient, atol=1e-6)


def test_a_gradient_is_the_slope_of_the_loss() -> None:
    trainer = Trainer(network_of(SMALL), PLAIN, training())
    images, labels = trainer.next_batch()
    x = as_batch(images)
    outcome = learn_from(trainer.network, trainer.weights, x, labels)
    for name, place in (("1.w", (2, 0, 3, 1)), ("4.b", (3,)), ("9.w", (7, 11))):
        losses = []
        for nudge in (-1e-2, 1e-2):
            weights = {key: values.copy() for key, values in trainer.weights.items()}
            weights[name][place] += nudge
            losses.append(learn_from(trainer.network, weights, x, labels).loss)
        assert (losses[1] - losses[0]) / 2e-2 == pytest.approx(float(outcome.gradients[name][place]), abs=2e-3)


def test_the_same_settings_give_the_same_run_to_the_bit() -> None:
    settings = replace(PLAIN, steps=6, dropout=0.3, augment=KINDS, momentum=0.9)
    first, second = run(settings), run(settings)
    assert steps_of(first) == steps_of(second)
    for one, other in zip(checkpoints_of(first), checkpoints_of(second), strict=True):
        assert one.gradients == other.gradients
        assert_array_equal(one.answers, other.answers)
    assert steps_of(first) != steps_of(run(replace(settings, seed=2)))


@pytest.mark.parametrize("change", [{"dropout": 0.5}, {"learning_rate": 1.0}, {"weight_decay": 0.1}, {"steps": 99}])
def test_runs_that_differ_in_one_setting_begin_alike_and_meet_the_same_digits(change: dict[str, float]) -> None:
    one, other = (Trainer(network_of(SMALL), settings, training()) for settings in (PLAIN, replace(PLAIN, **change)))  # type: ignore[arg-type]
    for name, values in one.weights.items():
        assert_array_equal(values, other.weights[name])
    for _ in range(3):
        assert_array_equal(one.next_batch()[0], other.next_batch()[0])


def test_every_step_is_told_once_and_the_held_out_digits_are_measured_at_the_last() -> None:
    events = run(replace(PLAIN, steps=9))
    steps = steps_of(events)
    assert [step.step for step in steps] == [*range(1, 10)]
    assert [step.step for step in steps if step.held_out is not None] == [1, 2, 3, 4, 5, 6, 8, 9]
    assert [point.step for point in checkpoints_of(events)] == [*marks(9, 1_000)]
    assert all(0 <= step.accuracy <= 1 for step in steps)


def test_what_is_held_out_is_what_the_checkpoint_answers() -> None:
    events = run(replace(PLAIN, steps=2))
    last, labels = checkpoints_of(events)[-1], held_out().labels[:100]
    assert steps_of(events)[-1].held_out == (last.answers == labels).mean()


def test_untrained_weights_give_a_loss_of_about_ln_10() -> None:
    assert steps_of(run(replace(PLAIN, steps=1, batch=256)))[0].loss == pytest.approx(np.log(10), abs=0.05)


def test_a_run_whose_loss_is_no_number_any_more_ends_there_and_says_so() -> None:
    events = run(replace(PLAIN, learning_rate=100.0, weight_decay=1.0, steps=60))
    last = steps_of(events)[-1]
    assert last.step < 60
    assert last.loss is None
    assert last.held_out is not None
    point = checkpoints_of(events)[-1]
    assert point.step == last.step
    assert all(np.isfinite(values).all() for values in point.weights.values())


def test_the_schedules_slow_the_rate_down() -> None:
    constant, steps, slower = (replace(PLAIN, schedule=schedule) for schedule in ("constant", "steps", "1/k"))
    assert [rate(constant, step) for step in (1, 100, 101)] == [0.1, 0.1, 0.1]
    assert [rate(steps, step) for step in (1, 100, 101, 201)] == [0.1, 0.1, 0.05, 0.025]
    assert [rate(slower, step) for step in (1, 51)] == [0.1, 0.05]


def test_dropout_leaves_out_its_share_and_makes_the_others_larger() -> None:
    trainer = Trainer(network_of(SMALL), replace(PLAIN, dropout=0.25, batch=512), training())
    (mask,) = trainer.next_masks().values()
    assert set(np.unique(mask)) == {np.float32(0), np.float32(1) / np.float32(0.75)}
    assert mask.mean() == pytest.approx(1, abs=0.01)


def test_each_digit_is_met_once_before_any_is_met_again() -> None:
    trainer = Trainer(network_of(SMALL), replace(PLAIN, digits=100, batch=30), training())
    met = np.concatenate([trainer.order.next_batch() for _ in range(10)])
    assert sorted(met[:100]) == sorted(met[100:200]) == [*range(100)]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_augmentation_changes_digits_and_keeps_them_between_paper_and_ink(kind: str) -> None:
    digits = training().images[:20].astype(np.float32) / 255
    changed = augmented(digits, [kind], np.random.default_rng(1))
    assert changed.shape == digits.shape
    assert np.abs(changed - digits).max() > 0.1
    assert changed.min() >= 0
    assert changed.max() <= 1.0001
    assert_array_equal(augmented(digits, [], np.random.default_rng(1)), digits)


def test_a_moved_digit_is_the_same_digit_elsewhere() -> None:
    digit = np.zeros((1, 28, 28), np.float32)
    digit[0, 10, 12] = 1
    moved = augmented(digit, ["move"], np.random.default_rng(4))
    assert moved.sum() == pytest.approx(1, abs=1e-5)
    assert moved[0, 10, 12] < 0.9


def test_what_a_pool_passes_on_goes_back_to_the_first_of_equals() -> None:
    x = np.array([[1, 5, 5], [5, 0, 2], [3, 3, 3]], np.float32).reshape(1, 3, 3, 1)
    y, back = batched.max_pool(x, [Window(2, 1, (0, 0), 1, 0)] * 2)
    assert y.ravel().tolist() == [5, 5, 5, 3]
    assert back(np.ones_like(y)).ravel().tolist() == [0, 2, 0, 1, 0, 0, 0, 1, 0]


def test_the_work_of_a_run_is_counted_before_it_starts() -> None:
    network = network_of(SMALL)
    assert network.multiplications == 4 * 25 * 576 + 6 * 100 * 64 + 96 * 10
    settings = replace(PLAIN, steps=10, batch=4)
    assert work(network, settings) == network.multiplications * (3 * 4 * 10 + 1500 * len(marks(10, 1_000)))


def test_ten_thousand_digits_are_shipped_and_none_is_in_both_parts() -> None:
    assert (len(training().labels), len(held_out().labels)) == (TRAINING, HELD_OUT)
    assert np.bincount(held_out().labels).tolist() == [150] * 10
    seen = {image.tobytes() for image in training().images}
    assert not any(image.tobytes() in seen for image in held_out().images)


@pytest.mark.slow
def test_a_small_network_knows_three_digits_of_four_after_a_hundred_steps() -> None:
    events = run(replace(PLAIN, steps=100, learning_rate=0.2))
    assert (steps_of(events)[-1].held_out or 0) > 0.75
    last, images = checkpoints_of(events)[-1], held_out().images[:100].astype(np.float32) / 255
    kept = {name: values.astype(np.float32) for name, values in last.weights.items()}
    assert (answers(network_of(SMALL), kept, images) == last.answers).mean() > 0.98


def test_a_scale_of_zero_begins_with_zeros() -> None:
    weights = initial(network_of(SMALL), 0.0, np.random.default_rng(1))
    assert not any(values.any() for values in weights.values())
