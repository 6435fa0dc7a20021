#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/program.h"
#include "kernel/service/rendered_pages.h"

namespace assay {
namespace {

constexpr std::size_t largest_pdf = 64 * 1024 * 1024;

// Holds a rehearsal, or finds the one that --number names.
Result<std::int64_t> number_of(const Arguments& arguments, Tenant& tenant, const Principal& principal) {
  if (arguments.has("--number")) {
    bool contradicts = arguments.has("--stage") || arguments.has("--as-of");
    if (contradicts)
      return fail(ErrorKind::invalid,
                  "--number gives a rehearsal that was held before; it takes neither --stage nor --as-of.");
    auto number = counting_number(arguments.value("--number"));
    if (!number) return fail(Problems{{"--number", "must be the number of a rehearsal", arguments.value("--number")}});
    return *number;
  }
  if (!arguments.has("--stage"))
    return fail(ErrorKind::invalid, "--stage is needed: gap, internal, stage1, stage2 or surveillance.");
  auto as_of = arguments.has("--as-of") ? Date::parse(arguments.value("--as-of")) : tenant.workspace->clock().today();
  if (!as_of) return fail(Problems{{"--as-of", "must be a date YYYY-MM-DD", arguments.value("--as-of")}});
  return tenant.rehearsals.hold(principal, arguments.value("--stage"), *as_of);
}

Result<void> write_pdf(Tenant& tenant, const Principal& principal, std::int64_t number, const std::string& file) {
  TRY(std::string html, tenant.rehearsals.document(principal, number));
  TRY(Hash hash, pdf_of(*tenant.workspace, tenant.blobs, html));
  TRY(std::string pdf, read_file(tenant.blobs.path_of(hash), largest_pdf));
  return write_file_durably(file, pdf);
}

Result<int> rehearse(const Call& call) {
  std::string format = call.arguments.value("--format", "text");
  if (format != "text" && format != "json") return fail(Problems{{"--format", "must be text or json", format}});
  TRY(auto tenant, open_tenant(call));
  Principal principal = Principal::product("command line");
  TRY(std::int64_t number, number_of(call.arguments, *tenant, principal));
  TRY(KeptRehearsal kept, tenant->rehearsals.read(principal, number));
  std::string text;
  if (format == "json") {
    TRY(text, tenant->rehearsals.json(principal, number));
    text += '\n';
  } else {
    TRY(auto before, tenant->rehearsals.before(principal, kept.rehearsal));
    text = rehearsal_text(kept.rehearsal, before ? &before->rehearsal : nullptr);
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (call.arguments.has("--pdf")) CHECK(write_pdf(*tenant, principal, number, call.arguments.value("--pdf")));
  const RehearsalCounts& counts = kept.rehearsal.counts;
  return counts.majors + counts.minors > 0 ? exit_negative : exit_done;
}

}  // namespace

int run_rehearse(const Call& call) {
  auto status = rehearse(call);
  if (status) return *status;
  report_failure(status.error());
  return exit_failed;
}

}  // namespace assay
