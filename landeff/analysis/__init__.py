"""Zones compared with one another and with published figures."""
