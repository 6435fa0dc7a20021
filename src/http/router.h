// Which handler answers which address. The list of routes is explicit and is checked when the router is built.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace assay {

using Handler = std::function<Response(Request&)>;
// Looks at the head of a request before its body is read; gives the answer for somebody who may not send it.
using Admission = std::function<std::optional<Response>(Request& head)>;

struct RouteOptions {
  std::uint64_t max_body = 0;  // bytes; 0: the server's limit (for uploads: its upload limit)
  bool uploads = false;        // multipart/form-data may carry files
  bool anonymous = false;      // may be asked without signing in; the router does not look at it, the layer above does
  bool csrf = true;            // a browser form: the layer above demands the token; false for token-authenticated calls
};

// Pattern: "/r/{register}/{id}/edit". {name} matches one non-empty segment, {name*} at the end matches one or more.
// A literal segment wins over {name}, {name} over {name*}.
struct Route {
  std::string method;
  std::string pattern;
  Handler handler;
  RouteOptions options = {};
  Admission admit = {};  // may be left out
};

class Router {
 public:
  // Throws std::logic_error on a malformed pattern or two routes for the same address and method: a mistake in our
  // list.
  explicit Router(std::vector<Route> routes);
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  struct Match {
    const Route* route = nullptr;  // null: see status
    int status = 404;              // 200, 404, 405, or 400 when a parameter does not decode
    std::string allow;             // for 405: "GET, HEAD, POST"
  };
  // Fills request.params. HEAD is answered by GET routes. Safe from many threads.
  Match find(Request& request) const;

  // find() and the handler; 404, 405, 400 as short texts; OPTIONS answered with Allow.
  Response handle(Request& request) const;
  const std::vector<Route>& routes() const { return routes_; }

 private:
  struct Node;
  void insert(const Route& route);
  std::vector<Route> routes_;
  std::unique_ptr<Node> root_;
};

}  // namespace assay
