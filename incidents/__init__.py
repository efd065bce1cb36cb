"""Floor 2: incidents, reported by anyone, handled with care, with legal clocks that never stop.

It imports risk_analysis and boards and nothing above it.

incident (händelse)          something that happened or nearly did
reporter (rapportör)         the one who told, and who always hears how it ended
legal clock (lagstadgad tid) a deadline that runs by the hour from when it was known
"""
