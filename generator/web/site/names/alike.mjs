// Which models are called most like a name that is none's.
//
// Python does the same (playground/naming/alike.py), which says why; a test holds both to one answer.

import { alike, pairs } from "../../explorer/nearest.mjs";
import { splitPath } from "./forms.mjs";

/** @import { NamedModel } from "../../types/site.js" */

const LEAST = 0.45;
/** What separates the words of a name. */
export const WORD = /[\s:_-]+/;

/** @param {string} text */
function spelled(text) {
  const same = text.split(WORD).join("-");
  return new Set([...pairs(same), ...same]);
}

/** Models by the letters of what they are called. */
export class Alike {
  /** @param {NamedModel[]} models @param {string[][]} texts all that each is called */
  constructor(models, texts) {
    this.spelled = models.map((model, n) => {
      const names = texts[n].filter((text) => text !== model.id).map(spelled);
      return { model, whole: spelled(model.id), names };
    });
  }

  /** The models called most alike; the most served first. @param {string} text @param {number} most */
  nearest(text, most) {
    const whole = spelled(text);
    const path = splitPath(text);
    const name = spelled(path[path.length - 1]);
    return this.spelled
      .map(({ model, ...each }) => {
        const score = Math.max(alike(whole, each.whole), ...each.names.map((one) => alike(name, one)));
        return { score, model };
      })
      .filter(({ score }) => score > LEAST)
      .sort(
        (a, b) => b.score - a.score || b.model.places - a.model.places || (a.model.id < b.model.id ? -1 : 1),
      )
      .slice(0, most)
      .map(({ model }) => model.id);
  }
}
