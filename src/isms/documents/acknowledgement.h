// A person's confirmation of a document version.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct DocumentVersion;
struct Person;

struct Acknowledgement {
  Id id;
  Ref<DocumentVersion> document_version;
  Ref<Person> person;
  Date requested_on;
  std::optional<Date> acknowledged_on;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
