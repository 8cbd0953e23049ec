"""Reports with known facts: seeded numbers, printed as tables and words, damaged as real ones are, in every format.

`facts` are what an office knows, `printed` is what it prints, `defects` what becomes of the print, and `formats` the
files. What every cell prints, and whether a careful reader could know what it is, stays known to the end.
"""
