"""What ``make bench`` measures: ratios within one run, never bare seconds on an unknown machine."""
