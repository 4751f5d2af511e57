"""What outcomes say, with error bars: against published formulas and by simulation."""
