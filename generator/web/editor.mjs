// The playground's Python editor, bundled by esbuild into one file: CodeMirror 6 that completes our names.

import { autocompletion, completeFromList } from "@codemirror/autocomplete";
import { python, pythonLanguage } from "@codemirror/lang-python";
import { syntaxHighlighting } from "@codemirror/language";
import { EditorView, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { basicSetup } from "codemirror";

const NAMES = [
  {
    label: "compare",
    type: "function",
    info: 'await compare("prompt", models=[…]): a result for each model',
  },
  { label: "models", type: "variable", info: "the names compare takes: the panes of the page" },
  { label: "table", type: "function", info: "table(results): the results beside each other" },
  { label: "plot", type: "function", info: "plot(results): a bar for each model's time" },
];

/**
 * An editor in `parent`; `run` is called on Ctrl+Enter. Tab leaves it, as everywhere on the page.
 * @param {HTMLElement} parent
 * @param {string} doc
 * @param {() => void} run
 */
export function edit(parent, doc, run) {
  return new EditorView({
    parent,
    doc,
    extensions: [
      keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }]),
      basicSetup,
      python(),
      syntaxHighlighting(classHighlighter),
      pythonLanguage.data.of({ autocomplete: completeFromList(NAMES) }),
      autocompletion(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "Python" }),
    ],
  });
}
