"""What a reader does in the playground, in Chromium: hostile answers, keys, links, files, tools, errors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.patience import PATIENCE_MS
from tests.site.axe import faults
from tests.site.playground.hostile import OUTPUTS
from tests.site.playground.playing import START, Served, allowed, cell, choose, forever, run, said

KEY = "sk-tEsTkEy0123456789abcdefghij"


def answers(body: Any, handler: BaseHTTPRequestHandler) -> None:
    """By the prompt: an output of the corpus, a tool call, an error, a limit, or an echo."""
    last = body["messages"][-1]
    words = last["content"] if isinstance(last["content"], str) else last["content"][-1]["text"]
    if match := re.fullmatch(r"hostile (\d+)", words):
        pane = int(body["model"].removeprefix("m"))
        text = OUTPUTS[(int(match[1]) + pane) % len(OUTPUTS)]
        return said(handler, *({"content": text[i : i + 5000]} for i in range(0, len(text), 5000)))
    if words == "weather":
        call = {"index": 0, "id": "c1", "function": {"name": "weather", "arguments": '{"city":"Oslo"}'}}
        return said(handler, {"tool_calls": [call]})
    if words == "json":
        return said(handler, {"content": '```json\n{"city": "Oslo", "days": [1, 2]}\n```'})
    if words == "limit":
        return failed(handler, 429, {"message": "Too many requests, try again in 9s", "type": "rate_limit"})
    if words == "picky" and "temperature" in body:
        error = {"message": "Unsupported parameter: 'temperature'", "param": "temperature"}
        return failed(handler, 400, {**error, "code": "unsupported_parameter"})
    usage = {"prompt_tokens": 1_000_000, "completion_tokens": 100_000}
    history = " | ".join(str(m.get("content")) for m in body["messages"])
    return said(
        handler, {"reasoning_content": "Hm."}, {"content": f"{body['model']}: {history}"}, usage=usage
    )


def failed(handler: BaseHTTPRequestHandler, status: int, error: dict[str, str]) -> None:
    handler.send_response(status)
    handler.send_header("content-type", "application/json")
    handler.end_headers()
    handler.wfile.write(json.dumps({"error": error}).encode())


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    served = Served(answers)
    yield served
    served.close()


@pytest.fixture
def page(browser: Browser, address: str, server: Served) -> Iterator[Page]:
    """The playground; a request to anyone but its site and that server fails the test."""
    server.seen.clear()
    with allowed(browser, address, server.origin) as opened:
        foreign: list[str] = []
        errors: list[str] = []
        ours = (address, server.origin, "data:", "blob:")
        opened.on("request", lambda r: None if r.url.startswith(ours) else foreign.append(r.url))
        opened.on("pageerror", lambda e: errors.append(str(e)))
        yield opened
        assert (foreign, errors) == ([], [])


def test_no_hostile_output_runs_loads_or_breaks_anything(page: Page, server: Served) -> None:
    assert len(OUTPUTS) >= 200
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.evaluate("() => { window.hits = 0; window.pwned = () => { window.hits += 1; }; }")
    # Six outputs at once, a pane each.
    choose(page, server.origin, *(f"m{pane}" for pane in range(6)))
    forbidden = (
        "script, style, form, iframe, img, svg, math, object, embed, link, base, meta, video, audio, input"
    )
    nothing = {"bad": "", "named": "", "on": False, "links": [], "bidi": False, "hits": 0}
    for number in range(0, len(OUTPUTS), 6):
        run(page, f"hostile {number}")
        expect(page.locator(".end")).to_have_text(["Finished: stop"] * 6)
        drawn = page.evaluate(
            """forbidden => [...document.querySelectorAll(".answer")].map((answer) => {
                const links = [...answer.querySelectorAll("a")].map((a) => a.getAttribute("href"));
                const named = answer.querySelector("[id], [name], [style], [class]");
                const on = [...answer.querySelectorAll("*")].some((e) =>
                    [...e.attributes].some((a) => a.name.startsWith("on")));
                return {
                    bad: answer.querySelector(forbidden)?.outerHTML ?? "", named: named?.outerHTML ?? "", on,
                    links: links.filter((href) => href && !/^(https?|mailto):/.test(href)),
                    bidi: /[\\u202A-\\u202E\\u2066-\\u2069]/.test(answer.textContent), hits: window.hits,
                };
            })""",
            forbidden,
        )
        assert drawn == [nothing] * 6, [text[:200] for text in OUTPUTS[number : number + 6]]
    assert dialogs == []


def test_a_key_goes_to_its_own_origin_and_nowhere_else(page: Page, server: Served, address: str) -> None:
    log: list[tuple[str, str]] = []
    page.on(
        "request",
        lambda r: log.append((r.url, json.dumps(r.all_headers()) + (r.post_data or ""))),
    )
    choose(page, server.origin, "one", "two")
    page.locator(".key").first.fill(KEY)
    run(page, "Hello {{name}}")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Copy a link").click()
    page.get_by_text("More", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as JSON").click()
    assert KEY not in Path(download.value.path()).read_text()
    page.locator(".pane").first.get_by_role("button", name="Get code").click()
    expect(page.locator(".sheet")).to_contain_text("from openai import OpenAI")
    assert KEY not in page.locator(".sheet").inner_text()
    assert KEY not in page.url
    sent = [url for url, text in log if KEY in text or KEY in url]
    assert sent
    assert all(url.startswith(f"{server.origin}/") for url in sent)
    assert all(asked["authorization"] == f"Bearer {KEY}" for _, asked, _ in server.seen)
    kept = page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert KEY not in kept
    # Another address is another origin: the key is not there any more.
    page.locator(".pane").first.locator("summary", has_text="Address and key").click()
    page.locator(".places input").first.fill("http://127.0.0.1:9/v1")
    expect(page.locator(".key").first).to_have_value("")


def test_keys_are_kept_only_as_chosen_and_forgotten_in_one_click(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    page.locator(".key").fill(KEY)
    page.locator(".keys > summary").click()
    page.get_by_label("in this tab, until it is closed").check()
    page.get_by_role("button", name="Keep so").click()
    page.reload()
    choose(page, server.origin, "one")
    expect(page.locator(".key")).to_have_value(KEY)
    page.locator(".keys > summary").click()
    page.get_by_label("on this device, encrypted").check()
    page.get_by_label("Passphrase", exact=True).fill("correct horse")
    page.get_by_role("button", name="Keep so").click()
    expect(page.locator("#told")).to_have_text("Keys are kept on this device, encrypted.")
    page.wait_for_function("() => localStorage.getItem('almanac-vault') !== null")
    kept = page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert KEY not in kept
    page.reload()
    choose(page, server.origin, "one")
    expect(page.locator(".key")).to_have_value("")
    page.locator(".keys > summary").click()
    page.get_by_label("Passphrase of the kept keys").fill("wrong horse")
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator("#told")).to_contain_text("does not open the keys", timeout=PATIENCE_MS)
    page.get_by_label("Passphrase of the kept keys").fill("correct horse")
    page.get_by_role("button", name="Unlock").click()
    expect(page.locator(".key")).to_have_value(KEY, timeout=PATIENCE_MS)
    page.get_by_role("button", name="Forget all keys").click()
    expect(page.locator(".key")).to_have_value("")
    assert page.evaluate("() => localStorage.getItem('almanac-vault')") is None


def test_a_link_fills_the_form_and_runs_nothing(page: Page, server: Served, address: str) -> None:
    hostile = "v=1&model=openai:gpt-6.1-sol&model=nobody:x&model=anthropic:claude-opus-5&prompt=Buy%20now"
    hostile += "&base_url=https://evil.example&key=sk-1"
    hostile += '&options={"temperature":0.5,"url":"https://evil.example"}'
    page.goto(f"/playground/#{hostile}")
    page.reload()
    expect(page.locator("#prompt")).to_have_value("Buy now")
    expect(page.locator(".model")).to_have_count(2)
    expect(page.locator(".model").nth(0)).to_have_value("gpt-6.1-sol")
    expect(page.locator("#told")).to_contain_text("Nothing has been sent")
    page.wait_for_timeout(300)
    assert server.seen == []
    assert "evil.example" not in page.locator("#bench").inner_html()


def test_a_run_comes_back_from_its_export(page: Page, server: Served, tmp_path: Path) -> None:
    choose(page, server.origin, "one")
    run(page, "Hello")
    page.get_by_text("More", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as JSON").click()
    file = tmp_path / "run.json"
    download.value.save_as(file)
    page.reload()
    page.get_by_text("More", exact=True).click()
    page.locator("label", has_text="Import a run").locator("input").set_input_files(file)
    expect(page.locator("#told")).to_have_text("The run is back. Nothing has been sent.", timeout=START)
    expect(page.locator("#prompt")).to_have_value("Hello")
    expect(page.locator(".answer")).to_contain_text("one: Hello")
    assert len(server.seen) == 1


def test_a_conversation_goes_on_in_every_model(page: Page, server: Served) -> None:
    choose(page, server.origin, "one", "two")
    run(page, "Hello {{name}}")
    page.get_by_label("Go on with every model").fill("And then?")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".answer").nth(3)).to_contain_text("And then?", timeout=START)
    roles = [m["role"] for m in server.seen[-1][2]["messages"]]
    assert roles == ["user", "assistant", "user"]
    table = page.locator("#summary + .scroll")
    expect(table).to_contain_text("Whole answer")
    page.get_by_text("What differs between two answers").click()
    expect(page.locator(".compared")).to_contain_text("two")


def test_variables_images_and_parameters_are_sent(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    page.locator("#prompt").fill("Hello {{name}}")
    page.get_by_label("name", exact=True).fill("Ada")
    png = b"\x89PNG\r\n\x1a\n0000"
    page.locator("label", has_text="Add images").locator("input").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": png}
    )
    expect(page.locator(".images")).to_contain_text("a.png")
    page.get_by_text("Parameters for all models").click()
    page.locator("form#ask").get_by_label("Temperature").fill("0.5")
    page.locator("form#ask").get_by_label("JSON schema").fill('{"type": "object"')
    page.locator("#run").click()
    expect(page.locator(".end")).to_contain_text("JSON schema is no JSON", timeout=START)
    page.locator("form#ask").get_by_label("JSON schema").fill('{"type": "object"}')
    page.locator("#run").click()
    expect(page.locator("#told")).to_have_text("All models have finished.", timeout=START)
    body = server.seen[-1][2]
    assert body["temperature"] == 0.5
    assert body["response_format"]["json_schema"]["schema"] == {"type": "object"}
    image, text = body["messages"][0]["content"]
    assert image["image_url"]["url"].startswith("data:image/png;base64,iVBOR")
    assert text["text"] == "Hello Ada"


def test_a_tools_result_goes_back(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    page.get_by_text("Parameters for all models").click()
    page.locator("form#ask").get_by_label("Tools").fill(
        '[{"name": "weather", "parameters": {"type": "object"}}]'
    )
    run(page, "weather")
    expect(page.locator(".call")).to_contain_text("Oslo")
    page.get_by_label("Its result").fill("rain")
    page.get_by_role("button", name="Send the results").click()
    expect(page.locator(".answer").nth(1)).to_contain_text("rain", timeout=START)
    assert server.seen[-1][2]["messages"][-1] == {"role": "tool", "tool_call_id": "c1", "content": "rain"}


def test_json_shows_as_a_tree_and_as_text(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    run(page, "json")
    page.get_by_label("View").select_option("json")
    expect(page.locator(".answer > details > summary")).to_have_text("{2}")
    page.get_by_label("View").select_option("text")
    expect(page.locator(".answer")).to_contain_text("```json")


def test_a_refused_parameter_can_be_left_out_in_one_click(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    page.get_by_text("Parameters for all models").click()
    page.locator("form#ask").get_by_label("Temperature").fill("0.5")
    run(page, "picky", "1 of 1 models did not finish.")
    expect(page.locator(".advice")).to_contain_text("This model does not take: Temperature")
    page.get_by_role("button", name="Run again without Temperature").click()
    expect(page.locator("#told")).to_have_text("All models have finished.", timeout=START)
    assert "temperature" not in server.seen[-1][2]


def test_a_rate_limit_counts_down_and_can_be_cancelled(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    page.locator("#prompt").fill("limit")
    page.locator("#run").click()
    expect(page.locator(".waiting")).to_contain_text("Trying again in", timeout=START)
    page.get_by_role("button", name="Do not").click()
    expect(page.locator(".end")).to_have_text("Stopped.")
    assert len(server.seen) == 1


def test_an_unreachable_server_is_explained(page: Page) -> None:
    choose(page, "http://127.0.0.1:9", "one")
    page.once("dialog", lambda dialog: dialog.dismiss())
    run(page, "Hello", "1 of 1 models did not finish.")
    expect(page.locator(".end")).to_have_text("This address is not allowed yet.")


def test_a_connection_is_tested_step_by_step(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    page.get_by_role("button", name="Test connection").click()
    expect(page.locator("#told")).to_have_text("The connection works.", timeout=START)
    steps = page.locator(".steps li").all_inner_texts()
    assert [step.split(":")[0] for step in steps] == ["Address", "Key", "Network", "CORS", "Stream", "Answer"]


def test_history_stays_in_the_page_unless_the_reader_keeps_it(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    run(page, "Hello")
    assert page.evaluate("() => localStorage.getItem('almanac-history')") is None
    page.locator(".history > summary").click()
    page.get_by_label("Keep it on this device").check()
    page.reload()
    page.locator(".history > summary").click()
    page.locator(".history").get_by_role("button", name="Open").click()
    expect(page.locator("#prompt")).to_have_value("Hello")
    page.get_by_label("Keep it on this device").uncheck()
    assert page.evaluate("() => localStorage.getItem('almanac-history')") is None


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_in_any_state(browser: Browser, address: str, scheme: str, width: int) -> None:
    server = Served(answers)
    with allowed(browser, address, server.origin) as page:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.reload()
        page.locator(".pane").first.wait_for()
        assert faults(page) == [], "empty"
        page.evaluate("() => document.querySelectorAll('#bench details').forEach((d) => (d.open = true))")
        assert faults(page) == [], "all opened"
        choose(page, server.origin, "one", "two")
        run(page, "Hello {{name}}")
        assert faults(page) == [], "done"
        page.locator(".pane").first.get_by_role("button", name="Get code").click()
        page.locator(".sheet").wait_for()
        page.locator("#prompt").fill("limit")
        page.locator("#run").click()
        page.locator(".waiting").first.wait_for()
        assert faults(page) == [], "waiting"
        page.locator("#stop").click()
        # Its countdown goes and the buttons below move up; a click in between would miss.
        expect(page.locator(".waiting")).to_have_count(0)
        choose(page, server.origin, "one")
        page.locator("#prompt").fill("weather")
        page.locator("#run").click()
        page.locator(".call").wait_for(timeout=START)
        assert faults(page) == [], "tool call"
        page.locator("form#ask").get_by_label("Temperature").fill("0.5")
        run(page, "picky", "1 of 1 models did not finish.")
        assert faults(page) == [], "error"
    server.close()


def test_a_real_model_answers_without_a_key(page: Page, server: Served) -> None:
    page.get_by_role("button", name="Try without a key").click()
    expect(page.locator(".pane")).to_have_count(1)
    expect(page.locator(".model")).to_have_value("smollm2-135m-instruct")
    expect(page.locator("#told")).to_contain_text("98 MB")
    page.locator("#ask .options > summary").click()
    page.locator("form#ask").get_by_label("Max tokens").fill("12")
    page.locator("form#ask").get_by_label("Temperature").fill("0")
    page.locator("#prompt").fill("What is the capital of France?")
    page.locator("#run").click()
    expect(page.locator("#told")).to_have_text("All models have finished.", timeout=PATIENCE_MS)
    expect(page.locator(".answer")).to_contain_text("Paris")
    expect(page.locator(".metrics")).to_contain_text("reported")
    assert page.evaluate("() => caches.has('almanac-models')")
    assert server.seen == []


def test_a_cell_compares_prints_fails_readably_and_stops(page: Page, server: Served) -> None:
    choose(page, server.origin, "one", "two")
    page.locator(".cell > summary").click()
    expect(page.locator(".cm-content")).to_contain_text("await compare")
    printed = page.locator(".printed")

    page.locator("#cell-run").click()  # the example as it stands
    expect(page.locator("#told")).to_have_text("The cell has run.", timeout=START)
    expect(printed).to_contain_text("one: Name three primes.")
    expect(printed).to_contain_text("own/two")
    cell(page, 'r = await compare("Hi", models=["own/two"], temperature=0.2)\nr[0].text')
    expect(printed).to_have_text("'two: Hi'\n", timeout=START)
    assert server.seen[-1][2]["temperature"] == 0.2
    cell(page, "len(results), models")
    expect(printed).to_have_text("(2, ['own/one', 'own/two'])\n")
    cell(page, "def f():\n    return 1 / 0\nf()")
    expect(printed).to_contain_text("ZeroDivisionError")
    expect(printed).to_contain_text("line 2")
    assert "pyodide" not in printed.inner_text()
    guide = Path("docs/playground/guide.md").read_text()
    cell(page, guide.split("```python\n")[1].split("```")[0])
    expect(printed).to_contain_text("░", timeout=START)
    expect(page.locator("#told")).to_have_text("The cell has run.")
    assert "Traceback" not in printed.inner_text()
    cell(page, 'await compare("Hi", models=["nobody"])')
    expect(printed).to_contain_text("no pane has the model 'nobody'; the panes have own/one, own/two")
    cell(page, "while True: pass")
    page.wait_for_timeout(200)
    page.locator("#cell-stop").click()
    expect(printed).to_contain_text("Python was ended and starts anew")
    cell(page, "1 + 1")
    expect(printed).to_have_text("2\n", timeout=START)
    run(page, "Hello")
    expect(page.locator(".answer").first).to_contain_text("one: Hello")


def test_chance_and_the_hour_are_the_readers_and_not_the_builds(browser: Browser, address: str) -> None:
    code = "import datetime, os, random\nnow = datetime.datetime.now().astimezone()\n"
    code += "print(random.random(), os.urandom(4).hex(), now.utcoffset().total_seconds())"
    printed: list[str] = []
    for zone in ("Asia/Tokyo", "America/Lima"):
        context = browser.new_context(base_url=address, timezone_id=zone)
        page = context.new_page()
        page.goto("/playground/")
        cell(page, code)
        expect(page.locator("#told")).to_have_text("The cell has run.", timeout=START)
        printed += page.locator(".printed").inner_text().split()
        context.close()
    assert printed[2::3] == ["32400.0", "-18000.0"]
    assert len(set(printed)) == len(printed) == 6


def test_a_cell_never_sees_a_key(page: Page, server: Served) -> None:
    choose(page, server.origin, "one")
    page.locator(".key").fill(KEY)
    cell(page, 'r = await compare("Hi")\nprint(r, repr(compare.__self__.__dict__), globals())')
    expect(page.locator("#told")).to_have_text("The cell has run.", timeout=START)
    assert KEY not in page.locator(".printed").inner_text()
    assert server.seen[-1][1]["authorization"] == f"Bearer {KEY}"


def test_a_streaming_answer_moves_no_button_of_its_pane(browser: Browser, address: str) -> None:
    served = Served(forever)
    with allowed(browser, address, served.origin) as page:
        choose(page, served.origin, "one")
        page.locator("#prompt").fill("Go on")
        page.locator("#run").click()
        expect(page.locator(".answer")).to_contain_text("word", timeout=START)
        buttons = "[...document.querySelectorAll('.one, .remove, #stop')]"
        places = f"() => {buttons}.map((b) => b.getBoundingClientRect().y)"
        before = page.evaluate(places)
        length = len(page.locator(".answer").inner_text())
        page.wait_for_timeout(500)
        assert len(page.locator(".answer").inner_text()) > length
        assert page.evaluate(places) == before
        page.locator(".one").click()
        expect(page.locator(".end")).to_have_text("Stopped.")
    served.close()
