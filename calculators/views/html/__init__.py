"""An answer as HTML: form, result, page."""
