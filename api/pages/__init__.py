"""The pages. Read in this order: words, days, speech, frame, views, telling, site; then one file a page; then routes."""

from api.pages.routes import page_routes

__all__ = ["page_routes"]
