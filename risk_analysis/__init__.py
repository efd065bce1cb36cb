"""Floor 1: the yearly risk and vulnerability analysis (RSA), from commitments to an action plan.

It imports boards and nothing above it.

commitment (åtagande)              what must be protected
risk (risk)                        what may happen to it
dependency (beroende)              what it cannot do without
continuity plan (kontinuitetsplan) how it goes on without it
measure (åtgärd)                   what is done about it, by whom, by when
method version (metodversion)      the scales and steps an RSA was made with
"""
