"""What hosts and browsers get with the built site: compressed files, policy, notices, offline use."""
