# Reads HTML from standard input and writes a PDF to standard output. Started by pdf.cpp, which limits memory, processor
# time and wall time from outside. Whatever the HTML names is refused unless it carries its bytes along (data:), so a
# document can neither read a file of this machine nor call out.
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
try:
    output = document.write_pdf(identifier=b"assay")
except TypeError:  # the name of this option changed between versions; it only makes the bytes repeatable
    output = document.write_pdf()
sys.stdout.buffer.write(output)
sys.stdout.buffer.flush()
os._exit(0)
