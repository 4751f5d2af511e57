// The parts of a month's work, and the shares that have a control: those most readers know, the finer ones.

export const PARTS = [
  ...["input_tokens", "output_tokens", "requests", "cached", "written", "written_1h", "audio_in", "image_in"],
  ...["reasoning", "audio_out", "image_out", "batch", "mode", "at", "region"],
];
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
