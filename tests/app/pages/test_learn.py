"""A lesson through the web: its numbers, its links, its stream, and what it refuses."""

import re

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from app.address.query import read_address
from app.address.refusal import Refusal, Refusals
from app.pages.learn import words
from app.pages.learn.chart import nice, range_of
from app.pages.learn.lesson import lesson_of, verdict
from app.pages.learn.page import learn_page
from app.pages.learn.task import PATH, Task, read_task
from app.settings import Limits
from app.text.format import short
from kernels.learning import learn, steepest
from tests.app.direct import Direct
from tests.app.events import events_of

SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


def task(query: str = "") -> Task:
    return read_task(read_address(query.encode()), Limits())


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", "/learn"),
        ("x=seven&wanted=sobel-x&init=zeros&learning_rate=right&iterations=60&stride=1&padding=0", "/learn"),
        ("wanted=-1,0,1;-2,0,2;-1,0,1", "/learn"),
        ("kernel_size=3", "/learn"),
        ("wanted=box:5", "/learn?wanted=box:5"),
        ("y=zeros:5x5!2.2:9", "/learn?y=zeros:5x5!2.2:9"),
        ("y=zeros:3x3&kernel_size=5", "/learn?y=zeros:3x3&kernel_size=5"),
        ("init=random:007", "/learn?init=random:7"),
        ("learning_rate=0.0010&scale=log&weight=2,1", "/learn?learning_rate=0.001&scale=log&weight=2,1"),
        ("padding=valid&stride=2,2&step=3", "/learn?stride=2&step=3"),
    ],
)
def test_the_canonical_address_leaves_out_what_is_usual_and_reads_back(query: str, address: str) -> None:
    assert task(query).address() == address
    assert task(address.partition("?")[2]).address() == address


@pytest.mark.parametrize("query", ["", "padding=1&stride=2", "x=x-bits&init=random:3&learning_rate=0.01", "y=ramp:5x5"])
def test_the_json_is_the_kernels_lesson(ask: Direct, query: str) -> None:
    asked = task(query)
    body = ask(f"{PATH}.json?{query}").json()
    lesson = learn(
        asked.x,
        asked.wanted,
        asked.begin[1],
        axes=asked.axes,
        descent=asked.descent,
        iterations=asked.parameters.iterations,
    )
    iterations = body["iterations"]
    assert iterations["count"] == 61
    for name in ("w", "y", "error", "gradient", "loss"):
        assert_array_equal(np.array(iterations[name]), getattr(lesson, name))


def test_a_bare_lesson_finds_the_sobel_kernel(ask: Direct) -> None:
    body = ask(f"{PATH}.json?iterations=500").json()
    assert np.abs(np.array(body["iterations"]["w"][-1]) - SOBEL).max() < 1e-3
    assert body["w"]["values"] == [[SOBEL]]
    assert body["verdict"].startswith("The kernel is found")


def test_the_three_rates_are_shares_of_the_largest_curvature() -> None:
    asked = task()
    curvature = steepest(asked.x, axes=asked.axes)
    rates = asked.rates
    assert rates["right"] == pytest.approx(1 / curvature, rel=0.05)
    assert rates["small"] == pytest.approx(rates["right"] / 50, rel=0.05)
    assert 2 / curvature < rates["large"] < 2.4 / curvature
    assert task("learning_rate=large").learning_rate == rates["large"]
    assert task("learning_rate=0.5").learning_rate == 0.5


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "The kernel is nearly found: the loss fell from"),
        ("", "No weight is farther off than w[0, 2]: it is 1.11 where 1 is right."),
        ("iterations=200", "The kernel is found: every weight is right to 1\u202f% of the largest one"),
        ("learning_rate=small", "each step is too small"),
        ("learning_rate=large", "It diverges: in 60 iterations the loss grew"),
        ("learning_rate=large&iterations=200", "the lesson was broken off after 103 iterations"),
        ("x=checker:8x8", "gives the wanted output already"),
        ("x=zeros:7x7&y=ones:5x5", "every gradient is 0"),
        ("x=digit:7&iterations=200", "the kernel is not the one behind it. No weight is farther off than w["),
        ("x=ramp:7x7", "More iterations bring it further"),
        ("x=impulse:5x5&y=ramp:3x3", "A kernel for this output is found"),
    ],
)
def test_the_verdict_says_what_came_of_it(query: str, said: str) -> None:
    assert said in learn_page(task(query))


