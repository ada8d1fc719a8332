"""A network that learns, through the web: its addresses, its numbers, its stream, its scenes, and what it refuses."""

import re
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from starlette.testclient import TestClient

from app.address.query import read_address
from app.address.refusal import Refusal, Refusals
from app.main import create_app
from app.pages.train.fields import MOST_STEPS
from app.pages.train.nearest import nearest
from app.pages.train.scene import checkpoint_at
from app.pages.train.shipped import FOLDER, shipped, shipped_run
from app.pages.train.showing import ON_WALL, answer, most_confused, showing
from app.pages.train.signs import learned_sides, opening, sides
from app.pages.train.task import PATH, Task, read_task
from app.settings import Limits
from app.training.pool import Pool
from kernels.batched import cross_entropy
from kernels.mnist import held_out, training
from kernels.training import Trainer
from tests.app.direct import Direct
from tests.app.events import events_of
from tests.app.markup import elements

SMALL = "layers=conv(5,3,stride=2);relu;maxpool(2);flatten;linear(10)&batch=8"


def task(query: str = "") -> Task:
    return read_task(read_address(query.encode()), Limits())


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("", "/train"),
        ("learning_rate=0.10&steps=600&augment=none&dropout=0&momentum=0&init=1&sample=7&schedule=constant", "/train"),
        ("augment=rotate,move", "/train?augment=move,rotate"),
        ("augment=all", "/train?augment=move,rotate,scale,brightness,noise"),
        ("schedule=1/k&seed=007", "/train?seed=7&schedule=1/k"),
        ("layers=conv( 5, 10 );relu;maxpool(2);conv(5,16);relu;maxpool(2);flatten;linear(10)", "/train"),
        ("layers=flatten;dropout;linear(10)&dropout=0.5", "/train?layers=flatten;dropout;linear(10)"),
        ("dropout=0.5&digits=100&step=40", "/train?dropout=0.5&digits=100&step=40"),
        ("channel=0&layer=1&sample=7", "/train"),
        ("channel=3&layer=4&step=40", "/train?step=40&layer=4&channel=3"),
        ("learning_rate=1&against=%2Ftrain", "/train?learning_rate=1&against=/train"),
    ],
)
def test_the_canonical_address_leaves_out_what_is_usual_and_reads_back(query: str, address: str) -> None:
    assert task(query).address() == address
    assert task(address.partition("?")[2]).address() == address


def test_where_a_page_opens_is_no_part_of_the_run() -> None:
    assert task("step=40&sample=3&layer=4&channel=2&against=/train").key == "/train"


def test_a_graph_with_names_is_read_as_elsewhere_and_learns() -> None:
    named = task("layers=a=conv(5,4,stride=2);b=conv(3,4,padding=1)(a);add(a,b);flatten;linear(10)&batch=4&dropout=0.5")
    assert [layer.node.sources for layer in named.network.layers] == [(-1,), (0,), (0, 1), (2,), (3,), (4,)]
    assert [layer.layer.kind for layer in named.network.layers][-2:] == ["dropout", "linear"]
    trainer = Trainer(named.network, named.settings, training())
    losses = []
    for _ in range(12):
        outcome = trainer.look()
        trainer.descend(outcome.gradients)
        losses.append(outcome.loss)
    assert np.isfinite(losses).all()


