"""How able models are, as a reader sees it: leaderboards in tiers, quality against cost, strengths."""
