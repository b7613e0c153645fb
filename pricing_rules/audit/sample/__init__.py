"""Made-up logs of any catalog, with planted faults.

Start reading at `log`; `requests` makes up what was asked for. Only the command line and tests import from here.
"""
