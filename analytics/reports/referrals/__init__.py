"""Referral times: curves, stages and trend."""
