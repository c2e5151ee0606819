"""Takes people's files in pieces, unpacks and decodes them, and cuts them into rows, whatever their size."""
