#include "http/server.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <unordered_set>
#include <vector>

#include "http/session.h"
#include "http/wire.h"

namespace assay {
namespace {

using tcp = net::ip::tcp;
constexpr int backlog = 1024;

// How often deadlines are looked at: often enough for the shortest of them.
std::chrono::milliseconds clock_period(const ServerOptions& options) {
  auto shortest = std::min({options.header_deadline, options.body_idle, options.write_idle, options.keep_alive});
  return std::clamp(shortest / 8, std::chrono::milliseconds(5), std::chrono::milliseconds(250));
}

std::string bind_message(const boost::system::error_code& ec, const std::string& where, unsigned short port) {
  if (ec == net::error::address_in_use) return where + " is taken by another program. Stop it or choose another port.";
  if (ec == net::error::access_denied && port < 1024)
    return where + " may not be used by this account: ports below 1024 need a privilege. Choose a higher one.";
  if (ec == boost::system::errc::address_not_available) return where + " is not an address of this machine.";
  return "cannot listen on " + where + ": " + ec.message();
}

}  // namespace

class Server::Impl {
 public:
  Impl(ServerOptions options, ServerHooks hooks)
      : io_(static_cast<int>(std::max(options.threads, 1U))),
        acceptor_(net::make_strand(io_)),
        clock_(acceptor_.get_executor()),
        core_(std::move(options), std::move(hooks)) {}
  ~Impl() { stop(); }

  Result<void> start();
  void stop();
  unsigned short port() const { return port_; }
  std::size_t connections() const {
    std::lock_guard lock(mutex_);
    return sessions_.size();
  }

 private:
  Result<void> bind();
  net::awaitable<void> accept_loop();
  void admit(tcp::socket socket);
  void turn_away(tcp::socket socket);
  void watch_deadlines();
  void forget(const std::shared_ptr<Session>& session);
  bool wait_until_empty(std::chrono::milliseconds span);
  template <class Action>
  void for_all_sessions(Action action);

  // The order matters on the way down: sessions and queued handlers hold sockets of io_.
  net::io_context io_;
  tcp::acceptor acceptor_;
  net::steady_timer clock_;
  ServerCore core_;
  mutable std::mutex mutex_;
  std::condition_variable emptied_;
  std::unordered_set<std::shared_ptr<Session>> sessions_;
  std::vector<std::thread> threads_;
  unsigned short port_ = 0;
};

Result<void> Server::Impl::bind() {
  const ServerOptions& options = core_.options;
  boost::system::error_code ec;
  auto address = net::ip::make_address(options.address == "localhost" ? "127.0.0.1" : options.address, ec);
  if (ec)
    return fail({{"address", "an IP address was expected", options.address}},
                options.address + " is not an IP address.");
  tcp::endpoint endpoint(address, options.port);
  acceptor_.open(endpoint.protocol(), ec);
  if (!ec) acceptor_.set_option(net::socket_base::reuse_address(true), ec);
  if (!ec && address.is_v6()) acceptor_.set_option(net::ip::v6_only(false), ec);
  if (!ec) acceptor_.bind(endpoint, ec);
  if (!ec) acceptor_.listen(backlog, ec);
  std::string where =
      (address.is_v6() ? "[" + options.address + "]" : options.address) + ":" + std::to_string(options.port);
  if (ec) return fail(ErrorKind::conflict, bind_message(ec, where, options.port));
  port_ = acceptor_.local_endpoint(ec).port();
  return {};
}

Result<void> Server::Impl::start() {
  CHECK(bind());
  net::co_spawn(acceptor_.get_executor(), accept_loop(), [](const std::exception_ptr&) {});
  net::post(acceptor_.get_executor(), [this] { watch_deadlines(); });
  for (unsigned i = 0; i < std::max(core_.options.threads, 1U); ++i) threads_.emplace_back([this] { io_.run(); });
  return {};
}

// Nothing in here may throw out of the loop: a server that silently stops accepting is the worst kind of broken.
net::awaitable<void> Server::Impl::accept_loop() {
  net::steady_timer pause(acceptor_.get_executor());
  while (!core_.stopping) {
    boost::system::error_code ec;
    tcp::socket socket =
        co_await acceptor_.async_accept(net::make_strand(io_), net::redirect_error(net::use_awaitable, ec));
    if (ec == net::error::operation_aborted || !acceptor_.is_open()) break;
    if (ec) {  // out of descriptors, most likely: without a pause the loop would eat a processor
      pause.expires_after(std::chrono::milliseconds(50));
      co_await pause.async_wait(net::redirect_error(net::use_awaitable, ec));
      continue;
    }
    try {
      admit(std::move(socket));
    } catch (const std::exception&) {
      // This connection is lost; the next one need not be.
    }
  }
}

void Server::Impl::admit(tcp::socket socket) {
  boost::system::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);  // fails when the peer is gone already
  if (connections() >= core_.options.max_connections) return turn_away(std::move(socket));
  auto session = std::make_shared<Session>(std::move(socket), core_);
  {
    std::lock_guard lock(mutex_);
    sessions_.insert(session);
  }
  net::co_spawn(session->executor(), session->run(), [this, session](const std::exception_ptr&) { forget(session); });
}

