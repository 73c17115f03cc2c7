"""Words for people: complete in every language, valid, within limits, and readable as rendered."""
