"""Peers: the same requests, answered from the same tables, as other frameworks are usually written."""
