"""Indicators: from counts to protected values, by any dimension and as a map."""
