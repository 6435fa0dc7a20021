// The frame around pages, for page.cpp, site.cpp and the pages before sign-in.
#pragma once

#include "web/page.h"

namespace assay {

inline constexpr std::string_view flash_cookie = "assay_flash";

// A whole document, and the part of it inside #page.
void write_page(HtmlWriter& h, const Visit& visit, const Frame& frame, const std::function<void(HtmlWriter&)>& body);
void write_page_inside(HtmlWriter& h, const Visit& visit, const Frame& frame,
                       const std::function<void(HtmlWriter&)>& body);
// The side menu for what this person may see; made once for each set of roles and place.
const std::string& menu_markup(const Visit& visit, const Frame& frame, std::string_view current_register);

// A page for nobody in particular: sign-in, set-up, errors before sign-in.
Response bare_page(std::string_view title, const std::function<void(HtmlWriter&)>& body, int status = 200);

void write_error(HtmlWriter& h, const Error& error, std::string_view icon_name, std::string_view request_id);
// The message that the next page shows. Plain text, not signed: it is only ever shown to the browser that sent it.
void set_flash(Response& response, bool https, std::string_view message);

}  // namespace assay
