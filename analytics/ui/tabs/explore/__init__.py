"""The tabs of the page Erkunden."""
