#include "http/router.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "base/text.h"

namespace assay {

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> any;              // {name}
  std::vector<const Route*> routes;       // that end here, one a method
  std::vector<const Route*> rest_routes;  // {name*}
};

namespace {

enum class SegmentKind { literal, any, rest };

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

SegmentKind kind_of(std::string_view segment, std::string_view pattern) {
  if (segment.find_first_of("{}") == std::string_view::npos) return SegmentKind::literal;
  bool braces = segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
  std::string_view name = braces ? segment.substr(1, segment.size() - 2) : std::string_view();
  bool rest = name.ends_with('*');
  if (rest) name.remove_suffix(1);
  if (!is_name(name))
    throw std::logic_error("route " + std::string(pattern) + ": malformed segment " + std::string(segment));
  return rest ? SegmentKind::rest : SegmentKind::any;
}

std::vector<std::string_view> segments_of(std::string_view path) {
  if (path == "/") return {};
  return split(path.substr(1), '/');
}

const Route* by_method(const std::vector<const Route*>& routes, std::string_view method) {
  for (const Route* route : routes) {
    if (route->method == method) return route;
  }
  return nullptr;
}

const Route* serving(const std::vector<const Route*>& routes, std::string_view method) {
  const Route* route = by_method(routes, method);
  return !route && method == "HEAD" ? by_method(routes, "GET") : route;
}

std::string allowed_methods(const std::vector<const Route*>& routes) {
  std::vector<std::string> methods{"OPTIONS"};
  for (const Route* route : routes) methods.push_back(route->method);
  if (by_method(routes, "GET") && !by_method(routes, "HEAD")) methods.emplace_back("HEAD");
  std::sort(methods.begin(), methods.end());
  methods.erase(std::unique(methods.begin(), methods.end()), methods.end());
  return join(methods, ", ");
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

}  // namespace

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)), root_(std::make_unique<Node>()) {
  for (const Route& route : routes_) insert(route);
}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::insert(const Route& route) {
  auto refuse = [&](const char* why) {
    throw std::logic_error("route " + route.method + " " + route.pattern + ": " + why);
  };
  if (!route.pattern.starts_with('/')) refuse("must begin with /");
  if (!route.handler) refuse("has no handler");
  Node* node = root_.get();
  std::vector<const Route*>* end = nullptr;
  for (std::string_view segment : segments_of(route.pattern)) {
    if (end) refuse("{name*} must stand last");
    if (segment.empty()) refuse("has an empty segment");
    SegmentKind kind = kind_of(segment, route.pattern);
    if (kind == SegmentKind::rest) {
      end = &node->rest_routes;
      continue;
    }
    auto& child = kind == SegmentKind::any ? node->any : node->literals[std::string(segment)];
    if (!child) child = std::make_unique<Node>();
    node = child.get();
  }
  if (!end) end = &node->routes;
  if (by_method(*end, route.method)) refuse("stands twice");
  end->push_back(&route);
}

namespace {

// Depth-first walk in order of preference. Patterns are a few segments long, so backtracking stays cheap; a path longer
// than the longest pattern ends at a node without children or at a {name*}.
class Walk {
 public:
  Walk(const std::vector<std::string_view>& segments, std::string_view method) : segments_(segments), method_(method) {}

  template <class Node>
  const Route* find(const Node& node, std::size_t at) {
    if (at == segments_.size()) return take(node.routes);
    if (segments_[at].empty()) return nullptr;
    auto literal = node.literals.find(segments_[at]);
    if (literal != node.literals.end()) {
      if (const Route* route = find(*literal->second, at + 1)) return route;
    }
    if (node.any) {
      if (const Route* route = find(*node.any, at + 1)) return route;
    }
    return take(node.rest_routes);
  }

  // The address exists, only not for this method.
  const std::vector<const Route*>* others = nullptr;

 private:
  const Route* take(const std::vector<const Route*>& routes) {
    const Route* route = serving(routes, method_);
    if (!route && !routes.empty() && !others) others = &routes;
    return route;
  }

  const std::vector<std::string_view>& segments_;
  std::string_view method_;
};

// False when a segment does not decode.
bool bind_params(const Route& route, const std::vector<std::string_view>& segments, Request& request) {
  request.params.clear();
  std::size_t at = 0;
  for (std::string_view segment : segments_of(route.pattern)) {
    if (segment.front() != '{') {
      ++at;
      continue;
    }
    bool rest = segment.ends_with("*}");
    std::string_view name = segment.substr(1, segment.size() - (rest ? 3 : 2));
    std::string_view raw = segments[at++];
    if (rest)
      raw = std::string_view(raw.data(),
                             static_cast<std::size_t>(segments.back().data() + segments.back().size() - raw.data()));
    auto value = percent_decode(raw);
    if (!value || has_control_character(*value)) return false;
    request.params[std::string(name)] = *std::move(value);
  }
  return true;
}

}  // namespace

Router::Match Router::find(Request& request) const {
  if (!request.path.starts_with('/')) return {nullptr, 400, ""};
  std::vector<std::string_view> segments = segments_of(request.path);
  Walk walk(segments, request.method);
  const Route* route = walk.find(*root_, 0);
  if (!route) return walk.others ? Match{nullptr, 405, allowed_methods(*walk.others)} : Match{};
  if (!bind_params(*route, segments, request)) return {nullptr, 400, ""};
  return {route, 200, ""};
}

Response Router::handle(Request& request) const {
  Match match = find(request);
  if (match.route) return match.route->handler(request);
  if (match.status == 400) return Response::text("The address is malformed.", 400);
  if (match.status == 404) return Response::not_found();
  bool asks = request.method == "OPTIONS";
  Response response =
      asks ? Response::no_content() : Response::text("This address does not take " + request.method + ".", 405);
  response.set_header("Allow", match.allow);
  return response;
}

}  // namespace assay
