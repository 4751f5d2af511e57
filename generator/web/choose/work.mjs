// The shares of a month's work that have a control: those that most readers know, and the finer ones.

/** @type {[name: string, label: string][]} */
export const SHARES = [
  ["cached", "of the input comes from a cache"],
  ["batch", "of the requests may wait (batch)"],
  ["reasoning", "of the output is reasoning"],
];
/** @type {[name: string, label: string][]} */
export const FINER = [
  ["written", "of the input is written to a cache"],
  ["written_1h", "of the input is written to be kept an hour"],
  ["audio_in", "of the input is sound"],
  ["image_in", "of the input is images"],
  ["audio_out", "of the output is sound"],
  ["image_out", "of the output is images"],
];
