"""Exhibits as files: an exhibit in, bytes out."""
