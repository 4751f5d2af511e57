// Who says the facts of an answer's first models, from the pages' own data, for the decision record.

/** @import { Claim, Model } from "../../types/api.js" */
/** @import { Answer, RecordClaims } from "../../types/choose.js" */

/** How many models a decision record shows in full. */
const FULL = 5;

/** @param {string} root @param {Answer} answer @returns {Promise<RecordClaims>} */
export async function claimed(root, { own, models }) {
  /** @type {RecordClaims} */
  const claims = {};
  for (const { model, offering } of [...(own?.models.slice(0, FULL) ?? []), ...models.slice(0, FULL)]) {
    /** @type {Model | null} */
    const page = await json(`${root}catalog/v1/models/${model}.json`);
    const served = page?.offerings.find((o) => o.key === offering);
    const facts = [...(page?.facts ?? []), ...(served?.facts ?? [])];
    claims[offering] = Object.fromEntries(facts.map((f) => [f.field, cited(f.claims)]));
  }
  return claims;
}

/** The JSON at an address, or null. @param {string | URL} address */
export const json = (address) =>
  fetch(address)
    .then((a) => (a.ok ? a.json() : null))
    .catch(() => null);

/** Who says a fact, without the notes. @param {Claim[]} claims */
const cited = (claims) => claims.filter((c) => !c.note).map(({ source, link }) => ({ source, link }));
