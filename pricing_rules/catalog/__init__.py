"""What a service takes and charges: catalog files, their records, and the rules and prices of one model.

Start reading at `records`. Other rooms import the records, `loading`, `rulebook` (all rules of a model), `tariff` (its
prices by instant), `columns` (its usage record) and the vocabulary: `constraints`, `formula`, `protocol`, `provenance`.
"""
