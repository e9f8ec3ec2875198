"""The path below which the dashboard is served: every address that we write begins with it."""

import streamlit as st


def base_path() -> str:
    """Return the path with a slash before and none behind; empty at the root."""
    path = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"/{path}" if path else ""
