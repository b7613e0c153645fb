"""What is told of the rows of a log once they are judged: findings and why, explanations, statements, and their files.

Start reading at `found`: rows with findings are looked for again among all rows, and what is `said` of each distinct
one stands beside them. Engines know nothing of it; `dispatch` gives an audit the findings of its engine.
"""
