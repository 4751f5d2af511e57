"""What guides work out: pairs for an outage, what saving costs, how scores mislead."""