@pytest.mark.parametrize("wanted", ["sobel-x", "sharpen", "emboss", "box", "identity", "1e5,0,0;0,0,0;0,0,1"])
@pytest.mark.parametrize("x", ["seven", "random:7x7:1", "impulse:7x7"])
@pytest.mark.parametrize("iterations", [60, 200, 500])
def test_a_kernel_is_found_only_where_every_weight_is_right_to_a_hundredth(
    x: str, wanted: str, iterations: int
) -> None:
    asked = task(f"x={x}&wanted={wanted}&iterations={iterations}")
    assert asked.kernel
    lesson, kernel = lesson_of(asked), asked.kernel.values[0, 0]
    is_right = bool((np.abs(lesson.w[-1] - kernel) <= 0.01 * np.abs(kernel).max()).all())
    assert verdict(asked, lesson).startswith("The kernel is found") == is_right


def test_a_kernel_that_is_right_is_found_however_little_the_loss_had_to_fall() -> None:
    asked = task("init=-1.03,0,1;-2,0,2;-1,0,1&iterations=20")
    lesson = lesson_of(asked)
    assert lesson.loss[-1] > 1e-3 * lesson.loss[0]
    assert verdict(asked, lesson).startswith("The kernel is found")


def test_the_stream_is_the_lesson_cut_into_batches(ask: Direct) -> None:
    answer = ask(f"{PATH}.events?padding=1")
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = events_of(answer.body)
    assert [name for name, _ in events] == ["lesson", "iterations", "iterations", "end"]
    header, batches = events[0][1], [data for name, data in events if name == "iterations"]
    assert [batch["start"] for batch in batches] == [0, 8]
    assert events[-1][1] == {"steps": 61, "next": None}
    whole = ask(f"{PATH}.json?padding=1").json()["iterations"]
    for name in ("w", "y", "error", "gradient"):
        streamed = np.concatenate([np.array(batch[name]) for batch in batches])
        assert_array_equal(streamed, np.array(whole[name]).reshape(61, -1))
    assert header["padded"]["shape"] == [9, 9]


def test_the_gradient_of_a_weight_is_the_sum_over_the_cells_that_the_tables_name(ask: Direct) -> None:
    events = events_of(ask(f"{PATH}.events?padding=1&stride=2&init=random:1").body)
    header, first = events[0][1], events[1][1]
    padded, (rows, cols) = np.array(header["padded"]["values"]), header["taps"]
    width, outputs = header["padded"]["shape"][1], header["y"]["shape"]
    error = np.array(first["error"][0]).reshape(outputs)
    for weight, gradient in enumerate(first["gradient"][0]):
        row, col = divmod(weight, 3)
        met = [[padded[rows[i][row] * width + cols[j][col]] for j in range(outputs[1])] for i in range(outputs[0])]
        assert (error * np.array(met)).sum() == pytest.approx(gradient)


def test_a_broken_stream_goes_on_where_it_was(ask: Direct) -> None:
    events = events_of(ask(f"{PATH}.events", headers={"last-event-id": "40"}).body)
    assert [name for name, _ in events] == ["iterations", "end"]
    assert events[0][1]["start"] == 40
    assert len(events[0][1]["loss"]) == 21


def test_a_page_of_the_stream_says_where_the_next_one_starts(ask: Direct) -> None:
    events = events_of(ask(f"{PATH}.events?start=0&stop=10").body)
    assert events[-1][1] == {"steps": 61, "next": 10}


