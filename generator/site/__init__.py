"""MkDocs, and what is served beside the pages."""
