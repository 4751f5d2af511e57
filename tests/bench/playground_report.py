"""What was measured of the playground, as a part of the report."""

from __future__ import annotations

from tests.bench import others
from tests.bench.report import middle, table


def written(
    boots: dict[str, list[float]],
    pages: dict[str, list[float]],
    sizes: dict[str, int],
    smoothness: tuple[int, float, float],
    closes: dict[str, list[float]],
    stops: int,
) -> str:
    """The tables; times are in milliseconds, `closes` those of the `stops` of each wire that were seen."""
    tasks, longest, watched = smoothness
    ours, theirs = middle(boots["this playground, warm"]), middle(boots["as shipped, warm"])
    parts = [
        "### Python ready",
        (
            "From the first touch to a Python that can run a prompt. *As shipped* is the same Pyodide and "
            "packages without our compiling: standard library and wheels as source, its files unchecked."
        ),
        table(
            ["what", "cold, ms", "warm, ms"],
            [
                [name, *(f"{middle(boots[f'{name}, {state}']):.0f}" for state in ("cold", "warm"))]
                for name in ("this playground", "as shipped")
            ],
        ),
        f"Warm, the playground takes {ours / theirs:.2f} of as shipped (wanted: at most 0.25).",
        (
            "From asking for the page to the first word of its Python, beside two pages made for notebooks, "
            "each with the release of Pyodide it pins, from the same server; here the playground is touched "
            "as soon as it shows."
        ),
        table(
            ["what", "cold, ms", "warm, ms"],
            [
                [name, *(f"{middle(pages[f'{name}, {state}']):.0f}" for state in ("cold", "warm"))]
                for name in ("this playground", *others.PAGES)
            ],
        ),
        "### Six panes",
        (
            f"Six streams of 100 tokens/s for {watched:.0f} s, drawn as Markdown: {tasks} tasks of the main "
            f"thread over 50 ms, the longest {longest:.0f} ms."
        ),
        "### Stop",
        "From the click on Stop to the server seeing the connection close, against an endless stream.",
        table(
            ["wire", "closed", "median, ms", "worst, ms", "within 100 ms"],
            [
                [
                    f"`{wire}`",
                    f"{len(times)} of {stops}",
                    f"{middle(times):.0f}",
                    f"{max(times):.0f}",
                    f"{sum(t <= 100 for t in times)}",
                ]
                for wire, times in closes.items()
            ],
        ),
        "### Bytes",
        "Compressed with gzip as a host would send them.",
        table(["when", "kB"], [[state, f"{size / 1000:,.0f}"] for state, size in sizes.items()]),
    ]
    return "\n\n".join(parts)
