// What the worker reads of the runtime's list, and Python's objects as it calls them.

/** A file of the runtime: its length in bytes, its checksum, and what it is for where not all pages need it. */
export interface Listed {
  bytes: number;
  sha256: string;
  for?: string;
}

/** playground.browser's Runs, or playground.advisor's Advisor, which only knows `ask`; texts are JSON. */
export interface PythonRuns {
  start(number: number, text: string): void;
  stop(run: number): void;
  steer(run: number, text: string): void;
  local(number: number, piece: string | undefined): void;
  ask(text: string): string;
  answered(number: number, text: string): void;
  /** What came of a request: a piece of its answer, the browser's words; with the first its head, as JSON. */
  fetched(number: number, kind: string, value: string | Uint8Array, head: string): void;
}