void Server::Impl::turn_away(tcp::socket socket) {
  Response response = core_.error_response(503, "Too many connections. Try again in a moment.", "");
  response.set_header("Retry-After", "5");
  std::string answer = response_head(response, {.keep = false, .length = response.body.size()}, "") + response.body;
  boost::system::error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(net::buffer(answer), ignored);
  socket.shutdown(tcp::socket::shutdown_both, ignored);
}

void Server::Impl::watch_deadlines() {
  clock_.expires_after(clock_period(core_.options));
  clock_.async_wait([this](const boost::system::error_code& ec) {
    if (ec) return;
    auto now = std::chrono::steady_clock::now();
    std::vector<std::shared_ptr<Session>> overdue;
    {
      std::lock_guard lock(mutex_);
      for (const auto& session : sessions_) {
        if (session->is_overdue(now)) overdue.push_back(session);
      }
    }
    for (const auto& session : overdue) net::post(session->executor(), [session, now] { session->on_overdue(now); });
    watch_deadlines();
  });
}

void Server::Impl::forget(const std::shared_ptr<Session>& session) {
  std::lock_guard lock(mutex_);
  sessions_.erase(session);
  if (sessions_.empty()) emptied_.notify_all();
}

template <class Action>
void Server::Impl::for_all_sessions(Action action) {
  std::lock_guard lock(mutex_);
  for (const auto& session : sessions_) net::post(session->executor(), [session, action] { action(*session); });
}

bool Server::Impl::wait_until_empty(std::chrono::milliseconds span) {
  std::unique_lock lock(mutex_);
  return emptied_.wait_for(lock, span, [this] { return sessions_.empty(); });
}

void Server::Impl::stop() {
  if (core_.stopping.exchange(true)) return;
  net::post(acceptor_.get_executor(), [this] {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
  });
  if (!threads_.empty()) {
    for_all_sessions([](Session& session) { session.close_if_idle(); });
    if (!wait_until_empty(core_.options.stop_grace)) {
      for_all_sessions([](Session& session) { session.cut(); });
      wait_until_empty(core_.options.stop_grace);
    }
  }
  core_.workers.join();  // the log's last lines
  io_.stop();
  for (std::thread& thread : threads_) thread.join();
}

Server::Server(ServerOptions options, ServerHooks hooks)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(hooks))) {}
Server::~Server() = default;
Result<void> Server::start() { return impl_->start(); }
unsigned short Server::port() const { return impl_->port(); }
std::size_t Server::connections() const { return impl_->connections(); }
void Server::stop() { impl_->stop(); }

}  // namespace assay
