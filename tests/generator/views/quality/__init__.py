"""Leaderboards, the plot of quality against cost, and what a model's page says of its strengths."""
