"""The logs beside the price list: read, matched with models, and grouped by what prices depend on."""
