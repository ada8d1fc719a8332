"""Where the runs are: shipped, finished, or in the pool."""

from starlette.requests import Request

from app.pages.train.shipped import shipped, shipped_run
from app.pages.train.task import Task
from app.training.pool import Pool
from app.training.run import Run


def pool_of(request: Request) -> Pool:
    pool: Pool = request.app.state.training
    return pool


def begun(task: Task, pool: Pool) -> Run | None:
    """The run, where some of it is there."""
    run = finished(task, pool) or pool.known(task.key)
    return run if run and run.checkpoints else None


def finished(task: Task, pool: Pool) -> Run | None:
    """The run, where all of it is there already."""
    return shipped_run(task.key) if task.key in shipped() else pool.finished.get(task.key)
