"""Makers of damaged and hostile inputs, what is checked of the kit on each, and the run with its summary."""
