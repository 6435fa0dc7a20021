// Reads one request from a connection. Internal to the server.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <optional>
#include <string>

#include "http/session.h"

namespace assay {

class UploadCollector;

class RequestReader {
 public:
  explicit RequestReader(Session& session);

  // False: the peer left, nothing is to be answered. Otherwise `refusal` may be set.
  net::awaitable<bool> read_head();
  bool has_body() const { return !parser_.is_done(); }
  // Asks the plan, then reads. False as above. Otherwise one of `refusal` and `answer` may be set.
  net::awaitable<bool> read_body();

  struct Refusal {
    int status;
    std::string message;
  };
  std::optional<Refusal> refusal;  // we will not read on: the connection has to be closed after the answer
  std::optional<Response> answer;  // the plan's own refusal; likewise
  Request request;
  bool keep = false;
  bool http10 = false;
  std::string problem;  // for the log

 private:
  bool refuse(int status, std::string message);  // true, for `co_return refuse(…)`
  bool refuse(const Error& error);
  bool on_read_error(const boost::system::error_code& ec, int too_large);
  void take_head();
  void take_target(std::string target);
  void check_head();
  net::awaitable<void> ask_plan();
  net::awaitable<bool> answer_expectation();
  net::awaitable<bool> read_plain();
  net::awaitable<bool> read_multipart();
  net::awaitable<bool> fill(std::string& chunk, std::size_t capacity);

  Session& session_;
  boost::beast::http::request_parser<boost::beast::http::buffer_body> parser_;
  BodyPlan plan_;
  std::uint64_t received_ = 0;
  Session::Time body_began_{};
};

}  // namespace assay
