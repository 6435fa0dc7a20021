# Reads HTML from standard input and writes a PDF to standard output. Started by pdf.cpp, which limits memory, processor
# time and wall time from outside. Whatever the HTML names is refused unless it carries its bytes along (data:), so a
# document can neither read a file of this machine nor call out.
import inspect
import os
import sys

try:
    from weasyprint import HTML
    from weasyprint.urls import default_url_fetcher
except ImportError:
    sys.stderr.write("weasyprint is not installed\n")
    sys.exit(3)


def only_data(url, *arguments, **named):
    if url[:5].lower() == "data:":
        return default_url_fetcher(url, *arguments, **named)
    raise ValueError("refused: " + url[:60])


page = sys.stdin.buffer.read().decode("utf-8")
document = HTML(string=page, url_fetcher=only_data, base_url="about:blank").render()
# Tagged for screen readers; the identifier makes the bytes repeatable. The names of the options changed between versions.
if "identifier" in inspect.signature(document.write_pdf).parameters:
    output = document.write_pdf(identifier=b"assay", variant="pdf/ua-1")
else:
    output = document.write_pdf(pdf_identifier=b"assay", pdf_variant="pdf/ua-1")
sys.stdout.buffer.write(output)
sys.stdout.buffer.flush()
os._exit(0)
