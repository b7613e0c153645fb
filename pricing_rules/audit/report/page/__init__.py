"""The report of an audit as one HTML page that stands alone.

Start reading at `page`, which lays out the parts; `parts` writes each of them from the figures of the report, `charts`
draws them as SVG, `cells` writes text and numbers so that nothing in a log is taken for HTML. `page.html` and
`page.css` are the template. It has no script, and loads nothing.
"""
