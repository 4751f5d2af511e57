"""The page Evaluate in Chromium."""
