"""The plainest useful Streamlit page, for comparison: a control like ours, a small chart."""

import plotly.graph_objects as go
import streamlit as st

chosen = st.multiselect("Choice", ["one", "two", "three", "four", "five", "six"], key="choice")
scale = 1 + len(chosen)
title = " ".join(["Chart", *chosen])
figure = go.Figure(go.Scatter(x=[0, 1, 2], y=[0, scale, 2 * scale]), {"title": title})
st.plotly_chart(figure)
