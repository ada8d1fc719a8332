"""A value that an object computes when it is first asked for, and then knows.

Until Python 3.12, all objects of a class stand in one line before such a value: the small scene waits while the heavy
one is computed. Here each computes its own; two threads that ask one object at the same time get the same value twice.
"""

import functools
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or sys.version_info >= (3, 12):
    from functools import cached_property as cached_property
else:

    class cached_property(functools.cached_property):
        def __get__(self, instance: Any, owner: type | None = None) -> Any:
            if instance is None:
                return self
            known = instance.__dict__
            if self.attrname not in known:
                known[self.attrname] = self.func(instance)
            return known[self.attrname]
