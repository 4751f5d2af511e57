"""What plans give access to: the tables of those who sell them."""
