"""Tests of `almanac evaluate`."""
