// The HTTP/1.1 server: connections, limits and deadlines. Handlers see Request and Response only.
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "http/message.h"

namespace assay {

struct ServerOptions {
  std::string address = "127.0.0.1";  // or "::1", "0.0.0.0", "::"
  unsigned short port = 8080;         // 0: any free one, see Server::port()
  // For sockets; one carries a gigabyte a second, more cost wake-ups on small machines.
  unsigned threads = 1;
  unsigned workers = 4;  // for handlers: at most so many run at a time
  std::size_t header_limit = 16 * 1024;
  std::uint64_t body_limit = 1024 * 1024;                  // forms and API; a route may raise it
  std::uint64_t upload_limit = 2ULL * 1024 * 1024 * 1024;  // requests to routes that take files
  std::chrono::milliseconds header_deadline{15'000};       // for the whole header, however it trickles in
  std::chrono::milliseconds body_idle{30'000};             // between two pieces of a body
  std::uint64_t min_body_rate = 1024;                      // bytes a second a body must reach after body_idle
  std::chrono::milliseconds write_idle{30'000};            // for 64 KB of the answer to leave
  std::chrono::milliseconds keep_alive{60'000};
  std::chrono::milliseconds stop_grace{10'000};  // what stop() gives to running requests
  std::size_t max_connections = 1024;            // more are answered 503 and closed
  std::filesystem::path temp_folder;             // for uploads; empty: the system's
};

// How a request with a body shall be read; decided before its body is.
struct BodyPlan {
  std::uint64_t max_body = 0;      // 0: ServerOptions::body_limit, or upload_limit when uploads is set
  bool uploads = false;            // files allowed; without it multipart forms may carry text only
  std::optional<Response> refuse;  // answer this instead, e.g. 401 before a gigabyte is taken in
};

// One answered request, for the log and the metrics.
struct Served {
  std::string method, target, remote, request_id;
  int status = 0;
  std::uint64_t body_bytes = 0;      // of the answer
  std::chrono::microseconds took{};  // from the end of the header to the last byte sent
  std::string problem;               // what a handler threw, why a connection was cut; empty normally
};

struct ServerHooks {
  // Sees each request first, by its head; may change it or give an answer in its place, after which the connection is
  // closed. On the thread of the sockets: must not block, nor throw. May be left out.
  std::function<std::optional<Response>(Request& head)> admit;
  // These three are called on workers, possibly several at a time.
  std::function<Response(Request&)> handle;
  std::function<BodyPlan(Request& head)> plan;  // only for requests with a body; may be left out
  std::function<void(const Served&)> log;       // may be left out
  // The page for an error that the server itself noticed (400, 408, 413, 431, 500, 503 …). On any thread; must not
  // block; may be left out. `request_id` may be empty.
  std::function<Response(int status, const std::string& message, const std::string& request_id)> error_page;
};

class Server {
 public:
  Server(ServerOptions options, ServerHooks hooks);
  ~Server();  // stop()
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Binds, listens and returns; the error says what to do when the port is taken. Once per object.
  Result<void> start();
  unsigned short port() const;  // the bound one
  std::size_t connections() const;
  // No new connections; idle ones are closed; running requests may finish within stop_grace. Blocks. Idempotent.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace assay
