"""What an audit means, one row at a time, in plain Python: whatever an engine does must equal it.

Start reading at `verdict`: a record, its possible prices, what became of its charge and its refund; `task` judges the
records of one task. Engines and reports import the judge and its words (`outcomes`).
"""
