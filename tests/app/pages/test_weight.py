"""What a page of any kind needs before it can be used, compressed as a browser takes it.

That is the page itself, its styles, its scripts and all that these import at once. What a browser received of /conv2d,
with its stream and with all headers, is counted in tests/browser/test_weight.py.
"""

import re
from urllib.parse import urljoin

import pytest

from app.operations import OPERATIONS
from tests.app.direct import Direct
from tests.app.markup import elements
from tests.each import each

MOST = 60_000
"""/conv2d needs 56,000, which are 66,000 with its stream and the headers of all answers."""
IMPORTED = re.compile(r'(?:\bfrom|^import)\s+"(\.[^"]+)"', re.MULTILINE)
"""Modules that are imported at once; those that wait for `import(…)` are fetched when they are needed."""
PAGES = [
    "/",
    *(f"/{name}?view={view}" for name, operation in OPERATIONS.items() for view in operation.views),
    "/conv2d?x=random:3x5x5:1&w=random:2x3x3x3:1",
    "/embed/conv2d",
    "/present/conv2d",
    "/compare",
    "/there-and-back",
    "/receptive-field",
    "/learn",
    "/laws",
    "/residual",
    "/inception",
    "/gap",
    "/softmax",
    "/valley",
    "/backprop",
    "/train",
    "/train/signs",
    "/pictures",
    "/networks",
    "/networks/vgg16",
    "/networks/own",
    "/networks/compare",
    "/networks/lenet5/live",
    "/linear-classifier",
    "/lectures",
    "/for-lecturers",
]


def compressed(ask: Direct, address: str) -> int:
    answer = ask(address, headers={"accept-encoding": "br"})
    assert answer.status == 200, address
    return len(answer.body)


def needed(ask: Direct, page: str) -> set[str]:
    """The addresses of a page, of its styles and scripts, and of what these import."""
    found = elements(ask(page).text)
    scripts = [each.get("src") for each in found if each.tag == "script" and each.get("src")]
    styles = [each.get("href") for each in found if each.tag == "link" and each.get("rel") == "stylesheet"]
    wanted, known = scripts, {page, *styles}
    while wanted:
        script = wanted.pop()
        if script not in known:
            known.add(script)
            wanted += [urljoin(script, name) for name in IMPORTED.findall(ask(script).text)]
    return known


@pytest.mark.slow
@each("page", PAGES)
def test_a_first_visit_of_any_page_needs_at_most_sixty_kilobytes_before_its_numbers_come(
    ask: Direct, page: str
) -> None:
    weights = {address: compressed(ask, address) for address in needed(ask, page)}
    heaviest = sorted(weights.items(), key=lambda item: -item[1])
    assert sum(weights.values()) <= MOST, heaviest
