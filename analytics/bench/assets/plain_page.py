"""The plainest useful Streamlit page, for comparison: one widget, one small chart."""

import plotly.graph_objects as go
import streamlit as st

choice = st.selectbox("Choice", ["one", "two", "three"], key="choice")
scale = {"one": 1, "two": 2, "three": 3}[choice]
figure = go.Figure(go.Scatter(x=[0, 1, 2], y=[0, scale, 2 * scale]), {"title": f"Chart {choice}"})
st.plotly_chart(figure)
