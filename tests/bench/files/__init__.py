"""How fast files of a reader are read, against the parser and the counter that they rest on."""
