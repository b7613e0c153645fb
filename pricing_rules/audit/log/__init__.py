"""How a log is read: its files, its columns and their places, and the SQL that reads each value as the meaning does.

Start reading at `columns`. Engines import from here; nothing here knows an engine.
"""
