"""The colours of the spaces: for the page as CSS variables, which a theme can change, and for files."""

from collections.abc import Mapping

Palette = Mapping[str, str]

LIGHT: Palette = {
    "input": "#1f5aa3",
    "tap": "#a35405",
    "output": "#0b6e5c",
    "product": "#4a5568",
    "negative": "#b23a2e",
    "red": "#c0392b",
    "green": "#2e7d32",
    "blue": "#1f5aa3",
    "ink": "#16202a",
    "soft": "#54606c",
    "line": "#d3dce4",
    "paper": "#ffffff",
}
DARK: Palette = {
    "input": "#86b7f3",
    "tap": "#f0a35c",
    "output": "#5bcfb7",
    "product": "#aab6c4",
    "negative": "#f18d81",
    "red": "#ff8a80",
    "green": "#81c784",
    "blue": "#86b7f3",
    "ink": "#e9eef3",
    "soft": "#a3b0bc",
    "line": "#33404c",
    "paper": "#151c23",
}
PAGE: Palette = {name: f"var(--{name})" for name in LIGHT}
