"""All figures under one roof: by id for whoever asks for one, as tables for the data package."""
