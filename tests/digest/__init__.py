"""A year of made-up cases in a real store, and every figure of every week counted again from the exported ledger."""
