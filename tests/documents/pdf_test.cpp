#include "kernel/documents/pdf.h"

#include <gtest/gtest.h>

#include <csignal>

namespace assay {
namespace {

class Pdf : public testing::Test {
 protected:
  void SetUp() override { std::signal(SIGPIPE, SIG_IGN); }  // as the server does
};

// Skips where WeasyPrint is not installed.
#define RENDER_OR_SKIP(name, html) \
  auto name = render_pdf(html);    \
  if (!name && name.error().kind == ErrorKind::not_found) GTEST_SKIP() << "WeasyPrint is not installed"

TEST_F(Pdf, RendersAPage) {
  RENDER_OR_SKIP(pdf, "<h1>Policy</h1><p>Text</p>");
  ASSERT_TRUE(pdf) << pdf.error().text();
  EXPECT_TRUE(pdf->starts_with("%PDF-"));
  EXPECT_NE(pdf->find("%%EOF"), std::string::npos);
}

TEST_F(Pdf, ReadsNeitherFilesNorTheNetwork) {
  std::string plain = "<h1>Policy</h1>";
  RENDER_OR_SKIP(without, plain);
  auto with = render_pdf(
      "<link rel=attachment href='file:///etc/passwd'><link rel=stylesheet href='file:///etc/passwd'>"
      "<img src='http://127.0.0.1:1/x.png'><img src='/etc/hostname'>" +
      plain);
  ASSERT_TRUE(without && with) << (with ? "" : with.error().text());
  EXPECT_EQ(with->find("EmbeddedFile"), std::string::npos);
  EXPECT_EQ(with->find("root:"), std::string::npos);
}

TEST_F(Pdf, EndsInTime) {
  RENDER_OR_SKIP(first, "<p>x</p>");
  std::string long_page;
  for (int i = 0; i < 20000; ++i) long_page += "<p>paragraph</p>";
  PdfSettings settings;
  settings.time = std::chrono::seconds(1);
  auto pdf = render_pdf(long_page, settings);
  ASSERT_FALSE(pdf);
  EXPECT_EQ(pdf.error().kind, ErrorKind::limit);
}

TEST_F(Pdf, SaysWhatIsMissing) {
  PdfSettings settings;
  settings.python = "/nowhere/python3";
  auto pdf = render_pdf("<p>x</p>", settings);
  ASSERT_FALSE(pdf);
  EXPECT_EQ(pdf.error().kind, ErrorKind::not_found);
  EXPECT_NE(pdf.error().message.find("weasyprint"), std::string::npos);
}

}  // namespace
}  // namespace assay
