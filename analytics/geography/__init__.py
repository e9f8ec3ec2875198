"""Boundaries, neighbours and hatching; the only room that imports geopandas.

Results are plain Python values, so that charts, reports and exports need no geometry library.
"""
