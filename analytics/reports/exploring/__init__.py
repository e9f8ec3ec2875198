"""Exploring: what stands out among all needs, whoever asks and whatever for."""
