"""Many cases in one test: each is tried, and each that fails is named."""

import pytest

from tests.each import each


def test_every_case_that_fails_is_named_after_all_were_tried() -> None:
    tried = []

    @each("number", range(1, 10))
    def is_small(number: int) -> None:
        tried.append(number)
        assert number < 8

    with pytest.raises(ExceptionGroup, match="2 of 9 cases") as failed:
        is_small()
    assert tried == [*range(1, 10)]
    assert [failure.__notes__ for failure in failed.value.exceptions] == [["in the case of 8"], ["in the case of 9"]]


@each("word, length", [("one", 3), ("three", 5)])
def test_a_case_may_be_of_several_values_with_fixtures_beside_them(word: str, tmp_path: object, length: int) -> None:
    assert tmp_path is not None
    assert len(word) == length


def test_a_test_without_cases_is_refused() -> None:
    with pytest.raises(ValueError, match="no cases"):
        each("number", [])
