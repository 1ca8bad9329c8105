"""The Streamlit app: see `app.py` for the router, `views/` for the pages."""
