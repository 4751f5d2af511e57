"""What hosts and browsers are told of the built site: compressed files, policy, notices, offline use."""
