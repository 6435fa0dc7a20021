// What a new version of the statement rests on. Internal to workflows/soa.
#pragma once

#include "kernel/store/reader.h"

namespace assay {

struct SoaBasis {
  Id scope;  // in force, else approved, else the latest draft; empty: none is recorded
  Id run;    // the latest initial or planned assessment up to today; may be empty
};
SoaBasis basis_for_new_soa(const Reader& reader);

}  // namespace assay
