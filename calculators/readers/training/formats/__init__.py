"""The formats of training files, which the file is recognized by or which a reader picks."""
