"""The sealed room: what goes in is only HTML, what comes out is tagged and in our own font."""

import io
import re
import socket
import subprocess
import threading
from collections.abc import Iterator

import pikepdf
import pytest

from boards.pdf import Attached, PdfError, Renderer

pytestmark = pytest.mark.once

PAGE = '<!doctype html><html lang="sv"><head><title>Uppföljning</title>{head}</head><body><h1>Läget är gott</h1>{body}</body></html>'
TABLE = '<table><thead><tr><th scope="col">Nämnd</th><th scope="col">Antal</th></tr></thead><tbody><tr><td>Farsta</td><td>3</td></tr></tbody></table>'


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    renderer = Renderer(time_limit=30)
    yield renderer
    renderer.stop()


def document(body: str = "", head: str = "") -> str:
    return PAGE.format(body=body, head=head)


class Listener:
    """A web server's ear: counts those who knock."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.knocks = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                visitor, _address = self.socket.accept()
            except OSError:
                return
            self.knocks += 1
            visitor.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.socket.close()


HOSTILE = [
    '<img src="{url}">',
    '<link rel="stylesheet" href="{url}">',
    '<style>@import url("{url}");</style>',
    '<div style="background: url({url})">x</div>',
    '<style>@font-face {{ font-family: x; src: url("{url}") }} p {{ font-family: x }}</style><p>x</p>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}" width="9" height="9"/></svg>',
    '<svg xmlns="http://www.w3.org/2000/svg"><use href="{url}#x"/></svg>',
    '<object data="{url}">x</object>',
    '<embed src="{url}">',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">x</a>',
    '<ul style="list-style-image: url({url})"><li>x</li></ul>',
    '<style>p::before {{ content: url("{url}") }}</style><p>x</p>',
]


@pytest.mark.parametrize("vector", HOSTILE)
def test_a_document_reaches_neither_the_network_nor_the_disk(
    renderer: Renderer, listener: Listener, vector: str, tmp_path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("canary-in-a-file")
    for address in (f"http://127.0.0.1:{listener.port}/x", secret.as_uri()):
        try:
            content = renderer.print(document(vector.format(url=address))).content
        except PdfError:
            continue
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert not pdf.attachments
            assert all(b"canary-in-a-file" not in _bytes(entry) for entry in pdf.objects)
    assert listener.knocks == 0


def _bytes(entry: pikepdf.Object) -> bytes:
    return entry.read_bytes() if isinstance(entry, pikepdf.Stream) else b""


def test_a_sound_document_calls_itself_archivable_and_accessible(renderer: Renderer) -> None:
    printed = renderer.print(
        document("<h2>Nämnder</h2>" + TABLE), [Attached("siffror.csv", "a;b\n1;2\n", "Figures")]
    )
    assert printed.faults == ()
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        metadata = pdf.Root.Metadata.read_bytes()
        assert b'pdfuaid:part="1"' in metadata
        assert b'pdfaid:part="3"' in metadata
        assert metadata.count(b"<rdf:RDF") == 1
        assert pdf.attachments["siffror.csv"].get_file().read_bytes() == b"a;b\n1;2\n"


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<h3>För djupt</h3>", "a heading of level 3 follows one of level 1"),
        ("<p>→ ☃</p>", "is not the one we bundle"),
        ("<table><tr><td>1</td></tr></table>", "a table has no header cell"),
    ],
)
def test_a_faulty_document_is_printed_but_claims_nothing(renderer: Renderer, body: str, fault: str) -> None:
    printed = renderer.print(document(body))
    assert any(fault in found for found in printed.faults)
    assert b"pdfuaid" not in printed.content
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        assert "/StructTreeRoot" in pdf.Root


def test_swedish_and_polish_letters_come_from_the_bundled_font(renderer: Renderer) -> None:
    assert renderer.print(document("<p>Åke Öberg och Łucja Żółć</p>")).faults == ()


def test_a_divided_word_gets_a_hyphen_that_the_font_has(renderer: Renderer, tmp_path) -> None:
    words = "<p>" + "säkerhetssamordnarens krisledningsorganisation " * 30 + "</p>"
    file = tmp_path / "divided.pdf"
    file.write_bytes(renderer.print(document(words)).content)
    text = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "-\n" in text
    assert not re.search(r"[\u2010\ufffd]", text)


def test_a_document_that_takes_too_long_costs_only_its_renderer() -> None:
    renderer = Renderer(time_limit=2)
    try:
        with pytest.raises(PdfError, match="too long"):
            renderer.print(document("<p>" + "långt ord " * 400_000 + "</p>"))
        renderer.time_limit = 30
        assert renderer.print(document("<p>Kort</p>")).content.startswith(b"%PDF")
    finally:
        renderer.stop()


def test_a_dead_renderer_is_replaced(renderer: Renderer) -> None:
    renderer.print(document())
    assert renderer.process
    renderer.process.kill()
    renderer.process.wait()
    assert renderer.print(document()).content.startswith(b"%PDF")


def test_a_renderer_is_not_judged_by_the_size_of_who_started_it(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boards.pdf.PEAK_KB", 300_000)
    ballast = b"x" * (320 << 20)
    renderer.print(document())
    assert renderer.process, f"retired after its first document, by a parent of {len(ballast)} bytes"


def test_a_renderer_is_retired_after_its_share_of_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boards.pdf.DOCUMENTS", 2)
    renderer = Renderer(time_limit=30)
    try:
        renderer.print(document())
        first = renderer.process
        renderer.print(document())
        assert renderer.process is None
        assert renderer.print(document()).content.startswith(b"%PDF")
        assert renderer.process is not first
    finally:
        renderer.stop()