def test_a_dropout_stands_where_it_is_named_or_before_the_last_layer() -> None:
    kinds = [layer.layer.kind for layer in task("dropout=0.5").network.layers]
    assert kinds[-2:] == ["dropout", "linear"]
    named = task("layers=dropout;flatten;linear(10)")
    assert [layer.layer.kind for layer in named.network.layers] == ["dropout", "flatten", "linear"]
    assert named.settings.dropout == 0.5


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("steps=20000", "steps", "644.0 billion more than the 150.0 billion that one run may take, 5.3 times as many"),
        ("steps=20000", "steps", "With 3,428 steps it fits."),
        ("batch=512&layers=conv(15,64,padding=7);relu;maxpool(4);flatten;linear(10)", "steps", "With"),
        (f"steps={MOST_STEPS + 1}", "steps", "may be at most"),
        ("digits=5", "digits", "at least 10"),
        ("digits=8501", "digits", "at most 8500"),
        ("learning_rate=fast", "learning_rate", "must be a number such as 0.1"),
        ("augment=move,flip", "augment", "“flip” is not one of them"),
        ("schedule=cosine", "schedule", "constant, steps, 1/k"),
        ("dropout=1", "dropout", "at most 0.95 here, but it is 1."),
        ("momentum=-0.5", "momentum", "at least 0, but it is −0.5."),
        ("layers=flatten;linear(12)", "layers", "must give ten scores"),
        ("layers=conv(5,10)", "layers", "but it gives 10×24×24"),
        ("layers=conv(5,10);batchnorm;flatten;linear(10)", "layers", "“batchnorm” does not learn here"),
        ("layers=conv(40,2);flatten;linear(10)", "layers", "covers 40 cells, but its input has only 28"),
        ("layers=flatten;linear(1000);linear(10)", "layers", "595,010 more than the 200,000"),
        ("layers=maxpool(28);conv(1,64);conv(1,64);flatten", "layers", "ten scores"),
        (
            "layers=conv(3,60,padding=1);conv(3,60,padding=1);globalpool;flatten;linear(10)",
            "layers",
            "more than the 24",
        ),
        ("layers=conv(5,4);linear(5);flatten;linear(10)", "layers", "needs a list of numbers"),
        ("layers=conv(5,4);maxpool(3,ceil_mode=true);flatten;linear(10)", "layers", "not learned with here"),
        ("layers=a=conv(5,4);globalpool;mul(a,);flatten;linear(10)", "layers", ""),
        ("layers=relu", "layers", "Nothing in this stack learns"),
        ("step=601", "step", "from 0 to 600"),
        ("layer=2", "layer", "one of 1, 4, the layers of this network that have filters, but “2” is not"),
        ("layer=" + 30 * "1", "layer", "the place of a layer, such as 4"),
        ("layer=4&channel=10", "channel", "from 0 to 9, as the filters of layer 4 read"),
        ("channel=1", "channel", "from 0 to 0"),
        ("against=/learn", "against", "“/learn” is not one"),
        ("against=/train%3Fdigits=1", "against", "at least 10"),
        ("learn_rate=1", "learn_rate", "Did you mean “learning_rate”?"),
    ],
)
def test_what_cannot_be_trained_is_refused_before_it_starts(query: str, field: str, said: str) -> None:
    with pytest.raises((Refusal, Refusals)) as caught:
        task(query)
    error = caught.value
    (refusal, *_) = error.refusals if isinstance(error, Refusals) else (error,)
    assert refusal.loc[:1] == (field,)
    assert said in str(refusal)


def test_a_refused_run_answers_with_the_field_and_the_form_kept(ask: Direct) -> None:
    answer = ask(f"{PATH}.json?steps=20000")
    assert (answer.status, answer.json()["detail"][0]["loc"]) == (422, ["query", "steps"])
    page = ask(f"{PATH}?steps=20000&digits=100")
    assert page.status == 422
    assert ">20000</textarea>" in page.text or 'value="20000"' in page.text
    assert "billion" in page.text


def test_the_json_has_an_object_for_each_step(ask: Direct) -> None:
    body = ask(f"{PATH}.json?{SMALL}&steps=7").json()
    history = body["history"]
    assert [each["step"] for each in history] == [1, 2, 3, 4, 5, 6, 7]
    assert set(history[0]) == {"step", "loss", "accuracy", "held_out"}
    assert all(0 <= each["accuracy"] <= 1 for each in history)
    assert 0 <= history[-1]["held_out"] <= 1
    assert body["parameters"]["learning_rate"] == 0.1
    assert body["diverged"] is False


def test_the_stream_tells_what_the_json_tells_with_every_checkpoint(ask: Direct) -> None:
    history = ask(f"{PATH}.json?{SMALL}&steps=9").json()["history"]
    events = events_of(ask(f"{PATH}.events?{SMALL}&steps=9").body)
    assert [events[0][0], events[-1]] == ["run", ("end", {"steps": 9, "diverged": False})]
    steps = [data for name, data in events if name == "steps"]
    for name in ("loss", "accuracy", "held_out"):
        assert [value for batch in steps for value in batch[name]] == [each[name] for each in history]
    points = [data for name, data in events if name == "checkpoint"]
    assert [point["step"] for point in points] == [0, 1, 2, 3, 4, 5, 6, 8, 9]
    assert points[-1]["held_out"] == pytest.approx(history[-1]["held_out"])
    assert sum(points[0]["table"]) == 1500