def test_a_lesson_that_diverges_ends_its_stream_early(ask: Direct) -> None:
    events = events_of(ask(f"{PATH}.events?learning_rate=large&iterations=400").body)
    count = sum(len(data["loss"]) for name, data in events if name == "iterations")
    assert events[-1][1] == {"steps": count, "next": None}
    assert count < 200
    assert all(np.isfinite(data["loss"]).all() for name, data in events if name == "iterations")


def test_the_page_shows_the_last_iteration_or_the_one_that_the_link_names(ask: Direct) -> None:
    body = ask(f"{PATH}.json").json()["iterations"]
    assert 'step="60"' in ask(PATH).text
    first = ask(f"{PATH}?step=0&weight=2,2").text
    assert 'step="0" last="60" weight="8"' in first
    assert f"−{abs(body['gradient'][0][2][2]):.0f}" in first


def test_a_step_with_momentum_is_written_out_as_it_is_taken(ask: Direct) -> None:
    query = "momentum=0.9&weight_decay=10&step=3"
    history = ask(f"{PATH}.json?{query}").json()
    rate, told = history["parameters"]["learning_rate"], history["iterations"]
    w, gradient, step = (np.array(told[name]) for name in ("w", "gradient", "step"))
    np.testing.assert_allclose(step[3], 0.9 * step[2] + gradient[3] + 10 * w[3])
    np.testing.assert_allclose(w[4], w[3] - rate * step[3])
    assert f"· ({short(step[3][0][0])})" in ask(f"{PATH}?{query}").text
    assert "step" not in ask(f"{PATH}.json").json()["iterations"]


def test_a_noisy_path_is_drawn_beside_the_smooth_one(ask: Direct) -> None:
    assert ask(f"{PATH}?batch_size=1").text.count("<polyline") == 2
    assert ask(f"{PATH}?batch_size=1").text.count('stroke-dasharray="1 4"') == 1


@pytest.mark.slow
def test_every_link_of_a_lesson_leads_somewhere(ask: Direct) -> None:
    for query in ("", "y=ones:3x3&kernel_size=5&init=box:5&scale=log", "wanted=box:5&init=box:5&x=digit:3"):
        page = ask(f"{PATH}?{query}").text
        for address in set(re.findall(r'href="(/(?:learn|conv2d_weight)[^"]*)"', page)):
            assert ask(address.replace("&amp;", "&")).status == 200, address


def test_every_chip_marks_itself_where_it_leads(ask: Direct) -> None:
    chips = re.findall(r'<a class="chip[^"]*" href="([^"]*)"[^>]*>(?:<svg.*?</svg>)?([^<]*)', ask(PATH).text)
    assert len(chips) == 23
    for address, label in chips:
        page = ask(address.replace("&amp;", "&")).text
        assert label in re.findall(r'<a class="chip[^"]*chosen" [^>]*>(?:<svg.*?</svg>)?([^<]*)', page), address


def test_the_gradients_own_scene_has_the_gradient_of_this_iteration(ask: Direct) -> None:
    page = ask(f"{PATH}?step=0&padding=1&stride=2").text
    address = re.search(r'href="(/conv2d_weight\?[^"]*)"', page)[1].replace("&amp;", "&")  # type: ignore[index]
    y = ask(address.replace("?", ".json?")).json()["y"]["values"]
    assert y[0][0] == ask(f"{PATH}.json?padding=1&stride=2").json()["iterations"]["gradient"][0]


