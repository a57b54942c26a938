"""The sandbox: clinics on request, a clock that is moved, and events to order, for tests of front ends (ADR 46).

Its routes are in the application only if `create_app` is given them, which the command line does for a sandbox alone.
"""
