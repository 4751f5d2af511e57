"""A button that can't be pressed is read as well as any other: in both schemes, under the pointer, too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.rounds import sampled
from tests.site.playground.playing import drawn

#: The contrast of each disabled control's text with what is behind it, by WCAG 2.2, and its style.
CONTRASTS = """(controls) => {
    const parts = (colour) => {
        const canvas = new OffscreenCanvas(1, 1).getContext("2d");
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]) => [r, g, b]
        .map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, n) => sum + part * [0.2126, 0.7152, 0.0722][n], 0);
    const seen = (control, name) => {
        let opacity = 1;
        for (let at = control; at; at = at.parentElement) opacity *= getComputedStyle(at).opacity;
        let behind = control;
        while (parts(getComputedStyle(behind).backgroundColor)[3] < 255) behind = behind.parentElement;
        const paper = parts(getComputedStyle(behind).backgroundColor);
        const ink = parts(getComputedStyle(control)[name]);
        return [light(ink.map((part, n) => part * opacity + paper[n] * (1 - opacity))), light(paper)];
    };
    return controls.map((control) => {
        const [ink, paper] = seen(control, "color");
        const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
        return [control.textContent.trim() || control.placeholder, ratio];
    });
}"""
DISABLED = "button:disabled, button[aria-disabled=true], input:disabled, select:disabled"


@sampled(2)
@pytest.mark.parametrize(
    ("place", "scheme"),
    [("playground/", "light"), ("playground/", "dark"), ("evaluate/", "dark"), ("evaluate/", "light")],
)
def test_a_disabled_control_is_read_in_both_schemes_and_under_the_pointer(
    browser: Browser, address: str, place: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(f"{address}/{place}")
    expect(page.locator("#run")).to_be_visible()
    drawn(page)
    page.evaluate("() => document.querySelectorAll('#bench .set').forEach((it) => (it.open = true))")
    controls = [control for control in page.locator(DISABLED).all() if control.is_visible()]
    assert controls
    for control in controls:
        for hovered in (False, True):
            if hovered:
                control.hover(force=True)
            ((name, ratio),) = control.evaluate(f"(control) => ({CONTRASTS})([control])")
            assert ratio >= 4.5, f"{name}: {ratio:.2f}, hovered: {hovered}"
    context.close()
