"""Rules about the text of a file: its encoding, its lines, its JSON."""

from __future__ import annotations

from calculators.readers.training.rules.rule import ERROR, HINT, WARNING, Rule

FILE_RULES = {
    "empty": Rule(ERROR, "No example in the training data", "Choose a file or paste lines: one JSON object a line."),
    "array": Rule(ERROR, "One JSON array instead of lines", "Write each example on a line of its own."),
    "nul": Rule(ERROR, "NUL bytes", "This is not a text file, or it is UTF-16: save it as UTF-8."),
    "utf_16": Rule(ERROR, "Written as UTF-16", "Save the file as UTF-8: JSON is exchanged in no other encoding."),
    "unreadable": Rule(ERROR, "Characters that are not UTF-8", "Save the file as UTF-8; each � is lost text."),
    "half_character": Rule(ERROR, "Half a character", "An escape such as \\ud83d lacks its second half."),
    "long_line": Rule(ERROR, "Line above a million characters", "Cut the example; no model reads that much."),
    "deep": Rule(ERROR, "Nested more than 64 deep", "Flatten it: a message is an object of texts."),
    "not_a_number": Rule(ERROR, "NaN or Infinity", "These are not JSON: write a number, or leave the key out."),
    "not_json": Rule(ERROR, "Not valid JSON", "Check quotes, commas and brackets; one object a line."),
    "data_type": Rule(ERROR, "Not an object", "A line is an object with named keys, such as `messages`."),
    "other_format": Rule(
        ERROR,
        "In another format",
        "Keep one format in a file: convert these lines, or pick their format.",
    ),
    "bom": Rule(WARNING, "Byte order mark", "Save as UTF-8 without it; some readers take it for text."),
    "blank_line": Rule(WARNING, "Blank line", "Remove it; some readers stop there."),
    "crlf": Rule(HINT, "Windows line ends", "Harmless for most; save with line ends of Unix if one complains."),
}
"""The rules by name."""
