"""What an audit answers with.

Start reading at `report`; `groups` are the sums that it adds up, `tasks` what is found of tasks with several rows.
"""
