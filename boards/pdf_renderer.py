"""The sealed room where HTML becomes PDF: a process of its own, with no network, no files and a memory limit.

It knows nothing of Django or the database. It is started by boards.pdf as `python -m boards.pdf_renderer`,
reads one request a line as JSON on standard input and answers with one line of JSON followed by the PDF's bytes.
"""

import io
import json
import resource
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pydyf
from weasyprint import CSS, HTML, Attachment
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from boards.pdf_checks import faults

STATIC = Path(__file__).resolve().parent.parent / "static"
# The only addresses a document may name, and the files of ours they stand for.
PACKAGED = {
    "app:print.css": STATIC / "css" / "pdf.css",
    "app:source-sans-3.woff2": STATIC / "fonts" / "source-sans-3-latin-wght-normal.woff2",
    "app:source-sans-3-ext.woff2": STATIC / "fonts" / "source-sans-3-latin-ext-wght-normal.woff2",
}
MEMORY = 2_000 * 1024 * 1024

PDF_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


class SealedFetcher(URLFetcher):
    """Hands out our own packaged files by name and refuses everything else, aloud."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        file = PACKAGED.get(url)
        if file is None:
            raise FatalURLFetchingError(f"a document may not fetch {url[:80]!r}")
        return URLFetcherResponse(url, file.read_bytes())


@dataclass
class Press:
    """What is made once and kept warm: the fonts and the style sheet of every document."""

    fonts: FontConfiguration = field(default_factory=FontConfiguration)
    style: CSS | None = None
    printed: int = 0

    def print(self, order: dict[str, Any]) -> tuple[bytes, list[str]]:
        """A file that calls itself PDF/A and PDF/UA only if it stands our own checks; else plainly tagged."""
        fetcher = SealedFetcher()
        self.style = self.style or CSS(url="app:print.css", font_config=self.fonts, url_fetcher=fetcher)
        page = HTML(string=order["html"], url_fetcher=fetcher, base_url=None)
        document = page.render(stylesheets=[self.style], font_config=self.fonts)
        rows = order.get("attachments", [])
        claimed = document.write_pdf(pdf_variant="pdf/a-3a", attachments=_attachments(rows))
        self.printed += 1
        found = faults(claimed)
        if not found:
            return claimed, []
        return document.write_pdf(pdf_tags=True, attachments=_attachments(rows)), found


def _attachments(rows: list[dict[str, str]]) -> list[Attachment]:
    """Made anew for each writing: one is used up by being written."""
    return [
        Attachment(string=row["text"], name=row["name"], description=row["description"], relationship="Data")
        for row in rows
    ]


def know_pdf_ua() -> None:
    """WeasyPrint writes one identifier at a time; ours belongs inside the same rdf:RDF."""
    plain = DocumentMetadata.generate_rdf_metadata

    def with_pdf_ua(self: Any, variant: Any, version: Any, conformance: Any) -> bytes:
        xmp = plain(self, variant, version, conformance)
        return xmp.replace(b"</rdf:RDF>", PDF_UA + b"</rdf:RDF>") if variant == "a" else xmp

    DocumentMetadata.generate_rdf_metadata = with_pdf_ua


def remember_page_references() -> None:
    """pydyf makes the tuple of all pages anew for every tag: quadratic in a long report."""
    rebuild = pydyf.PDF.page_references.fget

    def page_references(self: Any) -> tuple[bytes, ...]:
        count = len(self.pages["Kids"])
        kept = self.__dict__.get("_page_references")
        if kept is None or kept[0] != count:
            kept = self.__dict__["_page_references"] = (count, tuple(rebuild(self)))
        return kept[1]

    pydyf.PDF.page_references = property(page_references)


def serve(orders: BinaryIO, answers: BinaryIO) -> None:
    press = Press()
    for line in orders:
        try:
            pdf, found = press.print(json.loads(line))
            head = {"size": len(pdf), "faults": found}
        except (Exception, FatalURLFetchingError) as error:
            pdf, head = b"", {"error": f"{type(error).__name__}: {error}"[:300]}
        head["printed"] = press.printed
        head["peak_kb"] = peak_kb()
        answers.write(json.dumps(head).encode() + b"\n" + pdf)
        answers.flush()


def peak_kb() -> int:
    """This process's own: Linux lets what getrusage says begin at the peak of whoever started it."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(status.split("VmHWM:")[1].split()[0])


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    know_pdf_ua()
    remember_page_references()
    answers = io.FileIO(sys.stdout.fileno(), "w", closefd=False)
    sys.stdout = sys.stderr
    serve(sys.stdin.buffer, io.BufferedWriter(answers))


if __name__ == "__main__":
    main()
