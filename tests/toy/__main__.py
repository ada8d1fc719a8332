"""ConvScope with a toy operation and a toy view: an entry more in each of the two tables, and nothing else.

python -m tests.toy takes what python -m app takes.
"""

from app.__main__ import main
from app.operations import OPERATIONS
from app.views.table import VIEWS
from tests.toy.operation import MOVING_SUM
from tests.toy.view import Rows

if __name__ == "__main__":
    OPERATIONS[MOVING_SUM.name] = MOVING_SUM
    VIEWS[Rows.name] = Rows
    main()
