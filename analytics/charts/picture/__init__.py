"""A figure as a picture to take away: what the screen shows, painted on the server.

The Plotly figure is the only description: ``known`` refuses what the painter would draw wrongly,
``parts`` and its neighbours turn it into ``marks``, ``ink`` gives them to matplotlib.
"""
