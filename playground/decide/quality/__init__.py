"""How able models are, as a need asks: what that weighs in the order, and how sure the order is."""
