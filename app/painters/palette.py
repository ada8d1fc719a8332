"""The colours of the spaces: for the page as CSS variables, which a theme can change, and for files."""

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "input": "#1f5aa3",
    "tap": "#a35405",
    "output": "#0b6e5c",
    "product": "#4a5568",
    "negative": "#b23a2e",
    "ink": "#16202a",
    "soft": "#5b6773",
    "line": "#d3dce4",
    "paper": "#ffffff",
}
DARK: Mapping[str, str] = {
    "input": "#7fb2f0",
    "tap": "#f0a35c",
    "output": "#58cbb3",
    "product": "#a8b3c1",
    "negative": "#f0877b",
    "ink": "#e8edf2",
    "soft": "#9aa7b4",
    "line": "#36424e",
    "paper": "#141b22",
}
PAGE: Mapping[str, str] = {name: f"var(--{name})" for name in LIGHT}
