# A text without its Swedish.
# stage: sqlite tests/house/test_language.py -k source
# because: texts have no Swedish: .*A planted text
echo 'PLANTED = _("A planted text")' >>boards/days.py
