"""The vocabulary of the evaluation as frozen values; standard library only."""
