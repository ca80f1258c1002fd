"""Tells whoever runs the server how it is: alive, ready, and in figures. And ends politely."""

from __future__ import annotations

import asyncio
import logging
import os
from dataclasses import dataclass
from typing import Any

from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from addons import metrics
from addons.queue import Desk, install
from addons.stores.faults import StoreUnavailable
from addons.stores.tracker_store import WindowTrackerStore

log = logging.getLogger(__name__)

DRAIN_SECONDS = 25.0  # below Kubernetes' 30 until it kills
_STORE_SECONDS = 2.0


@dataclass
class Health:
    """What the endpoints tell."""

    draining: bool = False
    desk: Desk | None = None

    async def faults(self, app: Any) -> list[str]:
        """Why no message should be sent here now; empty when all is well."""
        agent = getattr(app.ctx, "agent", None)
        if self.draining:
            return ["draining"]
        if agent is None or agent.processor is None:
            return ["no_model"]
        store = store_of(agent)
        return [] if store is None else await _store_faults(store)


def store_of(agent: Any) -> WindowTrackerStore | None:
    """Our store, which Rasa wraps; None where another one is set."""
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    return store if isinstance(store, WindowTrackerStore) else None


async def _store_faults(store: WindowTrackerStore) -> list[str]:
    try:
        await asyncio.wait_for(asyncio.to_thread(_look, store), _STORE_SECONDS)
    except StoreUnavailable as error:
        return [error.cause]
    except asyncio.TimeoutError:
        return ["store_slow"]
    return []


def _look(store: WindowTrackerStore) -> None:
    with store.kept.database.reading() as connection:
        connection.exec_driver_sql("SELECT 1")


def attach(app: Sanic, drain_seconds: float | None = None) -> Health:
    """Adds /health/live, /health/ready and /metrics, the desk, and the polite end.

    Call it before the server runs. The desk goes in front of the agent once that is loaded.
    """
    health = Health()
    limit = drain_seconds or float(os.environ.get("AFTERWORD_DRAIN_SECONDS", DRAIN_SECONDS))

    async def live(_: Request) -> HTTPResponse:
        return response.json({"alive": True})

    async def ready(request: Request) -> HTTPResponse:
        faults = await health.faults(request.app)
        return response.json({"ready": not faults, "why": faults}, status=503 if faults else 200)

    async def figures(_: Request) -> HTTPResponse:
        return response.raw(metrics.page(), content_type="text/plain; version=0.0.4")

    async def take_desk(running: Sanic, _: Any) -> None:
        health.desk = install(running)

    async def drain(_running: Sanic, _: Any) -> None:
        health.draining = True
        if health.desk is not None:
            done = await health.desk.drained(limit)
            log.info("drained complete=%s", done)

    app.add_route(live, "/health/live", name="health_live")
    app.add_route(ready, "/health/ready", name="health_ready")
    app.add_route(figures, "/metrics", name="metrics")
    app.register_listener(take_desk, "after_server_start")
    app.register_listener(drain, "before_server_stop")
    return health
