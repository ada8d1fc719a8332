"""What a file of a scene is called: after the scene, so that twenty of them in a folder have different names."""

import re

from app.scene.scene import Scene

PLAIN = re.compile(r"[A-Za-z0-9.,:x~-]{1,24}")
"""Values that are short enough for a name."""
LONGEST = 80
SHOWN_ONLY = {"theme", "autoplay", "loop", "speed", "pace"}


def file_name(scene: Scene, extension: str) -> str:
    """`conv2d-digit-7-sobel-x-stride-2.png`: names of grids as they are, other fields with theirs."""
    parts = [scene.operation.name]
    for name, value in scene.fields.items():
        if name not in SHOWN_ONLY and PLAIN.fullmatch(value):
            said = re.sub(r"[^A-Za-z0-9.]+", "-", value).strip("-")
            parts.append(said if name in scene.operation.grids and not said[:1].isdigit() else f"{name}-{said}")
    return "-".join(parts)[:LONGEST].rstrip("-.") + extension
