// One of the inputs of 9.3.2.
#pragma once

#include "kernel/model/entity.h"

namespace assay {

struct ManagementReview;

enum class ReviewInputItem { a, b, c, d1, d2, d3, d4, e, f, g };
template <>
inline constexpr auto choices_of<ReviewInputItem> = choices<ReviewInputItem>({
    choice<ReviewInputItem::a>("a"),
    choice<ReviewInputItem::b>("b"),
    choice<ReviewInputItem::c>("C"),
    choice<ReviewInputItem::d1>("d 1"),
    choice<ReviewInputItem::d2>("d 2"),
    choice<ReviewInputItem::d3>("d 3"),
    choice<ReviewInputItem::d4>("d 4"),
    choice<ReviewInputItem::e>("E"),
    choice<ReviewInputItem::f>("F"),
    choice<ReviewInputItem::g>("G"),
});

struct ReviewInput {
  Id id;
  Ref<ManagementReview> review;
  ReviewInputItem item{};
  bool discussed = false;
  std::optional<std::string> content;
  std::optional<Date> data_as_of;

  static const EntityDef& def();
};

}  // namespace assay
