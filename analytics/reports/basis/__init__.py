"""What every report builds on: exhibits and figures, names, formats, sources, refusals."""
