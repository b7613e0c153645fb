"""The way of a request: body, check, parameters, price, quote.

Start reading at `quote`; `validate` is its first half. `explanation` is the meaning of the rules in plain Python;
`check` and `faults` generate straight-line code of the same meaning for each model; `breakdown` is the price. Other
rooms import these and `body`; `code` and `unknown_keys` are of this room alone.
"""
