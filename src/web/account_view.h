// What the pages about accounts share.
#pragma once

#include "web/page.h"

namespace assay {

// A labelled input in a form of an account.
void account_input(HtmlWriter& h, std::string_view label, std::string_view name, Attributes attributes,
                   std::string_view hint = {});
// A form that is one button.
void button_form(HtmlWriter& h, const Visit& visit, std::string_view url, std::string_view label,
                 std::string_view classes, std::string_view confirm = {}, std::string_view reason = {});
void account_card(HtmlWriter& h, std::string_view title, const std::function<void()>& body);
Response to_account(Visit& visit, const Result<void>& outcome, std::string_view message);

// Handlers of the other files.
std::vector<PageRoute> own_security_pages();    // second factor, sessions, tokens
std::vector<PageRoute> administration_pages();  // accounts of others
void security_cards(HtmlWriter& h, const Visit& visit, const UserAccount& account);

}  // namespace assay
