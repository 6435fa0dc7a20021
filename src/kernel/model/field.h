// How a register declares its fields. This is the only header with template machinery; everything that consumes the
// result is ordinary code over FieldDef.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "kernel/model/value.h"

namespace assay {

struct EntityDef;

enum class Kind {
  text,  // one line, or many with FieldText::multiline
  boolean,
  integer,
  real,
  date,
  instant,
  json,
  choice,      // one of FieldDef::choices
  reference,   // a record of FieldDef::target
  texts,       // list of texts
  choices,     // list of FieldDef::choices
  references,  // list of records of FieldDef::target
  records,     // list of embedded records, described by FieldDef::parts()
};

struct Choice {
  std::string_view name;   // stored and exchanged: never renamed
  std::string_view label;  // shown to people
};

// What a person writes about a field. What the C++ type says already is not repeated here.
struct FieldText {
  std::string_view label;
  std::string_view help = {};        // one line: what belongs here, what the clause asks
  std::string_view example = {};     // shown in the empty field
  bool multiline = false;            // a long text
  bool title = false;                // names the record in lists and references; one field of a register
  bool in_list = false;              // a column of the list, sortable and indexed
  bool indexed = false;              // looked up by its value, although no list shows it
  bool unique = false;               // no two records share the value
  bool derived = false;              // worked out by the register (EntityDef::derive); people cannot type it
  bool chain = false;                // a reference into its own register that must not lead back to where it began
  bool secret = false;               // never shown in lists, exports and history texts
  std::optional<double> least = {};  // range of a number
  std::optional<double> most = {};
  std::string_view pattern = {};       // ECMAScript regular expression for the whole text
  std::string_view pattern_text = {};  // the pattern in words, for the message
  std::size_t max_length = 0;          // code points; 0: 300 for one line, 20,000 for a long text
};

// The register that a reference leads to. Declared fields name a function, since registers refer to each other in
// circles; custom fields, which are read while the program runs, the register itself.
class ReferenceTarget {
 public:
  constexpr ReferenceTarget() = default;
  constexpr ReferenceTarget(const EntityDef& (*function)()) : function_(function) {}
  explicit ReferenceTarget(const EntityDef& def) : def_(&def) {}
  const EntityDef& operator()() const { return def_ ? *def_ : function_(); }
  explicit operator bool() const { return def_ != nullptr || function_ != nullptr; }

 private:
  const EntityDef& (*function_)() = nullptr;
  const EntityDef* def_ = nullptr;
};

// What the generic layers read about a field.
struct FieldDef {
  std::string_view name;  // column, JSON key and URL parameter; of a custom field "custom.<key>"
  Kind kind = Kind::text;
  bool required = false;  // must have a value; a list may still be empty
  FieldText text;
  std::span<const Choice> choices;                    // Kind::choice and Kind::choices
  ReferenceTarget target;                             // Kind::reference and Kind::references
  std::span<const FieldDef> (*parts_of)() = nullptr;  // Kind::records
  const void* owner = nullptr;                        // tags the struct that the field belongs to
  Value (*get)(const void* record) = nullptr;
  bool (*set)(void* record, const Value& value) = nullptr;  // false: the value does not fit the type
  // The organisation's own (custom_fields.h): lives in Record::custom, has no get and set.
  bool custom = false;
  bool retired = false;  // a custom field that is asked no more; values stay and are shown

