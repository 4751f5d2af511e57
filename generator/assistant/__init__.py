"""The catalog for assistants, by the Model Context Protocol."""
