"""One refresh: every source read and judged, reconciled, and only then the catalog replaced."""
