// Who says each fact of a model: drawn when a fold is opened, from the JSON that lies beside the page.

import { elements } from "./element.mjs";

/** @import { Fact, Model, Offering } from "../types/api.js" */

/** Draw what a fold holds once it is opened; `root` is where the site begins. @param {URL} root */
export function drawWhenOpened(root) {
  for (const fold of elements(document, "details.evidence", HTMLDetailsElement)) {
    const draw = () => {
      const place = fold.querySelector(".unread");
      if (fold.open && place instanceof HTMLElement) drawn(root, fold, place);
    };
    fold.addEventListener("toggle", draw);
    draw();
  }
}

/** The page's model, asked for once; again after it could not be loaded. @type {Promise<Model> | null} */
let model = null;

/** @param {URL} root @returns {Promise<Model>} */
async function load(root) {
  const path = location.pathname.slice(root.pathname.length).replace(/\/(index\.html)?$/, "");
  const response = await fetch(new URL(`catalog/v1/${path}.json`, root));
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

/** @param {URL} root @param {HTMLDetailsElement} fold @param {HTMLElement} place where the link stands */
async function drawn(root, fold, place) {
  const target = fold.dataset.of ?? "";
  try {
    model ??= load(root);
    const { facts, offerings, sources } = await model;
    const offering = offerings.find(({ key }) => key === target);
    const rows = table(root, target, offering?.facts ?? facts, sources);
    place.replaceWith(rows, ...(offering ? [readAt(offering)] : []));
  } catch (error) {
    model = null;
    const why = document.createElement("small");
    why.setAttribute("role", "alert");
    why.textContent = ` This page could not load them (${error instanceof Error ? error.message : error}).`;
    place.querySelector("small")?.remove();
    place.append(why);
  }
}

/**
 * @param {URL} root @param {string} target a key, or a model's id @param {Fact[]} facts
 * @param {Record<string, string>} sources their names
 */
function table(root, target, facts, sources) {
  const rows = facts.map(({ field, label, text, page, mark, claimed_by: more, claims }) => {
    const by = more ?? [...new Set(claims.map(({ source }) => sources[source] ?? source))].join(", ");
    const letter = made("sup", { className: `letter letter-${mark.toLowerCase()}`, textContent: mark });
    const href = `${root.href}correct/#${encodeURI(target)}!${encodeURI(field)}`;
    const correct = made("a", { className: "correct", href, textContent: "Correct" });
    const value = page ? made("a", { href: new URL(page.slice(1), root).href, textContent: text }) : text;
    return made("tr", {}, cell("td", label), cell("td", value, letter), cell("td", by), cell("td", correct));
  });
  const heads = ["Fact", "Value", "Who says so", "Wrong?"].map((name) => cell("th", name));
  const whole = made("table", {}, made("thead", {}, made("tr", {}, ...heads)), made("tbody", {}, ...rows));
  // As the theme wraps a table, so that a wide one can be scrolled.
  const inner = made("div", { className: "md-typeset__table" }, whole);
  return made("div", { className: "md-typeset__scrollwrap" }, inner);
}

/** The sources' records of an offering. @param {Offering} offering */
function readAt({ read_at: records }) {
  const links = records.flatMap(({ source, id, link }, i) => {
    const code = made("code", { textContent: id });
    return [`${i ? "," : ""} ${source} `, link ? made("a", { href: link, rel: "noreferrer" }, code) : code];
  });
  return made("p", {}, "Read at", ...links);
}

/** @param {"td" | "th"} name @param {(string | Node)[]} content */
const cell = (name, ...content) => made(name, {}, ...content);

/**
 * An element with what it holds.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name @param {Partial<HTMLElementTagNameMap[Name]>} properties
 * @param {(string | Node)[]} content
 */
function made(name, properties, ...content) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...content);
  return element;
}
