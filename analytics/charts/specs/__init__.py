"""A chart or map before it is drawn: PowerPoint and paper draw the same numbers."""