def test_a_stream_that_broke_goes_on_from_its_last_step(ask: Direct) -> None:
    ask(f"{PATH}.json?{SMALL}&steps=9")
    events = events_of(ask(f"{PATH}.events?{SMALL}&steps=9", headers={"last-event-id": "6"}).body)
    assert next(data["start"] for name, data in events if name == "steps") == 7
    assert [data["step"] for name, data in events if name == "checkpoint"] == [6, 8, 9]


def test_a_stream_of_a_run_that_is_not_there_yet_is_the_same_as_later(fresh: Direct) -> None:
    query = f"{PATH}.events?{SMALL}&steps=5&seed=11"
    live, kept = (
        [event for event in events_of(fresh(query).body) if event[0] not in ("queue", "steps")] for _ in range(2)
    )
    assert live == kept


def test_who_leaves_lets_the_run_end(fresh: Direct) -> None:
    messages = fresh.leave(f"{PATH}.events?seed=77", after=3)
    assert messages
    pool: Pool = fresh.app.state.training  # type: ignore[attr-defined]
    assert all(not run.watchers for run in (*pool.running.values(), *pool.waiting))


def test_a_pool_that_is_full_says_when_to_try_again(fresh: Direct, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.training.pool.MOST_WAITING", 0)
    for extension in (".json", ".events"):
        answer = fresh(f"{PATH}{extension}?{SMALL}&seed=5")
        assert (answer.status, answer.headers["retry-after"]) == (503, "30")
    assert fresh(f"{PATH}.json").status == 200  # what is shipped needs no pool


class TestShipped:
    def test_twelve_runs_are_shipped_in_five_megabytes(self) -> None:
        files = [each.file for each in shipped().values()]
        assert len(files) == 12
        assert sum(file.stat().st_size for file in files) <= 5_000_000
        assert sorted(files) == sorted(FOLDER.glob("*.npz"))

    def test_every_button_of_every_shipped_page_leads_to_a_shipped_run(self, ask: Direct) -> None:
        for key in shipped():
            links = [e.get("href") for e in elements(ask(key).text) if e.tag == "a"]
            runs = [link for link in links if re.fullmatch(r"/train(\?.*)?", link)]
            assert len(runs) > 20
            for link in runs:
                asked = task(link.partition("?")[2])
                assert asked.key in shipped()
                assert asked.rival is None or asked.rival.key in shipped()

    @pytest.mark.slow
    @pytest.mark.parametrize("key", shipped())
    def test_a_shipped_run_begins_as_one_that_is_trained_now(self, key: str) -> None:
        each = shipped()[key]
        trainer = Trainer(each.task.network, each.task.settings, training())
        for step in shipped_run(key).steps[:2]:
            outcome = trainer.look()
            trainer.descend(outcome.gradients)
            assert outcome.loss == pytest.approx(step.loss, abs=1e-4)

    @pytest.mark.parametrize("key", shipped())
    def test_a_shipped_run_is_whole(self, key: str) -> None:
        run, labels = shipped_run(key), held_out().labels
        assert len(run.steps) == run.settings.steps
        measured = {step.step: step.held_out for step in run.steps if step.held_out is not None}
        for point in run.checkpoints[1:]:
            assert measured[point.step] == pytest.approx((point.answers == labels).mean())
        assert run.steps[-1].held_out is not None

    def test_the_run_that_the_page_opens_with_goes_from_chance_to_95_percent(self) -> None:
        run = shipped_run(PATH)
        assert run.steps[0].loss == pytest.approx(np.log(10), abs=0.05)
        assert (run.checkpoints[0].answers == held_out().labels).mean() < 0.2
        assert (run.steps[-1].held_out or 0) >= 0.95

    def test_the_runs_show_what_they_say(self) -> None:
        at_end = {each.id: shipped_run(key).steps[-1] for key, each in shipped().items()}
        known = {name: step.held_out or 0.0 for name, step in at_end.items()}
        assert known["rate-10"] < 0.2
        assert known["rate-tenth"] < known["momentum"] < known["usual"]
        assert at_end["digits-100"].accuracy == 1
        assert known["digits-100"] < known["digits-100-dropout"] < known["digits-100-augmented"]
        assert known["digits-100"] < known["digits-100-decay"]
        assert known["plain-deep"] < 0.2 < 0.9 < known["residual-deep"]


class TestPage:
    def test_a_page_without_scripts_shows_the_last_checkpoint_and_both_curves(self, ask: Direct) -> None:
        html = ask(PATH).text
        assert "step 600 of 600" in html
        assert "96.2" in html
        assert html.count('class="filter tap"') == 10
        (loss,) = (e for e in elements(html) if e.get("data-line") == "loss")
        assert len(loss.get("points").split()) == 600

    def test_a_link_opens_at_its_step_and_its_digit(self, ask: Direct) -> None:
        html = ask(f"{PATH}?step=45&sample=3").text
        assert "step 40 of 600" in html
        assert re.search(r'aria-label="A handwritten 3" aria-current="true"', html)

    def test_the_run_behind_is_drawn_as_a_ghost(self, ask: Direct) -> None:
        html = ask(f"{PATH}?learning_rate=1&against=/train").text
        assert html.count("data-ghost=") == 3
        assert "Learning rate: 0.1" in html

    def test_a_run_that_nobody_has_trained_offers_its_numbers_and_the_nearest(self, ask: Direct) -> None:
        html = ask(f"{PATH}?digits=90").text
        assert "/train.json?digits=90" in html
        assert 'href="/train?digits=100"' in html

    def test_a_page_says_more_once_its_run_is_trained(self, fresh: Direct) -> None:
        address = f"{PATH}?{SMALL}&steps=3&seed=31"
        assert "Nobody has trained this run yet" in fresh(address).text
        assert fresh(address.replace(PATH, f"{PATH}.json")).status == 200
        html = fresh(address).text
        assert "step 3 of 3" in html
        assert "Nobody has trained this run yet" not in html

    def test_why_there_are_three_sets_is_said_with_the_runs_own_numbers(self, ask: Direct) -> None:
        html = ask(f"{PATH}?digits=100").text
        assert "This run learns from 100 digits, and 100.0\u202f% of those in its last batches were right" in html
        assert "it knows 80.0\u202f% of them" in html
        right = shipped_run(task("digits=100").key).checkpoints[-1].answers == held_out().labels
        first, second = (f"{100 * half.mean():.1f}\u202f%" for half in (right[:750], right[750:]))
        assert f"the first 750 of those held out, where it knows {first}, and report the other 750" in html
        assert f"where it knows {second}." in html

    def test_the_run_behind_says_what_it_knows_and_how_large_its_gradients_are(self, ask: Direct) -> None:
        deep = next(each for each in shipped().values() if each.id == "residual-deep")
        html = ask(deep.address.replace(PATH, f"{PATH}?step=600&", 1).replace("&?", "&")).text
        assert "10.0\u202f%" in next(e.text for e in elements(html) if "data-now-behind" in e.attributes)
        found = [e for e in elements(html) if "data-gradient-bar" in e.attributes]
        assert len(found) == 14
        heights = [float(bar.get("height")) for bar in found]
        lines = [e.get("d") for e in elements(html) if "data-gradient-behind" in e.attributes]
        behind = [92 - float(re.match(r"M\S+ (\S+)h", line)[1]) for line in lines]  # type: ignore[index]
        assert heights[0] > 50 > 5 > behind[0]
        assert heights[-1] > behind[-1] > 20


@cache
def at_forty() -> Any:
    asked = task("step=40")
    return asked, checkpoint_at(shipped_run(PATH), 40)


def test_the_gradient_of_a_weight_opens_as_a_scene_and_is_the_networks_own(ask: Direct) -> None:
    asked, point = at_forty()
    forward = answer(asked, point)
    _, of_scores = cross_entropy(forward.scores, np.array([7]))
    expected = forward.gradients(of_scores)[0]["1.w"][3, 0]
    opened = ask(f"{PATH}/scene/gradient?filter=3&weight=7&step=40")
    assert "of=train.gradient.1.3.0" in opened.headers["location"]
    assert opened.status == 303
    assert opened.headers["location"].endswith("step=7")
    scene = ask(opened.headers["location"].replace("conv2d_weight?", "conv2d_weight.json?")).json()
    assert_allclose(np.array(scene["y"]["values"])[0, 0], expected, atol=1e-5)


def test_a_filter_opens_as_a_scene_and_answers_as_in_the_network(ask: Direct) -> None:
    asked, point = at_forty()
    expected = showing(asked, point).maps[0].values[3]
    location = ask(f"{PATH}/scene/filter?filter=3&step=40").headers["location"]
    scene = ask(location.replace("conv2d?", "conv2d.json?")).json()
    assert_allclose(np.array(scene["a"]["values"])[0], expected, atol=1e-4)


GROUPED = (
    "layers=conv(5,4,stride=2);relu;conv(3,8,groups=2,padding=1);relu;residual(conv(3,8,padding=1));flatten;linear(10)"
    "&batch=4&steps=3"
)


@pytest.mark.parametrize(
    ("run", "place", "filter", "channel", "read"),
    [("", "4", 5, 7, 7), (GROUPED, "3", 6, 1, 3), (GROUPED, "5.1.1", 2, 4, 4)],
)
def test_every_convolution_opens_a_channel_of_its_filters_and_their_gradient(
    ask: Direct, run: str, place: str, filter: int, channel: int, read: int
) -> None:
    ask(f"{PATH}.json?{run}")
    asked = task(run)
    points = [data for name, data in events_of(ask(f"{PATH}.events?{run}&layer={place}").body) if name == "checkpoint"]
    of = f"{run}&step={points[-1]['step']}&layer={place}&channel={channel}&filter={filter}&weight=2"
    scenes = {}
    for kind, operation in (("filter", "conv2d"), ("gradient", "conv2d_weight")):
        location = ask(f"{PATH}/scene/{kind}?{of}").headers["location"]
        assert f"of=train.{kind}.{place}.{filter}.{channel}" in location
        scenes[kind] = ask(location.replace(f"{operation}?", f"{operation}.json?")).json()
    run_there = shipped_run(PATH) if not run else ask.app.state.training.finished[asked.key]  # type: ignore[attr-defined]
    forward = answer(asked, run_there.checkpoints[-1])
    _, of_scores = cross_entropy(forward.scores, np.array([7]))
    gradient = forward.gradients(of_scores)[0][f"{place}.w"][filter, channel]
    assert_allclose(np.array(scenes["gradient"]["y"]["values"])[0, 0], gradient, atol=1e-5)
    layer = next(each for each in asked.network.layers if each.place == place)
    assert_allclose(scenes["filter"]["x"]["values"][0], forward.outputs[layer.node.sources[0]][read, ..., 0], atol=1e-6)
    shown = points[-1]["filters"]
    assert shown["shape"][1] == layer.inputs[0][0] // layer.layer.groups
    w = run_there.checkpoints[-1].weights[f"{place}.w"][filter, channel].astype(float)
    assert_allclose(np.array(scenes["filter"]["w"]["values"])[0, 0], w, atol=1e-7)


def test_maps_that_no_address_can_carry_are_refused(ask: Direct) -> None:
    wide = "layers=conv(3,2,padding=1);sigmoid;conv(3,2,padding=1);flatten;linear(10)&batch=2&steps=1"
    ask(f"{PATH}.json?{wide}")
    refused = ask(f"{PATH}/scene/gradient?{wide}&layer=3", headers={"accept": "application/json"})
    assert refused.status == 422
    assert "too large for an address" in refused.text
    assert ask(f"{PATH}/scene/gradient?{wide}").status == 303


def test_the_page_shows_the_filters_of_a_layer_one_channel_at_a_time(ask: Direct) -> None:
    html = ask(f"{PATH}?layer=4&channel=3&step=40").text
    assert html.count('class="filter tap"') == 16
    assert "channel 3 of 0–9" in html
    links = [e.get("href") for e in elements(html) if e.get("class") == "step" and e.tag == "a"]
    assert links == ["/train?step=40", "/train?step=40&layer=4&channel=2", "/train?step=40&layer=4&channel=4"]


def test_a_scene_says_whose_filter_it_is(ask: Direct) -> None:
    assert "Filter 3 of layer 3.1.1 for channel 2, while it learns" in ask("/conv2d?of=train.filter.3.1.1.3.2").text
    for wrong in ("train.filter.3.2", "train.loss.4.3.2", "train.filter.4.3.x", "train.filter.4.3.12345"):
        assert ask(f"/conv2d?of={wrong}").status == 422


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("filter?filter=10", 422),
        ("filter?filter=x", 422),
        ("gradient?weight=25", 422),
        ("loss", 404),
        ("filter?digits=99", 422),
        ("filter?layers=flatten;linear(10)", 422),
    ],
)
def test_a_scene_that_is_not_there_is_refused(ask: Direct, query: str, status: int) -> None:
    assert ask(f"{PATH}/scene/{query}").status == status


