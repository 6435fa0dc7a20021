#include "kernel/exchange/sniff.h"

#include <gtest/gtest.h>

#include "exchange/files.h"
#include "exchange/zip_fixture.h"

namespace assay {
namespace {

using namespace std::string_view_literals;

struct Case {
  std::string_view bytes, name, media_type;
};

void expect_all(std::initializer_list<Case> cases) {
  for (const Case& c : cases)
    EXPECT_EQ(sniff_media_type(c.bytes, c.name), c.media_type) << c.name << " " << c.bytes.substr(0, 40);
}

TEST(Sniff, BinariesByTheirBytesWhateverTheName) {
  expect_all({{"%PDF-1.7\n", "report.html", "application/pdf"},
              {"\x89PNG\r\n\x1A\n....", "x.txt", "image/png"},
              {"\xFF\xD8\xFF\xE0", "x", "image/jpeg"},
              {"GIF89a", "x", "image/gif"},
              {"RIFF\x10\0\0\0WEBPVP8 "sv, "x", "image/webp"},
              {"RIFF\x10\0\0\0WAVEfmt "sv, "x.wav", "application/octet-stream"},
              {"\x1F\x8B\x08", "log.gz", "application/gzip"},
              {"\0\0\0\x18"
               "ftypisom...."sv,
               "x", "video/mp4"},
              {"\0\0\0\x18"
               "ftypheic...."sv,
               "x", "image/heic"},
              {"\x7F"
               "ELF\x02\x01\x01\0"sv,
               "tool.txt", "application/octet-stream"},
              {"a\0b"sv, "x.csv", "application/octet-stream"},
              {"PNG", "fake.png", "text/plain"}});
}

TEST(Sniff, OfficeFiles) {
  auto zip = [](std::string_view folder_file) {
    return fixture::make_zip({{"[Content_Types].xml", "x"}, {std::string(folder_file), "y"}});
  };
  expect_all(
      {{zip("xl/workbook.xml"), "a.zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
       {zip("word/document.xml"), "a", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
       {zip("ppt/presentation.xml"), "a", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
       {zip("_rels/.rels"), "A.XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
       {zip("_rels/.rels"), "a.bin", "application/zip"},
       {fixture::make_zip({{"a.txt", "x"}}), "a.docx", "application/zip"},
       {"PK\x03\x04", "a.docx", "application/zip"},
       {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "mail.msg", "application/vnd.ms-outlook"},
       {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..._\0_\0n\0a\0m\0e\0i\0d\0_\0v\0e\0r\0s\0i\0o\0n\0"sv, "x",
        "application/vnd.ms-outlook"},
       {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "x", "application/x-ole-storage"}});
  for (const auto& path : fixture::samples(".xlsx"))
    EXPECT_EQ(sniff_media_type(fixture::slurp(path).substr(0, sniff_bytes), "x"),
              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        << path;
}

TEST(Sniff, TextsByNameAndLook) {
  expect_all({{"a,b\n1,2\n", "list.CSV", "text/csv"},
              {"a;b\n\xE4;\xF6\n", "latin.csv", "text/csv"},
              {"\xE4\xF6", "latin", "application/octet-stream"},
              {"# Policy\n", "policy.md", "text/markdown"},
              {"hello", "x", "text/plain"},
              {"", "x", "text/plain"},
              {"cut within a character \xE2\x82", "x", "text/plain"},
              {"\xFF\xFE"
               "a\0,\0b\0"sv,
               "u.csv", "text/csv"},
              {"\x1B[31mred\x1B[0m\n", "run.log", "text/plain"},
              {"{\"a\": 1}", "x", "application/json"},
              {" [1, 2]", "x", "application/json"},
              {"[x] done", "todo", "text/plain"},
              {"not json at all", "x.json", "text/plain"},
              {"<?xml version=\"1.0\"?><report/>", "x", "application/xml"},
              {"From: a@b.c\r\nTo: d@e.f\r\nSubject: x\r\n\r\nhello", "x", "message/rfc822"},
              {"To: do\nbuy milk\n", "x", "text/plain"}});
}

TEST(Sniff, MarkupIsNeverAPlainText) {
  expect_all({{"<!DOCTYPE html><html>", "x.txt", "text/html"},
              {"\xEF\xBB\xBF \n<script>alert(1)</script>", "x.csv", "text/html"},
              {"<!-- c --><HTML>", "x", "text/html"},
              {"plain words", "x.html", "text/html"},
              {"\xFF\xFE<\0s\0c\0r\0i\0p\0t\0>\0"sv, "x.txt", "text/html"},
              {"<?xml version=\"1.0\"?><!-- x --><svg xmlns=\"http://www.w3.org/2000/svg\">", "x.xml", "image/svg+xml"},
              {"<svg onload=alert(1)>", "x.png", "image/svg+xml"},
              {"<?xml version=\"1.0\"?><x:html xmlns:x=\"http://www.w3.org/1999/xhtml\"><x:script/></x:html>", "x.xml",
               "application/xml"},
              {"words", "x.svg", "image/svg+xml"}});
}

TEST(Sniff, WhatMayBeShown) {
  for (std::string_view type : {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain",
                                "text/markdown", "text/csv", "application/json"})
    EXPECT_TRUE(may_show_inline(type)) << type;
  for (std::string_view type : {"image/svg+xml", "text/html", "application/xml", "message/rfc822",
                                "application/octet-stream", "video/mp4", "", "text/plain; charset=utf-8", "IMAGE/PNG"})
    EXPECT_FALSE(may_show_inline(type)) << type;
}

}  // namespace
}  // namespace assay
