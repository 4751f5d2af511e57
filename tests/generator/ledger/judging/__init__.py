"""Tests of how the claims of offerings are judged over their rows and places."""
