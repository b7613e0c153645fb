"""The verdict of the meaning as SQL, which every engine runs.

Start reading at `verdict`. Engines and findings import from here.
"""
