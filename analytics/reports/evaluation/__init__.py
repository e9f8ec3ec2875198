"""Did it work? From the snapshot to an effect estimate, and what may be said of it."""
