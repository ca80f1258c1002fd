"""Policies of ours: what must come before any rule."""
