"""From understood inputs to an answer: the runs of a formula, its outputs and its working."""
