"""What `almanac evaluate` runs and reports: set-up, results file, run, tables, gates, reports for CI."""
