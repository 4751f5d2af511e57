"""What providers say, as people write it down with the words, their page and the day they were read."""
