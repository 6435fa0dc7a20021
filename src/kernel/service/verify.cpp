#include "kernel/service/verify.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "kernel/model/json.h"
#include "kernel/service/issued_documents.h"
#include "kernel/service/rehearsals.h"
#include "kernel/store/list_sql.h"
#include "kernel/store/schema.h"

namespace assay {
namespace {

class Verifier {
 public:
  Verifier(const Workspace& workspace, Connection& connection, std::size_t most)
      : workspace_(workspace), connection_(connection), most_(most) {}

  Result<Verification> run() {
    CHECK(check_ledger());
    CHECK(check_head());
    for (const EntityDef* def : workspace_.registry().all()) CHECK(check_register(*def));
    CHECK(check_rehearsals());
    CHECK(check_issues());
    return std::move(result_);
  }

 private:
  void damage(std::string place, std::string what) {
    if (result_.damages.size() < most_) result_.damages.push_back({std::move(place), std::move(what)});
  }

  Result<void> check_ledger() {
    std::int64_t expected = 0;
    return connection_.query(
        "select seq, at, actor, actor_name, register, record, version, operation, reason, changes, record_hash, "
        "leaf_hash "
        "from assay_ledger order by seq",
        {},
        [&](const Row& row) {
          LedgerEntry entry = read_ledger_entry(row);
          std::string place = fmt::format("ledger entry {}", entry.seq);
          if (entry.seq != expected) {
            damage(fmt::format("ledger entry {}", expected),
                   fmt::format("is missing; the next one found is {}", entry.seq));
          }
          expected = entry.seq + 1;
          Hash leaf = leaf_hash(leaf_text(entry));
          if (hex(leaf) != entry.leaf_hash) {
            damage(place, fmt::format("was altered (it is about {} {})", entry.record_register, entry.record));
          }
          frontier_.append(leaf);
          ++result_.entries;
          check_mark(entry.seq + 1);
        },
        {});
  }

  // Signed way marks: the first that does not fit tells between which entries the damage lies.
  void check_mark(std::int64_t size) {
    if (marks_.empty() && !marks_read_) {
      marks_read_ = true;
      (void)connection_.query("select size, note from assay_checkpoint order by size", {},
                              [&](const Row& row) { marks_.emplace(row.integer(0), std::string(row.text(1))); }, {});
    }
    auto mark = marks_.find(size);
    if (mark == marks_.end()) return;
    auto text = open_note(mark->second, workspace_.signing_key().verifier());
    auto checkpoint = text ? Checkpoint::parse(*text) : Result<Checkpoint>(std::unexpected(text.error()));
    if (!checkpoint) {
      damage(fmt::format("checkpoint of {} entries", size), "does not carry our signature");
    } else if (checkpoint->root != frontier_.root() && !mark_failed_) {
      mark_failed_ = true;
      damage(fmt::format("ledger entries {} to {}", last_good_mark_, size - 1),
             "do not match the checkpoint that was signed over them: an entry among them was altered, removed or "
             "reordered");
    } else if (!mark_failed_) {
      last_good_mark_ = size;
    }
  }

  Result<void> check_head() {
    result_.root = hex(frontier_.root());
    TRY(auto note, connection_.one_text("select checkpoint from assay_ledger_head where one = 1"));
    if (!note) {
      if (result_.entries > 0) damage("ledger head", "is missing");
      return {};
    }
    auto text = open_note(*note, workspace_.signing_key().verifier());
    if (!text) {
      damage("ledger head", "does not carry our signature");
      return {};
    }
    auto checkpoint = Checkpoint::parse(*text);
    if (!checkpoint) {
      damage("ledger head", "is no checkpoint");
    } else if (static_cast<std::int64_t>(checkpoint->size) != result_.entries) {
      damage("ledger", fmt::format("has {} entries where {} were signed", result_.entries, checkpoint->size));
    } else if (checkpoint->root != frontier_.root()) {
      damage("ledger", fmt::format("does not match its signed head; the first {} entries still do", last_good_mark_));
    }
    return {};
  }

  // Records and their latest ledger entries, both in the order of id, compared side by side.
  Result<void> check_register(const EntityDef& def) {
    struct Claim {
      std::int64_t seq, version;
      std::string hash;
    };
    std::map<Id, Claim> claims;
    // Entries of version 0 are notes about things that are no records, such as the accounts of those who sign in.
    Param params[] = {def.name()};
    CHECK(
        connection_.query("select l.record, l.seq, l.version, l.record_hash from assay_ledger l where l.register = ? "
                          "and l.version > 0 and l.seq = "
                          "(select max(m.seq) from assay_ledger m where m.register = l.register and m.record = "
                          "l.record) order by l.record",
                          params,
                          [&](const Row& row) {
                            claims.emplace_hint(claims.end(), Id(row.text(0)),
                                                Claim{row.integer(1), row.integer(2), std::string(row.text(3))});
                          },
                          {}));
    std::map<std::string, double, std::less<>> no_parameters;
    Reader reader(workspace_.registry(), connection_, no_parameters, Date{});
    ListQuery all;
    all.def = &def;
    CHECK(reader.each(all, [&](const Record& record) -> Result<void> {
      ++result_.records;
      std::string place = fmt::format("{} {}", def.name(), record.id);
      auto claim = claims.find(record.id);
      if (claim == claims.end()) {
        damage(place, "was added behind the product's back: the ledger knows nothing of it");
        return {};
      }
      if (hex(sha256(canonical_json(record))) != claim->second.hash) {
        damage(place, fmt::format("was altered behind the product's back: its fields do not match ledger entry {}",
                                  claim->second.seq));
      } else if (record.version != claim->second.version) {
        damage(place, fmt::format("carries version {} where ledger entry {} says {}", record.version, claim->second.seq,
                                  claim->second.version));
      }
      claims.erase(claim);
      return {};
    }));
    for (const auto& [id, claim] : claims) {
      damage(fmt::format("{} {}", def.name(), id),
             fmt::format("was removed behind the product's back; ledger entry {} says it exists", claim.seq));
    }
    return check_links(def);
  }

