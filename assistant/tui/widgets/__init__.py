"""Widgets that show what they are given, speak by messages and decide nothing."""
