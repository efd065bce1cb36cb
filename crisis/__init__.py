"""Floor 3: crisis preparedness: levels, log, duty, alarm chains, exercises, evaluations.

It imports incidents, risk_analysis and boards and nothing above it.

level (nivå)              störning, allvarlig händelse, extraordinär händelse
heightened preparedness   höjd beredskap: the government's decision, an axis of its own beside the level
TiB / VB                  duty officer for the city / for one board
CKL                       the city's central crisis management
"""