  // What is kept for good outside the registers, held against what the ledger noted of each when it was made. `read`
  // gives from a row its number and the note's claim, time and author as they must be.
  struct Kept {
    std::int64_t number = 0;
    std::string claim, at, author;
  };
  Result<void> check_kept(std::string_view subject, std::string_view operation, std::string_view name,
                          std::string_view sql, const std::function<Kept(const Row&)>& read) {
    std::map<std::int64_t, LedgerEntry> claims;
    Param params[] = {subject, operation};
    CHECK(
        connection_.query("select seq, at, actor, actor_name, register, record, version, operation, reason, changes, "
                          "record_hash, leaf_hash "
                          "from assay_ledger where register = ? and operation = ? and version = 0 order by seq",
                          params, [&](const Row& row) {
                            LedgerEntry entry = read_ledger_entry(row);
                            if (auto number = counting_number(entry.record)) claims.emplace(*number, std::move(entry));
                          }));
    CHECK(connection_.query(sql, {}, [&](const Row& row) {
      ++result_.records;
      Kept found = read(row);
      std::string place = fmt::format("{} {}", name, found.number);
      auto claim = claims.find(found.number);
      if (claim == claims.end())
        return damage(place, "was added behind the product's back: the ledger knows nothing of it");
      const LedgerEntry& entry = claim->second;
      bool same = entry.changes == found.claim &&
                  (found.at.empty() || (entry.at == found.at && entry.actor_name == found.author));
      if (!same)
        damage(place,
               fmt::format("was altered behind the product's back: it does not match ledger entry {}", entry.seq));
      claims.erase(claim);
    }));
    for (const auto& [number, entry] : claims) {
      damage(fmt::format("{} {}", name, number),
             fmt::format("was removed behind the product's back; ledger entry {} says it exists", entry.seq));
    }
    return {};
  }

  Result<void> check_rehearsals() {
    return check_kept("rehearsal", "hold", "rehearsal",
                      fmt::format("select {}, content from assay_rehearsal order by number", rehearsal_columns),
                      [](const Row& row) {
                        RehearsalSummary found = read_rehearsal_row(row);
                        return Kept{found.number, rehearsal_claim(found, row.text(11)), found.made_at, found.author};
                      });
  }

  Result<void> check_issues() {
    CHECK(check_kept(
        "issued_document", "issue", "issued document",
        fmt::format("select {}, content, html from assay_issue order by number", issue_columns), [](const Row& row) {
          IssuedDocument found = read_issue_row(row);
          return Kept{found.number, issue_claim(found, row.text(9), row.text(10)), found.issued_at, found.author};
        }));
    return check_kept("issued_document", "pdf", "PDF of issued document",
                      "select number, sha256 from assay_issue_pdf order by number", [](const Row& row) {
                        return Kept{row.integer(0), issue_pdf_claim(row.text(1)), {}, {}};
                      });
  }

  // The link tables are projections of the rows; a difference would let a query see what the record does not say.
  Result<void> check_links(const EntityDef& def) {
    for (const FieldDef& field : def.fields) {
      if (!field.is_list() || field.kind == Kind::records) continue;
      std::map<Id, std::vector<std::string>> links;
      CHECK(connection_.query(
          fmt::format("select record, value from {} order by record, position", link_table(def, field)), {},
          [&](const Row& row) { links[Id(row.text(0))].emplace_back(row.text(1)); }, {}));
      CHECK(connection_.query(
          fmt::format("select id, {0} from {1} where {0} is not null order by id", field.name, def.name()), {},
          [&](const Row& row) {
            auto linked = links.find(Id(row.text(0)));
            bool same = linked != links.end() && linked->second == list_of(read_column(field, row, 1));
            if (!same)
              damage(fmt::format("{} {}", def.name(), row.text(0)),
                     fmt::format("has other links than its field {} says", field.name));
            if (linked != links.end()) links.erase(linked);
          },
          {}));
      for (const auto& [id, values] : links) {
        damage(fmt::format("{} {}", def.name(), id),
               fmt::format("has links that its field {} does not name", field.name));
      }
    }
    return {};
  }

  const Workspace& workspace_;
  Connection& connection_;
  std::size_t most_;
  Verification result_;
  Frontier frontier_;
  std::map<std::int64_t, std::string> marks_;
  bool marks_read_ = false;
  bool mark_failed_ = false;
  std::int64_t last_good_mark_ = 0;
};

}  // namespace

Result<Verification> verify(const Workspace& workspace, std::size_t most) {
  TRY(auto connection, workspace.connect(true));
  CHECK(connection->begin_read());
  auto result = Verifier(workspace, *connection, most).run();
  connection->rollback();
  return result;
}

}  // namespace assay
