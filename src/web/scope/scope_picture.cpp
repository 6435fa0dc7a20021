// The boundary drawn: a field for what is inside, a ring around it for the interfaces, and the outside below.
// Presentation attributes carry the colours of paper; work.css goes over them on the screen.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "web/scope/scope_view.h"

namespace assay {
namespace {

constexpr double picture_width = 800, line_height = 17, column_gap = 14, field_head = 30, pad = 14;
constexpr std::size_t most_names = 9;

struct PictureGroup {
  std::string heading;
  std::vector<std::string> names;
  double height() const { return 20 + line_height * static_cast<double>(names.size()) + 10; }
};

std::vector<PictureGroup> groups_of(std::span<const ScopeItem> items, std::span<const ScopeThing> things,
                                    ScopeItemInclusion inclusion) {
  std::vector<PictureGroup> out;
  for (std::size_t k = 0; k < choices_of<ScopeItemKind>.size(); ++k) {
    PictureGroup group{std::string(choices_of<ScopeItemKind>[k].label), {}};
    for (const ScopeItem& item : items) {
      if (static_cast<std::size_t>(item.kind) == k && item.inclusion == inclusion)
        group.names.push_back(shorten(name_of_item(item, things), 30));
    }
    // The line that tells of more takes the place of at least two.
    if (group.names.size() > most_names + 1) {
      std::size_t more = group.names.size() - most_names;
      group.names.resize(most_names);
      group.names.push_back(fmt::format("and {} more", more));
    }
    if (!group.names.empty()) out.push_back(std::move(group));
  }
  return out;
}

// Groups in three columns, each under the shortest one so far.
struct PictureField {
  struct Place {
    const PictureGroup* group;
    double x, y;
  };
  std::vector<Place> places;
  double height = 0;

  PictureField(const std::vector<PictureGroup>& groups, double left, double width) {
    constexpr std::size_t columns = 3;
    std::array<double, columns> filled{};
    double column = (width - column_gap * (columns - 1)) / columns;
    for (const PictureGroup& group : groups) {
      auto shortest = static_cast<std::size_t>(std::ranges::min_element(filled) - filled.begin());
      places.push_back({&group, left + static_cast<double>(shortest) * (column + column_gap), filled[shortest]});
      filled[shortest] += group.height();
    }
    height = std::max(*std::ranges::max_element(filled), line_height);
  }
};

struct PictureTone {
  std::string_view name, fill, stroke, dash;
};
constexpr PictureTone outside_tone{"outside", "#f1f4f8", "#8794a5", "6 4"};
constexpr PictureTone ring_tone{"ring", "#fdeee0", "#c2410c", "none"};
constexpr PictureTone inside_tone{"inside", "#e4effc", "#0b5cc4", "none"};

void write_box(HtmlWriter& h, const PictureTone& tone, double x, double y, double width, double height) {
  h.el(
      "rect",
      {cls("scope-box"), cls(tone.name), at("x", x), at("y", y), at("width", width), at("height", height), at("rx", 10),
       at("fill", tone.fill), at("stroke", tone.stroke), at("stroke-width", 1.5), at("stroke-dasharray", tone.dash)},
      [] {});
}

void write_line(HtmlWriter& h, std::string_view kind, double x, double y, std::string_view text) {
  bool strong = kind != "name";
  h.el("text",
       {cls("scope-text"), cls(kind), at("x", x), at("y", y), at("font-size", kind == "head" ? 14 : 12),
        at("font-weight", strong ? "bold" : "normal"), at("fill", kind == "group" ? "#45505e" : "#16202c")},
       text);
}

void write_field(HtmlWriter& h, const PictureField& field, double top) {
  for (const PictureField::Place& place : field.places) {
    double y = top + place.y + 14;
    write_line(h, "group", place.x, y, place.group->heading);
    for (const std::string& name : place.group->names) write_line(h, "name", place.x, y += line_height, name);
  }
}

std::string summary(std::span<const ScopeItem> items) {
  auto count = [&](ScopeItemInclusion inclusion) {
    return std::ranges::count(items, inclusion, &ScopeItem::inclusion);
  };
  return fmt::format("The boundary of the ISMS: {} items inside, {} at the boundary, {} left out",
                     count(ScopeItemInclusion::in), count(ScopeItemInclusion::interface),
                     count(ScopeItemInclusion::out));
}

}  // namespace

void scope_picture(HtmlWriter& h, std::span<const ScopeItem> items, std::span<const ScopeThing> things) {
  auto inside = groups_of(items, things, ScopeItemInclusion::in),
       ring = groups_of(items, things, ScopeItemInclusion::interface);
  auto outside = groups_of(items, things, ScopeItemInclusion::out);
  if (inside.empty() && ring.empty() && outside.empty()) return;
  constexpr double ring_left = 20, inside_left = 40;
  PictureField inner(inside, inside_left + pad, picture_width - 2 * (inside_left + pad));
  PictureField edge(ring, ring_left + pad, picture_width - 2 * (ring_left + pad));
  PictureField outer(outside, ring_left + pad, picture_width - 2 * (ring_left + pad));
  double inside_top = 20 + field_head, inside_height = field_head + inner.height + pad;
  double ring_height = field_head + inside_height + pad + edge.height + pad;
  double outside_top = 20 + ring_height + field_head;
  double height = outside_top + outer.height + pad;
  h.el("svg",
       {cls("scope-picture"), at("viewBox", fmt::format("0 0 {:.0f} {:.0f}", picture_width, height)), at("role", "img"),
        at("aria-label", summary(items)), at("font-family", "sans-serif")},
       [&] {
         write_box(h, outside_tone, 1, 1, picture_width - 2, height - 2);
         write_box(h, ring_tone, ring_left, 20, picture_width - 2 * ring_left, ring_height);
         write_box(h, inside_tone, inside_left, inside_top, picture_width - 2 * inside_left, inside_height);
         write_line(h, "head", ring_left + pad, 40, "At the boundary: responsibilities are divided");
         write_line(h, "head", inside_left + pad, inside_top + 20, "Inside the scope");
         write_field(h, inner, inside_top + field_head);
         write_field(h, edge, inside_top + inside_height + pad);
         write_line(h, "head", ring_left + pad, outside_top - 10,
                    outside.empty() ? "Outside: nothing is left out" : "Outside, with reasons");
         write_field(h, outer, outside_top);
       });
}

void scope_picture_on_screen(HtmlWriter& h, const ScopeSheet& sheet) {
  h.el("div",
       {cls("chart-scroll"), at("tabindex", 0), at("role", "region"), at("aria-label", "Picture of the boundary")},
       [&] { scope_picture(h, sheet.items, sheet.things); });
}

}  // namespace assay
