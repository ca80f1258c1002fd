"""Runs custom actions in Rasa's own process, so that one process and one terminal are enough.

Rasa sends every custom action through `EndpointConfig.request`; here that runs rasa-sdk's executor
in this process. The actions stay ordinary ones: `rasa run actions` works with them as well.
"""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import os
from typing import Any, Dict, Optional

from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

log = logging.getLogger(__name__)

# Rasa compiles its schema of a result anew after every action: a third of a turn's time.
_SCHEMA = Draft202012Validator(RemoteAction.action_response_format_spec())


def _check_result(_self: RemoteAction, result: Dict[str, Any]) -> bool:
    _SCHEMA.validate(result)
    return True


RemoteAction._validate_action_result = _check_result

DEFAULT_LIMIT = 10.0  # seconds an action may take before the person gets an answer without it


class InProcessActionEndpoint(EndpointConfig):
    """An action endpoint that calls the actions of a package directly."""

    def __init__(self, package: str = "actions", limit: Optional[float] = None) -> None:
        super().__init__(url="inprocess://actions")
        self._executor = ActionExecutor()
        self._executor.register_package(package)
        self._limit = limit or float(os.environ.get("AFTERWORD_ACTION_SECONDS", DEFAULT_LIMIT))

    async def request(
        self,
        method: str = "post",
        subpath: Optional[str] = None,
        content_type: Optional[str] = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Optional[Any]:
        """Runs the action a call names. An action that fails or hangs still gives a reply.

        Raises:
            ClientResponseError: the action rejected the call (400) or is unknown (404).
        """
        call = kwargs.get("json")
        if isinstance(call, (str, bytes)) or call is None:
            call = json.loads(call or kwargs.get("data") or "{}")
        action = str(call.get("next_action"))
        try:
            # A copy: what an action changes in its tracker must not reach Rasa's.
            running = asyncio.create_task(self._run(copy.deepcopy(call)))
            result = await asyncio.wait_for(asyncio.shield(running), self._limit)
        except asyncio.TimeoutError:
            log.error("action_timeout action=%s seconds=%s", action, self._limit)
            running.add_done_callback(_forget_outcome)
            return _apology("fault.timeout")
        except ActionExecutionRejection as rejection:
            body = json.dumps({"error": str(rejection), "action_name": rejection.action_name})
            raise ClientResponseError(400, "rejected", body) from rejection
        except ActionNotFoundException as missing:
            body = json.dumps({"error": str(missing), "action_name": action})
            raise ClientResponseError(404, "no such action", body) from missing
        except Exception as error:
            log.error("action_failed action=%s error=%s", action, type(error).__name__)
            return _apology("fault.action_failed")
        return result

    async def _run(self, call: Dict[str, Any]) -> Optional[Dict[str, Any]]:
        result = await self._executor.run(call)
        if result is None:
            return None
        if not isinstance(result.get("events"), list) or not isinstance(
            result.get("responses"), list
        ):
            raise TypeError("an action must give events and responses")
        json.dumps(result)  # what cannot be written down cannot be kept either
        return result


def _apology(key: str) -> Dict[str, Any]:
    """An answer without events, so that nothing half done is kept."""
    from actions.runtime import voice

    template = voice().template(key)
    buttons = [{"title": button.title, "payload": button.send} for button in template.buttons]
    return {
        "events": [],
        "responses": [{"text": template.say[0], "buttons": buttons, "key": key}],
    }


def _forget_outcome(task: asyncio.Task[Any]) -> None:
    """Takes the outcome of an action nobody waits for any more, so that it is not reported."""
    if not task.cancelled():
        task.exception()
