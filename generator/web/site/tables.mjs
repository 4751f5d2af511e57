// Tables that can be sorted, unknown and doubtful last either way, and those that can be searched.

import { element, elements } from "./element.mjs";
import { complete } from "./rest.mjs";

const COLLATOR = new Intl.Collator("en", { numeric: true });

/** A cell as it is sorted. @typedef {{ text: string, unknown: boolean, number: number }} Sorted */

/**
 * A cell's number, without dollar sign and commas; a date is none: in order as text it is in order by day.
 * @param {string} text
 */
function number(text) {
  if (/^\d{4}-\d\d/.test(text)) return NaN;
  return Number(/^\$?-?[\d,]*\.?\d+/.exec(text)?.[0].replace(/[$,]/g, "") ?? NaN);
}

/** @param {string} content a cell's text @returns {Sorted} */
export function sorted(content) {
  const text = content.trim();
  // A price with the letter of a doubt behind it is shown, and stands in no order.
  return { text, unknown: text.startsWith("—") || /^\$[^A-Z]*Q/.test(text), number: number(text) };
}

/** A cell by the value that its text stands for, where it says one. @param {HTMLElement} cell */
export function sortedCell(cell) {
  const value = cell.querySelector("data")?.value;
  const plain = sorted(cell.textContent);
  // That there is none has no place in an order either.
  if (cell.querySelector(".none")) return { ...plain, unknown: true };
  return value === undefined ? plain : { ...plain, number: Number(value) };
}

/**
 * Which of two cells comes first; unknown comes last either way.
 * @param {Sorted} a @param {Sorted} b @param {boolean} down
 */
export function order(a, b, down) {
  if (a.unknown || b.unknown) return Number(a.unknown) - Number(b.unknown);
  const textual = Number.isNaN(a.number) || Number.isNaN(b.number);
  const up = textual ? COLLATOR.compare(a.text, b.text) : a.number - b.number;
  return down ? -up : up;
}

/**
 * Whether a text has each word of what was typed.
 * @param {string} text in lower case @param {string} typed
 */
export function has(text, typed) {
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Each heading a button that sorts. @param {HTMLTableElement} table */
export function makeSortable(table) {
  const body = table.tBodies[0];
  const heads = [...(table.tHead?.rows[0].cells ?? [])];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    head.setAttribute("aria-sort", "none");
    button.addEventListener("click", async () => {
      await complete(table);
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].map((row) => ({ row, cell: sortedCell(row.cells[column]) }));
      rows.sort((a, b) => order(a.cell, b.cell, down));
      body.append(...rows.map(({ row }) => row));
    });
  });
}

/** Above a table of more than twelve rows, a search of them. @param {Element} place */
export function makeFindable(place) {
  const rowsNow = () =>
    elements(place, "tbody tr", HTMLTableRowElement).map((row) => ({
      row,
      text: row.textContent.toLowerCase(),
    }));
  let rows = rowsNow();
  if (rows.length <= 12) return;
  const find = document.createElement("p");
  find.className = "find";
  find.innerHTML = '<label>Find in the table <input type="search"></label> <span role="status"></span>';
  const input = element(find, "input", HTMLInputElement);
  const status = element(find, "span", HTMLSpanElement);
  place.addEventListener("rows", () => {
    rows = rowsNow();
  });
  input.addEventListener("input", async () => {
    await complete(place);
    for (const { row, text } of rows) row.hidden = !has(text, input.value);
    const left = rows.filter(({ row }) => !row.hidden).length;
    status.textContent = `${left.toLocaleString("en")} of ${rows.length.toLocaleString("en")}`;
  });
  place.prepend(find);
}
