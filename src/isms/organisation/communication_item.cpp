#include "isms/organisation/communication_item.h"

#include "isms/organisation/person.h"

namespace assay {

const EntityDef& CommunicationItem::def() {
  static constexpr FieldDef fields[] = {
      field<&CommunicationItem::topic>({.label = "What about",
                                        .example = "Results of the phishing exercise",
                                        .multiline = true,
                                        .title = true,
                                        .in_list = true,
                                        .max_length = 500}),
      field<&CommunicationItem::audience>(
          {.label = "With whom", .example = "All staff", .multiline = true, .in_list = true, .max_length = 500}),
      field<&CommunicationItem::timing>({.label = "When",
                                         .example = "Every quarter, within two weeks of the exercise",
                                         .multiline = true,
                                         .in_list = true,
                                         .max_length = 500}),
      field<&CommunicationItem::channel>({.label = "How",
                                          .example = "Staff meeting and intranet",
                                          .multiline = true,
                                          .in_list = true,
                                          .max_length = 500}),
      field<&CommunicationItem::owner>({.label = "Done by", .in_list = true}),
      field<&CommunicationItem::last_done_on>({.label = "Last done on", .in_list = true}),
      field<&CommunicationItem::every_days>({.label = "Due every (days)",
                                             .help = "Leave empty for what is told when something happens.",
                                             .example = "90",
                                             .least = 1,
                                             .most = 3660}),
  };
  static constexpr EntityDef def = entity<CommunicationItem>(
      {
          .name = "communication_item",
          .label = "Communication",
          .plural = "Communication plan",
          .help = "Who tells whom what about information security, when and how, inside and outside. Clause 7.4 asks "
                  "to determine it.",
          .clause = "7.4",
          .example = "Results of the phishing exercise, to all staff, every quarter, in the staff meeting.",
          .phase = Phase::organisation,
          .access = AccessClass::governance,
          .prefix = "COMM",
          .holder = "owner",
      },
      fields);
  return def;
}

std::optional<Date> CommunicationItem::due_on(Date today) const {
  if (!every_days || *every_days < 1) return std::nullopt;
  return last_done_on ? last_done_on->plus_days(*every_days) : today;
}

}  // namespace assay
