"""What holds for every scene that solves the relation backwards, or reads it as a matrix, whatever it is asked for.

Poolings have more to hold, and tests of their own.
"""

from itertools import pairwise

import numpy as np
from hypothesis import assume, given, settings
from numpy.testing import assert_allclose, assert_array_equal

from app.stream.document import document
from app.views.table import view_of
from tests.app.pools import Raw, scene_at, scene_or_none
from tests.app.solved import WEIGHED, by_relation, scenes


@settings(max_examples=500, deadline=None)
@given(scenes())
def test_the_link_means_the_same_scene_and_is_its_own_link(drawn: tuple[str, Raw]) -> None:
    scene = scene_or_none(*drawn)
    assume(scene is not None)
    assert scene is not None
    again = scene_at(scene.address())
    assert again.address() == scene.address()
    assert document(view_of(again)) == document(view_of(scene))


@settings(max_examples=120, deadline=None)
@given(scenes(WEIGHED))
def test_the_tables_of_what_is_read_say_the_same_numbers(drawn: tuple[str, Raw]) -> None:
    scene = scene_or_none(*drawn)
    assume(scene is not None)
    assert scene is not None
    assert_allclose(scene.results, by_relation(scene), rtol=1e-9, atol=1e-9)


@settings(max_examples=300, deadline=None)
@given(scenes())
def test_the_steps_are_the_whole_answer_however_they_are_cut(drawn: tuple[str, Raw]) -> None:
    scene = scene_or_none(*drawn)
    assume(scene is not None)
    assert scene is not None
    cuts = [0, scene.layer.outputs // 3, scene.layer.outputs // 2, scene.layer.outputs]
    traces = [scene.trace(start, stop) for start, stop in pairwise(cuts)]
    assert_array_equal(np.concatenate([trace.y for trace in traces]), scene.y.ravel())
    assert all(len(trace.channel_sums) == len(scene.layer.relation.feeds[0]) for trace in traces)
