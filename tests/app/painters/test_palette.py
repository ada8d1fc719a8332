"""The colours of files and of the page are the same."""

import re

import pytest

from app.painters.palette import DARK, LIGHT
from app.paths import static_folder

SHEET = (static_folder() / "css" / "base.css").read_text(encoding="utf-8")


@pytest.mark.parametrize(("theme", "palette"), [(":root {", LIGHT), ('[data-theme="dark"] {', DARK)])
def test_a_picture_in_a_file_has_the_colours_of_the_page(theme: str, palette: dict[str, str]) -> None:
    rules = SHEET.split(theme, 1)[1].split("}", 1)[0]
    assert dict(palette) == {name: colour for name, colour in re.findall(r"--(\w+): (#\w+);", rules) if name in palette}


def test_the_dark_theme_is_the_same_whether_chosen_or_preferred() -> None:
    chosen = SHEET.split('[data-theme="dark"] {', 1)[1].split("}", 1)[0]
    preferred = SHEET.split(':root:not([data-theme="light"]) {', 1)[1].split("}", 1)[0]
    assert chosen.split() == preferred.split()
