"""First token and cost of an event: Python in the page beside a raw fetch and clients by others."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from generator import store
from generator.exports.playground import callable_rows
from generator.site import frontend
from tests import browser as chromium
from tests.bench.report import built, middle, serve, table

HERE = Path(__file__).parent
#: A round takes about eight seconds, the site's build up to two minutes.
ROUNDS = int(os.environ.get("ROUNDS", "12"))
#: Rounds before those that count: code is compiled in them, connections are opened.
WARM = 5
#: What asks, what it is called in the report, and where it runs.
CLIENTS = {
    "raw": ("raw fetch", "worker"),
    "playground": ("this playground", "worker"),
    "page raw": ("raw fetch", "page"),
    "openai": ("openai (npm)", "page"),
    "ai": ("ai (npm, Vercel)", "page"),
}
SAID = """A server in a process of its own answers at once, then with 50 tokens/s; {rounds} rounds in turn.
From handing over the request, with OpenAI's row as the page sends it, until the page has the first text.
*Added* is to a raw fetch at the same place in the same round, so that other work on the machine counts in
both; Python runs in a worker, clients by others in the page (wanted: at most 3 ms added with one pane, 6 ms
with six). *One event* is the whole time of 2,000 events
that are sent without waiting, for each. `make bench PARTS=asking` measures this alone."""
#: No page measured here reaches anything outside, so none waits for it.
LOCAL = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
START = """async ([origin, raw]) => {
    const root = document.querySelector("#bench");
    const python = new URL(`${root.dataset.assets}playground/python/`, document.baseURI).href;
    window.clients = await import("/clients.js");
    const { reaching, Runtime } = window.clients;
    const host = reaching(new URL("frame.html", document.baseURI).href, [origin]);
    const runtime = new URL(root.dataset.runtime, document.baseURI).href;
    const bench = new Runtime({ runtime, script: `${python}worker.mjs`, tell() {}, host });
    const listeners = new Map();
    const hear = (text) => {
        const message = JSON.parse(text);
        listeners.get(message.id)(message);
    };
    const worker = await host(raw, hear, console.error);
    await bench.start();
    window.asks = {
        playground: (request, listen) => bench.run(request, listen),
        raw({ endpoint }, listen) {
            const id = listeners.size + 1;
            listeners.set(id, listen);
            worker.post({ id, base: endpoint.url });
        },
    };
}"""
ASK = """async ([name, endpoint, panes]) => {
    const request = {
        endpoint, model: "m", browser: "yes",
        chat: { messages: [{ role: "user", parts: [{ type: "text", text: "Go" }] }] },
    };
    const one = async () => {
        const begun = performance.now();
        let first = 0;
        const heard = () => { first ||= performance.now() - begun; };
        if (name in window.asks) await new Promise((done, fail) => {
            window.asks[name](request, (message) => {
                if (message.kind === "events" && message.events.some((e) => e.type === "TextDelta")) heard();
                else if (message.kind === "done") done();
                else if (message.kind === "refused") fail(new Error(message.message));
            });
        });
        else await window.clients[name.split(" ").pop()](endpoint.url, heard);
        return [first, performance.now() - begun];
    };
    // What a client before still cleans up is none of the next one's time.
    await new Promise((done) => setTimeout(done, 100));
    return Promise.all(Array.from({ length: panes }, one));
}"""


@contextmanager
def answering() -> Iterator[str]:
    """The server's origin, for as long as it is wanted."""
    command = [sys.executable, str(HERE / "server.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.kill()


def row() -> dict[str, Any]:
    """OpenAI's row of Chat Completions as the page sends it: with the one family of a model, and no key."""
    rows = callable_rows(store.load(Path("docs/catalog")).providers.values())
    endpoint = next(r["endpoint"] for r in rows if r["id"] == "openai.1")
    return {**endpoint, "auth": ["none"], "families": endpoint["families"][:1]}


def timed(page: Page, origin: str) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Milliseconds until the first token by client and panes, the middle pane's of each round; and for each
    event where the server never waits."""
    first: dict[str, list[float]] = {}
    event: dict[str, list[float]] = {}
    paced, fast = ({**row(), "url": f"{origin}/{pace}/v1"} for pace in ("paced", "fast"))
    for turn in range(WARM + ROUNDS):
        for name in CLIENTS:
            for panes in (1, 6):
                times = page.evaluate(ASK, [name, paced, panes])
                if turn >= WARM:
                    first.setdefault(f"{name} {panes}", []).append(middle([t[0] for t in times]))
            ((_, whole),) = page.evaluate(ASK, [name, fast, 1])
            if turn >= WARM:
                event.setdefault(name, []).append(whole / 2000)
    return first, event


def measured() -> str:
    """Measure; the part of the report."""
    with tempfile.TemporaryDirectory() as name, answering() as origin, sync_playwright() as playwright:
        site = built(Path(name))
        arguments = ["--bundle", "--format=esm", "--platform=browser", "--log-level=error"]
        made = f"--outfile={site / 'clients.js'}"
        subprocess.run([str(frontend.esbuild()), str(HERE / "clients.mjs"), *arguments, made], check=True)
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=[*chromium.FLAGS, LOCAL])
        # Clients by others run in the page itself, whose policy does not know this server.
        page = browser.new_context(bypass_csp=True).new_page()
        page.goto(f"{serve(site)}/playground/")
        page.evaluate(START, [origin, (HERE / "raw.js").read_text("utf-8")])
        first, event = timed(page, origin)
        browser.close()
        (site / "clients.js").unlink()  # it is none of the site's
    return written(first, event)


def written(first: dict[str, list[float]], event: dict[str, list[float]]) -> str:
    """The tables; times are in milliseconds."""
    base = {"worker": "raw", "page": "page raw"}
    rows = []
    for name, (label, place) in CLIENTS.items():
        cells = [label, place]
        for panes in (1, 6):
            times, raw = first[f"{name} {panes}"], first[f"{base[place]} {panes}"]
            added = middle([time - least for time, least in zip(times, raw, strict=True)])
            cells += [f"{middle(times):.1f}", f"{added:+.1f}" if name != base[place] else "–"]
        rows.append([*cells, f"{middle(event[name]):.3f}"])
    head = ["client", "runs in", "1 pane, ms", "added", "6 panes, ms", "added", "one event, ms"]
    return f"{SAID.format(rounds=ROUNDS)}\n\n{table(head, rows)}"
