"""Dask as an engine: parts of a build on the workers of a cluster, which retries those whose worker is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from kg.build.pool import Lost
from kg.build.shard import Engine, Part, Shards
from kg.errors import ClusterError
from kg.read.item import needed

PREFIX = "dask://"
RETRIES = 3
_WAIT_S = 30


def on_dask(address: str) -> Engine:
    """The workers of the scheduler at an address such as dask://host:8786, which need Elchi, too.

    A part whose worker is lost is done by another; one that fails again and again is ``Lost``. Raises ClusterError if
    nothing answers there, or has no worker.
    """

    def engine(work: Callable[[Part], Shards], parts: list[Part]) -> Iterator[Shards | Lost[Part]]:
        distributed = needed("distributed", address, "cluster")
        try:
            client = distributed.Client(f"tcp://{address.removeprefix(PREFIX)}", timeout=_WAIT_S)
        except (OSError, ValueError) as error:
            raise ClusterError(address, f"no scheduler answers ({' '.join(str(error).split())})") from None
        with client:
            _await_worker(client, address)
            # pure=False: what a part gives depends on its sources as they are now.
            asked = dict(zip(client.map(work, parts, retries=RETRIES, pure=False), parts, strict=True))
            for future in distributed.as_completed(asked):
                fault = future.exception()
                yield Lost(asked[future], f"no worker could do it ({fault})") if fault else future.result()
                future.release()

    return engine


def _await_worker(client: Any, address: str) -> None:  # noqa: ANN401 - of an optional library
    try:
        client.wait_for_workers(1, timeout=_WAIT_S)
    except TimeoutError:
        raise ClusterError(address, f"the scheduler had no worker for {_WAIT_S} seconds") from None
