"""Calls whose answer is used as it comes, without waiting for the end of the call (先到先用)."""

import asyncio
from collections.abc import Coroutine
from contextvars import ContextVar, copy_context
from functools import partial
from typing import Any, Final, TypeVar

from grpclib.client import Channel
from grpclib.events import RecvMessage, listen
from grpclib.exceptions import StreamTerminatedError

Answer = TypeVar("Answer")

_WANTED: ContextVar["asyncio.Future[Any] | None"] = ContextVar("wanted", default=None)
_ENDING: Final[set["asyncio.Task[Any]"]] = set()


def hear_answers(channel: Channel) -> None:
    """Let ``first_answer`` know of every message that comes on a channel."""
    listen(channel, RecvMessage, _received)


async def first_answer(call: Coroutine[Any, Any, Answer]) -> Answer:
    """Await the one message of a unary call, in a task of its own.

    A server sends the message of a call only if it went well, and its status a moment
    later, which is let come. The task of its own is for grpclib: it wakes whoever waits
    on a broken connection by cancelling them and raises its own error in place of the
    cancelling; a stop that comes at that moment would be lost.

    Raises:
        Exception: What the call ended in, if it ended without a message.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Answer] = loop.create_future()
    context = copy_context()
    context.run(_WANTED.set, answer)
    task = loop.create_task(call, context=context)
    _ENDING.add(task)
    task.add_done_callback(partial(_ended, answer))
    try:
        return await answer
    except asyncio.CancelledError:
        task.cancel()
        await asyncio.wait({task})
        raise


async def _received(event: RecvMessage) -> None:
    answer = _WANTED.get()
    if answer is not None and not answer.done():
        answer.set_result(event.message)


def _ended(answer: "asyncio.Future[Answer]", task: "asyncio.Task[Answer]") -> None:
    _ENDING.discard(task)
    error = StreamTerminatedError("cancelled") if task.cancelled() else task.exception()
    if answer.done():
        return
    if error is not None:
        answer.set_exception(error)
    else:
        answer.set_result(task.result())
