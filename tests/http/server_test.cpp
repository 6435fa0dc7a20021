// The server over a real socket: what is answered, what is limited, when it gives up on a peer.
#include "http/server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "http/router.h"

namespace assay {
namespace {

using namespace std::chrono_literals;

class Client {
 public:
  explicit Client(unsigned short port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("connect");
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { ::close(socket_); }

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  // Everything until `mark` was read `times` times, or the peer closed, or five seconds passed.
  std::string read_until(std::string_view mark, int times = 1) {
    std::string all;
    auto seen = [&] {
      int count = 0;
      for (std::size_t at = 0; (at = all.find(mark, at)) != std::string::npos; at += mark.size()) ++count;
      return count >= times;
    };
    while (!seen() && receive(all)) {
    }
    return all;
  }
  // Everything until the peer closes.
  std::string read_all() {
    std::string all;
    while (receive(all)) {
    }
    return all;
  }
  bool closed() const { return closed_; }

 private:
  bool receive(std::string& into) {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, 5000) <= 0) return false;
    char buffer[65536];
    ssize_t count = ::recv(socket_, buffer, sizeof buffer, 0);
    closed_ = count <= 0;
    if (count > 0) into.append(buffer, static_cast<std::size_t>(count));
    return count > 0;
  }
  int socket_;
  bool closed_ = false;
};

Response show(Request& request) {
  std::string text = "body=" + request.body + ";";
  for (const auto& [name, value] : request.parts) text += name + "=" + value + ";";
  for (const auto& file : request.files) text += file.field + ":" + file.name + ":" + std::to_string(file.size) + ";";
  return Response::text(text + "END");
}

Response counted_stream(Request& request) {
  bool breaks = request.has_query("break");
  auto count = std::make_shared<int>(0);
  return Response::streaming("text/plain", [count, breaks](std::string& chunk) {
    if (breaks && *count == 2) throw std::runtime_error("cursor lost");
    chunk = *count == 1 ? "" : "row" + std::to_string(*count) + "\n";
    return ++*count < 4;
  });
}

class ServerTest : public testing::Test {
 protected:
  ServerTest()
      : router_({{"GET", "/", [](Request&) { return Response::text("hello"); }},
                 {"GET", "/throws", [](Request&) -> Response { throw std::runtime_error("secret detail"); }},
                 {"GET", "/slow", [this](Request&) { return slow(); }},
                 {"GET", "/stream", counted_stream},
                 {"GET", "/big", [](Request&) { return Response::text(std::string(3'000'000, 'x')); }},
                 {"GET", "/file", [this](Request&) { return Response::download(file_, "a.bin", "application/pdf"); }},
                 {"GET", "/endless",
                  [](Request&) {
                    return Response::streaming("text/plain", [](std::string& chunk) {
                      chunk.assign(100'000, 'x');
                      return true;
                    });
                  }},
                 {"POST", "/form", show},
                 {"POST", "/large", show, {.max_body = 200'000}},
                 {"POST", "/up", show, {.uploads = true}},
                 {"POST", "/closed", show, {.uploads = true}}}) {
    options_.port = 0;
    options_.header_limit = 2048;
    options_.body_limit = 10'000;
    options_.upload_limit = 2'000'000;
    options_.header_deadline = 300ms;
    options_.body_idle = 300ms;
    options_.write_idle = 300ms;
    options_.keep_alive = 600ms;
    options_.stop_grace = 2000ms;
    options_.temp_folder = folder_;
    std::filesystem::create_directories(folder_);
  }
  ~ServerTest() override {
    if (server_) server_->stop();
    std::filesystem::remove_all(folder_);
  }

  unsigned short start() {
    ServerHooks hooks;
    hooks.admit = [](Request& head) -> std::optional<Response> {
      if (head.header("Host") == "elsewhere") return Response::text("not here", 421);
      return std::nullopt;
    };
    hooks.handle = [this](Request& request) { return router_.handle(request); };
    hooks.plan = [this](Request& request) { return plan(request); };
    hooks.log = [this](const Served& served) {
      std::lock_guard lock(mutex_);
      log_.push_back(served);
    };
    server_ = std::make_unique<Server>(options_, std::move(hooks));
    auto started = server_->start();
    if (!started) throw std::runtime_error(started.error().message);
    return server_->port();
  }
  BodyPlan plan(Request& request) {
    if (request.path == "/closed") return {.max_body = 0, .uploads = true, .refuse = Response::text("sign in", 401)};
    auto match = router_.find(request);
    if (!match.route) return {};
    return {.max_body = match.route->options.max_body, .uploads = match.route->options.uploads, .refuse = {}};
  }
  Response slow() {
    running_ = true;
    std::this_thread::sleep_for(400ms);
    return Response::text("finished");
  }
  // One request on its own connection, the whole answer.
  std::string ask(const std::string& head, const std::string& body = "") {
    Client client(port_ ? port_ : port_ = start());
    client.send(head + "\r\nHost: x\r\nConnection: close\r\n" +
                (body.empty() ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n") + "\r\n" + body);
    return client.read_all();
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("assay-server-test-" + std::to_string(::getpid()));
  std::filesystem::path file_ = folder_ / "a.bin";
  ServerOptions options_;
  std::atomic<bool> running_{false};
  std::mutex mutex_;
  std::vector<Served> log_;
  Router router_;
  std::unique_ptr<Server> server_;
  unsigned short port_ = 0;
};

bool has(const std::string& text, std::string_view piece) { return text.find(piece) != std::string::npos; }

TEST_F(ServerTest, answers_and_keeps_alive) {
  Client client(start());
  for (int i = 0; i < 3; ++i) {
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    std::string answer = client.read_until("hello");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
    EXPECT_TRUE(has(answer, "Content-Length: 5\r\n") && has(answer, "X-Request-Id: ") && has(answer, "Date: "));
  }
  client.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\nGET /x HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
  std::string pipelined = client.read_until("hello");
  EXPECT_TRUE(has(pipelined, "Content-Length: 5\r\n") && has(pipelined, "\r\n\r\nHTTP/1.1 404 ")) << pipelined;
  EXPECT_TRUE(client.read_all().empty());
  EXPECT_TRUE(client.closed());  // after keep_alive
}

TEST_F(ServerTest, http10_and_absolute_targets) {
  Client old(port_ = start());
  old.send("GET /stream HTTP/1.0\r\n\r\n");
  std::string answer = old.read_all();
  EXPECT_TRUE(answer.ends_with("\r\n\r\nrow0\nrow2\nrow3\n")) << answer;
  EXPECT_TRUE(has(ask("GET http://x/ HTTP/1.1"), "hello"));
}

TEST_F(ServerTest, malformed_requests) {
  port_ = start();
  const char* bad[] = {
      "GARBAGE\r\n\r\n",
      "GET / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET x HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /?q=%FF HTTP/1.1\r\nHost: x\r\n\r\n",
      "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
      "POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
      "POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"};
  for (const char* bytes : bad) {
    Client client(port_);
    client.send(bytes);
    EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 400 ")) << bytes;
    EXPECT_TRUE(client.closed()) << bytes;
  }
}

TEST_F(ServerTest, limits) {
  EXPECT_TRUE(has(ask("GET / HTTP/1.1\r\nX: " + std::string(4000, 'y')), " 431 "));
  EXPECT_TRUE(has(ask("POST /form HTTP/1.1", std::string(10'000, 'y')), "END"));
  EXPECT_TRUE(has(ask("POST /form HTTP/1.1", std::string(10'001, 'y')), " 413 "));
  EXPECT_TRUE(has(ask("POST /large HTTP/1.1", std::string(200'000, 'y')), "END"));
  Client client(port_);
  client.send("POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 3; ++i) client.send("1000\r\n" + std::string(4096, 'y') + "\r\n");
  EXPECT_TRUE(has(client.read_all(), " 413 "));
}

TEST_F(ServerTest, WhoIsNotAdmittedIsToldBeforeTheBody) {
  Client client(port_ = start());
  client.send("POST /up HTTP/1.1\r\nHost: elsewhere\r\nContent-Length: 1000000\r\n\r\n");
  std::string answer = client.read_all();
  EXPECT_NE(answer.find("HTTP/1.1 421 Misdirected Request"), std::string::npos) << answer;
  EXPECT_NE(answer.find("not here"), std::string::npos);
  EXPECT_TRUE(client.closed());
}

TEST_F(ServerTest, bodies) {
  EXPECT_TRUE(has(ask("POST /form HTTP/1.1", "abc"), "body=abc;END"));
  Client client(port_);
  client.send(
      "POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");
  EXPECT_TRUE(has(client.read_until("END"), "body=abcde;END"));
  client.send("POST /form HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ok");
  EXPECT_TRUE(has(client.read_until("END"), "body=ok;END"));
  client.send("POST /closed HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2000\r\n\r\n");
  EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 401 "));
}

TEST_F(ServerTest, uploads) {
  std::string head =
      "--b\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\nhi\r\n--b\r\nContent-Disposition: form-data; "
      "name=\"f\"; filename=\"a.bin\"\r\n\r\n";
  std::string body = head + std::string(1'000'000, '\r') + "\r\n--b--\r\n";
  EXPECT_TRUE(
      has(ask("POST /up HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b", body), "t=hi;f:a.bin:1000000;END"));
  EXPECT_TRUE(
      has(ask("POST /large HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b", head + "x\r\n--b--"), " 400 "));
  EXPECT_TRUE(has(ask("POST /up HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b", head + "x\r\n"), " 400 "));
  EXPECT_TRUE(has(ask("POST /up HTTP/1.1\r\nContent-Type: multipart/form-data", head), " 400 "));
  EXPECT_TRUE(has(
      ask("POST /up HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b", std::string(2'000'001, 'x')), " 413 "));
  server_->stop();
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(ServerTest, slow_peers_are_cut_off) {
  Client slow(port_ = start());
  auto began = std::chrono::steady_clock::now();
  std::thread trickle([&] {
    for (char c : std::string("GET / HTTP/1.1\r\nX: yyyyyyyyyyyyyyyyyy")) {
      slow.send(std::string_view(&c, 1));
      std::this_thread::sleep_for(50ms);
    }
  });
  EXPECT_TRUE(has(ask("GET / HTTP/1.1"), "hello"));  // others are not disturbed
  EXPECT_TRUE(slow.read_all().starts_with("HTTP/1.1 408 "));
  auto took = std::chrono::steady_clock::now() - began;
  EXPECT_GT(took, 250ms);
  EXPECT_LT(took, 1500ms);
  trickle.join();
  Client pausing(port_);
  pausing.send("POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
  EXPECT_TRUE(pausing.read_all().starts_with("HTTP/1.1 408 "));
  Client silent(port_);
  EXPECT_TRUE(silent.read_all().empty());
  EXPECT_TRUE(silent.closed());
  Client unread(port_);
  unread.send("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
  for (int i = 0; i < 300 && server_->connections() > 0; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(server_->connections(), 0U);
}

TEST_F(ServerTest, trickling_bodies_are_cut_off) {
  options_.min_body_rate = 100'000;
  Client client(start());
  client.send("POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
  std::thread trickle([&] {
    for (int i = 0; i < 12; ++i) {
      client.send("x");
      std::this_thread::sleep_for(60ms);  // never idle for 300 ms
    }
  });
  EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 408 "));
  trickle.join();
}

TEST_F(ServerTest, streams_and_files) {
  Client client(port_ = start());
  client.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  std::string answer = client.read_until("0\r\n\r\n");
  EXPECT_TRUE(answer.ends_with("\r\n\r\n5\r\nrow0\n\r\n5\r\nrow2\n\r\n5\r\nrow3\n\r\n0\r\n\r\n")) << answer;
  client.send("GET /stream?break HTTP/1.1\r\nHost: x\r\n\r\n");
  answer = client.read_all();
  EXPECT_TRUE(answer.ends_with("row0\n\r\n")) << answer;  // no last chunk: the peer sees that it is not whole
  EXPECT_TRUE(has(ask("GET /file HTTP/1.1"), " 500 "));
  { std::ofstream(file_) << std::string(700'000, 'f'); }
  answer = ask("GET /file HTTP/1.1");
  EXPECT_TRUE(has(answer, "Content-Length: 700000\r\n") && answer.ends_with("\r\n\r\n" + std::string(700'000, 'f')));
  EXPECT_GT(ask("GET /big HTTP/1.1").size(), 3'000'000U);
}

TEST_F(ServerTest, exceptions_become_500_with_an_id) {
  std::string answer = ask("GET /throws HTTP/1.1");
  EXPECT_TRUE(has(answer, " 500 ") && has(answer, "Request ")) << answer;
  EXPECT_FALSE(has(answer, "secret"));
  server_->stop();
  ASSERT_EQ(log_.size(), 1U);
  EXPECT_EQ(log_[0].problem, "secret detail");
  EXPECT_TRUE(has(answer, log_[0].request_id));
}

TEST_F(ServerTest, too_many_connections_are_turned_away) {
  options_.max_connections = 2;
  options_.header_deadline = 2000ms;
  Client a(port_ = start()), b(port_);
  for (int i = 0; i < 100 && server_->connections() < 2; ++i) std::this_thread::sleep_for(10ms);
  Client c(port_);
  EXPECT_TRUE(has(c.read_all(), " 503 "));
}

TEST_F(ServerTest, stops_gracefully) {
  Client busy(start());
  Client idle(server_->port());
  busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  while (!running_) std::this_thread::sleep_for(5ms);
  unsigned short port = server_->port();
  server_->stop();
  std::string answer = busy.read_all();
  EXPECT_TRUE(has(answer, "finished") && has(answer, "Connection: close"));
  EXPECT_TRUE(idle.read_all().empty());
  EXPECT_THROW(Client{port}, std::runtime_error);
}

TEST_F(ServerTest, says_why_it_cannot_listen) {
  start();
  ServerOptions options;
  options.port = server_->port();
  Server second(options,
                {.admit = {}, .handle = [](Request&) { return Response(); }, .plan = {}, .log = {}, .error_page = {}});
  auto started = second.start();
  ASSERT_FALSE(started);
  EXPECT_TRUE(has(started.error().message, "taken by another program")) << started.error().message;
  options.address = "nowhere";
  Server third(options, {});
  EXPECT_FALSE(third.start());
}

}  // namespace
}  // namespace assay
