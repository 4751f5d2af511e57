"""What of an answer a check looks at: a code block, what comes after a marker, a part of its JSON."""
