from tests.program import ROOT


def test_the_continuous_checks_run_the_command_that_the_readme_names() -> None:
    command = "python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/python -m tests"
    assert command in (ROOT / "README.md").read_text("utf-8")
    assert (ROOT / ".ci" / "run").read_text("utf-8").endswith(f"\n{command}\n")
