"""Every step written out: a result with its numbers, or what flows back over an edge: gradient × local derivative."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from app.pages.backprop import words
from app.pages.backprop.mathematics import Mathematics
from app.pages.backprop.reading import Asked
from app.pages.backprop.scenes import gradient_scene
from app.pages.backprop.steps import Steps
from app.pages.backprop.writing import name_of, numbers, written
from app.text.format import MINUS, decimals
from kernels.computation.expressions import Assignment
from kernels.computation.passes import Edge
from kernels.computation.paths import Path, paths_to
from kernels.computation.symbolic import derivative

MOST_PATHS = 4
MOST_SLOPES = 6
"""Local derivatives that are written out before their numbers."""
MOST_ENTRIES = 4
"""Numbers of a vector whose sums are written out."""
MOST_TERMS = 5
LONGEST = 60
"""Characters of a formula with numbers in it."""


@dataclass(frozen=True)
class Entry:
    """What is said of one step."""

    step: int
    title: str
    """In words."""
    lines: tuple[Markup, ...]
    scene: str = ""
    """The address of a convolution's gradient as a scene of its own."""


def ledger(asked: Asked) -> list[Entry]:
    """Every step, from the values alone on."""
    return list(Ledger(asked).entries())


class Ledger:
    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.made = asked.made
        self.steps = Steps(asked.made)
        self.write = Mathematics(asked)
        self.by_name = {assignment.name: assignment for assignment in asked.assignments}

    def entries(self) -> Iterator[Entry]:
        yield Entry(0, words.VALUES, (self.write.formula(words.VALUES_LIST.join(self.given())),))
        for step, assignment in enumerate(self.asked.assignments, 1):
            yield Entry(step, words.FORWARD.format(name=name_of(assignment.name)), (self.result(assignment),))
        loss = self.made.loss
        one = self.write.formula(self.write.slope(loss, loss), "= 1")
        yield Entry(self.steps.turn, words.TURN.format(loss=name_of(loss)), (one,))
        for step, edge in enumerate(self.made.edges, self.steps.turn + 1):
            title = words.BACKWARD.format(source=name_of(edge.source), target=name_of(edge.target))
            scene = gradient_scene(self.asked, self.by_name[edge.target], edge.source)
            yield Entry(step, title, tuple(self.flow(edge)), scene)

    def given(self) -> list[str]:
        return [f"{name_of(name)} = {numbers(value)}" for name, value in self.asked.given.items()]

    def result(self, assignment: Assignment) -> Markup:
        """y = w·x + b = 0.5·2 − 2 = −1"""
        parts = [name_of(assignment.name), written(assignment.expression)]
        filled = written(assignment.expression, self.made.values)
        value = numbers(self.made.values[assignment.name])
        parts += [filled] if len(filled) <= LONGEST and filled != value else []
        return self.write.formula(" = ".join([*parts, value]))

    def flow(self, edge: Edge) -> Iterator[Markup]:
        """The local derivative; gradient × local derivative; and where it has come all the way, the chain."""
        if edge.local.ndim:
            yield from self.flow_of_vectors(edge)
            return
        yield self.local(edge)
        yield self.product(edge)
        if self.steps.gradients[edge.source] == self.steps.backward(edge):
            yield from self.whole(edge.source)

    def local(self, edge: Edge) -> Markup:
        """∂p/∂y = p·(1 − p) = 0.269 · 0.731 = 0.197"""
        formula = derivative(self.by_name[edge.target], edge.source)
        value = decimals(float(edge.local))
        parts: list[str] = []
        for each in [] if formula is None else [written(formula), written(formula, self.made.values)]:
            if len(each) <= LONGEST and each not in (value, *parts):
                parts.append(each)
        text = "".join(f" = {each}" for each in [*parts, value])
        return self.write.formula(self.write.slope(edge.target, edge.source), text)

    def product(self, edge: Edge) -> Markup:
        """∂L/∂y = ∂L/∂p · ∂p/∂y = −3.718 · 0.197 = −0.731"""
        loss, write = self.made.loss, self.write
        is_one_of_several = len(self.made.readers[edge.source]) > 1
        left = write.joined([write.slope(loss, edge.target), write.slope(edge.target, edge.source)], "·")
        arriving = float(self.made.gradients[edge.target].reshape(()))
        numbers_ = f"= {product_of(arriving, float(edge.local))} = {decimals(float(edge.gradient))}"
        if is_one_of_several:
            return write.formula(left, numbers_)
        return write.formula(write.slope(loss, edge.source), "=", left, numbers_)

    def whole(self, name: str) -> Iterator[Markup]:
        """The gradient as the sum over all paths, each a product of local derivatives."""
        paths = paths_to(self.made, name, MOST_PATHS)
        gradient = decimals(float(self.made.gradients[name]))
        readers = self.made.readers[name]
        if len(readers) > 1:
            first, *others = (float(edge.gradient) for edge in readers)
            shares = " + ".join([decimals(first), *map(factor, others)])
            yield self.write.formula(self.write.slope(self.made.loss, name), f"= {shares} = {gradient}")
        for path in [] if paths is None else paths:
            if len(path.edges) > 2 or len(paths or ()) > 1:
                yield self.along(path, name if len(paths or ()) == 1 else "")

    def along(self, path: Path, name: str) -> Markup:
        """The product along one path; `name` where it is the only one. Of a long path the numbers alone."""
        text = f"= {product_of(*(float(edge.local) for edge in path.edges))} = {decimals(path.product)}"
        left: list[str | Markup] = [self.write.slope(self.made.loss, name)] if name else []
        if len(path.edges) > MOST_SLOPES:
            return self.write.formula(*left, text)
        slopes: list[str | Markup] = [self.write.slope(edge.target, edge.source) for edge in path.edges]
        return self.write.formula(*left, *(["="] if name else []), self.write.joined(slopes, "·"), text)

    def flow_of_vectors(self, edge: Edge) -> Iterator[Markup]:
        """Each number of the source: the sum over every number of the target that it moved, one path for each."""
        upstream = self.made.gradients[edge.target].ravel()
        local = edge.local.reshape(upstream.size, -1)
        gradient = edge.gradient.ravel()
        for at in range(min(gradient.size, MOST_ENTRIES)):
            used = np.flatnonzero(local[:, at])
            terms = [product_of(float(upstream[each]), float(local[each, at])) for each in used[:MOST_TERMS]]
            terms = [*terms[:1], *(f"({term})" if term.startswith(MINUS) else term for term in terms[1:])]
            terms += ["…"] if len(used) > MOST_TERMS else []
            index = f"[{at}]" if edge.gradient.ndim else ""
            text = " = ".join([*([" + ".join(terms)] if terms else []), decimals(float(gradient[at]))])
            slope = self.write.slope(self.made.loss, edge.source)
            yield self.write.formula(slope, f"{index} = {text}")
        if gradient.size > MOST_ENTRIES:
            yield self.write.formula("…")


def product_of(first: float, *others: float) -> str:
    """−3.718 · 0.197 · 2"""
    return " · ".join([decimals(first), *map(factor, others)])


def factor(value: float) -> str:
    """A number behind a sign: a negative one in brackets."""
    text = decimals(value)
    return f"({text})" if text.startswith(MINUS) else text