def test_the_same_question_has_the_same_bytes(ask: Direct) -> None:
    assert ask(f"{PATH}.json?init=random:4").body == ask(f"{PATH}.json?init=random:4").body


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("wanted=sobel-x&y=zeros:5x5", "y", words.TWO_WISHES),
        ("x=random:3x5x5:1", "x", "one channel"),
        ("wanted=sobel-x~~sobel-y", "wanted", "it has 2 filters and 1 channels"),
        ("kernel_size=5", "kernel_size", "one of 5×5 gives another shape"),
        ("y=zeros:3x3", "y", "y has 3×3 cells, but a 3×3 kernel on this x gives 5×5"),
        ("y=zeros:1x1&kernel_size=8", "kernel_size", "at most 7"),
        ("x=ones:2x2", "kernel_size", "covers 3×3 cells"),
        ("x=ones:33x33", "x", "at most 32 cells a side"),
        ("x=ones:30x30&padding=2", "padding", "at most 32 cells a side"),
        ("padding=same&stride=2", "padding", "padding=same keeps the size"),
        ("learning_rate=0", "learning_rate", "above 0"),
        ("learning_rate=-1", "learning_rate", "above 0"),
        ("learning_rate=fast", "learning_rate", "“fast” is not"),
        ("learning_rate=nan", "learning_rate", "“nan” is not"),
        ("iterations=501", "iterations", "at most 500"),
        ("iterations=0", "iterations", "at least 1"),
        ("x=digit:7&iterations=500", "iterations", "it may have"),
        ("init=box:5", "init", "one of 3×3 is learned"),
        ("init=2,x", "init", "x"),
        ("weight=3,0", "weight", "no weight 3,0"),
        ("weight=1", "weight", "“1” does not"),
        ("step=61", "step", "60"),
        ("x=seven!0.0:2000000", "x", "1,000,000"),
        ("y=zeros:5x5!0.0:1e300", "y", "1,000,000"),
        ("weight_decay=-1", "weight_decay", "at least 0"),
        ("momentum=1", "momentum", "at most 0.99"),
        ("batch_size=26", "batch_size", "at most 25"),
        ("batch_size=0", "batch_size", "at least 1"),
        ("kernel=3", "kernel", "Did you mean “kernel_size”?"),
        ("scale=cubic", "scale", "linear, log"),
    ],
)
def test_a_refusal_says_which_field_it_is_about_and_why(ask: Direct, query: str, field: str, said: str) -> None:
    answer = ask(f"{PATH}.json?{query}")
    assert answer.status == 422
    detail = answer.json()["detail"][0]
    assert detail["loc"] == ["query", field]
    assert said in detail["msg"]


def test_the_number_of_iterations_that_a_refusal_names_is_taken() -> None:
    with pytest.raises(Refusal) as refused:
        task("x=digit:7&iterations=500")
    possible = int(re.search(r"it may have (\d+)", str(refused.value))[1])  # type: ignore[index]
    assert task(f"x=digit:7&iterations={possible}")
    with pytest.raises(Refusal):
        task(f"x=digit:7&iterations={possible + 1}")


def test_several_wrong_fields_are_refused_at_once() -> None:
    with pytest.raises(Refusals) as refused:
        task("iterations=0&learning_rate=no")
    assert {refusal.loc for refusal in refused.value.refusals} == {("iterations",), ("learning_rate",)}


def test_what_is_too_long_for_an_address_is_posted(ask: Direct) -> None:
    posted = ask.post(f"{PATH}.json", {"x": [[1, 2, 3], [4, 5, 6], [7, 8, 9]], "y": [[5]], "iterations": 2})
    assert posted.json()["iterations"]["loss"][0] == 12.5


def test_the_chart_goes_from_the_first_loss_to_round_numbers() -> None:
    assert [nice(value) for value in (1.0, 1.1, 3.0, 7.0, 0.3)] == [1.0, 2.0, 5.0, 10.0, 0.5]
    linear = range_of([4829.0, 10.0, 0.1], is_log=False)
    assert (linear.least, linear.most) == (0.0, 6000.0)
    assert linear.ticks == [0, 2000, 4000, 6000]
    log = range_of([4829.0, 10.0, 0.1], is_log=True)
    assert (log.least, log.most) == (0.1, 10000.0)
    assert [log.height(loss) for loss in (0.1, 10000.0)] == [0, 1]


def test_a_loss_of_zero_lies_on_the_floor_of_either_chart() -> None:
    for is_log in (False, True):
        assert range_of([0.0, 0.0], is_log).height(0.0) == 0
