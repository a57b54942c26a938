"""FastAPI and SQLModel, with a session a request."""
