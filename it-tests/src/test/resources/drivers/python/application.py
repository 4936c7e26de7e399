"""What every script knows of the application it works for, and how it is run: SCRIPT SCENARIO.

The names come from the environment. A scenario that fails ends the script with a traceback and a status other than 0; one
that succeeds prints one line of JSON that says what was run with which client.
"""

import asyncio
import json
import os
import sys
import threading
import time
from inspect import iscoroutinefunction

ADMIN = os.environ["PGUSER"]
TEMPLATE = os.environ["APP_TEMPLATE"]
COPY = os.environ["APP_COPY"]
SLOW_TEMPLATE = os.environ["APP_SLOW_TEMPLATE"]
SLOW_COPY = os.environ["APP_SLOW_COPY"]
OTHER_DATABASE = os.environ["OTHER_DATABASE"]

LIMIT = 30

_scenarios = {}


def scenario(function):
    _scenarios[function.__name__] = function
    return function


def main(client):
    function = _scenarios[sys.argv[1]]
    if iscoroutinefunction(function):
        asyncio.run(function())
    else:
        function()
    print(json.dumps({"client": client, "scenario": sys.argv[1]}))


def equal(actual, expected):
    assert actual == expected, f"{actual!r} is not {expected!r}"


def contains(text, *parts):
    for part in parts:
        assert part in text, f"{part!r} is not in {text!r}"


def created(answer):
    contains(answer, f'database "{COPY}" created from "{TEMPLATE}"')


def error_of(kind, function, *arguments):
    """The exception that the call raises."""
    try:
        answer = function(*arguments)
    except kind as error:
        return error
    raise AssertionError(f"no {kind.__name__}, but {answer!r}")


async def error_of_awaited(kind, awaitable):
    try:
        answer = await awaitable
    except kind as error:
        return error
    raise AssertionError(f"no {kind.__name__}, but {answer!r}")


class InBackground:
    """A call in a thread of its own."""

    def __init__(self, function, *arguments):
        self._outcome = None
        self._thread = threading.Thread(target=self._run, args=(function, *arguments), daemon=True)
        self._thread.start()

    def _run(self, function, *arguments):
        try:
            self._outcome = (function(*arguments), None)
        except Exception as error:
            self._outcome = (None, error)

    def error(self):
        self._thread.join(LIMIT)
        assert self._outcome is not None, "the call does not end"
        answer, error = self._outcome
        assert error is not None, f"no error, but {answer!r}"
        return error


def until(condition):
    """Waits for what somebody else is about to do."""
    deadline = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < deadline, "it does not happen"
        time.sleep(0.02)


async def until_awaited(condition):
    deadline = time.monotonic() + LIMIT
    while not await condition():
        assert time.monotonic() < deadline, "it does not happen"
        await asyncio.sleep(0.02)
