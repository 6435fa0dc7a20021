// Rows of assay_attachment. Internal to attachments.cpp.
#pragma once

#include "kernel/evidence/attachments.h"

namespace assay {

Result<void> insert_attachment(Connection& connection, const Attachment& row);
Result<void> mark_replaced(Connection& connection, std::string_view id, std::string_view by);
Result<void> set_check_result(Connection& connection, std::string_view sha256, std::string_view at,
                              std::string_view result);
Result<Attachment> attachment_by_id(Connection& connection, std::string_view id);  // not_found
Result<std::vector<Attachment>> attachments_of(Connection& connection, std::string_view def, std::string_view record);
Result<std::vector<Attachment>> every_attachment(Connection& connection);

}  // namespace assay