def test_the_wall_and_the_table_count_the_same_mistakes() -> None:
    asked, point = at_forty()
    shown = showing(asked, point)
    labels = held_out().labels
    assert shown.table.sum() == 1500
    assert shown.known == (point.answers == labels).sum()
    assert all(labels[i] == true != read == point.answers[i] for i, (true, read) in shown.wrong.items())
    assert len(shown.wrong) == (point.answers[:ON_WALL] != labels[:ON_WALL]).sum()
    (true, read, often), *_ = most_confused(shown.table, 3)
    assert often == shown.table[true, read] == max(shown.table[a, b] for a in range(10) for b in range(10) if a != b)


def test_the_wall_is_one_picture_of_three_hundred_digits(ask: Direct) -> None:
    picture = ask(f"{PATH}/digits.png")
    assert picture.body[:8] == b"\x89PNG\r\n\x1a\n"
    assert picture.body[16:24] == (840).to_bytes(4, "big") + (280).to_bytes(4, "big")


def test_the_nearest_run_is_like_the_one_that_waits() -> None:
    pool = Pool(1, 0)
    assert nearest(task("digits=120&dropout=0.4"), pool)["address"] == task("digits=100&dropout=0.5").key
    assert nearest(task("learning_rate=0.8"), pool)["address"] == task("learning_rate=1").key
    assert nearest(task("seed=5"), pool)["address"] == PATH


