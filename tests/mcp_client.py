"""Uses the server of tools as an assistant does, with the `mcp` package of PyPI, against a service in this process.

Its argument is the program. `.ci/mcp` installs the package and runs this.
"""

import asyncio
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from mcp import ClientSession, MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client

TOKEN = "open-sesame-41"
EID = "89049032007108882600128714420937"


class Service(BaseHTTPRequestHandler):
    """Answers as the API does, and keeps the lines of requests."""

    lines = []
    gone = threading.Event()

    def answer(self, status, body):
        text = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        if body is not None:
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_GET(self):
        self.lines.append(f"GET {self.path}")
        path, _, query = self.path.partition("?")
        if path == "/v1/Fleets":
            first = 20 if "Page=1" in query else 0
            origin = f"http://{self.headers['Host']}"
            link = None if first else f"{origin}/v1/Fleets?Page=1"
            fleets = [{"sid": f"HF{it}"} for it in range(first, min(first + 20, 25))]
            self.answer(200, {"meta": {"next_page_url": link}, "fleets": fleets})
        elif path == "/v1/ESimProfiles/HP1":
            self.answer(200, {"sid": "HP1", "eid": EID, "status": "new"})
        elif path == "/v1/Sims/slow":
            # Nothing comes, so the end of the connection is all that there is to read.
            self.rfile.read(1)
            self.gone.set()
        else:
            message = f"nothing is there; your token is {TOKEN}"
            self.answer(404, {"code": 20404, "message": message, "status": 404})

    def do_POST(self):
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.lines.append(f"POST {self.path} {form}")
        self.answer(201, {"sid": "HF1", "unique_name": "trackers"})

    def do_DELETE(self):
        self.lines.append(f"DELETE {self.path}")
        self.answer(204, None)

    def log_message(self, *_):
        pass


def text_of(result):
    text = "\n".join(it.text for it in result.content)
    assert TOKEN not in text + json.dumps(result.structured_content), text
    return text


async def done(session, name, arguments):
    result = await session.call_tool(name, arguments)
    assert not result.is_error, text_of(result)
    text_of(result)
    return result.structured_content


async def failed(session, name, arguments):
    result = await session.call_tool(name, arguments)
    assert result.is_error, text_of(result)
    return text_of(result)


async def reads_and_changes(session):
    hello = await session.initialize()
    assert hello.server_info.name == "twilio-iot", hello
    assert "instruction" in hello.instructions
    tools = {it.name: it for it in (await session.list_tools()).tools}
    assert len(tools) == 47, len(tools)
    assert tools["supersim_sim_fetch"].annotations.read_only_hint
    assert tools["wireless_sim_delete"].annotations.destructive_hint
    assert tools["wireless_sim_delete"].annotations.idempotent_hint
    assert tools["supersim_fleets_create"].annotations.destructive_hint is False
    assert tools["supersim_sim_fetch"].input_schema["required"] == ["sim_sid"]
    assert all(it.output_schema is None for it in tools.values())

    page = await done(session, "supersim_fleets_list", {})
    assert len(page["items"]) == 20, page
    rest = await done(session, "supersim_fleets_list", {"next": page["next"]})
    assert [it["sid"] for it in rest["items"]] == [f"HF{it}" for it in range(20, 25)]
    assert rest["next"] is None
    profile = await done(session, "supersim_esim_profile_fetch", {"esim_profile_sid": "HP1"})
    assert profile == {"sid": "HP1", "eid": "***", "status": "new"}, profile
    fleet = {"network_access_profile": "HA1", "unique_name": "trackers"}
    assert (await done(session, "supersim_fleets_create", fleet))["sid"] == "HF1"
    line = "POST /v1/Fleets NetworkAccessProfile=HA1&UniqueName=trackers"
    assert Service.lines[-1] == line, Service.lines
    gone = await done(session, "wireless_sim_delete", {"sim_sid": "DE1"})
    assert gone == {"status": 204}, gone


async def faults(session):
    sent = len(Service.lines)
    text = await failed(session, "supersim_sim_fetch", {"sid": "HS1"})
    assert "did you mean `sim_sid`?" in text, text
    text = await failed(session, "supersim_fleets_list", {"next": "http://evil.example/"})
    assert "is not a `next`" in text, text
    assert len(Service.lines) == sent
    text = await failed(session, "supersim_sim_fetch", {"sim_sid": "HS9"})
    assert "20404" in text, text
    await unknown(session, "supersim_sims_fetch")


async def unknown(session, name):
    try:
        await session.call_tool(name, {})
    except MCPError:
        return
    raise AssertionError(f"{name} was called")


async def calls_off(session):
    call = asyncio.create_task(session.call_tool("supersim_sim_fetch", {"sim_sid": "slow"}))
    while "GET /v1/Sims/slow" not in Service.lines:
        await asyncio.sleep(0.01)
    call.cancel()
    assert await asyncio.to_thread(Service.gone.wait, 10), "the request goes on"
    assert len((await session.list_tools()).tools) == 47


async def only_reads(session):
    await session.initialize()
    tools = (await session.list_tools()).tools
    assert tools and all(it.annotations.read_only_hint for it in tools)
    sent = len(Service.lines)
    await unknown(session, "supersim_fleets_create")
    assert len(Service.lines) == sent


async def with_session(program, origin, arguments, *uses):
    server = StdioServerParameters(
        command=program,
        args=["mcp", "--base-url", origin, *arguments],
        env={"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": TOKEN, "NO_PROXY": "127.0.0.1"},
    )
    async with stdio_client(server) as streams, ClientSession(*streams) as session:
        for use in uses:
            await use(session)
            print(f"ok: {use.__name__}")


async def main():
    service = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{service.server_port}"
    await with_session(sys.argv[1], origin, [], reads_and_changes, faults, calls_off)
    await with_session(sys.argv[1], origin, ["--read-only"], only_reads)


asyncio.run(asyncio.wait_for(main(), 50))
