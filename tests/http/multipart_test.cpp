#include "http/multipart.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "http/upload.h"

int fuzz_multipart(const std::uint8_t* data, std::size_t size);  // tests/fuzz/multipart_fuzz.cpp

namespace assay {
namespace {

#ifndef ASSAY_SOURCE_DIR
#define ASSAY_SOURCE_DIR "."
#endif

std::string part(const std::string& disposition, const std::string& content, const std::string& more = "") {
  return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n" + more + "\r\n" + content + "\r\n";
}

Result<Request> collect(const std::string& bytes, bool files = true, std::uint64_t text_limit = 1000) {
  UploadCollector collector({}, text_limit, files);
  MultipartParser parser("b", collector);
  CHECK(parser.feed(bytes));
  CHECK(parser.finish());
  Request request = make_request("POST", "/");
  collector.move_into(request);
  return request;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Multipart, fields_and_files) {
  std::filesystem::path path;
  {
    auto request = collect(
        part("name=\"title\"", "Risk é") +
        part("name=\"f\"; filename=\"C:\\dir\\a.pdf\"", "x\r\n--y", "Content-Type: application/pdf\r\n") +
        part("name=\"empty\"; filename=\"e.txt\"", "") + part("name=\"none\"; filename=\"\"", "") + "--b--\r\n");
    ASSERT_TRUE(request) << request.error().text();
    EXPECT_EQ(value_of(request->parts, "title"), "Risk é");
    ASSERT_EQ(request->files.size(), 2U);
    EXPECT_EQ(request->files[0].name, "a.pdf");
    EXPECT_EQ(request->files[0].content_type, "application/pdf");
    EXPECT_EQ(request->files[0].size, 6U);
    path = request->files[0].path;
    EXPECT_EQ(read(path), "x\r\n--y");
    EXPECT_EQ(request->files[1].size, 0U);
    EXPECT_TRUE(std::filesystem::exists(request->files[1].path));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Multipart, limits) {
  EXPECT_EQ(collect(part("name=\"a\"", std::string(2000, 'x')) + "--b--").error().kind, ErrorKind::limit);
  EXPECT_EQ(collect(part("name=\"f\"; filename=\"a\"", "x") + "--b--", false).error().kind, ErrorKind::invalid);
  EXPECT_EQ(collect(part("name=\"f\"; filename=\"\"", "x") + "--b--", false).error().kind, ErrorKind::invalid);
  EXPECT_TRUE(collect(part("name=\"f\"; filename=\"\"", "") + "--b--", false));
  std::string many;
  for (int i = 0; i < 2001; ++i) many += part("name=\"a\"; filename=\"\"", "");
  EXPECT_EQ(collect(many + "--b--", true, 1 << 20).error().kind, ErrorKind::limit);
}

TEST(Multipart, hostile_bytes_are_refused) {
  EXPECT_FALSE(collect(""));
  EXPECT_FALSE(collect("--b\r\n\r\nx\r\n--b--"));
  EXPECT_FALSE(collect(part("name=\"a\"", "1")));  // cut off
  EXPECT_FALSE(collect(part("name=\"a\"", "\xFF") + "--b--"));
  EXPECT_FALSE(collect(part("name=\"a\"; name=\"b\"", "1") + "--b--"));
  EXPECT_FALSE(collect(part("filename=\"a\"", "1") + "--b--"));
  EXPECT_FALSE(collect(part("name=\"a", "1") + "--b--"));
  EXPECT_FALSE(collect(part("name=\"a\"", "1") + "--bX"));
}

TEST(Multipart, names_of_files_are_harmless) {
  auto name = [](const std::string& sent) {
    return parse_part_head("Content-Disposition: form-data; name=\"f\"; filename=\"" + sent + "\"")
        .value()
        .file_name.value();
  };
  EXPECT_EQ(name("../../etc/passwd"), "passwd");
  EXPECT_EQ(name(".."), "_");
  EXPECT_EQ(name("a\tb\x01.txt"), "a_b_.txt");
  EXPECT_EQ(name("say %22hi%22.txt"), "say \"hi\".txt");
  EXPECT_EQ(name("say \\\"hi\\\".txt"), "say \"hi\".txt");
}

TEST(Multipart, boundaries) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc").value(), "abc");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=utf-8; boundary=\"a b\"").value(), "a b");
  for (const char* bad : {"multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=a",
                          "multipart/form-data; boundary=a\x01", "multipart/form-data; boundary=\"a"})
    EXPECT_FALSE(multipart_boundary(bad)) << bad;
}

TEST(Multipart, corpus_replays_equal_for_every_split) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(ASSAY_SOURCE_DIR "/tests/fuzz/corpus/multipart")) {
    std::string bytes = read(entry.path());
    fuzz_multipart(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    ++count;
  }
  EXPECT_GE(count, 15);
}

}  // namespace
}  // namespace assay
