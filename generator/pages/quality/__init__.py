"""The pages that show how able models are: leaderboards by task, and the scores behind them."""
