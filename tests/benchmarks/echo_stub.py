"""A bare echo on the generated client: the floor of what a reply over the gateway can cost.

``python -m tests.benchmarks.echo_stub ENDPOINT TOKEN``: event, payload (and of a photo
the image, as whoever wants to keep it must fetch it), one text back.
"""

import asyncio
import json
import sys

from grpclib.client import Channel
from wechaty_grpc.wechaty import PuppetStub

MESSAGE_EVENT = 2
IMAGE, ARTWORK = 6, 3
AT_ONCE = 64


async def main(endpoint: str, token: str) -> None:
    """Echo until ended."""
    host, _, port = endpoint.rpartition(":")
    metadata = {"authorization": f"Wechaty {token}"}
    events = PuppetStub(Channel(host, int(port)), metadata=metadata)
    calls = PuppetStub(Channel(host, int(port)), metadata=metadata)
    await calls.start()
    bound = asyncio.Semaphore(AT_ONCE)
    tasks: set[asyncio.Task[None]] = set()
    stream = events.event()
    print("ready", flush=True)
    async for event in stream:
        if int(event.type) == MESSAGE_EVENT:
            await bound.acquire()
            task = asyncio.create_task(_echo(calls, json.loads(event.payload)["messageId"], bound))
            tasks.add(task)
            task.add_done_callback(tasks.discard)


async def _echo(calls: PuppetStub, message_id: str, bound: asyncio.Semaphore) -> None:
    try:
        message = await calls.message_payload(id=message_id)
        if message.from_id == "bot":
            return
        if int(message.type) == IMAGE:
            received = bytearray()
            async for part in calls.message_image_stream(id=message_id, type=ARTWORK):
                received += part.file_box_chunk.data
            assert received, "no photo came"
        await calls.message_send_text(
            conversation_id=message.room_id or message.from_id, text=message.text or "照片"
        )
    finally:
        bound.release()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
