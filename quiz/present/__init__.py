"""From figures to pictures and words: numbers as people read them, chart geometry, the result's view."""
