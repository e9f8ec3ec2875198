"""Readers of the forms in which data are delivered and published."""
