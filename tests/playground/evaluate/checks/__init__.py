"""The kinds of checks, each against answers whose verdict was written down first."""
