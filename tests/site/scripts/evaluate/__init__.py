"""Tests of the scripts of Evaluate."""
