# A page that changes something when it is read.
# walk: front
# stage: sqlite tests/house/test_reading.py -k writes_nothing
# because: GET / as .*boards_city
cat >>security_program/views.py <<'PY'
unplanted = front


@login_not_required
def front(request):
    from boards.models import City

    City.objects.update(name="Planted")
    return unplanted(request)
PY
