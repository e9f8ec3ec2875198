"""The data contract, readers, checks, findings, snapshots and the demonstration data."""
