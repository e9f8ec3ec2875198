"""The parts of a PowerPoint file: template, native charts, map, texts."""
