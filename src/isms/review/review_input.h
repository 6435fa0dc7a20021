// One of the inputs of 9.3.2.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct ManagementReview;

enum class ReviewInputItem { a, b, c, d1, d2, d3, d4, e, f, g };
template <>
inline constexpr auto choices_of<ReviewInputItem> = choices<ReviewInputItem>({
    choice<ReviewInputItem::a>("a: Actions from earlier reviews"),
    choice<ReviewInputItem::b>("b: Changes in issues"),
    choice<ReviewInputItem::c>("c: Changes in needs of interested parties"),
    choice<ReviewInputItem::d1>("d 1: Nonconformities and corrective actions"),
    choice<ReviewInputItem::d2>("d 2: Monitoring and measurement"),
    choice<ReviewInputItem::d3>("d 3: Audit results"),
    choice<ReviewInputItem::d4>("d 4: Fulfilment of objectives"),
    choice<ReviewInputItem::e>("e: Feedback of interested parties"),
    choice<ReviewInputItem::f>("f: Risk assessment and treatment"),
    choice<ReviewInputItem::g>("g: Opportunities for improvement"),
});

struct ReviewInput {
  Id id;
  Ref<ManagementReview> review;
  ReviewInputItem item{};
  bool discussed = false;
  std::optional<std::string> content;
  std::optional<Date> data_as_of;

  static const EntityDef& def();
  Problems validate() const;
};

}  // namespace assay
