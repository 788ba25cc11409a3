#include "service/ruleset/fields.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

#include "service/base/civil_day.h"
#include "service/base/edit_distance.h"
#include "service/engine/calendar.h"

namespace klausul::ruleset {
namespace {

// Digits after the point that an amount can hold.
constexpr std::size_t kMaxNanoDigits = 9;

absl::string_view KindName(const NodeRef& node) {
  if (node.IsMapping()) return "a mapping";
  if (node.IsSequence()) return "a list";
  return node.IsNull() ? "nothing" : "a value";
}

void WrongType(const NodeRef& node, absl::string_view key,
               absl::string_view wanted, absl::string_view help,
               DiagnosticSink& sink) {
  std::string got(KindName(node));
  if (node.IsScalar() && !node.IsNull()) {
    got = absl::StrCat("`", node.text(), "`");
  }
  node.Error("wrong-type",
             absl::StrCat("`", key, "` has to be ", wanted, ", not ", got),
             help, sink);
}

// The text of a scalar that is not null, after a check that it is one.
bool IsValue(const NodeRef& node) {
  return node.IsScalar() && !node.IsNull();
}

// Numbers, true and false are written without quotes.
bool IsPlainValue(const NodeRef& node) {
  return IsValue(node) && node.IsPlain();
}

std::string JoinWords(absl::Span<const absl::string_view> words) {
  return absl::StrJoin(words, ", ", [](std::string* out, absl::string_view w) {
    absl::StrAppend(out, "`", w, "`");
  });
}

absl::optional<v1::Money> ParseMoney(absl::string_view text) {
  const std::vector<absl::string_view> parts =
      absl::StrSplit(text, absl::MaxSplits(' ', 1));
  if (parts.size() != 2 || parts[0].size() != 3 ||
      !std::all_of(parts[0].begin(), parts[0].end(), absl::ascii_isupper)) {
    return absl::nullopt;
  }
  const std::vector<absl::string_view> number =
      absl::StrSplit(parts[1], absl::MaxSplits('.', 1));
  const auto digits = [](absl::string_view s) {
    return !s.empty() && std::all_of(s.begin(), s.end(), absl::ascii_isdigit);
  };
  v1::Money money;
  std::int64_t units = 0;
  if (!digits(number[0]) || !absl::SimpleAtoi(number[0], &units)) {
    return absl::nullopt;
  }
  std::int32_t nanos = 0;
  if (number.size() == 2) {
    std::string fraction(number[1]);
    if (!digits(fraction) || fraction.size() > kMaxNanoDigits) {
      return absl::nullopt;
    }
    fraction.append(kMaxNanoDigits - fraction.size(), '0');
    if (!absl::SimpleAtoi(fraction, &nanos)) return absl::nullopt;
  }
  money.set_currency_code(std::string(parts[0]));
  money.set_units(units);
  money.set_nanos(nanos);
  return money;
}

}  // namespace

Fields::Fields(NodeRef node, absl::string_view what, DiagnosticSink& sink)
    : node_(std::move(node)), what_(what), sink_(sink) {
  if (!node_) return;
  if (!node_.IsMapping()) {
    node_.Error("wrong-type",
                absl::StrCat(what_, " has to be a mapping of keys, not ",
                             KindName(node_)),
                {}, sink_);
    return;
  }
  is_mapping_ = true;
  entries_ = node_.Entries();
}

NodeRef Fields::Find(absl::string_view key) {
  asked_.emplace_back(key);
  for (const auto& [name, value] : entries_) {
    if (name.text() == key) return value;
  }
  return {};
}

NodeRef Fields::Require(absl::string_view key, absl::string_view help) {
  NodeRef found = Find(key);
  if (!found && is_mapping_) {
    place().Error("missing-key", absl::StrCat(what_, " has no `", key, "`"),
                  help, sink_);
  }
  return found;
}

void Fields::Finish() {
  for (const auto& [name, value] : entries_) {
    const std::string text(name.text());
    if (std::find(asked_.begin(), asked_.end(), text) != asked_.end()) continue;
    const std::string near = ClosestMatch(text, asked_);
    name.Error("unknown-key", absl::StrCat(what_, " has no key `", text, "`"),
               near.empty()
                   ? absl::StrCat("keys are ", absl::StrJoin(asked_, ", "))
                   : absl::StrCat("did you mean `", near, "`?"),
               sink_);
  }
}

NodeRef Fields::place() const {
  return entries_.empty() ? node_ : entries_.front().first;
}

absl::optional<std::string> ReadString(const NodeRef& node,
                                       absl::string_view key,
                                       DiagnosticSink& sink) {
  if (!node) return absl::nullopt;
  if (!IsValue(node)) {
    WrongType(node, key, "a text", {}, sink);
    return absl::nullopt;
  }
  std::string text(absl::StripAsciiWhitespace(node.text()));
  if (text.empty()) {
    node.Error("empty-value", absl::StrCat("`", key, "` is empty"), {}, sink);
    return absl::nullopt;
  }
  return text;
}

absl::optional<bool> ReadBool(const NodeRef& node, absl::string_view key,
                              DiagnosticSink& sink) {
  if (!node) return absl::nullopt;
  if (IsPlainValue(node)) {
    if (node.text() == "true") return true;
    if (node.text() == "false") return false;
  }
  WrongType(node, key, "true or false", {}, sink);
  return absl::nullopt;
}

absl::optional<std::int64_t> ReadInt(const NodeRef& node, absl::string_view key,
                                     DiagnosticSink& sink) {
  if (!node) return absl::nullopt;
  std::int64_t value = 0;
  if (IsPlainValue(node) && absl::SimpleAtoi(node.text(), &value)) {
    return value;
  }
  WrongType(node, key, "a whole number", {}, sink);
  return absl::nullopt;
}

absl::optional<double> ReadDouble(const NodeRef& node, absl::string_view key,
                                  DiagnosticSink& sink) {
  if (!node) return absl::nullopt;
  double value = 0;
  if (IsPlainValue(node) && absl::SimpleAtod(node.text(), &value) &&
      std::isfinite(value)) {
    return value;
  }
  WrongType(node, key, "a number", {}, sink);
  return absl::nullopt;
}

absl::optional<absl::CivilDay> ReadDate(const NodeRef& node,
                                        absl::string_view key,
                                        DiagnosticSink& sink) {
  if (!node) return absl::nullopt;
  if (!IsValue(node)) {
    WrongType(node, key, "a date", "write it as 2026-07-01", sink);
    return absl::nullopt;
  }
  const absl::optional<absl::CivilDay> day = ParseCivilDay(node.text());
  if (!day.has_value()) {
    node.Error("bad-date", absl::StrCat("`", node.text(), "` is not a date"),
               absl::StrCat("write a day that exists, from ", kMinYear, " to ",
                            kMaxYear, ", as 2026-07-01"),
               sink);
  }
  return day;
}

absl::optional<v1::Money> ReadMoney(const NodeRef& node, absl::string_view key,
                                    DiagnosticSink& sink) {
  if (!node) return absl::nullopt;
  absl::optional<v1::Money> money;
  if (IsValue(node)) money = ParseMoney(node.text());
  if (!money.has_value()) {
    WrongType(node, key, "an amount",
              "write currency and number, such as \"NOK 1300000\"", sink);
  }
  return money;
}

absl::optional<int> ReadWord(const NodeRef& node, absl::string_view key,
                             absl::Span<const absl::string_view> words,
                             DiagnosticSink& sink) {
  if (!node) return absl::nullopt;
  if (!IsValue(node)) {
    WrongType(node, key, absl::StrCat("one of ", JoinWords(words)), {}, sink);
    return absl::nullopt;
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (node.text() == words[i]) return static_cast<int>(i);
  }
  const std::vector<std::string> candidates(words.begin(), words.end());
  const std::string near = ClosestMatch(node.text(), candidates);
  node.Error("unknown-value",
             absl::StrCat("`", key, "` cannot be `", node.text(), "`"),
             near.empty() ? absl::StrCat("use one of ", JoinWords(words))
                          : absl::StrCat("did you mean `", near, "`?"),
             sink);
  return absl::nullopt;
}

std::vector<NodeRef> ReadList(const NodeRef& node, absl::string_view key,
                              DiagnosticSink& sink) {
  if (!node) return {};
  if (!node.IsSequence()) {
    WrongType(node, key, "a list", {}, sink);
    return {};
  }
  return node.Items();
}

std::vector<std::string> ReadStringList(const NodeRef& node,
                                        absl::string_view key,
                                        DiagnosticSink& sink) {
  std::vector<std::string> out;
  for (const NodeRef& item : ReadList(node, key, sink)) {
    if (absl::optional<std::string> text = ReadString(item, key, sink)) {
      out.push_back(*std::move(text));
    }
  }
  return out;
}

absl::optional<v1::Period> ReadPeriod(const NodeRef& from, const NodeRef& to,
                                      DiagnosticSink& sink) {
  const absl::optional<absl::CivilDay> first = ReadDate(from, "from", sink);
  const absl::optional<absl::CivilDay> last = ReadDate(to, "to", sink);
  if (!first.has_value() || (to && !last.has_value())) return absl::nullopt;
  v1::Period period;
  *period.mutable_from() = engine::ToDate(*first);
  if (last.has_value()) {
    if (*last < *first) {
      to.Error("empty-period",
               absl::StrCat("the period ends before it starts on ",
                            FormatCivilDay(*first)),
               "both days belong to the period", sink);
      return absl::nullopt;
    }
    *period.mutable_to() = engine::ToDate(*last);
  }
  return period;
}

absl::Span<const absl::string_view> RuleLanguages() {
  static constexpr absl::string_view kLanguages[] = {"nb", "nn", "en"};
  return kLanguages;
}

v1::Text ReadText(const NodeRef& node, absl::string_view key,
                  absl::Span<const absl::string_view> required,
                  ElementSource& fields, DiagnosticSink& sink) {
  v1::Text text;
  if (!node) return text;
  if (!node.IsMapping()) {
    WrongType(node, key, "a text by language",
              "write {nb: \"...\", nn: \"...\", en: \"...\"}", sink);
    return text;
  }
  for (const auto& [language, value] : node.Entries()) {
    const std::string code(language.text());
    // Two letters are all that any language of the EEA needs.
    if (code.size() != 2 ||
        !std::all_of(code.begin(), code.end(), absl::ascii_islower)) {
      language.Error("unknown-key",
                     absl::StrCat("`", code, "` is not a language code"),
                     "languages are written as `nb`, `nn`, `en`", sink);
      continue;
    }
    const std::string name = absl::StrCat(key, ".", code);
    fields.fields[name] = value;
    if (absl::optional<std::string> written = ReadString(value, name, sink)) {
      (*text.mutable_by_language())[code] = *std::move(written);
    }
  }
  std::vector<absl::string_view> missing;
  for (const absl::string_view code : required) {
    if (fields.fields.count(absl::StrCat(key, ".", code)) == 0) {
      missing.push_back(code);
    }
  }
  if (!missing.empty()) {
    const std::vector<std::pair<NodeRef, NodeRef>> entries = node.Entries();
    (entries.empty() ? node : entries.front().first)
        .Error("missing-language",
               absl::StrCat("`", key, "` has no text in ", JoinWords(missing)),
               "rules speak bokmål (nb), nynorsk (nn) and English (en)", sink);
  }
  return text;
}

absl::optional<v1::Expression> ReadExpression(const NodeRef& node,
                                              absl::string_view key,
                                              absl::string_view file,
                                              SetSource& source,
                                              DiagnosticSink& sink) {
  if (!node) return absl::nullopt;
  if (!node.IsScalar()) {
    WrongType(node, key, "an expression", {}, sink);
    return absl::nullopt;
  }
  if (node.IsPlain()) {
    node.Error("unquoted-expression",
               absl::StrCat("the expression of `", key, "` is not quoted"),
               absl::StrCat("put `", key,
                            ": |` on its line and the expression, indented, "
                            "below it"),
               sink);
    return absl::nullopt;
  }
  const absl::string_view text = node.text();
  if (absl::StripAsciiWhitespace(text).empty()) {
    node.Error("empty-value", absl::StrCat("`", key, "` is empty"), {}, sink);
    return absl::nullopt;
  }
  const std::size_t hash = text.find(" #");
  if (hash != absl::string_view::npos) {
    node.ErrorAt({static_cast<std::uint32_t>(hash + 1),
                  static_cast<std::uint32_t>(hash + 2)},
                 "hash-in-expression", "` #` inside an expression",
                 "`#` starts no comment here; write the remark above the key",
                 sink);
    return absl::nullopt;
  }
  const LineColumn place = node.file()->Locate(node.SpanOf({0, 1}).begin);
  v1::Expression expression;
  expression.set_text(std::string(text));
  expression.set_file(std::string(file));
  expression.set_line(place.line);
  expression.set_column(place.column);
  source.expressions[{expression.file(), place.line, place.column}] = node;
  return expression;
}

void CheckOverlaps(std::vector<PlacedPeriod> periods, absl::string_view what,
                   DiagnosticSink& sink) {
  const auto first = [](const PlacedPeriod& p) {
    return engine::ToCivilDay(p.period.from()).value_or(absl::CivilDay::min());
  };
  std::stable_sort(periods.begin(), periods.end(),
                   [&](const PlacedPeriod& a, const PlacedPeriod& b) {
                     return first(a) < first(b);
                   });
  for (std::size_t i = 1; i < periods.size(); ++i) {
    const PlacedPeriod& earlier = periods[i - 1];
    const PlacedPeriod& later = periods[i];
    const absl::CivilDay last = earlier.period.has_to()
                                    ? engine::ToCivilDay(earlier.period.to())
                                          .value_or(absl::CivilDay::max())
                                    : absl::CivilDay::max();
    if (first(later) > last) continue;
    Diagnostic overlap = later.place.MakeError(
        "overlapping-periods",
        absl::StrCat("periods of ", what, " overlap on ",
                     FormatCivilDay(first(later))),
        "end the earlier period the day before the later one starts");
    overlap.notes.push_back({earlier.place.file(), earlier.place.span(),
                             "the earlier period starts here"});
    sink.Add(std::move(overlap));
  }
}

}  // namespace klausul::ruleset
