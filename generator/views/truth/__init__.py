"""The catalog and its sources judged by samples of first-party facts."""
