"""Our modules as one script, for a page that is a single file: each becomes a function that runs once, in the order of
what they import.

It reads the few forms in which our own modules import and export, and no other JavaScript.
"""

import json
import re
from functools import lru_cache
from posixpath import dirname, join, normpath

from app.http.frozen import travelling
from app.paths import static_folder

IMPORTED = re.compile(r'^import\s+(?:\{([^}]*)\}|\* as (\w+))\s+from\s+"([^"]+)"$', re.MULTILINE)
HANDED_ON = re.compile(r'^export\s+(?:\{([^}]*)\}|\* as (\w+))\s+from\s+"([^"]+)"$', re.MULTILINE)
EXPORTED = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const|let) (\w+))", re.MULTILINE)
ASKED_FOR = re.compile(r'\bimport\("([^"]+)"\)')

HEAD = """"use strict";(() => {
const modules = {}
const load = async (folder, path) => {
  const name = new URL(path, `file:///${folder}/`).pathname.replace(/^\\/+/, "")
  await null  // until all modules have run
  if (name in modules) return modules[name]
  throw new Error(`${name} is not in this file`)
}
"""
TAIL = "})()\n"


@lru_cache(32)
def bundle(*entries: str) -> str:
    """The script of these modules of static/js, and of all that they import, in the order of the entries."""
    bundler = Bundler()
    for entry in entries:
        bundler.add(entry)
    return HEAD + "".join(bundler.written) + TAIL


class Bundler:
    """Modules in the order in which they run."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.begun: set[str] = set()
        self.done: set[str] = set()

    def add(self, name: str) -> None:
        if name in self.begun:
            return
        self.begun.add(name)
        text, folder = travelling(static_folder() / "js" / name), dirname(name)
        for path in [match[3] for form in (IMPORTED, HANDED_ON) for match in form.finditer(text)]:
            self.add(normpath(join(folder, path)))
        self.written.append(self.function(name, text, folder))
        self.done.add(name)
        # What is asked for later may import the module that asks, which has to have run.
        for path in ASKED_FOR.findall(text):
            self.add(normpath(join(folder, path)))

    def function(self, name: str, text: str, folder: str) -> str:
        """The module as a function that leaves behind what it exports."""
        exported = [f"{own}" for own in EXPORTED.findall(text)]
        handed_on: list[str] = []
        for names, whole, path in HANDED_ON.findall(text):
            module = module_of(normpath(join(folder, path)))
            handed_on += [f"{whole}: {module}"] if whole else []
            handed_on += [f"{new}: {module}.{old}" for old, new in pairs(names)]

        def imported(match: re.Match[str]) -> str:
            names, whole, path = match.groups()
            found = normpath(join(folder, path))
            return taken(pairs(names or ""), whole, module_of(found), is_done=found in self.done)

        body = EXPORTED.sub("", HANDED_ON.sub("", IMPORTED.sub(imported, text)))
        body = re.sub(r"\bimport\(", f"load({json.dumps(folder)}, ", body)
        left = ", ".join([*exported, *handed_on])
        return f"{module_of(name)} = (() => {{\n{body.strip()}\nreturn {{ {left} }}\n}})()\n"


def module_of(name: str) -> str:
    return f"modules[{json.dumps(name)}]"


def pairs(names: str) -> list[tuple[str, str]]:
    """What a list of names says: each as it is called there, and here."""
    parts = [part.split(" as ") for part in map(str.strip, names.split(",")) if part]
    return [(part[0].strip(), part[-1].strip()) for part in parts]


def taken(names: list[tuple[str, str]], whole: str | None, module: str, *, is_done: bool) -> str:
    """What a module imports. Of one that waits for this one, functions are looked up when they are called."""
    if whole:
        return f"const {whole} = {module}"
    if is_done:
        return f"const {{ {', '.join(old if old == new else f'{old}: {new}' for old, new in names)} }} = {module}"
    return "; ".join(f"const {new} = (...given) => {module}.{old}(...given)" for old, new in names)
