"""The KIM roll-out: how far it is, who works there, what it costs."""
