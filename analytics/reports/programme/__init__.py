"""The programme in short: the first page and published facts."""
