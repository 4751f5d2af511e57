// The last run as a record: for the history, and to export.

import { chatOf, question } from "./chat.js";
import { askPython } from "./python.js";

/** @import { ExportForm, RunRecord } from "../../types/playground.js" */
/** @import { PlaygroundPage } from "../page.js" */

const FORMS = {
  json: ["json", "application/json"],
  markdown: ["md", "text/markdown"],
  csv: ["csv", "text/csv"],
};

/**
 * The form and what each pane's model last replied.
 * @param {PlaygroundPage} page
 * @returns {RunRecord}
 */
export function recordOf(page) {
  const [pane] = page.panes;
  return {
    made: new Date().toISOString(),
    chat: chatOf(page, pane, [question(page, pane, page.prompt || "(no prompt)")]),
    panes: page.panes.map(({ row, model, last }) => ({
      row: row.id,
      provider: row.name,
      model,
      reasoning: last?.reasoning ?? "",
      answer: last?.text ?? "",
      end: last?.end ? (last.end.reason ?? last.end.message ?? "") : "",
      metrics: last?.metrics ?? {},
    })),
  };
}

/**
 * Download the page's last run as json, markdown or csv.
 * @param {PlaygroundPage} page
 * @param {ExportForm} form
 */
export async function exportAs(page, form) {
  const [extension, type] = FORMS[form];
  await askPython(page, { kind: "export", form, record: recordOf(page) }, (text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = `run-${new Date().toISOString().slice(0, 19).replace(/\D/g, "")}.${extension}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    page.notice = `Exported ${link.download}.`;
  });
}
