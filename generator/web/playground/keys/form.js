// What is entered as a key and holds more than the key: it would be refused, or sent as it stands in vain.

/** @import { Advice } from "../../types/playground.js" */

const VARIABLE = /^(?:export\s|set\s|\$env:|[a-z]\w*_\w+\s*=\s*[^\s=])/i;
const HEADER = /^[a-z][\w-]*:\s/i;
const QUOTED = /^["'`“”‘’]|["'`“”‘’]$/;
/** What goes into a header as it is. */
const PLAIN = /^[!-~]*$/;

/** By what is seen, in their order; a first that holds is said. @type {[RegExp, Advice][]} */
const FORMS = [
  [/^bearer[\s:]/i, { cause: "it begins with “Bearer”", fix: "Paste only what follows" }],
  [VARIABLE, { cause: "it is a line that sets a variable", fix: "Paste only what follows the “=”" }],
  [HEADER, { cause: "it begins with the name of a header", fix: "Paste only what follows the colon" }],
  [QUOTED, { cause: "it stands in quotes", fix: "Paste only what is between them" }],
  [/\s/, { cause: "a space or a line break is in it", fix: "Paste it again, without that" }],
];
const OTHER = {
  cause: "a character is in it that no key has, such as … or •",
  fix: "Copy the whole key anew",
};

/**
 * What is wrong with how a part of a key is written; null where nothing is. No part of the key is in it.
 * @param {string} text
 * @returns {Advice | null}
 */
export function faultOfPart(text) {
  const [, fault = null] = FORMS.find(([form]) => form.test(text)) ?? [];
  return fault ?? (PLAIN.test(text) ? null : OTHER);
}
