"""What people see: the only package that imports Streamlit, with ``app.py`` and ``pages/``."""
