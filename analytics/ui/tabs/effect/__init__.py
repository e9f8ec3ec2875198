"""The tabs of the page on effects: what differs, and what of it may be said."""