  bool is_list() const { return kind >= Kind::texts; }
  bool refers() const { return kind == Kind::reference || kind == Kind::references; }
  std::span<const FieldDef> parts() const { return parts_of ? parts_of() : std::span<const FieldDef>(); }
  bool is_number() const { return kind == Kind::integer || kind == Kind::real; }
  const Choice* choice(std::string_view choice_name) const;           // null when there is none of that name
  std::string_view choice_label(std::string_view choice_name) const;  // the name itself when unknown
  std::size_t max_length() const;
  std::string_view custom_key() const;  // its key in Record::custom; of custom fields only
};

// What the names of custom fields begin with wherever they stand beside declared ones: columns, parameters, problems.
inline constexpr std::string_view custom_prefix = "custom.";

// ---- Names taken from the code itself ------------------------------------------------------------------------------

// identifier<&Risk::title>() is "title"; identifier<Level::high>() is "high"; a trailing '_' (needed where the name is
// a C++ keyword) is dropped.
template <auto X>
consteval std::string_view identifier() {
  std::string_view s = __PRETTY_FUNCTION__;
  s.remove_prefix(s.find("X = ") + 4);
  s = s.substr(0, s.find_first_of(";]"));
  s = s.substr(s.rfind(':') + 1);
  if (s.ends_with('_')) s.remove_suffix(1);
  return s;
}

namespace detail {
struct Probe {
  int some_field;
  int public_;
};
static_assert(identifier<&Probe::some_field>() == "some_field", "this compiler spells names differently");
static_assert(identifier<&Probe::public_>() == "public");
}  // namespace detail

// A value without an enumerator is spelt as a cast, "(Level)4".
template <auto E>
consteval bool is_enumerator() {
  std::string_view s = __PRETTY_FUNCTION__;
  return s[s.find("E = ") + 4] != '(';
}

template <class C>
inline constexpr char class_tag = 0;

template <class>
struct MemberOf;
template <class C, class M>
struct MemberOf<M C::*> {
  using Class = C;
  using Type = M;
};

// ---- Choices -------------------------------------------------------------------------------------------------------

// An enum declares its choices once, beside the enum, in the order of its enumerators (either mistake does not
// compile):
//   template <> inline constexpr auto choices_of<Level> = choices<Level>({choice<Level::low>("Low"), ...});
template <class E>
inline constexpr auto choices_of = nullptr;

// `name` is needed only where the stored name is no C++ identifier: choice<Tls::v1_2>("TLS 1.2", "1.2").
template <auto E>
consteval std::pair<decltype(E), Choice> choice(std::string_view label, std::string_view name = identifier<E>()) {
  return {E, Choice{name, label}};
}

template <class E, std::size_t N>
consteval std::array<Choice, N> choices(const std::pair<E, Choice> (&items)[N]) {
  std::array<Choice, N> out;
  for (std::size_t i = 0; i < N; ++i) {
    if (static_cast<std::size_t>(items[i].first) != i) throw "choices must follow the order of the enumerators";
    out[i] = items[i].second;
  }
  if (is_enumerator<static_cast<E>(N)>()) throw "an enumerator has no choice";
  return out;
}

// ---- Codec: one C++ member type <-> Value --------------------------------------------------------------------------

template <class T>
struct Codec;

template <class T, Kind K, class Stored>
struct PlainCodec {
  static constexpr Kind kind = K;
  static Value get(const T& member) { return Stored(member); }
  static bool set(T& member, const Value& value) {
    const auto* stored = std::get_if<Stored>(&value);
    if (stored) member = static_cast<T>(*stored);
    return stored != nullptr;
  }
};

template <>
struct Codec<std::string> : PlainCodec<std::string, Kind::text, std::string> {};
template <>
struct Codec<bool> : PlainCodec<bool, Kind::boolean, bool> {};
template <>
struct Codec<std::int64_t> : PlainCodec<std::int64_t, Kind::integer, std::int64_t> {};
template <>
struct Codec<std::vector<std::string>> : PlainCodec<std::vector<std::string>, Kind::texts, std::vector<std::string>> {};

template <>
struct Codec<double> {
  static constexpr Kind kind = Kind::real;
  static Value get(double member) { return member; }
  static bool set(double& member, const Value& value) {
    auto number = number_of(value);
    if (number) member = *number;
    return number.has_value();
  }
};

template <class T, Kind K>
struct TimeCodec {
  static constexpr Kind kind = K;
  static Value get(const T& member) { return member.iso(); }
  static bool set(T& member, const Value& value) {
    auto parsed = T::parse(text_of(value));
    if (parsed) member = *parsed;
    return parsed.has_value();
  }
};
template <>
struct Codec<Date> : TimeCodec<Date, Kind::date> {};
template <>
struct Codec<Instant> : TimeCodec<Instant, Kind::instant> {};

template <>
struct Codec<Json> {
  static constexpr Kind kind = Kind::json;
  static Value get(const Json& member) { return member.text; }
  static bool set(Json& member, const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    if (text) member.text = *text;
    return text != nullptr;
  }
};

template <class E>
std::optional<E> choice_of(std::string_view name) {
  for (std::size_t i = 0; i < choices_of<E>.size(); ++i) {
    if (choices_of<E>[i].name == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

template <class E>
std::string_view name_of_choice(E choice) {
  return choices_of<E>[static_cast<std::size_t>(choice)].name;
}

template <class E>
requires std::is_enum_v<E>
struct Codec<E> {
  static constexpr Kind kind = Kind::choice;
  static Value get(E member) { return std::string(name_of_choice(member)); }
  static bool set(E& member, const Value& value) {
    auto parsed = choice_of<E>(text_of(value));
    if (parsed) member = *parsed;
    return parsed.has_value();
  }
};

template <class E>
requires std::is_enum_v<E>
struct Codec<std::vector<E>> {
  static constexpr Kind kind = Kind::choices;
  using Element = E;
  static Value get(const std::vector<E>& member) {
    std::vector<std::string> names;
    for (E item : member) names.emplace_back(name_of_choice(item));
    return names;
  }
  static bool set(std::vector<E>& member, const Value& value) {
    member.clear();
    for (const std::string& name : list_of(value)) {
      auto parsed = choice_of<E>(name);
      if (!parsed) return false;
      member.push_back(*parsed);
    }
    return true;
  }
};

template <class T>
struct Codec<Ref<T>> {
  static constexpr Kind kind = Kind::reference;
  using Target = T;
  static Value get(const Ref<T>& member) { return member.id.empty() ? Value() : Value(member.id); }
  static bool set(Ref<T>& member, const Value& value) { return Codec<std::string>::set(member.id, value); }
};

template <class T>
struct Codec<std::vector<Ref<T>>> {
  static constexpr Kind kind = Kind::references;
  using Target = T;
  static Value get(const std::vector<Ref<T>>& member) {
    std::vector<std::string> ids;
    for (const Ref<T>& ref : member) ids.push_back(ref.id);
    return ids;
  }
  static bool set(std::vector<Ref<T>>& member, const Value& value) {
    member.clear();
    for (const std::string& id : list_of(value)) member.push_back({id});
    return true;
  }
};

// A struct with a static parts() is an embedded record.
template <class T>
concept Embedded = requires {
  T::parts();
};

template <Embedded T>
struct Codec<std::vector<T>> {
  static constexpr Kind kind = Kind::records;
  using Part = T;
  static Value get(const std::vector<T>& member) {
    std::vector<EmbeddedRow> rows;
    for (const T& item : member) {
      EmbeddedRow& row = rows.emplace_back();
      for (const FieldDef& part : T::parts()) row.values.push_back(part.get(&item));
    }
    return rows;
  }
  static bool set(std::vector<T>& member, const Value& value) {
    member.clear();
    for (const EmbeddedRow& row : rows_of(value)) {
      T& item = member.emplace_back();
      std::span<const FieldDef> parts = T::parts();
      for (std::size_t i = 0; i < parts.size() && i < row.values.size(); ++i) {
        if (!is_unset(row.values[i]) && !parts[i].set(&item, row.values[i])) return false;
      }
    }
    return true;
  }
};

template <class T>
struct Codec<std::optional<T>> : Codec<T> {
  static constexpr bool optional = true;
  using Inner = T;
  static Value get(const std::optional<T>& member) { return member ? Codec<T>::get(*member) : Value(); }
  static bool set(std::optional<T>& member, const Value& value) {
    if (is_unset(value)) {
      member.reset();
      return true;
    }
    return Codec<T>::set(member.emplace(), value);
  }
};

// ---- field<&Supplier::name>({.label = "Name"}) ---------------------------------------------------------------------

template <auto Member>
consteval FieldDef field(FieldText text) {
  using Class = typename MemberOf<decltype(Member)>::Class;
  using Type = typename MemberOf<decltype(Member)>::Type;
  using C = Codec<Type>;
  if (text.label.empty()) throw "a field needs a label";

  FieldDef def{};
  def.name = identifier<Member>();
  def.owner = &class_tag<Class>;
  def.kind = C::kind;
  def.required = !requires { C::optional; };
  def.text = text;
  if constexpr (requires { typename C::Inner; }) {
    if constexpr (std::is_enum_v<typename C::Inner>) def.choices = choices_of<typename C::Inner>;
  }
  if constexpr (requires { typename C::Element; }) def.choices = choices_of<typename C::Element>;
  if constexpr (std::is_enum_v<Type>) def.choices = choices_of<Type>;
  if constexpr (requires { typename C::Target; }) def.target = &C::Target::def;
  if constexpr (requires { typename C::Part; }) def.parts_of = &C::Part::parts;
  def.get = [](const void* record) { return C::get(static_cast<const Class*>(record)->*Member); };
  def.set = [](void* record, const Value& value) { return C::set(static_cast<Class*>(record)->*Member, value); };
  return def;
}

}  // namespace assay
