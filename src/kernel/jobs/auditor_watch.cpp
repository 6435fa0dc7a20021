#include "kernel/jobs/auditor_watch.h"

#include <chrono>

#include "base/log.h"

namespace assay {
namespace {

// Asking for the revision costs microseconds; a page shall change within a second of the data.
constexpr std::chrono::milliseconds pause{200};
// The forecast takes longer than a verdict; it is brought up to date when people rest.
constexpr std::chrono::seconds rest{3};
// A forecast asks some thirty times as much as a verdict. Where that would keep a processor busy for long, it waits
// until somebody wants it.
constexpr std::chrono::seconds dear{1};

}  // namespace

AuditorWatch::AuditorWatch(std::vector<Tenant*> tenants, std::function<void(const WatchNews&)> tell)
    : tell_(std::move(tell)) {
  for (Tenant* tenant : tenants) watched_.emplace_back().tenant = tenant;
  thread_ = std::thread([this] { loop(); });
}

AuditorWatch::~AuditorWatch() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void AuditorWatch::loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    for (Watched& watched : watched_) {
      auto news = look(watched);
      if (!news && !watched.failed) {
        log(LogLevel::error, "the rules could not be asked",
            {{"workspace", std::string_view(watched.tenant->workspace->name())},
             {"problem", std::string_view(news.error().message)}});
      }
      watched.failed = !news;
      if (news && (news->data || news->verdict)) tell_(*news);
    }
    lock.lock();
    wake_.wait_for(lock, pause, [this] { return stopping_; });
  }
}

Result<WatchNews> AuditorWatch::look(Watched& watched) {
  Tenant& tenant = *watched.tenant;
  WatchNews news;
  news.workspace = tenant.workspace->name();
  TRY(std::int64_t revision, tenant.workspace->revision());
  Date day = tenant.workspace->clock().today();
  auto now = std::chrono::steady_clock::now();
  if (revision == watched.revision && day == watched.day) {
    if (!watched.foretold && now - watched.quiet_since > rest) {
      watched.foretold = true;
      if (tenant.auditor.cost() > dear) return news;
      CHECK(tenant.forecaster.begin(day.plus_days(forecast_days)));
    }
    return news;
  }
  watched.quiet_since = now;
  watched.foretold = false;
  news.data = watched.revision >= 0 && revision != watched.revision;
  TRY(auto verdict, tenant.auditor.today());
  if (verdict != watched.recorded) {
    TRY(auto dependencies, tenant.auditor.dependencies());
    TRY(auto recorded, tenant.findings.record(*verdict, *dependencies));
    news.opened = recorded.opened;
    news.closed = recorded.closed;
    news.verdict = verdict;
    watched.recorded = verdict;
    // Recording is a write of its own and no news.
    TRY(revision, tenant.workspace->revision());
  }
  watched.revision = revision;
  watched.day = day;
  return news;
}

}  // namespace assay
