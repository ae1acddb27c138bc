"""How the dashboard is served: what stands between Streamlit and the network."""
