"""The checks of the project in one command.

    python -m tests                 all of them
    python -m tests fast            in less than 90 seconds: no browser or other program, no drawn examples, nothing
                                    that is marked slow
    python -m tests WORDS…          the words are handed to pytest

All parts run, also after one has failed, and pytest comes last.
"""

import os
import subprocess
import sys
from collections.abc import Sequence

from tests import machine
from tests.program import ROOT

PYTHON_CHECKS = {
    "ruff check": ["-m", "ruff", "check"],
    "ruff format": ["-m", "ruff", "format", "--check"],
    "mypy": ["-m", "mypy", "--strict", "app", "kernels"],
    "import contracts": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
}
"""What Python is asked to run for each."""

PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadscope", "-rs"]
"""Over two processes, a class or module at a time: a module's server and pages are made once. At
the end, what was left out is named, and why."""

WITHOUT_BROWSER = ["--ignore=tests/browser"]
FAST = [*WITHOUT_BROWSER, "-p", "no:playwright", "--ignore=tests/programs", "-m", "not slow and not hypothesis"]
"""Hypothesis marks its own tests: their drawn examples take half of the time. Nor are other programs started."""


def main(words: Sequence[str]) -> int:
    failed = [name for name, command in PYTHON_CHECKS.items() if not passes(name, [sys.executable, *command])]
    if not javascript_passes():
        failed.append("node --test")
    is_fast = list(words) == ["fast"]
    # Each of pytest's processes has a core; with a thread for each core of their own, both would wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if machine.CHROMIUM is None and not is_fast:
        print(f"== {machine.NO_CHROMIUM}", flush=True)
    for program in [] if is_fast else machine.without():
        print(f"== {machine.left_out(program)}", flush=True)
    # The browser has an event loop of its own, beside which the other tests could not run theirs.
    if not words and not passes("pytest", [*PYTEST, *WITHOUT_BROWSER]):
        failed.append("pytest without the browser")
    os.environ["CONVSCOPE_FAILED_CHECKS"] = ",".join(failed)  # For the last lines, which are pytest's.
    pytest_passes = passes("pytest", [*PYTEST, *(FAST if is_fast else words or ["tests/browser"])])
    return 0 if pytest_passes and not failed else 1


def javascript_passes() -> bool:
    if machine.NODE is None:
        print(f"== {machine.NO_NODE}", flush=True)
        return not machine.EVERYTHING_IS_REQUIRED
    # Named one by one: Node 20 takes a folder here, Node 22 a pattern, and both take files.
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "js").rglob("*.test.js"))
    if not files:
        print("== tests/js holds no *.test.js, so nothing shows that the JavaScript works", flush=True)
        return False
    return passes("node --test", [machine.NODE, "--test", *files])


def passes(name: str, command: Sequence[str]) -> bool:
    print(f"== {name}", flush=True)
    return subprocess.run(command, cwd=ROOT).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
