"""Gradient descent on a kernel, held against PyTorch's own, a numerical derivative and the mathematics of valleys."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from kernels.axis import Axis
from kernels.convolution import convolve
from kernels.gradients import conv_weight
from kernels.learning import HOPELESS, Descent, batches_of, descend, learn, part_of, state, steepest, weight_gradient
from kernels.unfold import unfold
from tests.kernels.golden_files import name_of, read

GOLDENS = read("learning")
SOBEL = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])


def axes_of(x, w, stride=(1, 1), padding=(0, 0)):
    sizes = zip(x.shape, w.shape, stride, padding, strict=True)
    return [Axis(size, kernel, step, 1, (pad, pad)) for size, kernel, step, pad in sizes]


def picture(seed=1, shape=(7, 7)):
    return np.random.default_rng(seed).integers(0, 10, shape) * 1.0


def asked(x, w, **kind):
    """The output that this kernel gives, and the axes between."""
    axes = axes_of(x, w, **kind)
    return convolve(x[np.newaxis], w[np.newaxis, np.newaxis], axes=axes)[0], axes


@pytest.mark.parametrize("golden", GOLDENS, ids=name_of)
def test_every_iteration_is_pytorchs(golden):
    x, start = golden["x"], golden["start"]
    lesson = learn(
        x,
        golden["wanted"],
        start,
        axes=axes_of(x, start, golden["stride"], golden["padding"]),
        descent=Descent(*(golden[name] for name in ("learning_rate", "momentum", "weight_decay"))),
        iterations=len(golden["loss"]) - 1,
    )
    count = len(lesson.loss)  # one that diverges is broken off
    assert count == len(golden["loss"]) or lesson.diverged
    for name in ("w", "gradient", "loss"):
        assert_allclose(getattr(lesson, name), golden[name][:count], rtol=1e-9, atol=1e-9)


def test_the_goldens_stride_pad_and_diverge_a_little():
    assert {1, 2} == {value for golden in GOLDENS for value in golden["stride"]}
    assert {0, 1} == {value for golden in GOLDENS for value in golden["padding"]}
    assert any(golden["loss"][-1] > golden["loss"][0] for golden in GOLDENS)
    assert {0.0, 0.5, 0.9} == {golden["momentum"] for golden in GOLDENS}
    assert {0.0, 2.0, 20.0} == {golden["weight_decay"] for golden in GOLDENS}


def test_mini_batches_take_every_position_once_before_any_comes_again():
    batches = batches_of(10, 4)
    for _ in range(3):
        turn = [next(batches) for _ in range(3)]
        assert [len(batch) for batch in turn] == [4, 4, 2]
        assert sorted(np.concatenate(turn)) == list(range(10))


def test_the_gradients_of_mini_batches_average_to_the_whole_gradient():
    x = picture()
    wanted, axes = asked(x, SOBEL)
    error = wanted - 3
    parts = [part_of(x, error, batch, axes) for batch, _ in zip(batches_of(25, 5), range(5), strict=False)]
    assert_allclose(np.mean(parts, axis=0), weight_gradient(x, error, axes))


def test_a_noisy_path_still_goes_down_and_decay_keeps_the_weights_small():
    x = picture()
    wanted, axes = asked(x, SOBEL)
    rate = 1 / steepest(x, axes=axes)
    ways = {"plain": {}, "noisy": {"batch_size": 5}, "decay": {"weight_decay": 500.0}}
    made = {
        name: learn(x, wanted, np.zeros((3, 3)), axes=axes, descent=Descent(rate / 4, **way), iterations=100)
        for name, way in ways.items()
    }
    rises = {name: int((np.diff(lesson.loss) > 0).sum()) for name, lesson in made.items()}
    assert rises["plain"] == 0 < rises["noisy"]
    assert made["noisy"].loss[-1] < made["noisy"].loss[0] / 10
    assert np.abs(made["decay"].w[-1]).sum() < np.abs(made["plain"].w[-1]).sum()


def test_a_decay_that_blows_the_weights_up_is_broken_off():
    lesson = learn(
        np.zeros(1), np.ones(1), np.ones(1), axes=[Axis(1, 1)], descent=Descent(1000.0, 0.0, 1e4), iterations=500
    )
    assert lesson.diverged
    assert np.isfinite(lesson.w).all()


@pytest.mark.parametrize("kind", [{}, {"stride": (2, 2)}, {"padding": (1, 1)}])
def test_at_a_rate_of_one_over_the_largest_curvature_the_loss_never_rises_and_the_kernel_is_found(kind):
    x = picture(shape=(13, 13))
    wanted, axes = asked(x, SOBEL, **kind)
    rate = 1 / steepest(x, axes=axes)
    lesson = learn(x, wanted, np.zeros((3, 3)), axes=axes, descent=Descent(rate), iterations=2000)
    assert not lesson.diverged
    assert (np.diff(lesson.loss) <= 1e-18).all()
    assert_allclose(lesson.w[-1], SOBEL, atol=1e-6)


def test_from_two_over_the_largest_curvature_on_it_diverges_and_below_it_does_not():
    x = picture()
    wanted, axes = asked(x, SOBEL)
    rate, start = 2 / steepest(x, axes=axes), np.random.default_rng(1).normal(size=(3, 3))
    below = learn(x, wanted, start, axes=axes, descent=Descent(rate * 0.999), iterations=500)
    above = learn(x, wanted, start, axes=axes, descent=Descent(rate * 1.1), iterations=500)
    assert not below.diverged
    assert below.loss[-1] < below.loss[0]
    assert above.diverged
    assert len(above.loss) < 500


def test_a_descent_that_diverges_stops_before_its_numbers_leave_float64():
    x = picture() * 1e5
    wanted, axes = asked(x, SOBEL)
    lesson = learn(x, wanted, np.zeros((3, 3)), axes=axes, descent=Descent(1000.0), iterations=500)
    assert lesson.diverged
    assert all(np.isfinite(grid).all() for grid in (lesson.w, lesson.y, lesson.error, lesson.gradient, lesson.loss))
    assert (lesson.loss[:-1] <= HOPELESS * lesson.loss[0]).all()


def test_a_descent_that_begins_with_a_small_loss_is_given_up_at_the_same_bound_as_from_a_loss_of_one():
    lesson = learn(np.ones(1), np.ones(1), np.zeros(1), axes=[Axis(1, 1)], descent=Descent(2.1), iterations=500)
    assert lesson.diverged
    assert lesson.loss[0] == 0.5
    assert lesson.loss[-2] <= HOPELESS < lesson.loss[-1] < 1.22 * HOPELESS  # each loss is 1.1² times the one before


@pytest.mark.parametrize("kind", [{}, {"stride": (2, 1), "padding": (1, 2)}])
def test_a_numerical_derivative_of_the_loss_agrees_with_each_gradient(kind):
    x, w = picture(2, (6, 5)), np.random.default_rng(3).normal(size=(3, 2))
    wanted, axes = asked(x, np.ones((3, 2)), **kind)
    slopes = np.empty(w.shape)
    for place in np.ndindex(*w.shape):
        step = np.zeros(w.shape)
        step[place] = 1e-3
        slopes[place] = (state(x, wanted, w + step, axes).loss - state(x, wanted, w - step, axes).loss) / 2e-3
    assert_allclose(state(x, wanted, w, axes).gradient, slopes, rtol=1e-7)


def test_each_iteration_agrees_with_the_whole_answers():
    x = picture(4)
    wanted, axes = asked(x, SOBEL)
    lesson = learn(x, wanted, np.ones((3, 3)), axes=axes, descent=Descent(1e-4), iterations=5)
    for k in range(6):
        y = convolve(x[np.newaxis], lesson.w[k][np.newaxis, np.newaxis], axes=axes)[0]
        assert_allclose(lesson.y[k], y, rtol=1e-12)
        assert_array_equal(lesson.error[k], lesson.y[k] - wanted)
        gradient = conv_weight(x[np.newaxis], lesson.error[k][np.newaxis], axes=axes)[0, 0]
        assert_allclose(lesson.gradient[k], gradient, rtol=1e-12)
        assert lesson.loss[k] == pytest.approx((lesson.error[k] ** 2).sum() / 2, rel=1e-12)


def test_a_descent_state_by_state_is_the_same_lesson():
    x = picture(5)
    wanted, axes = asked(x, SOBEL)
    options = {"axes": axes, "descent": Descent(1e-4), "iterations": 7}
    states = list(descend(x, wanted, np.zeros((3, 3)), **options))
    lesson = learn(x, wanted, np.zeros((3, 3)), **options)
    assert b"".join(each.w.tobytes() for each in states) == lesson.w.tobytes()


@pytest.mark.parametrize("x", [picture(6), np.arange(49.0).reshape(7, 7), np.eye(7), np.indices((7, 7)).sum(0) % 2.0])
def test_the_largest_curvature_is_the_largest_eigenvalue(x):
    axes = [Axis(7, 3), Axis(7, 3)]
    windows = unfold(x[np.newaxis], axes=axes)
    assert steepest(x, axes=axes) == pytest.approx(np.linalg.eigvalsh(windows @ windows.T)[-1], rel=1e-6)


def test_a_picture_of_zeros_has_no_slope():
    assert steepest(np.zeros((5, 5)), axes=[Axis(5, 3), Axis(5, 3)]) == 0.0


def test_what_is_right_already_stays_as_it_is():
    wanted, axes = asked(picture(7), SOBEL)
    lesson = learn(picture(7), wanted, SOBEL, axes=axes, descent=Descent(0.1), iterations=3)
    assert_array_equal(lesson.loss, 0)
    assert_array_equal(lesson.w[-1], SOBEL)
