#include "kernel/exchange/xml_stream.h"

#include <expat.h>
#include <fmt/format.h>

#include <exception>
#include <memory>
#include <optional>

#include "kernel/exchange/refusal.h"

namespace assay {
namespace {

constexpr std::size_t most_depth = 100;
constexpr int chunk_bytes = 64 * 1024;
constexpr std::size_t most_token_bytes = std::size_t{1} << 20;

// Between expat's C callbacks and the handler: neither an error nor an exception may travel through expat itself.
class XmlReading {
 public:
  XmlReading(ZipPart& part, XmlHandler& handler) : part_(part), handler_(handler), parser_(XML_ParserCreate(nullptr)) {
    if (!parser_) throw std::bad_alloc();
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), on_start, on_end);
    XML_SetCharacterDataHandler(parser_.get(), on_text);
    XML_SetDefaultHandler(parser_.get(), on_other);
    XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
  }

  Result<void> run() {
    for (bool last = false; !last;) {
      void* buffer = XML_GetBuffer(parser_.get(), chunk_bytes);
      if (!buffer) throw std::bad_alloc();
      TRY(std::size_t count, part_.read(static_cast<char*>(buffer), chunk_bytes));
      last = count == 0;
      // Expat keeps an unfinished tag whole and looks at it again with each chunk.
      unfinished_bytes_ += count;
      if (unfinished_bytes_ > most_token_bytes)
        return refuse(ErrorKind::limit, "a tag or comment is longer than is read");
      XML_Status status = XML_ParseBuffer(parser_.get(), static_cast<int>(count), last);
      if (thrown_) std::rethrow_exception(thrown_);
      if (failure_) return std::move(*failure_);
      if (status != XML_STATUS_OK)
        return refuse(ErrorKind::invalid,
                      fmt::format("expected well-formed XML ({})", XML_ErrorString(XML_GetErrorCode(parser_.get()))));
    }
    return {};
  }

 private:
  struct Free {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  static void XMLCALL on_start(void* self, const XML_Char* name, const XML_Char** attributes) {
    static_cast<XmlReading*>(self)->guarded([&](XmlReading& reading) -> Result<void> {
      if (++reading.depth_ > most_depth)
        return reading.refuse(ErrorKind::limit,
                              fmt::format("expected at most {} elements inside each other", most_depth));
      return reading.handler_.start(local_name(name), XmlAttributes(attributes));
    });
  }
  static void XMLCALL on_end(void* self, const XML_Char* name) {
    static_cast<XmlReading*>(self)->guarded([&](XmlReading& reading) {
      --reading.depth_;
      return reading.handler_.end(local_name(name));
    });
  }
  static void XMLCALL on_text(void* self, const XML_Char* text, int length) {
    static_cast<XmlReading*>(self)->guarded([&](XmlReading& reading) {
      return reading.handler_.text(std::string_view(text, static_cast<std::size_t>(length)));
    });
  }
  static void XMLCALL on_other(void* self, const XML_Char*, int) {
    static_cast<XmlReading*>(self)->unfinished_bytes_ = 0;
  }
  static void XMLCALL on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<XmlReading*>(self)->guarded([](XmlReading& reading) -> Result<void> {
      return reading.refuse(ErrorKind::invalid, "expected no document type declaration (<!DOCTYPE)");
    });
  }

  template <class Step>
  void guarded(Step step) noexcept {
    unfinished_bytes_ = 0;
    if (failure_ || thrown_) return;  // expat delivers a few more events after it was told to stop
    try {
      auto result = step(*this);
      if (!result) failure_.emplace(std::move(result).error());
    } catch (...) {
      thrown_ = std::current_exception();
    }
    if (failure_ || thrown_) XML_StopParser(parser_.get(), XML_FALSE);
  }

  Failure refuse(ErrorKind kind, std::string message) const {
    return refuse_file(kind, fmt::format("{}, line {}", part_.name(), XML_GetCurrentLineNumber(parser_.get())),
                       std::move(message));
  }

  ZipPart& part_;
  XmlHandler& handler_;
  std::unique_ptr<XML_ParserStruct, Free> parser_;
  std::size_t depth_ = 0;
  std::size_t unfinished_bytes_ = 0;  // read since expat last recognised something
  std::optional<Failure> failure_;
  std::exception_ptr thrown_;
};

}  // namespace

std::string_view local_name(std::string_view qualified) { return qualified.substr(qualified.find(':') + 1); }

std::string_view XmlAttributes::get(std::string_view local) const {
  for (const char* const* pair = pairs_; *pair; pair += 2) {
    if (local_name(pair[0]) == local) return pair[1];
  }
  return {};
}

Result<void> read_xml(ZipPart& part, XmlHandler& handler) { return XmlReading(part, handler).run(); }

}  // namespace assay
