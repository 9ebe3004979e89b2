"""Figures: what pages and actions cost beside bare SQL and a stock Flask-Admin view."""
