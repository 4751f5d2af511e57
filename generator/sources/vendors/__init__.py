"""What vendors and clouds publish of themselves: price lists, model tables, days of retirement."""
