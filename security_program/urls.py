from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.routers import DefaultRouter

from boards.api import BoardViewSet, OfficeHolderViewSet

from . import demo_sign_in, views

api = DefaultRouter()
api.include_root_view = False
api.include_format_suffixes = False
api.register("namnder", BoardViewSet, basename="api_board")
api.register("roller", OfficeHolderViewSet, basename="api_office_holder")

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
    path(
        "api/v1/schema/",
        SpectacularJSONAPIView.as_view(permission_classes=[IsAuthenticated]),
        name="api_schema",
    ),
    path("api/v1/", include(api.urls)),
]

handler404 = "security_program.errors.not_found"
handler403 = "security_program.errors.forbidden"
handler500 = "security_program.errors.failed"
