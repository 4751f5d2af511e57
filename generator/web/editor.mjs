// The playground's Python editor, bundled by esbuild into one file: CodeMirror 6 that completes our names.

import { autocompletion, completeFromList } from "@codemirror/autocomplete";
import { python, pythonLanguage } from "@codemirror/lang-python";
import { syntaxHighlighting } from "@codemirror/language";
import { EditorView, keymap } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { basicSetup } from "codemirror";

/**
 * An editor in `parent`; `run` is called on Ctrl+Enter. Tab leaves it, as everywhere on the page.
 * @param {HTMLElement} parent
 * @param {string} doc
 * @param {{ name: string, info: string }[]} names what the code finds, for completion
 * @param {() => void} run
 */
export function edit(parent, doc, names, run) {
  const known = names.map(({ name, info }) => ({
    label: name,
    type: info.includes(`${name}(`) ? "function" : "variable",
    info,
  }));
  return new EditorView({
    parent,
    doc,
    extensions: [
      keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }]),
      basicSetup,
      python(),
      syntaxHighlighting(classHighlighter),
      pythonLanguage.data.of({ autocomplete: completeFromList(known) }),
      autocompletion(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "Python" }),
    ],
  });
}
