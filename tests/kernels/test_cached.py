"""What an object knows of itself is computed once, and no other object waits for it."""

from threading import Event, Thread

from kernels.cached import cached_property


class Scene:
    def __init__(self, may_go_on: Event) -> None:
        self.may_go_on = may_go_on
        self.times = 0

    @cached_property
    def y(self) -> int:
        assert self.may_go_on.wait(30)
        self.times += 1
        return self.times


def test_a_value_is_computed_once() -> None:
    go_on = Event()
    go_on.set()
    scene = Scene(go_on)
    assert (scene.y, scene.y) == (1, 1)


def test_a_small_scene_is_not_held_up_by_a_heavy_one() -> None:
    heavy, small = Scene(Event()), Scene(Event())
    small.may_go_on.set()
    threads = [Thread(target=lambda each=each: each.y) for each in (heavy, small)]
    for thread in threads:
        thread.start()
    threads[1].join(10)
    assert small.times == 1
    heavy.may_go_on.set()
    threads[0].join(10)
    assert heavy.times == 1
