// What a browser would receive: kept pages share their body with the cache.
#pragma once

#include "http/message.h"

namespace assay {

inline Response whole(Response response) {
  if (response.shared_body) response.body = *response.shared_body;
  return response;
}

}  // namespace assay
