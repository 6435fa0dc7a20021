#include <fmt/format.h>
#include <malloc.h>
#include <pthread.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <optional>

#include "api/api.h"
#include "base/file_lock.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/program.h"
#include "http/gate.h"
#include "http/metrics.h"
#include "http/server.h"
#include "kernel/evidence/attachments.h"
#include "kernel/jobs/auditor_watch.h"
#include "kernel/jobs/scheduler.h"
#include "web/site.h"

namespace assay {
namespace {

struct Listen {
  std::string address;
  unsigned short port = 0;
};

Result<Listen> parse_listen(const std::string& text) {
  std::size_t colon = text.rfind(':');
  Listen listen;
  unsigned port = 0;
  if (colon != std::string::npos) {
    auto [end, error] = std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
    if (error == std::errc() && end == text.data() + text.size() && port <= 65535 && colon > 0) {
      listen.address = text.substr(0, colon);
      listen.port = static_cast<unsigned short>(port);
      if (listen.address.starts_with('[') && listen.address.ends_with(']'))
        listen.address = listen.address.substr(1, listen.address.size() - 2);
      return listen;
    }
  }
  return fail(Problems{{"listen", "must be ADDRESS:PORT such as 127.0.0.1:8080 or [::1]:8080", text}});
}

// "http://isms.example.org:8080/x" -> "isms.example.org:8080".
std::string host_of_url(std::string_view url) {
  std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  return std::string(url.substr(0, url.find_first_of("/?#")));
}

std::string shown_address(const Listen& listen) {
  return listen.address.find(':') == std::string::npos ? listen.address : "[" + listen.address + "]";
}

Result<Gate> gate_of(const Settings& settings, const Listen& listen) {
  GateOptions options;
  options.hosts = {"localhost", "127.0.0.1", "[::1]", shown_address(listen)};
  options.any_address = listen.address == "0.0.0.0" || listen.address == "::";
  if (!settings.get("public_url").empty()) options.hosts.push_back(host_of_url(settings.get("public_url")));
  for (std::string_view name : split(settings.get("allowed_hosts"), ',')) {
    if (!is_blank(name)) options.hosts.emplace_back(trim(name));
  }
  for (std::string_view text : split(settings.get("trusted_proxies"), ',')) {
    if (is_blank(text)) continue;
    auto proxy = Network::parse(trim(text));
    if (!proxy)
      return fail(Problems{
          {"trusted_proxies", "must be IP addresses or networks such as 10.0.0.0/8", std::string(trim(text))}});
    options.proxies.push_back(*proxy);
  }
  return Gate(std::move(options));
}

// One server a folder: two would run every job twice, and neither would know the other's sessions and throttled
// addresses. Several servers may share a PostgreSQL database; commands such as import may always run beside a server.
Result<std::optional<FileLock>> hold_folder(const Location& location, const std::string& listen) {
  std::error_code error;
  bool has_folder = std::filesystem::exists(location.folder, error);  // without one, opening tells what to do
  if (location.engine == Engine::postgres || !has_folder) return std::nullopt;
  auto lock = FileLock::take(location.server_lock(), fmt::format("process {}, which listens on {}", getpid(), listen));
  if (lock) return std::optional(*std::move(lock));
  if (lock.error().kind != ErrorKind::conflict) return std::unexpected(std::move(lock).error());
  return fail(ErrorKind::conflict,
              fmt::format("{} is served already, by {}. Stop that server first, or name another folder.",
                          location.folder.string(), lock.error().message));
}

std::vector<Job> jobs_of(Installation& installation, std::chrono::seconds integrity) {
  std::vector<Job> jobs;
  for (const std::string& name : installation.names()) {
    Tenant* tenant = installation.find(name);
    jobs.push_back(
        {"passing of time " + name, std::chrono::hours(1), std::chrono::seconds(5), [tenant]() -> Result<std::string> {
           TRY(std::size_t taken, tenant->registers.take_automatic_steps());
           return fmt::format("{} steps taken", taken);
         }});
    jobs.push_back(
        {"evidence integrity " + name, integrity, std::chrono::minutes(10), [tenant]() -> Result<std::string> {
           Attachments attachments(*tenant->workspace, tenant->blobs);
           TRY(auto report, attachments.check_all(Principal::product("integrity check")));
           return fmt::format("{} files checked, {} damaged", report.checked, report.damaged);
         }});
    jobs.push_back(
        {"expired sessions " + name, std::chrono::hours(6), std::chrono::minutes(1), [tenant]() -> Result<std::string> {
           TRY(std::int64_t removed, tenant->sessions.remove_expired(tenant->workspace->clock().now()));
           return fmt::format("{} removed", removed);
         }});
  }
  return jobs;
}

bool may_read_metrics(const Request& request, const std::string& token) {
  if (token.empty()) return is_local(request);
  return bytes_of(sha256(request.header("Authorization"))) == bytes_of(sha256("Bearer " + token));
}

// Health and metrics come from here, since they concern the process and not a workspace.
std::vector<Route> process_routes(Installation& installation, const Metrics& metrics, const std::string& token,
                                  const Server*& server) {
  RouteOptions open;
  open.anonymous = true;
  return {
      {"GET", "/healthz", [](Request&) { return Response::text("ok\n"); }, open},
      {"GET", "/readyz",
       [&installation](Request&) {
         for (const std::string& name : installation.names()) {
           auto reader = installation.find(name)->workspace->read();
           bool answers = reader && (*reader)->connection().one_integer("select 1");
           if (!answers) return Response::text("the database of workspace " + name + " does not answer\n", 503);
         }
         return Response::text("ready\n");
       },
       open},
      {"GET", "/metrics",
       [&metrics, &server, token](Request& request) {
         if (!may_read_metrics(request, token)) {
           Response refused =
               Response::text(token.empty() ? "Metrics are for this machine alone unless metrics_token_file is set.\n"
                                            : "The token of /metrics is needed.\n",
                              token.empty() ? 403 : 401);
           if (!token.empty()) refused.set_header("WWW-Authenticate", "Bearer");
           return refused;
         }
         return Response::of("text/plain; version=0.0.4", metrics.text([&](std::string& out) {
           out += fmt::format(
               "# HELP assay_connections Open connections.\n# TYPE assay_connections gauge\nassay_connections {}\n",
               server ? server->connections() : 0);
           out += "# HELP assay_info Version.\n# TYPE assay_info gauge\nassay_info{version=\"" ASSAY_VERSION "\"} 1\n";
         }));
       },
       open},
  };
}

BodyPlan plan_of(const Router& router, Request& head, std::uint64_t upload_limit) {
  BodyPlan plan;
  auto match = router.find(head);
  if (!match.route) return plan;
  plan.uploads = match.route->options.uploads;
  if (match.route->admit) plan.refuse = match.route->admit(head);
  plan.max_body = match.route->options.max_body ? match.route->options.max_body : (plan.uploads ? upload_limit : 0);
  return plan;
}

std::vector<Tenant*> tenants_of(Installation& installation) {
  std::vector<Tenant*> tenants;
  for (const std::string& name : installation.names()) tenants.push_back(installation.find(name));
  return tenants;
}

// Open pages hear that something changed, and how many findings opened and closed.
void announce(WebFace& site, const WatchNews& news) {
  for (bool conformity : {false, true}) {
    if (news.data) site.events->publish(events_topic(news.workspace, conformity), "data", "{}");
  }
  if (news.verdict)
    site.events->publish(events_topic(news.workspace, true), "verdict",
                         fmt::format("{{\"opened\":{},\"closed\":{}}}", news.opened, news.closed));
}

Result<void> serve(const Call& call) {
  if (!set_log_level(call.settings.get("log_level"))) {
    return fail(Problems{{"log_level", "must be debug, info, warning or error", call.settings.get("log_level")}});
  }
  TRY(Listen listen, parse_listen(call.settings.get("listen")));
  TRY(std::int64_t workers, call.settings.whole("workers", 1, 256));
  TRY(std::int64_t upload_mb, call.settings.whole("upload_limit_mb", 1, 1'000'000));
  TRY(std::int64_t integrity, call.settings.whole("integrity_hours", 1, 10'000));
  TRY(Gate gate, gate_of(call.settings, listen));
  std::string metrics_token;
  if (!call.settings.get("metrics_token_file").empty()) {
    TRY(metrics_token, read_secret(call.settings.get("metrics_token_file")));
  }
  TRY(Location location, location_of(call.settings));
  TRY(auto held, hold_folder(location, call.settings.get("listen")));
  TRY(auto installation, Installation::open(location, product()));

  std::vector<ContentFile> files;
  for (const EmbeddedFile& asset : content_files.all()) files.push_back({asset.name, asset.bytes});
  TRY(Library library, Library::load(files));
  WebFace site{*installation, library, {call.settings.get("public_url")}};
  Metrics metrics;
  const Server* running = nullptr;
  std::vector<Route> routes = web_routes(site);
  for (Route& route : api_routes(*installation)) routes.push_back(std::move(route));
  for (Route& route : process_routes(*installation, metrics, metrics_token, running))
    routes.push_back(std::move(route));
  Router router(std::move(routes));

  ServerOptions options;
  options.address = listen.address;
  options.port = listen.port;
  options.workers = static_cast<unsigned>(workers);
  options.upload_limit = static_cast<std::uint64_t>(upload_mb) << 20U;
  options.temp_folder = location.temp_folder();
  ServerHooks hooks;
  hooks.admit = [&](Request& head) { return gate.admit(head); };
  hooks.handle = [&](Request& request) { return router.handle(request); };
  hooks.plan = [&](Request& head) { return plan_of(router, head, options.upload_limit); };
  hooks.log = [&](const Served& served) {
    metrics.served(served.status, served.took);
    LogLevel level = served.status >= 500     ? LogLevel::error
                     : served.problem.empty() ? LogLevel::debug
                                              : LogLevel::warning;
    log(level, "served",
        {{"method", std::string_view(served.method)},
         {"path", std::string_view(served.target)},
         {"status", std::int64_t{served.status}},
         {"took_us", std::int64_t{served.took.count()}},
         {"request", std::string_view(served.request_id)},
         {"problem", std::string_view(served.problem)}});
  };
  // Signals are taken by this thread alone, after the others have started with them blocked.
  sigset_t stop_signals;
  sigemptyset(&stop_signals);
  sigaddset(&stop_signals, SIGINT);
  sigaddset(&stop_signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  Server server(options, hooks);
  CHECK(server.start());
  running = &server;
  fmt::print("Assay {} serves http://{}:{}\n", ASSAY_VERSION, shown_address(listen), server.port());
  std::fflush(stdout);
  Scheduler scheduler(jobs_of(*installation, std::chrono::hours(integrity)));
  AuditorWatch watch(tenants_of(*installation), [&site](const WatchNews& news) { announce(site, news); });
  malloc_trim(0);
  int signal = 0;
  sigwait(&stop_signals, &signal);
  log(LogLevel::info, "stopping", {{"signal", std::int64_t{signal}}});
  site.events->close();
  server.stop();
  return {};
}

}  // namespace

int run_serve(const Call& call) {
  auto done = serve(call);
  if (done) return exit_done;
  report_failure(done.error());
  return exit_failed;
}

}  // namespace assay
