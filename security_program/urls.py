from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView

from boards.api import schema as api_schema

from . import demo_sign_in, views

urlpatterns = [
    path("", views.front, name="front"),
    path("min-sida/", views.my_page, name="my_page"),
    path("", include("boards.urls")),
    path("", include("risk_analysis.urls")),
    path("", include("incidents.urls")),
    path("", include("crisis.urls")),
    path("", include("security_program.page_urls")),
    path("namnder/<slug:slug>/", views.board_page, name="board_page"),
    path("demo/logga-in/", demo_sign_in.sign_in, name="demo_sign_in"),
    path("api/v1/schema/", SpectacularJSONAPIView.as_view(**api_schema.OPEN), name="api_schema"),
    path("api-beskrivning/", api_schema.readable, name="about_api"),
    path("api/v1/", include("boards.api.urls")),
    path("api/v1/", include("risk_analysis.dependency_api")),
    path("api/v1/", include("risk_analysis.rsa_api")),
    path("api/v1/", include("risk_analysis.row_api")),
    path("api/v1/", include("security_program.api")),
    path("api/v1/", include("security_program.programme_api")),
    path("api/v1/", include("security_program.plan_api")),
    path("api/v1/", include("security_program.follow_up_api")),
    path("api/v1/", include("security_program.obligation_api")),
    path("api/v1/", include("security_program.adoption_api")),
]

handler404 = "security_program.errors.not_found"
handler403 = "security_program.errors.forbidden"
handler500 = "security_program.errors.failed"
