// The one list of all registers.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

const Registry& registers();

}  // namespace assay
