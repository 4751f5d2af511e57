// The models that a reader names: each as it is called, or what it may mean, to choose from.

import { html, nothing } from "lit-html";

import { calledBy, meanings, unsettled } from "../site/asked.mjs";
import { isKey, modelOf } from "../site/keys.mjs";

/** @import { Unsettled } from "../types/choose.js" */

/** What names mean, once: those that are ids as they stand need no index. */
export class Names {
  /** @param {string} root @param {Record<string, string>} models what each model is called, by its id */
  constructor(root, models) {
    this.root = root;
    this.models = models;
  }

  /** Whether a name is a model's id, or has the form of a key of one's. @param {string} name */
  knows(name) {
    return Object.hasOwn(this.models, isKey(name) ? modelOf(name) : name);
  }

  /**
   * Each name as it is called, in their order, and those to be asked about instead. Rejects where the index
   * of names cannot be loaded.
   * @param {readonly string[]} typed
   * @returns {Promise<{ names: string[], questions: Unsettled[] }>}
   */
  async settle(typed) {
    if (typed.every((name) => this.knows(name))) return { names: [...typed], questions: [] };
    const meant = await meanings(this.root, typed);
    /** @type {Unsettled[]} */
    const questions = [];
    const names = typed.flatMap((name, place) => {
      if (this.knows(name)) return [name];
      if (meant[place].name) return [meant[place].name];
      questions.push({ typed: name, meant: meant[place] });
      return [];
    });
    return { names, questions };
  }

  /**
   * The models that names mean, wherever they are served, as a need has them; a pattern (`microsoft/mai-*`)
   * stays one. None where some are to be asked about. Rejects as `settle` does.
   * @param {readonly string[]} typed
   * @returns {Promise<{ models: string[], questions: Unsettled[] }>}
   */
  async settleModels(typed) {
    const spelled = typed.filter((name) => !name.includes("*"));
    if (spelled.length) this.models = await calledBy(this.root);
    const { names, questions } = await this.settle(spelled);
    if (questions.length) return { models: [], questions };
    // What a place is called by (`azure/openai/gpt-5`) ends with the model.
    const models = names.map((name) => (isKey(name) ? modelOf(name) : name.split("/").slice(-2).join("/")));
    const settled = typed.map((name) => (name.includes("*") ? name : (models.shift() ?? name)));
    return { models: [...new Set(settled)], questions };
  }

  /**
   * The questions, each with a button for every model that it may be about.
   * @param {readonly Unsettled[]} questions @param {(question: Unsettled, model: string) => void} pick
   */
  view(questions, pick) {
    /** @param {Unsettled} question */
    const choices = (question) => {
      const { choices: several, near } = question.meant;
      return (several.length ? several : near).map(
        (model) => html`<li><button type="button" class="act" @click=${() => pick(question, model)}
          ><span dir="auto">${this.models[model] ?? model}</span> <small>${model}</small></button></li>`,
      );
    };
    return questions.map((question) => {
      const buttons = choices(question);
      return html`<p>${unsettled(question.typed, question.meant)}</p>
        ${buttons.length ? html`<ul class="c-meant">${buttons}</ul>` : nothing}`;
    });
  }
}
