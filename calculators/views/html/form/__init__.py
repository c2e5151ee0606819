"""The form of a calculator as HTML: one labeled control for each question, disabled until a script can answer."""
