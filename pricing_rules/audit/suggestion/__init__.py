"""What a log looks like to somebody who has not seen it before: the service that it is of, a mapping to start from.

Start reading at `suggesting`, which puts a mapping together; `records` is what it is and how the file reads.
"""
