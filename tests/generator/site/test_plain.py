"""Pages as Markdown for programs: nothing that only lays out, everything that says something."""

from __future__ import annotations

from generator.site.html.plain import plain_markdown

PAGE = """# Acme One

<p class="lead">By <a href="/labs/acme/">Acme</a> · <code>acme/one</code> · Open weights yes<sup>S</sup></p>

<h2 id="where">Where can I get it</h2>

<div class="sortable" markdown>

| Provider | Input |
|---|--:|
| [Acme](/providers/acme/) at [Direct](#acme-direct) | $1.00<sup class="letter letter-a">A</sup><br>up |

</div>

<h2 id="history">How its price moved</h2>

<figure class="plot"><svg viewBox="0 0 1 1"><path d="M0 0"/></svg></figure>

<h2 id="evidence">Evidence</h2>

<details class="evidence" markdown><summary>Acme, Direct <small>2 facts</small></summary>

<ul><li>One &lt;b&gt;</li><li><a href="#where">Two</a></li></ul>

</details>
"""


def test_what_is_read_stays_and_what_is_drawn_goes() -> None:
    assert (
        plain_markdown(PAGE)
        == """# Acme One

By [Acme](/labs/acme/) · `acme/one` · Open weights yes (S)

## Where can I get it

| Provider | Input |
|---|--:|
| [Acme](/providers/acme/) at Direct | $1.00 (A); up |

## Evidence

### Acme, Direct 2 facts

- One &lt;b&gt;
- Two
"""
    )


def test_a_letter_that_all_claims_of_a_source_have_stands_once() -> None:
    lines = """- rates: One yes<sup>S</sup>; Two no<sup>S</sup>
- both: One yes<sup>A</sup>; Two no<sup>D</sup>
- x: One<sup>S</sup>"""
    assert plain_markdown(lines).splitlines() == [
        "- rates (S): One yes; Two no",
        "- both: One yes (A); Two no (D)",
        "- x: One (S)",
    ]
