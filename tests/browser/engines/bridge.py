"""Starts a Firefox as Playwright asks, and answers for it what it does not know.

Playwright drives an unpatched Firefox by WebDriver BiDi, and begins each profile with a command that the releases with
extended support learn later. This program stands between the two: it starts Firefox, passes every message on, and
answers that one command itself.

`python bridge.py FIREFOX ARGUMENTS...`
"""

from __future__ import annotations

import asyncio
import json
import re
import sys

from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

UNKNOWN = {"emulation.setMediaFeaturesOverride"}
"""What Playwright sends and Firefox refuses: the color scheme, which then stays that of the browser."""

LISTENS = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")


async def main(firefox: str, *arguments: str) -> None:
    """Runs until Firefox ends."""
    browser = await asyncio.create_subprocess_exec(firefox, *arguments, stderr=asyncio.subprocess.PIPE)
    assert browser.stderr
    address = None
    while address is None and (line := await browser.stderr.readline()):
        match = LISTENS.search(line)
        address = match[1].decode() if match else None
    if address is None:
        sys.exit(f"{firefox} ended before it listened")

    async def relay(playwright: ServerConnection) -> None:
        assert playwright.request
        async with connect(f"{address}{playwright.request.path}", max_size=None, origin=None) as upstream:

            async def forward() -> None:
                async for text in playwright:
                    command = json.loads(text)
                    if command["method"] in UNKNOWN:
                        await playwright.send(json.dumps({"type": "success", "id": command["id"], "result": {}}))
                    else:
                        await upstream.send(text)
                await upstream.close()

            async def answer() -> None:
                async for text in upstream:
                    await playwright.send(text)
                await playwright.close()

            await asyncio.gather(forward(), answer(), return_exceptions=True)

    async def drain(stream: asyncio.StreamReader) -> None:
        while await stream.readline():
            pass

    async with serve(relay, "127.0.0.1", 0, max_size=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        print(f"WebDriver BiDi listening on ws://127.0.0.1:{port}", file=sys.stderr, flush=True)
        await asyncio.gather(browser.wait(), drain(browser.stderr))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
