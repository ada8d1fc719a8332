"""One test for many like cases: for pytest a test costs more than most of these cases do."""

import functools
import inspect
import reprlib
from collections.abc import Callable, Iterable
from typing import Any

SHOWN = 5
"""So many failing cases are shown whole; of the others, how many there are."""


def each(names: str, cases: Iterable[Any], name: Callable[[Any], str] = reprlib.repr) -> Callable[..., Any]:
    """Like `pytest.mark.parametrize`, but one test: it tries every case, and names those that fail."""
    arguments = names.replace(" ", "").split(",")
    tried = list(cases)
    if not tried:
        raise ValueError("no cases, so the test would show nothing")

    def decorated(test: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(test)
        def every(**fixtures: Any) -> None:
            failures = []
            for case in tried:
                values = case if len(arguments) > 1 else [case]
                try:
                    test(**fixtures, **dict(zip(arguments, values, strict=True)))
                except Exception as failure:
                    failure.add_note(f"in the case of {name(case)}")
                    failures.append(failure)
            if failures:
                raise ExceptionGroup(f"{len(failures)} of {len(tried)} cases", failures[:SHOWN])

        # What is left are fixtures, which pytest finds by the signature.
        signature = inspect.signature(test)
        fixtures = [parameter for name, parameter in signature.parameters.items() if name not in arguments]
        every.__signature__ = signature.replace(parameters=fixtures)  # type: ignore[attr-defined]
        return every

    return decorated
