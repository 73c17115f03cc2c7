"""Words for people: catalogues, and their rendering. The only room in which a user-visible string may stand."""
