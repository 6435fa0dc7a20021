// HTML to PDF by WeasyPrint in a child process that can do nothing else: no shell, an empty environment, no address but
// data:, and limits on time and memory.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace assay {

struct PdfSettings {
  std::string python = "/usr/bin/python3";
  std::chrono::seconds time{60};                   // wall time; processor time is limited to the same
  std::uint64_t memory = std::uint64_t{1} << 30U;  // bytes of address space
  std::size_t largest = 64 * 1024 * 1024;          // bytes of the PDF
};

// Errors: not_found when Python or WeasyPrint is not installed (pdf_install_text says what to do); limit when time,
// memory or size ran out; internal otherwise. Blocks; one document at a time in the process, others wait.
Result<std::string> render_pdf(std::string_view html, const PdfSettings& settings = {});

inline constexpr std::string_view pdf_install_text =
    "PDF needs WeasyPrint, which is not installed on the server. An administrator can add it with \"apt install "
    "weasyprint\" "
    "(Debian, Ubuntu) or \"pip install weasyprint\". Until then the printable page gives the same text: print it from "
    "the browser.";

}  // namespace assay
