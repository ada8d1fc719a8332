"""Some hundred of the hostile requests, each time others; the script itself makes a hundred thousand."""

import random

import pytest

from tests.programs.hostile import MOST_MORE, ask_all

pytestmark = pytest.mark.slow


def test_hostile_requests_are_refused_in_little_memory_and_leave_no_file() -> None:
    seed = random.randrange(10**6)
    found = ask_all(600, seed)
    assert found.faults == [], f"seed {seed}"
    assert found.written == []
    assert found.more < MOST_MORE
    assert found.statuses[200] > 30
    assert found.statuses[422] > 100
