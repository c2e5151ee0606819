"""Agents: what a task costs that a model does in many steps, with tools."""
