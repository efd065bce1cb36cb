"""What shows that a duty is met: one small named function per kind of proof, and the table that says which.

    asking         what a resolver is given, what it answers, and the rows that several of them read
    offices        who holds which office, and their training
    meetings       the security council and the coordinators' network
    plans          goals, activities and follow-ups
    analyses       the risk and vulnerability analyses; analysed asks the floor below
    programme      the council's decision, a company's adoption, acknowledged instructions
    evidence_table every binding requirement: a resolver, a person's statement, or what it waits for

A resolver is asked once for all organisations of a year and asks the floors below. It answers yes, no or not yet;
what it cannot show it leaves to a person. It proposes and a person confirms.
"""

from .asking import Finding, Inquiry
from .evidence_table import TABLE, Proof, Way, find, proof_of

__all__ = ["TABLE", "Finding", "Inquiry", "Proof", "Way", "find", "proof_of"]
