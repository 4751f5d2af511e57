"""Tests of the files that people edit."""
