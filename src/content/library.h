// The texts that come with the product: guidance for clauses and controls, threats, weaknesses, document templates.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace assay {

struct ContentFile {
  std::string_view name;  // "controls/5.1.md"
  std::string_view text;
};

struct GuidanceSection {
  std::string heading;  // "Purpose"
  std::string markdown;
};

struct ControlGuidance {
  std::string ref, short_name, theme, title;
  std::vector<std::string> control_types, properties, concepts, capabilities, domains;
  bool new_in_2022 = false;
  int default_frequency_days = 0;
  std::vector<GuidanceSection> sections;
};

struct ClauseGuidance {
  std::string ref, parent, title, amendment;
  bool documented_information = false;
  std::vector<GuidanceSection> sections;  // empty for headings
};

struct Threat {
  std::string code, category, name, description;
  std::vector<std::string> properties, controls;
};

struct Weakness {
  std::string code, area, name, description;
  std::vector<std::string> controls;
};

// Suggestions to begin with: an issue of the context, what an interested party usually asks for, an activity of the
// ISMS with the roles that take part in it. Kinds, topics and roles are names of the registers' choices.
struct TypicalIssue {
  std::string kind, topic, issue, question;
};
struct TypicalRequirement {
  std::string party, type, kind, requirement;
  bool climate = false;
};
struct TypicalActivity {
  std::string activity, clause, accountable, responsible, consulted, informed;
};

struct Template {
  std::string name, title, kind, topic, audience, classification, markdown;
  std::vector<std::string> refs;
};

// Values for {{placeholders}}: "organisation.name", "parameter.log_online_days", …
using Placeholders = std::map<std::string, std::string, std::less<>>;

class Library {
 public:
  // Error: invalid with a problem per file that does not have the expected form.
  static Result<Library> load(std::span<const ContentFile> files);

  const std::vector<ControlGuidance>& controls() const { return controls_; }  // in the order of the standard
  const std::vector<ClauseGuidance>& clauses() const { return clauses_; }     // in the order of the standard
  const std::vector<Threat>& threats() const { return threats_; }
  const std::vector<Weakness>& weaknesses() const { return weaknesses_; }
  const std::vector<TypicalIssue>& typical_issues() const { return typical_issues_; }
  // Those of a party together.
  const std::vector<TypicalRequirement>& typical_requirements() const { return typical_requirements_; }
  const std::vector<TypicalActivity>& typical_activities() const { return typical_activities_; }
  const std::vector<Template>& templates() const { return templates_; }  // by title
  const ControlGuidance* control(std::string_view ref) const;
  const ClauseGuidance* clause(std::string_view ref) const;
  const Template* find_template(std::string_view name) const;

 private:
  std::vector<ControlGuidance> controls_;
  std::vector<ClauseGuidance> clauses_;
  std::vector<Threat> threats_;
  std::vector<Weakness> weaknesses_;
  std::vector<TypicalIssue> typical_issues_;
  std::vector<TypicalRequirement> typical_requirements_;
  std::vector<TypicalActivity> typical_activities_;
  std::vector<Template> templates_;
};

// The template's text with its placeholders filled; unknown ones stay visible as "[organisation.name]".
std::string fill_placeholders(std::string_view markdown, const Placeholders& values);

}  // namespace assay
