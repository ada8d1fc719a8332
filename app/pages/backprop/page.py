"""The page of a graph: complete without scripts, at its end or at the step that the link names."""

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from app.pages.backprop import words
from app.pages.backprop.drawing import CROWDED, picture
from app.pages.backprop.ledger import Entry, ledger
from app.pages.backprop.reading import PATH, Array, Asked, spell_value
from app.pages.backprop.scenes import Scene, scene_of, scenes
from app.pages.backprop.steps import Steps
from app.pages.backprop.writing import name_of, numbers
from app.pages.controls import Choice, Field
from app.pages.templates import render
from app.text.format import decimals
from kernels.computation.operations import FUNCTIONS
from kernels.computation.passes import Pass, Unfit, run

MOST_PREVIEWED = 3
"""Values that the button for one step announces."""


@dataclass(frozen=True)
class Question:
    """What is asked before a gradient is shown."""

    step: int
    """The step that shows it."""
    text: str
    answer: float
    hint: str


@dataclass(frozen=True)
class BackpropPage:
    """What the template receives."""

    asked: Asked
    lead: str
    wide: Markup
    tall: Markup
    is_crowded: bool
    ledger: list[Entry]
    step: int
    last: int
    turn: int
    is_intro: bool
    """Whether it plays by itself: a ready graph as it is offered, with no step in the link."""
    scenes: list[Choice]
    scales: list[Choice]
    outcome: str
    """What a changed value did to the loss, and what its gradient had said."""
    one_step: Choice
    reset: str
    """The address of the ready graph with its own values; empty for a graph of one's own."""
    question: Question | None
    fields: list[Field]
    graph: str
    rate: str
    was: str


def backprop_page(asked: Asked) -> str:
    steps = Steps(asked.made)
    scene = scene_of(asked)
    step = steps.last if asked.step is None else asked.step
    page = BackpropPage(
        asked=asked,
        lead=scene.shows if scene else words.OWN,
        wide=picture(asked, step, is_wide=True),
        tall=picture(asked, step, is_wide=False),
        is_crowded=len(asked.assignments) > CROWDED,
        ledger=ledger(asked),
        step=step,
        last=steps.last,
        turn=steps.turn,
        is_intro=scene is not None and asked.address() == scene.address,
        scenes=[Choice(each.title, each.address, each is scene) for each in scenes()],
        scales=scale_chips(scene, asked),
        outcome=outcome(asked),
        one_step=one_step(asked),
        reset=scene.address if scene else "",
        question=question(asked, steps),
        fields=[Field(name, name_of(name), spell_value(value), "") for name, value in asked.given.items()],
        graph="" if asked.is_default else asked.text,
        rate=asked.spelled.get("rate", "1"),
        was=asked.spelled.get("was", ""),
    )
    return render(
        "backprop.html", title=words.TITLE, page=page, said=words, here=PATH, path=PATH, functions=", ".join(FUNCTIONS)
    )


def scale_chips(scene: Scene | None, asked: Asked) -> list[Choice]:
    if scene is None:
        return []
    chips = [(weight, scene.scaled(weight)) for weight in scene.scale]
    return [Choice(weight, address, asked.address() == address) for weight, address in chips]


def question(asked: Asked, steps: Steps) -> Question | None:
    """The first gradient of something learned is asked for: all that is needed has been shown by then."""
    for edge in asked.made.edges:
        is_learned = edge.source in asked.given and not asked.is_data(edge.source)
        is_plain = not edge.local.ndim and len(asked.made.readers[edge.source]) == 1
        if is_learned and is_plain:
            said = {
                "loss": name_of(asked.made.loss),
                "source": name_of(edge.source),
                "target": name_of(edge.target),
                "arriving": decimals(float(asked.made.gradients[edge.target])),
                "local": decimals(float(edge.local)),
            }
            answer = float(edge.gradient)
            return Question(steps.backward(edge), words.QUESTION.format(**said), answer, words.HINT.format(**said))
    return None


def outcome(asked: Asked) -> str:
    """What the change of a value did to the loss, beside what its gradient had said before."""
    if asked.was is None:
        return ""
    name, before = asked.was
    try:
        old = run(asked.assignments, {**asked.given, name: before})
    except Unfit:
        return ""
    change = asked.given[name] - before
    if not change.any():
        return ""
    said = float(np.sum(old.gradients[name] * change))
    moved = loss_of(asked.made) - loss_of(old)
    return words.OUTCOME.format(
        name=name_of(name),
        before=numbers(before),
        after=numbers(asked.given[name]),
        loss=name_of(asked.made.loss),
        direction=words.DIRECTIONS[int(np.sign(moved))],
        moved=decimals(abs(moved)),
        said=decimals(abs(said)) if np.sign(said) == np.sign(moved) else decimals(said),
    )


def one_step(asked: Asked) -> Choice:
    """The address with every weight moved against its gradient; the note says what comes of it."""
    values = {name: stepped(asked, name) for name in asked.given if is_learned(asked, name)}
    label = words.ONE_STEP.format(rate=decimals(asked.rate))
    if not values:
        return Choice(label, None, note=words.NOTHING_LEARNED)
    try:
        made = run(asked.assignments, {**asked.given, **values})
    except Unfit:
        return Choice(label, None, note=words.TOO_FAR)
    changes = [f"{name_of(name)} = {numbers(value)}" for name, value in list(values.items())[:MOST_PREVIEWED]]
    note = ", ".join([*changes, *(["…"] if len(values) > MOST_PREVIEWED else []), loss_said(made)])
    return Choice(label, asked.with_values(values).address(), note=note)


def stepped(asked: Asked, name: str) -> Array:
    moved: Array = asked.given[name] - asked.rate * asked.made.gradients[name] + 0.0
    return moved


def is_learned(asked: Asked, name: str) -> bool:
    return not asked.is_data(name) and bool(asked.made.readers[name])


def loss_of(made: Pass) -> float:
    return float(made.values[made.loss].reshape(()))


def loss_said(made: Pass) -> str:
    return f"{name_of(made.loss)} = {decimals(loss_of(made))}"
