"""What the tests of the web share: the application asked directly, and refusals read wherever they are said."""

from collections.abc import Callable

import pytest

from app.main import create_app
from tests.app.direct import Direct
from tests.app.refused import Refused


@pytest.fixture(scope="session")
def ask() -> Direct:
    """The application in this process, asked byte for byte."""
    return Direct(create_app())


@pytest.fixture
def fresh() -> Direct:
    """An application that has answered nothing yet, for tests that put something else in a part's place."""
    return Direct(create_app())


@pytest.fixture(scope="session")
def refused(ask: Direct) -> Callable[..., tuple[str, str]]:
    """The field and the sentence of a refusal, said alike by data routes and by the page."""
    return Refused(ask)
