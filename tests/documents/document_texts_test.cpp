#include "kernel/service/document_texts.h"

#include <gtest/gtest.h>

#include "isms/documents/document.h"
#include "isms/documents/document_version.h"
#include "isms/organisation/person.h"
#include "isms/registers.h"
#include "kernel/documents/document_body.h"

namespace assay {
namespace {

class DocumentTexts : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = Workspace::in_memory({registers(), clock, {}});
    ASSERT_TRUE(opened) << opened.error().text();
    workspace = std::move(*opened);
    service = std::make_unique<RegisterService>(*workspace);
    // Only what these tests look at; the other fields of the person and the document do not matter here.
    ASSERT_TRUE(workspace->write(
        product,
        [](Transaction& transaction) -> Result<void> {
          Record person(Person::def());
          person.id = "P-1";
          person.at("name") = std::string("Anna Keller");
          CHECK(transaction.insert(person, ""));
          Record document(Document::def());
          document.id = "DOC-1";
          document.at("title") = std::string("Backup policy");
          document.at("owner") = std::string("P-1");
          return transaction.insert(document, "");
        },
        Strictness::lenient));
  }
  Result<Record> begin(std::string_view text) {
    Record version(DocumentVersion::def());
    version.at("document") = std::string("DOC-1");
    version.at("version") = std::string("1.0");
    version.at("author") = std::string("P-1");
    version.at("created_on") = std::string("2026-03-02");
    return create_document_version(*service, product, version, text, "");
  }

  FixedClock clock{*Instant::parse("2026-03-02T10:00:00Z")};
  Principal product = Principal::product("test");
  std::unique_ptr<Workspace> workspace;
  std::unique_ptr<RegisterService> service;
};

TEST_F(DocumentTexts, TextAndFingerprintChangeTogether) {
  auto version = begin("# One\r\n");
  ASSERT_TRUE(version) << version.error().text();
  EXPECT_EQ(version->text("content_hash"), text_hash("# One\n"));
  EXPECT_EQ(document_text(*service, product, version->id).value(), "# One\n");
  auto saved = save_document_text(*service, product, version->id, version->version, "# Two", "Better.");
  ASSERT_TRUE(saved) << saved.error().text();
  EXPECT_EQ(saved->text("content_hash"), text_hash("# Two\n"));
  EXPECT_EQ(document_text(*service, product, version->id).value(), "# Two\n");
}

TEST_F(DocumentTexts, AStaleSaveChangesNothing) {
  auto version = begin("one");
  ASSERT_TRUE(version);
  ASSERT_TRUE(save_document_text(*service, product, version->id, version->version, "two", ""));
  auto stale = save_document_text(*service, product, version->id, version->version, "three", "");
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().kind, ErrorKind::conflict);
  EXPECT_EQ(document_text(*service, product, version->id).value(), "two\n");
}

TEST_F(DocumentTexts, AnIssuedVersionNeverChanges) {
  auto version = begin("one");
  ASSERT_TRUE(version);
  ASSERT_TRUE(workspace->write(product, [&](Transaction& transaction) -> Result<void> {
    Record before = transaction.find(DocumentVersion::def(), version->id).value(), after = before;
    after.at("status") = std::string("approved");
    return transaction.update(before, after, "");
  }));
  auto saved = save_document_text(*service, product, version->id, 0, "two", "");
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().kind, ErrorKind::forbidden);
  EXPECT_EQ(saved.error().rule, "C7.5.3-01");
  EXPECT_EQ(document_text(*service, product, version->id).value(), "one\n");
}

TEST_F(DocumentTexts, EmptyTextsAreRefused) {
  EXPECT_FALSE(begin(" \n "));
  EXPECT_FALSE(begin(std::string(longest_document + 1, 'x')));
}

}  // namespace
}  // namespace assay
