"""An answer by the reader's own cases: who passes often enough, and what each accepted answer costs."""
