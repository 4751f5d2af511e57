// What the page's controls hold when they tell of a change, for the views' listeners.

/** @param {Event} event */
function control({ currentTarget: it }) {
  if (it instanceof HTMLInputElement || it instanceof HTMLSelectElement) return it;
  if (it instanceof HTMLTextAreaElement) return it;
  throw new Error("only a control can be changed");
}

/** A listener that passes on what a control holds. @param {(value: string) => void} use */
export const written = (use) => (/** @type {Event} */ event) => use(control(event).value);

/** The key that ends a composition in Safari comes after its end, and has this number. */
const OF_INPUT_METHOD = 229;

/** Whether a key is the input method's. @param {KeyboardEvent} event */
export const composes = ({ isComposing, keyCode }) => isComposing || keyCode === OF_INPUT_METHOD;

/**
 * A listener to keys that hears none with which an input method composes a text.
 * @param {(event: KeyboardEvent) => void} use
 */
export const ofReader = (use) => (/** @type {KeyboardEvent} */ event) => {
  if (!composes(event)) use(event);
};

/**
 * A listener for a field that is read once it is left, and then shows what was taken of it. Its value is
 * bound without `live`, which would put back what stood there where the page is drawn while the reader types.
 * @param {(value: string) => string} take gives what stands now
 */
export const left = (take) => (/** @type {Event} */ event) => {
  const field = control(event);
  field.value = take(field.value);
};

/** A listener that passes on whether a fold is open. @param {(open: boolean) => void} use */
export const toggled =
  (use) =>
  (/** @type {Event} */ { currentTarget: fold }) =>
    use(fold instanceof HTMLDetailsElement && fold.open);

/** A listener that passes on whether a box is ticked. @param {(yes: boolean) => void} use */
export const ticked =
  (use) =>
  (/** @type {Event} */ { currentTarget: box }) =>
    use(box instanceof HTMLInputElement && box.checked);

/**
 * A listener that passes on the files that were chosen, and empties the control.
 * @param {(files: File[]) => void} use
 */
export const chosen =
  (use) =>
  (/** @type {Event} */ { currentTarget: input }) => {
    if (!(input instanceof HTMLInputElement)) return;
    use([...(input.files ?? [])]);
    input.value = "";
  };

/**
 * A listener to a form's submit: nothing is sent, and the form is passed on.
 * @param {(form: HTMLFormElement) => void} use
 */
export const submitted = (use) => (/** @type {Event} */ event) => {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLFormElement) use(event.currentTarget);
};

/**
 * What a form's field of this name holds, empty where it has none.
 * @param {HTMLFormElement} form
 * @param {string} name
 */
export const valueOf = (form, name) => String(new FormData(form).get(name) ?? "");
