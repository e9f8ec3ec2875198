"""Figures: an exhibit in, a Plotly figure out, SVG only.

Every function takes an exhibit and the words of a language and returns a figure with an explicit
template; nothing here depends on Plotly's process-wide default. Heights grow with rows, widths
follow the page.
"""
