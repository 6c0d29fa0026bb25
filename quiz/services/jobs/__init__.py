"""Jobs: what is done later and again and again. `kinds` has them, `working` does them, `bell` wakes whoever works.

What is to be done, and who does it, stands in the database; the queue only rings.
"""
