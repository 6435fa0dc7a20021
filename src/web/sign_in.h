// What is there before somebody has signed in.
#pragma once

#include "web/site.h"

namespace assay {

// GET and POST /sign-in, GET and POST /set-up (only while a workspace has no account at all).
std::vector<Route> sign_in_routes(WebFace& site);
Response sign_out(Visit& visit);

}  // namespace assay
