"""What a company's log calls things and how it is written, where that is not the service's way.

Start reading at `records`; `tables` reads them from a mapping file, and `times` is how a time is written.
"""
