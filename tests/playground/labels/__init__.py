"""Tests of what fields, models and places are called, and in which order they stand."""
