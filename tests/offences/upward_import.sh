# The ground floor reaches for the roof, inside a function.
# stage: floors
# because: FAILED: Import floors
cat >>boards/days.py <<'PY'


def planted() -> object:
    from security_program import errors

    return errors
PY
