// What a step may do to other records, in the same transaction as the step itself.
#pragma once

#include "kernel/model/record.h"

namespace assay {

class StepEffects {
 public:
  virtual ~StepEffects() = default;
  virtual const Record& record() const = 0;  // the record that took the step, as it is now
  virtual const Principal& actor() const = 0;
  virtual const Lookup& lookup() const = 0;
  virtual Date today() const = 0;
  // Creates a record; an empty id is generated. Gives the id.
  virtual Result<Id> create(Record record, std::string_view reason) = 0;
  // Stores a changed copy of a record read through lookup().
  virtual Result<void> change(Record record, std::string_view reason) = 0;
};

}  // namespace assay
