// One connection. Internal to the server: the only header that shows Boost.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "http/server.h"

// GCC 12 sees Asio's aligned_alloc and the matching operator delete of a coroutine frame, but not that they are a pair.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#ifndef __clang__
// In a unity build it takes lambdas inside coroutines for members of types that other files see.
#pragma GCC diagnostic ignored "-Wsubobject-linkage"
#endif

namespace assay {

namespace net = boost::asio;

// What all connections share.
struct ServerCore {
  ServerCore(ServerOptions server_options, ServerHooks server_hooks);
  std::string next_request_id();
  Response error_response(int status, const std::string& message, const std::string& request_id) const;

  ServerOptions options;
  ServerHooks hooks;
  net::thread_pool workers;
  std::atomic<bool> stopping{false};

 private:
  std::string id_prefix_;
  std::atomic<std::uint64_t> next_id_{1};
};

class RequestReader;
class ResponseWriter;

// Runs on the strand of its socket. Deadlines are points in time that the server's clock compares a few times a second;
// that costs a request nothing, unlike a timer started and cancelled for each operation, and it leaves the socket open
// so that 408 can be said.
class Session {
 public:
  using Time = std::chrono::steady_clock::time_point;
  Session(net::ip::tcp::socket socket, ServerCore& core);
  net::awaitable<void> run();

  // From any thread.
  bool is_overdue(Time now) const { return now.time_since_epoch().count() > deadline_.load(std::memory_order_relaxed); }
  net::any_io_executor executor() { return socket_.get_executor(); }
  // On the strand.
  void on_overdue(Time now);
  void close_if_idle();
  void cut();

 private:
  friend class RequestReader;
  friend class ResponseWriter;
  void expire_after(std::chrono::milliseconds span) { expire_at(std::chrono::steady_clock::now() + span); }
  void expire_at(Time at) { deadline_.store(at.time_since_epoch().count(), std::memory_order_relaxed); }
  void never_expire() { deadline_.store(Time::max().time_since_epoch().count(), std::memory_order_relaxed); }
  net::awaitable<bool> wait_for_request(bool first);
  net::awaitable<bool> exchange();
  net::awaitable<void> run_handler(Request& request, Response& response, std::string& problem);
  net::awaitable<void> linger();
  void log(Request& request, Served served);

  net::ip::tcp::socket socket_;
  ServerCore& core_;
  boost::beast::flat_buffer buffer_;
  std::string remote_;
  std::atomic<Time::rep> deadline_{Time::max().time_since_epoch().count()};
  bool idle_ = false;       // waits for the first byte of a request
  bool timed_out_ = false;  // the deadline passed; stays
};

}  // namespace assay
