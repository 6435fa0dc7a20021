#include <fmt/format.h>

#include <cstdio>

#include "base/file.h"
#include "cli/command.h"
#include "cli/program.h"
#include "kernel/service/rendered_pages.h"
#include "web/soa/soa_print.h"

namespace assay {
namespace {

constexpr std::size_t largest_soa_pdf = std::size_t{64} << 20U;

Result<std::string> soa_bytes(Tenant& tenant, const Principal& principal, const SoaSnapshot& snapshot,
                              std::string_view format) {
  if (format == "json") return soa_json(snapshot) + "\n";
  if (format == "oscal") return soa_oscal(snapshot) + "\n";
  // An issued version has its one file.
  TRY(auto issued, last_issued_soa(tenant, principal, snapshot.id));
  std::string html;
  if (issued) {
    TRY(KeptIssue kept, tenant.issues.read(principal, issued->issue.number));
    html = std::move(kept.html);
  } else {
    TRY(html, soa_print_html(tenant, principal, snapshot));
  }
  TRY(Hash hash, pdf_of(*tenant.workspace, tenant.blobs, html));
  return read_file(tenant.blobs.path_of(hash), largest_soa_pdf);
}

Result<void> write_soa(const Call& call) {
  const std::string format = call.arguments.value("--format", "json"), target = call.arguments.value("--out");
  if (format != "xlsx" && format != "pdf" && format != "oscal" && format != "json")
    return fail(Problems{{"--format", "must be xlsx, pdf, oscal or json", format}});
  const bool is_text = format == "oscal" || format == "json";
  if (target == "-" && !is_text) return fail(Problems{{"--out", "must be a file for " + format, target}});
  TRY(auto tenant, open_tenant(call));
  const Principal principal = Principal::product("command line");
  TRY(SoaSnapshot snapshot, current_soa(*tenant, principal));
  const std::filesystem::path path = std::filesystem::absolute(target);
  if (format == "xlsx") {
    return write_workbook(path, tenant->workspace->location().temp_folder(),
                          [&](XlsxWriter& writer) { return write_soa_workbook(snapshot, writer); });
  }
  TRY(std::string bytes, soa_bytes(*tenant, principal, snapshot, format));
  if (target != "-") return write_file_durably(path, bytes);
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size()) return {};
  return fail(ErrorKind::limit, "standard output cannot be written");
}

}  // namespace

int run_soa(const Call& call) {
  auto written = write_soa(call);
  if (written) return exit_done;
  report_failure(written.error());
  return exit_failed;
}

}  // namespace assay
