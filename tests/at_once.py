"""Do several things at the same moment, each on a database connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connections


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What each call returned, or the exception that it raised, in the order given."""
    outcomes: list[object] = [None] * len(calls)
    barrier = Barrier(len(calls), timeout=20)

    def run(place: int) -> None:
        try:
            barrier.wait()
            outcomes[place] = calls[place]()
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=40)
    assert not any(thread.is_alive() for thread in threads), "someone still waits for a lock"
    return outcomes
