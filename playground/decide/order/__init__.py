"""How an answer is ordered: who comes first, whom nobody beats, what makes two change places."""
