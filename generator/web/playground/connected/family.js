// What a model takes of a chat, by its family: a row says it once for all models that take the same.

/** @import { Model, Row } from "../../types/playground.js" */

/** What a family takes. @param {Row["families"][number] | undefined} family @returns {Partial<Model>} */
export function takenBy(family) {
  if (!family) return {};
  const { efforts, refused, refused_with, family: place } = family;
  return { efforts, refused, refused_with, family: place };
}

/**
 * A model with what it takes; its list says nothing of that where its family takes the same.
 * @param {Pick<Row, "families">} row @param {Model} model
 */
export function withFamily({ families }, model) {
  const hasOwn = model.refused ?? model.refused_with ?? model.efforts;
  return hasOwn ? model : { ...takenBy(families[model.family ?? -1]), ...model };
}
