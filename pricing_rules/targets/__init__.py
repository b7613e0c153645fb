"""The places a catalog is compiled to for front ends, one module each; none of them writes a file.

Start reading at `jsonschema`, the largest audience. `variants` and `cross_rules` are what several of them share. Only
`export`, which writes them all, and the command line import from here.
"""
