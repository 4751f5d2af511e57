// The rows a reader sees, as a file: CSV for a spreadsheet, JSON for a program.

/** @import { FactValue } from "../types/api.js" */
/** @import { Offerings } from "./offerings.mjs" */

/** @param {Offerings} offerings @param {number[]} rows @param {string[]} columns their ids */
export function csv(offerings, rows, columns) {
  const prices = columns.filter((c) => offerings.isPrice(c));
  const last = prices.length ? ["by_hour"] : [];
  const head = ["key", ...columns.flatMap((c) => (figure(c) ? [c, `${c}_standing`] : [c])), ...last];
  const lines = rows.map((row) => [
    offerings.key(row),
    ...columns.flatMap((c) => cells(offerings, row, c)),
    ...last.map(() => byHour(offerings, row, prices)),
  ]);
  return [head, ...lines].map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n";
}

/** @param {Offerings} offerings @param {number[]} rows @param {string[]} columns their ids */
export function json(offerings, rows, columns) {
  const made = rows.map((row) => {
    const model = offerings.model(row);
    /** @type {Record<string, FactValue | { value: FactValue, standing: string | null, least?: number }>} */
    const out = {
      key: offerings.key(row),
      model_id: model,
      page: `models/${model}/#${offerings.anchor(row)}`,
    };
    for (const column of columns) {
      const [value, mark] = cells(offerings, row, column);
      const plain = value === "" ? null : value;
      const least = figure(column) ? offerings.cell(row, column)?.[3] : undefined;
      const hours = least === undefined ? {} : { least };
      out[column] = mark === undefined ? value : { value: plain, standing: mark || null, ...hours };
    }
    return out;
  });
  return `${JSON.stringify(made, null, 1)}\n`;
}

/** @param {string} name @param {string} type @param {string} text */
export function save(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** @param {string} column */
const figure = (column) => !["model", "provider", "channel"].includes(column);

/**
 * A row's text in a column, or a fact's value and the letter of its standing.
 * @param {Offerings} offerings @param {number} row @param {string} column
 * @returns {[value: string | number] | [value: string | number, mark: string]}
 */
function cells(offerings, row, column) {
  if (!figure(column)) return [offerings.text(row, column)];
  const [value, mark, text] = offerings.cell(row, column) ?? ["", ""];
  return [Array.isArray(value) ? value.join(" ") : (text ?? value ?? ""), mark];
}

/**
 * The prices of a row that differ by the hour, whose columns have the dearest: `input $0.14 to $0.28`.
 * @param {Offerings} offerings @param {number} row @param {string[]} prices the columns' ids
 */
function byHour(offerings, row, prices) {
  const hourly = prices.filter((c) => offerings.cell(row, c)?.[3] !== undefined);
  return hourly.map((c) => `${c} ${offerings.text(row, c)}`).join("; ");
}

/** A field of CSV; what a spreadsheet would run as a formula is kept text. @param {string | number} value */
export function quoted(value) {
  let text = String(value);
  if (typeof value === "string" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
