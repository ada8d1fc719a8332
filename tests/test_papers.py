"""README, REFERENCE and CONTRIBUTING are true: their commands work, what they name exists, their tables say what holds.

Short commands are run. Those that would take long, or write files, are checked as far as that goes without: the fast
checks are collected, and of a script it is seen that it is there.
"""

import os
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import kernels
from app.operations import OPERATIONS
from app.settings import Limits, Settings
from tests import machine
from tests.__main__ import FAST
from tests.each import each
from tests.program import ROOT

README = (ROOT / "README.md").read_text("utf-8")
REFERENCE = (ROOT / ".github" / "REFERENCE.md").read_text("utf-8")
CONTRIBUTING = (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")
PAPERS = [
    ROOT / "README.md",
    *(ROOT / ".github").glob("*.md"),
    *(path for folder in ("app", "kernels", "static", "tests") for path in (ROOT / folder).rglob("*.md")),
]
INSTALLING = ("python3 -m venv", ". .venv/bin/activate")
"""Commands that tests/test_ci.py holds, or that only prepare a shell."""


def commands(text: str) -> list[str]:
    blocks: list[str] = re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if not line.startswith(INSTALLING)]


def starting(*starts: str) -> list[str]:
    return [command for command in commands(CONTRIBUTING) if command.startswith(starts)]


SHORT = starting("python -m pytest", "node --test")
SCRIPTS = starting("python -m tests.")
RUNS = [command for command in commands(CONTRIBUTING) if command.split()[:3] == ["python", "-m", "tests"]]


def test_every_command_of_the_papers_is_checked_here() -> None:
    assert set(commands(CONTRIBUTING)) == {*SHORT, *SCRIPTS, *RUNS, "python -m app --port 8000"}


@pytest.mark.slow
def test_the_commands_of_the_readme_make_files(tmp_path: Path) -> None:
    for command in commands(README):
        assert ".venv/bin/convscope " in command
        ours = command.replace(".venv/bin/convscope", f"{shlex.quote(sys.executable)} -m app")
        made = subprocess.run(ours, shell=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)})
        assert made.returncode == 0, command
    assert len(list(tmp_path.glob("*.gif"))) == 1
    assert len(list(tmp_path.glob("*.svg"))) == 1


@pytest.mark.slow
@pytest.mark.parametrize("command", SHORT)
def test_a_short_command_runs(command: str) -> None:
    program, *words = shlex.split(command)
    if program == "node" and machine.NODE is None:
        pytest.skip(machine.NO_NODE)
    assert run([{"python": sys.executable}.get(program, program), *words]) == 0


@pytest.mark.slow
@pytest.mark.parametrize("command", [command for command in RUNS if ".py" in command])
def test_what_a_run_of_the_checks_hands_to_pytest_finds_tests(command: str) -> None:
    assert run([sys.executable, "-m", "pytest", "--collect-only", "-qq", *shlex.split(command)[3:]]) == 0


def run(command: list[str]) -> int:
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL).returncode


@pytest.mark.slow
def test_the_fast_checks_leave_out_what_is_slow_or_needs_a_browser() -> None:
    assert "python -m tests fast" in RUNS
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", *FAST], cwd=ROOT, capture_output=True, text=True
    ).stdout
    assert "tests/kernels/test_axis.py::" in listed
    assert "tests/app/text/test_format.py::" in listed
    assert "\ntests/browser/" not in listed
    assert "\ntests/test_packaging.py::" not in listed


def test_a_script_that_is_named_is_there() -> None:
    assert [command for command in SCRIPTS if not find_spec(command.split()[2])] == []


@pytest.mark.slow
def test_the_program_starts_with_the_words_of_the_papers() -> None:
    said = subprocess.run([sys.executable, "-m", "app", "--help"], cwd=ROOT, capture_output=True, text=True).stdout
    for option in ("--host", "--port", "--workers"):
        assert option in said
        assert option in README


def test_every_script_that_makes_test_data_is_in_the_list() -> None:
    modules = {command.split()[2] for command in SCRIPTS}
    for script in (ROOT / "tests").rglob("make_*.py"):
        name = ".".join(script.relative_to(ROOT).with_suffix("").parts)
        assert name in modules or f"({link_to(script)})" in CONTRIBUTING, f"{name} is not in CONTRIBUTING.md"


def link_to(path: Path) -> str:
    return f"../{path.relative_to(ROOT).as_posix()}"


def links(paper: Path) -> list[str]:
    targets: list[str] = re.findall(r"\]\(([^)]+)\)", paper.read_text("utf-8"))
    return [target for target in targets if "://" not in target]


@each("paper, target", [(paper, target) for paper in PAPERS for target in links(paper)])
def test_a_link_of_the_papers_leads_to_a_file_or_folder(paper: Path, target: str) -> None:
    assert (paper.parent / target).exists()


@pytest.mark.parametrize("text", [README, REFERENCE, CONTRIBUTING])
def test_a_path_that_is_named_exists(text: str) -> None:
    for path in re.findall(r"\b(?:app|kernels|static|templates|tests)/[\w./-]*\.(?:py|js|css|toml|html)\b", text):
        assert (ROOT / path).exists(), path


ADDRESSES = [
    *re.findall(r"^    (/\S+)$", README, flags=re.MULTILINE),
    *(address for address in re.findall(r"`(/[^`…]*)`", README + REFERENCE) if address != "/embed"),
    *(address.replace("&amp;", "&") for address in re.findall(r'src="http://127.0.0.1:8000(/[^"]+)"', README)),
]


@pytest.mark.slow
@pytest.mark.parametrize("address", sorted(set(ADDRESSES)))
def test_an_address_that_the_papers_name_is_answered(address: str, client: TestClient) -> None:
    assert client.get(address).status_code == 200


def rows(heading: str, text: str) -> list[list[str]]:
    """The cells of the table under a heading."""
    section = text.split(f"{heading}\n", 1)[1].split("\n#", 1)[0]
    lines = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return lines[2:]


def test_the_reference_has_every_operation_with_its_views() -> None:
    listed: dict[str, list[str]] = {}
    for operations, views in rows("## Operations and views", REFERENCE):
        for name in re.findall(r"`([^`]+)`", operations):
            extra = re.findall(rf"and of `{name}` `([^`]+)`", views)
            listed[name] = [*re.findall(r"`([^`]+)`", views.split(", and of")[0]), *extra]
    assert listed.keys() == OPERATIONS.keys()
    for name, operation in OPERATIONS.items():
        assert set(operation.views) <= set(listed[name]), name
        assert listed[name][0] == operation.own_view


def test_the_readme_has_every_setting_with_its_default() -> None:
    fields = {
        **{f"CONVSCOPE_MAX_{name.upper()}": field.default for name, field in Limits.model_fields.items()},
        **{
            f"CONVSCOPE_{name.upper()}".removeprefix("CONVSCOPE_" * bool(field.validation_alias)): field.default
            for name, field in Settings.model_fields.items()
            if field.default_factory is None  # else it depends on the machine, and words say how
        },
    }
    listed = {name.strip("`"): default for name, default, _ in rows("## Settings", README)}
    assert listed.pop("CONVSCOPE_TRAINING_PROCESSES") == "half of the processors"
    assert {name: text.partition(":")[0] for name, text in listed.items()} == {
        name: f"{default:,}" if default else "empty" for name, default in fields.items()
    }


def test_the_package_of_kernels_lists_its_modules() -> None:
    folder = Path(kernels.__path__[0])
    listed = re.findall(r"^    (\w+) {2,}", kernels.__doc__ or "", flags=re.MULTILINE)
    assert sorted(listed) == sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
