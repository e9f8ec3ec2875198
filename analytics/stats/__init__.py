"""Estimators: arrays in, frozen results out; no data access, no words, no layout."""
