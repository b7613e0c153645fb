"""What an audit means, one row at a time, in plain Python: whatever an engine does must equal it.

Start reading at `verdict`: a record, its possible prices, what became of its charge and its refund; `record` is what it
says, `reader` how each column is read; `task` judges the records of one task. Others import the judge and its words.
"""
