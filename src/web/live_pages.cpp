// The stream that open pages listen to, so that they renew themselves when records or findings change (static/live.js).
#include "web/journey_view.h"

namespace assay {
namespace {

Response listen(Visit& visit) {
  Response response;
  response.set_header("Content-Type", "text/event-stream");
  response.set_header("Cache-Control", "no-store");
  response.events = visit.site.events->subscribe(events_topic(visit.tenant.workspace->name(), sees_conformity(visit)));
  return response;
}

}  // namespace

std::vector<PageRoute> live_pages() { return {{"GET", "/live", listen}}; }

}  // namespace assay
