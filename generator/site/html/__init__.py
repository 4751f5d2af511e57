"""The HTML of pages: Markdown converted, long tables cut, all of it put into the theme."""
