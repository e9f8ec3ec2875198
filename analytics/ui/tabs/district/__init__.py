"""The tabs of a district: where it stands, beside whom, how good its data are, its own files."""
