"""A copy of one's data: asked for on a page, made in the background, fetched by its owner alone."""
