#include "kernel/ledger/note.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>

#include "base/file.h"
#include "base/text.h"

namespace assay {

int fuzz_note(const std::uint8_t* data, std::size_t size);  // tests/fuzz/note_fuzz.cpp

namespace {

// The example of the documentation of golang.org/x/mod/sumdb/note, which publishes both keys.
constexpr std::string_view peter_verifier = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view peter_signer =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr std::string_view enoch_verifier = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const std::string text =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
const std::string peter_line =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const std::string enoch_line =
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

VerifierKey peter() { return VerifierKey::parse(peter_verifier).value(); }

// The message of the refusal; empty when the note was opened.
std::string refusal(const std::string& note, const VerifierKey& key = peter()) {
  auto opened = open_note(note, key);
  if (opened) return "";
  EXPECT_EQ(opened.error().kind, ErrorKind::invalid);
  return opened.error().message;
}

TEST(Note, OpensTheKnownNote) {
  EXPECT_EQ(open_note(text + "\n" + peter_line, peter()).value(), text);
  EXPECT_EQ(peter().id(), 0xc74f20a3U);
  EXPECT_EQ(peter().text(), peter_verifier);
}

TEST(Note, SignsTheKnownNote) {
  SigningKey key = SigningKey::parse(peter_signer).value();
  EXPECT_EQ(key.text(), peter_signer);
  EXPECT_EQ(key.verifier(), peter());
  EXPECT_EQ(sign_note(text, key), text + "\n" + peter_line);
}

TEST(Note, OtherSignaturesAreIgnored) {
  auto enoch = VerifierKey::parse(enoch_verifier).value();
  for (const std::string& note : {text + "\n" + peter_line + enoch_line, text + "\n" + enoch_line + peter_line}) {
    EXPECT_EQ(open_note(note, peter()).value(), text);
    EXPECT_EQ(open_note(note, enoch).value(), text);
  }
  EXPECT_NE(refusal(text + "\n" + enoch_line).find("is not signed by PeterNeumann+c74f20a3"), std::string::npos);
  // The same name with another id is another key, and so is the same id with another name.
  EXPECT_NE(refusal(text + "\n" + replace_all(peter_line, " x08g", " xxxx")).find("is not signed by"),
            std::string::npos);
  EXPECT_NE(refusal(text + "\n" + replace_all(peter_line, "Peter", "Carl")).find("is not signed by"),
            std::string::npos);
}

TEST(Note, WrongSignatureRefusesTheWholeNote) {
  std::string wrong = replace_all(peter_line, "ZJku", "ZJkv");
  ASSERT_NE(wrong, peter_line);
  EXPECT_NE(refusal(text + "\n" + wrong).find("wrong signature by PeterNeumann+c74f20a3"), std::string::npos);
  EXPECT_NE(refusal(text + "\n" + peter_line + wrong).find("wrong signature"), std::string::npos);
  EXPECT_NE(refusal("x" + text + "\n" + peter_line).find("wrong signature"), std::string::npos);
  EXPECT_NE(refusal(text + "\n" + "— PeterNeumann x08gowAA\n").find("wrong signature"), std::string::npos);
}

TEST(Note, MalformedNotes) {
  for (const std::string& note : {std::string(),
                                  std::string("\n"),
                                  std::string("\n\n"),
                                  text,
                                  text + "\n",
                                  peter_line,
                                  text + peter_line,
                                  text + "\n" + peter_line.substr(0, peter_line.size() - 1),
                                  "\x01" + text + "\n" + peter_line,
                                  "\xff" + text + "\n" + peter_line,
                                  "\r" + text + "\n" + peter_line,
                                  "\t" + text + "\n" + peter_line,
                                  text + "\n" + replace_all(peter_line, "PeterN", "Peter N"),
                                  text + "\n" + replace_all(peter_line, "PeterN", "Peter+N"),
                                  text + "\n" + replace_all(peter_line, "PeterN", "Peter\u2003N"),
                                  text + "\n" + replace_all(peter_line, "PeterNeumann", ""),
                                  text + "\n" + peter_line + "Unexpected line.\n",
                                  text + "\n" + replace_all(peter_line, "— ", "- "),
                                  text + "\n" + replace_all(peter_line, "AM=", "AM"),
                                  text + "\n" + replace_all(peter_line, "AM=", "AN="),
                                  text + "\n" + replace_all(peter_line, "x08go", "x08g\no"),
                                  text + "\n— PeterNeumann x08gow==\n",
                                  text + "\n" + peter_line + "\n"}) {
    EXPECT_NE(refusal(note), "") << note;
  }
}

TEST(Note, Limits) {
  std::string many;
  for (std::size_t i = 0; i < max_note_signatures; ++i) many += peter_line;
  EXPECT_EQ(refusal(text + "\n" + many), "");
  EXPECT_NE(refusal(text + "\n" + many + peter_line).find("too many signatures"), std::string::npos);
  EXPECT_NE(refusal(std::string(max_note_bytes, 'a') + "\n").find("longer than"), std::string::npos);
}

TEST(Note, TextWithEmptyLines) {
  SigningKey key = SigningKey::generate("assay.example/acme").value();
  for (const std::string& body :
       {std::string("\n"), std::string("a\n\n"), std::string("\n\n\n"), text + "\n" + peter_line}) {
    std::string note = sign_note(body, key);
    EXPECT_EQ(open_note(note, key.verifier()).value(), body);
  }
}

TEST(Note, SignRefusesWhatIsNoNote) {
  SigningKey key = SigningKey::generate("a").value();
  for (const std::string& bad :
       {std::string(), std::string("a"), std::string("a\r\n"), std::string("\xff\n"), std::string("\0\n", 2)}) {
    EXPECT_THROW(sign_note(bad, key), std::invalid_argument);
  }
}

TEST(Keys, GeneratedKeysDifferAndRoundTrip) {
  SigningKey key = SigningKey::generate("assay.example/größe").value();
  EXPECT_NE(key, SigningKey::generate(key.name).value());
  EXPECT_EQ(SigningKey::parse(key.text()).value(), key);
  EXPECT_EQ(VerifierKey::parse(key.verifier().text()).value(), key.verifier());
  std::string signature = key.sign("message");
  EXPECT_TRUE(key.verifier().verifies("message", signature));
  EXPECT_FALSE(key.verifier().verifies("massage", signature));
  EXPECT_FALSE(key.verifier().verifies("message", signature.substr(1)));
  EXPECT_FALSE(key.verifier().verifies("message", signature + "x"));
  EXPECT_FALSE(key.verifier().verifies("message", ""));
}

TEST(Keys, Names) {
  for (std::string_view good : {"a", "example.com/log42", "größe", "—"}) EXPECT_TRUE(is_key_name(good)) << good;
  for (std::string_view bad :
       {"", " ", "a b", "a+b", "a\nb", "a\tb", "\u00A0", "a\u2028", "a\u3000b", "a\u0085", "\xff"}) {
    EXPECT_FALSE(is_key_name(bad)) << bad;
    EXPECT_FALSE(SigningKey::generate(std::string(bad)));
  }
}

// No part of a key and no key with one character changed is a key.
template <class Key>
void expect_only(std::string_view good) {
  ASSERT_TRUE(Key::parse(good));
  for (std::size_t from = 0; from < good.size(); ++from) {
    for (std::size_t length = 0; from + length <= good.size(); ++length) {
      if (length == good.size()) continue;
      ASSERT_FALSE(Key::parse(good.substr(from, length))) << good.substr(from, length);
    }
    std::string changed(good);
    ++changed[from];
    ASSERT_FALSE(Key::parse(changed)) << changed;
  }
  EXPECT_FALSE(Key::parse(std::string(good) + "\n"));
  EXPECT_FALSE(Key::parse(" " + std::string(good)));
}

TEST(Keys, VerifierKeysAreStrict) {
  expect_only<VerifierKey>(peter_verifier);
  EXPECT_FALSE(VerifierKey::parse("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
  // Ids that fit, around a key of the wrong length and one of an unknown type.
  EXPECT_FALSE(VerifierKey::parse("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="));
  EXPECT_FALSE(VerifierKey::parse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
}

TEST(Keys, SigningKeysAreStrictAndNeverRepeated) {
  expect_only<SigningKey>(peter_signer);
  auto parsed = SigningKey::parse(replace_all(peter_signer, "c74f", "c74e"));
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().text().find("AYEKF"), std::string::npos);
}

Checkpoint sofa() { return {"example.com/behind-the-sofa", 20852163, sha256("root"), {}}; }

TEST(Checkpoint, TextGoesBothWays) {
  Checkpoint checkpoint = sofa();
  EXPECT_EQ(checkpoint.to_text(), "example.com/behind-the-sofa\n20852163\n" + base64(bytes_of(checkpoint.root)) + "\n");
  EXPECT_EQ(Checkpoint::parse(checkpoint.to_text()).value(), checkpoint);
  checkpoint.extensions = {"time 2026-11-22T10:00:00Z", "größe +1"};
  EXPECT_EQ(Checkpoint::parse(checkpoint.to_text()).value(), checkpoint);
  checkpoint.size = 0;
  checkpoint.origin = "two words + more";  // unusual, but the specification allows it
  EXPECT_EQ(Checkpoint::parse(checkpoint.to_text()).value(), checkpoint);
}

// The example of c2sp.org/tlog-checkpoint.
TEST(Checkpoint, ParsesTheExampleOfTheSpecification) {
  Checkpoint parsed =
      Checkpoint::parse("example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")
          .value();
  EXPECT_EQ(parsed.origin, "example.com/behind-the-sofa");
  EXPECT_EQ(parsed.size, 20852163U);
  EXPECT_EQ(base64(bytes_of(parsed.root)), "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=");
}

TEST(Checkpoint, SignedAndOpened) {
  SigningKey key = SigningKey::generate("assay.example/acme").value();
  auto opened = open_note(sign_note(sofa().to_text(), key), key.verifier());
  ASSERT_TRUE(opened);
  EXPECT_EQ(Checkpoint::parse(*opened).value(), sofa());
}

TEST(Checkpoint, ParseIsStrict) {
  const std::string root = base64(bytes_of(sha256("root")));
  EXPECT_TRUE(Checkpoint::parse("o\n18446744073709551615\n" + root + "\n"));
  for (const std::string& bad : {std::string(),
                                 std::string("\n"),
                                 std::string("o\n1\n"),
                                 "o\n1\n" + root,
                                 "\n1\n" + root + "\n",
                                 "o\n\n" + root + "\n",
                                 "o\n01\n" + root + "\n",
                                 "o\n00\n" + root + "\n",
                                 "o\n+1\n" + root + "\n",
                                 "o\n-1\n" + root + "\n",
                                 "o\n 1\n" + root + "\n",
                                 "o\n1 \n" + root + "\n",
                                 "o\n1x\n" + root + "\n",
                                 "o\n18446744073709551616\n" + root + "\n",
                                 "o\n1\n" + root + "\n\n",
                                 "o\n1\n" + root + "\n\nx\n",
                                 "o\n1\n" + root + " \n",
                                 "o\n1\n" + root.substr(4) + "\n",
                                 "o\n1\nAAAA" + root + "\n",
                                 "o\r\n1\r\n" + root + "\r\n",
                                 "\xff\n1\n" + root + "\n",
                                 "o\n1\n\n" + root + "\n"}) {
    auto parsed = Checkpoint::parse(bad);
    ASSERT_FALSE(parsed) << bad;
    EXPECT_EQ(parsed.error().kind, ErrorKind::invalid);
  }
}

TEST(Checkpoint, ToTextRefusesWhatCouldNotBeReadBack) {
  for (const std::string& bad : {std::string(), std::string("a\nb"), std::string("a\r"), std::string("\xff")}) {
    Checkpoint checkpoint = sofa();
    checkpoint.origin = bad;
    EXPECT_THROW(checkpoint.to_text(), std::invalid_argument);
    checkpoint = sofa();
    checkpoint.extensions = {bad};
    EXPECT_THROW(checkpoint.to_text(), std::invalid_argument);
  }
}

TEST(NoteCorpus, Replays) {
  std::size_t count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(ASSAY_SOURCE_DIR) / "tests/fuzz/corpus/note")) {
    std::string bytes = read_file(entry.path(), 2 * max_note_bytes).value();
    EXPECT_EQ(fuzz_note(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()), 0);
    ++count;
  }
  EXPECT_GE(count, 10U);
}

}  // namespace
}  // namespace assay
