// Signing: the signed-in person gives the password again (and the code of the authenticator app where one is set up).
#pragma once

#include "web/record_parts.h"

namespace assay {

// The inputs "_password" and, for accounts with a second factor, "_code", with what was signed in a sentence beside
// them.
void signature_inputs(HtmlWriter& h, Visit& visit, const FormState& state);
// Who signs, for the service that asks for a signature. Errors: invalid with the places "_password" and "_code"; limit.
Result<Principal> signed_by(Visit& visit, const Form& form);

}  // namespace assay
