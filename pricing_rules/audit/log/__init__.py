"""How a log is read: its files, its columns and their places, and the SQL that reads each value as the meaning does.

Start reading at `places`, where a log keeps its columns; `layout` groups its rows, `records` reads those groups again.
Engines import from here; nothing here knows an engine.
"""
