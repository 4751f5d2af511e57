"""When cells are asked: against providers with hidden limits, in simulated time."""
