"""Cooperation: who hands over to whom, how bindingly, how long it takes, and who comes back."""
