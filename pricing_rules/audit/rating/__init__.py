"""What a log would have cost under another tariff: each distinct row is priced anew, and compared with what it cost.

Start reading at `meaning`, the rating of one record; `engine` rates whole logs, `answer` is what comes of it, `face` is
what users call. It reads logs as an audit does, but judges nothing.
"""
