"""The explanation of a scene, which is made once for all numbers of x."""

from app.pages.once import Once
from app.scene.explanation import Explanation
from app.scene.scene import Scene


def explanation(scene: Scene) -> Explanation:
    """An index among the numbers of x is explained by its own example."""
    return scene.operation.explain(scene) if scene.layer.find_targets else once(scene)


@Once
def once(scene: Scene) -> Explanation:
    return scene.operation.explain(scene)
