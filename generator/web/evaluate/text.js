// Values of cases as a reader sees them.

/** @import { Case } from "../types/evaluate.js" */

/** A whole number, in groups of three digits. @param {number} value */
export const count = (value) => value.toLocaleString("en");

/** @param {unknown} value */
export const textOf = (value) =>
  typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);

/** What a case begins with, for a list: its first variable, or else its last message. @param {Case} one */
export function beginningOf({ variables, messages = [] }) {
  const [first] = Object.values(variables);
  return textOf(first) || (messages.at(-1)?.text ?? "");
}

/** What stands before the prompt in a case: 3 messages, 1 image; empty without any. @param {Case} one */
export function conversationOf({ messages = [] }) {
  if (!messages.length) return "";
  const images = messages.reduce((sum, { images: own = [] }) => sum + own.length, 0);
  return many(messages.length, "message") + (images ? `, ${many(images, "image")}` : "");
}

/** @param {number} number @param {string} what */
export const many = (number, what) => `${count(number)} ${what}${number === 1 ? "" : "s"}`;

/** A share from 0 to 1. @param {number} share */
export const percent = (share) => `${Math.round(share * 100)} %`;

/** A day, as the reader's clock has it: 2026-11-28. */
export function day(date = new Date()) {
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

/** @param {number} value */
export const seconds = (value) => `${value < 10 ? Number(value.toPrecision(2)) : Math.round(value)} s`;

/** Dollars: whole cents, of less than ten cents at most two digits that count. @param {number} value */
export function usd(value) {
  const cents = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return `$${value.toLocaleString("en", value >= 0.095 ? cents : { maximumSignificantDigits: 2 })}`;
}
