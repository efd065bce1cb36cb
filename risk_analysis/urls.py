from django.urls import include, path

from . import views
from .pages import filing, items, offices, steps

# One organisation's analysis in one round.
analysis_urls = [
    path("", filing.rsa_page, name="rsa_page"),
    path("borjan/", filing.rsa_begun, name="rsa_begun"),
    path("granska/", filing.rsa_whole, name="rsa_whole"),
    path("kvitto/", filing.rsa_receipt, name="rsa_receipt"),
    path("skydd/", filing.rsa_question, name="rsa_question"),
    path("formaga/", filing.rsa_capabilities, name="rsa_capabilities"),
    path("stallningstagande/<slug:what>/", filing.rsa_considered, name="rsa_considered"),
    path("anmarkningar/<int:pk>/", filing.rsa_remark, name="rsa_remark"),
    path("projektor/<int:pk>/", filing.rsa_projector, name="rsa_projector"),
    path("versioner/<int:number>/", filing.rsa_edition, name="rsa_edition"),
    path("chef/", steps.rsa_to_chief, name="rsa_to_chief"),
    path("andring/", steps.rsa_given_back, name="rsa_given_back"),
    path("faststallande/", steps.rsa_fixed, name="rsa_fixed"),
    path("inlamning/", steps.rsa_submitted, name="rsa_submitted"),
    path("aterkallelse/", steps.rsa_recalled, name="rsa_recalled"),
    path("anmalan/", steps.rsa_noted, name="rsa_noted"),
    path("diarium/", steps.rsa_numbered, name="rsa_numbered"),
    path("kommentarer/<int:pk>/", steps.rsa_comment_settled, name="rsa_comment_settled"),
    path("risker/<int:pk>/acceptans/", steps.risk_accepted, name="risk_accepted"),
    path("<slug:part>/", items.rsa_part, name="rsa_part"),
    path("<slug:part>/bekraftelser/", items.rsa_part_confirmed, name="rsa_part_confirmed"),
    path("<slug:part>/ny/", items.rsa_item_new, name="rsa_item_new"),
    path("<slug:part>/<int:pk>/", items.rsa_item, name="rsa_item"),
    path("<slug:part>/<int:pk>/bekraftelse/", items.rsa_item_confirmed, name="rsa_item_confirmed"),
    path("<slug:part>/<int:pk>/borttagning/", items.rsa_item_removed, name="rsa_item_removed"),
    path("<slug:part>/<int:pk>/tillbaka/", items.rsa_item_put_back, name="rsa_item_put_back"),
    path("<slug:part>/<int:pk>/kommentar/", steps.rsa_commented, name="rsa_commented"),
]

urlpatterns = [
    path("rsa/", views.rsa_list, name="rsa_list"),
    path("rsa/registrering/", offices.rsa_registry, name="rsa_registry"),
    path("rsa/registrering/<int:pk>/", offices.rsa_registered, name="rsa_registered"),
    path("skydd/", offices.protective_security, name="protective_security"),
    path("", include("risk_analysis.city_urls")),
    path("", include("risk_analysis.dependency_urls")),
    path("", include("risk_analysis.paper_urls")),
    path("rsa/<slug:cycle>/<slug:slug>/", include(analysis_urls)),
]
