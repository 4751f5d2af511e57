"""The thousands of pages that are in no navigation: made, left as they were, made when they are asked for."""
