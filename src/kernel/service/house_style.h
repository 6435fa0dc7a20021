// How the organisation's documents look: its logo, how dates are written, the mark of confidentiality.
#pragma once

#include <string>
#include <string_view>

#include "kernel/identity/permission.h"
#include "kernel/store/workspace.h"

namespace assay {

inline constexpr std::size_t largest_logo = 256 * 1024;  // bytes

struct HouseStyle {
  std::string logo_type;                    // "image/png", "image/jpeg"; empty: no logo
  std::string logo;                         // its bytes
  std::string dates = "iso";                // one of date_styles
  std::string classification = "Internal";  // the mark on documents that carry none of their own; may be empty
};

// How a day is written: "2026-11-22", "22 November 2026", "22. November 2026", "22 novembre 2026", …
struct DateStyle {
  std::string_view name, label;
};
inline constexpr DateStyle date_styles[] = {{"iso", "2026-11-22 (ISO 8601)"},
                                            {"en-GB", "22 November 2026 (English)"},
                                            {"en-US", "November 22, 2026 (English, US)"},
                                            {"de", "22. November 2026 (German)"},
                                            {"fr", "22 novembre 2026 (French)"},
                                            {"es", "22 de noviembre de 2026 (Spanish)"},
                                            {"it", "22 novembre 2026 (Italian)"},
                                            {"nl", "22 november 2026 (Dutch)"}};
// `day`: a day or the beginning of an instant, "2026-11-22…"; anything else is returned as it is.
std::string written_day(std::string_view style, std::string_view day);

Result<HouseStyle> read_house_style(Workspace& workspace);
Decision may_set_house_style(const Principal& principal);
// Stored with an entry in the ledger. Errors: forbidden; invalid with the places "logo", "dates", "classification". A
// logo is a PNG or JPEG picture; an empty one takes it away.
Result<void> set_house_style(Workspace& workspace, const Principal& principal, const HouseStyle& style);

}  // namespace assay
