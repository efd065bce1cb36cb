# An address that nobody has said who may reach.
# walk: planted
# stage: sqlite tests/house/test_access_matrix.py -k each_role
# because: Addresses without a row
echo 'urlpatterns.append(path("planterad/", views.front, name="planted"))' >>security_program/urls.py
