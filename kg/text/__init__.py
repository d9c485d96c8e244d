"""From an article's text to typed tags: folding, tokens, morphology, lexicon, numbers, dates, names, the document."""