def test_every_first_layer_has_pictures(ask: Direct) -> None:
    for layers in ("flatten;linear(10)", "relu;flatten;linear(10)", "maxpool(3);flatten;linear(8);relu;linear(10)"):
        events = events_of(ask(f"{PATH}.events?layers={layers}&steps=2&batch=4").body)
        assert next(data["filters"]["shape"][0] for name, data in events if name == "checkpoint") >= 8
        assert ask(f"{PATH}?layers={layers}&steps=2&batch=4").status == 200
    asked = task("layers=flatten;linear(10)")
    assert replace(asked.settings, steps=1).stack == asked.stack


class TestSigns:
    def test_the_signs_that_the_page_opens_with_come_with_what_was_learned(self, ask: Direct) -> None:
        for shipped_side, side in zip(sides(opening()), learned_sides(opening()), strict=True):
            assert shipped_side.loss == pytest.approx(side.loss, abs=1e-3)
            assert (shipped_side.learning, shipped_side.known) == (side.learning, pytest.approx(side.known, abs=0.02))
        body = ask("/train/signs.json").json()
        assert body["locked"]["known"] > body["from_nothing"]["known"]
        assert body["locked"]["learning"] == 802

    def test_what_a_reader_draws_is_learned(self, ask: Direct) -> None:
        lines = {"a": (slice(5, 23), slice(13, 15)), "b": (slice(13, 15), slice(5, 23))}
        drawn = {name: np.zeros((2, 28, 28)) for name in lines}
        for name, place in lines.items():
            drawn[name][:, *place] = 255
        answer = ask.post(
            "/train/signs.json", {**{n: v.tolist() for n, v in drawn.items()}, "x": drawn["b"][0].tolist()}
        )
        body = answer.json()
        assert body["copies"] == 40
        for side in ("locked", "from_nothing"):
            assert len(body[side]["loss"]) == 60
            assert body[side]["probabilities"][1] > 0.5

    @pytest.mark.parametrize(
        ("body", "field", "said"),
        [
            ({"a": "zeros:28x28"}, "b", "two signs are needed"),
            ({"a": "zeros:28x28", "b": "zeros:27x28"}, "b", "1×27×28"),
            ({"a": "zeros:9x28x28", "b": "zeros:28x28"}, "a", "at most 6,272"),
            ({"a": "zeros:28x28!0.0:300", "b": "zeros:28x28"}, "a", "0 (paper) to 255"),
            ({"a": "zeros:28x28", "b": "zeros:28x28", "x": "zeros:2x28x28"}, "x", "up to 1 drawings"),
            ({"c": "1"}, "c", "not a parameter"),
        ],
    )
    def test_what_is_no_drawing_is_refused(self, ask: Direct, body: dict[str, str], field: str, said: str) -> None:
        answer = ask.post("/train/signs.json", body)
        assert answer.status == 422
        (detail,) = answer.json()["detail"]
        assert detail["loc"][1] == field
        assert said in detail["msg"]

    def test_the_page_stands_without_scripts(self, ask: Direct) -> None:
        html = ask("/train/signs").text
        assert html.count('data-pad="a"') == html.count('data-pad="b"') == 5
        assert "100\u202f%" in html


@pytest.mark.slow
def test_the_processes_end_with_the_server() -> None:
    app = create_app()
    with TestClient(app) as client:
        assert client.get(f"{PATH}.json?{SMALL}&steps=2&seed=21").status_code == 200
        process = app.state.training.processes[0].child.process
        assert process.poll() is None
    assert process.wait(timeout=30) != 0
