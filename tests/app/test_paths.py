from pathlib import Path

import pytest

from app.paths import bundled, digest


def folder(path: Path, **files: str) -> Path:
    path.mkdir(parents=True)
    for name, text in files.items():
        (path / name).write_text(text)
    return path


def test_a_wheel_finds_its_folders_inside_app_and_a_checkout_beside_it(tmp_path: Path) -> None:
    inside = folder(tmp_path / "wheel" / "app" / "templates")
    beside = folder(tmp_path / "checkout" / "templates")
    assert bundled("templates", tmp_path / "wheel" / "app") == inside
    assert bundled("templates", tmp_path / "checkout" / "app") == beside


def test_a_folder_that_is_nowhere_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="templates"):
        bundled("templates", tmp_path / "app")


def test_a_build_is_the_same_wherever_its_files_lie(tmp_path: Path) -> None:
    checkout = {"app": folder(tmp_path / "app", code="1"), "static": folder(tmp_path / "static", style="2")}
    wheel = {"app": folder(tmp_path / "site", code="1"), "static": folder(tmp_path / "site" / "static", style="2")}
    assert digest(checkout) == digest(wheel)


@pytest.mark.parametrize("change", [{"code": "2"}, {"core": "1"}, {"code": "1", "more": ""}])
def test_a_changed_a_renamed_or_a_new_file_is_another_build(tmp_path: Path, change: dict[str, str]) -> None:
    before = digest({"app": folder(tmp_path / "before", code="1")})
    assert digest({"app": folder(tmp_path / "after", **change)}) != before


def test_what_python_and_editors_leave_behind_is_no_part_of_a_build(tmp_path: Path) -> None:
    app = folder(tmp_path / "app", code="1")
    before = digest({"app": app})
    folder(app / "__pycache__", code="bytes")
    (app / ".code.swp").write_text("half a thought")
    assert digest({"app": app}) == before
