#include "service/cel/extensions/regex_extension.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "re2/re2.h"
#include "re2/stringpiece.h"

#include "service/cel/extensions/code_points.h"
#include "service/cel/extensions/text_output.h"
#include "service/cel/function_table.h"
#include "service/cel/regex.h"

namespace klausul::cel {
namespace {

// The whole match and `\1` to `\9`.
constexpr int kMaxGroups = 10;

// --- What may be wrong with arguments ----------------------------------------

// Empty where all is well, as in the other two.
std::string PatternMistake(const re2::RE2& pattern) {
  if (pattern.ok()) return {};
  return absl::StrCat("not a regular expression: ", pattern.error(),
                      "; it may have ", kMaxPatternBytes,
                      " bytes and a program of ", kMaxPatternMemoryBytes,
                      " bytes");
}

std::string ExtractMistake(const re2::RE2& pattern) {
  if (!pattern.ok()) return PatternMistake(pattern);
  const int groups = pattern.NumberOfCapturingGroups();
  if (groups <= 1) return {};
  return absl::StrCat("the pattern has ", groups,
                      " groups that capture; to extract there may be one, and "
                      "`(?:...)` captures nothing");
}

std::string ReplacementMistake(absl::string_view replacement,
                               const re2::RE2& pattern) {
  if (!pattern.ok()) return PatternMistake(pattern);
  const int groups = std::min(pattern.NumberOfCapturingGroups(), 9);
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    if (replacement[i] != '\\') continue;
    const char next = ++i < replacement.size() ? replacement[i] : '\0';
    if (next == '\\') continue;
    if (!absl::ascii_isdigit(static_cast<unsigned char>(next))) {
      return "a replacement has a backslash before something else than a digit "
             "or a backslash";
    }
    if (next - '0' > groups) {
      return absl::StrCat("the replacement names group ",
                          absl::string_view(&next, 1), ", the pattern has ",
                          groups);
    }
  }
  return {};
}

// --- Matching ----------------------------------------------------------------

// The matches of a pattern in a text, from front to back, none over another.
// An empty one is not right behind another match.
class Matches {
 public:
  // `group_count`: the whole match, and as many groups as are wanted.
  Matches(const re2::RE2& pattern, absl::string_view text, int group_count,
          EvalContext& context)
      : pattern_(pattern),
        // Groups that took no part have no data; an empty text may have none.
        text_(text.data() == nullptr ? "" : text),
        group_count_(group_count),
        context_(context) {}

  // False where there is no further match, or no steps are left.
  bool Next() {
    while (from_ <= text_.size()) {
      if (!Charge()) return false;
      if (!pattern_.Match(re2::StringPiece(text_.data(), text_.size()), from_,
                          text_.size(), re2::RE2::UNANCHORED, groups_.data(),
                          group_count_)) {
        return false;
      }
      const std::size_t begin = this->begin();
      const std::size_t end = begin + groups_[0].size();
      const bool is_beside_last = end == begin && has_match_ && begin == end_;
      // Behind an empty match the search goes on one code point later.
      from_ = end > begin ? end : end + StepAt(end);
      if (is_beside_last) continue;
      has_match_ = true;
      end_ = end;
      return true;
    }
    return false;
  }

  // Of the match that Next() found: where it is, in bytes.
  std::size_t begin() const {
    return static_cast<std::size_t>(groups_[0].data() - text_.data());
  }

  std::size_t end() const { return end_; }

  // What a group matched; data() is null where it took no part.
  absl::string_view group(int number) const {
    const re2::StringPiece& group = groups_[static_cast<std::size_t>(number)];
    return absl::string_view(group.data(), group.size());
  }

 private:
  // Any match may look at all that is left of the text, and groups take a
  // slower way through it.
  bool Charge() {
    const auto size = static_cast<std::size_t>(pattern_.ProgramSize());
    const std::size_t effort = 1 + size / (group_count_ > 1 ? 8 : 64);
    return context_.Charge(1) &&
           context_.ChargeBytes((text_.size() - from_) * effort);
  }

  std::size_t StepAt(std::size_t offset) const {
    return offset < text_.size() ? CodePointBytes(text_.substr(offset)) : 1;
  }

  const re2::RE2& pattern_;
  absl::string_view text_;
  int group_count_;
  EvalContext& context_;
  std::array<re2::StringPiece, kMaxGroups> groups_;
  std::size_t from_ = 0;
  std::size_t end_ = 0;
  bool has_match_ = false;
};

// Null where no steps are left.
std::unique_ptr<re2::RE2> Compile(absl::string_view pattern,
                                  EvalContext& context) {
  // As for `matches`.
  constexpr std::int64_t kStepsPerPattern = 1000;
  if (!context.Charge(kStepsPerPattern)) return nullptr;
  return CompilePattern(pattern);
}

// --- Functions ---------------------------------------------------------------

void AppendReplacement(absl::string_view replacement, const Matches& matches,
                       TextOutput& out) {
  while (!replacement.empty()) {
    const absl::string_view plain =
        replacement.substr(0, replacement.find('\\'));
    if (!out.Append(plain)) return;
    replacement.remove_prefix(plain.size());
    if (replacement.empty()) return;
    const char escaped = replacement[1];
    out.Append(escaped == '\\' ? replacement.substr(0, 1)
                               : matches.group(escaped - '0'));
    replacement.remove_prefix(2);
  }
}

Value Replace(Args args, EvalContext& context) {
  const absl::string_view text = args[0].text();
  const absl::string_view replacement = args[2].text();
  std::int64_t count = args.size() > 3 ? args[3].int_value() : -1;
  const auto pattern = Compile(args[1].text(), context);
  if (pattern == nullptr || !context.ChargeBytes(replacement.size())) {
    return context.LimitError();
  }
  const std::string mistake = ReplacementMistake(replacement, *pattern);
  if (!mistake.empty()) {
    return context.Error(ErrorCode::kInvalidArgument, mistake);
  }
  const int groups =
      std::min(pattern->NumberOfCapturingGroups() + 1, kMaxGroups);
  Matches matches(*pattern, text, groups, context);
  TextOutput out(context);
  std::size_t copied = 0;
  for (; count != 0 && matches.Next(); count -= count > 0 ? 1 : 0) {
    if (!out.Append(text.substr(copied, matches.begin() - copied))) break;
    AppendReplacement(replacement, matches, out);
    copied = matches.end();
  }
  out.Append(text.substr(copied));
  return out.Finish();
}

// The text that a match stands for: its group where the pattern has one. False
// where that took no part.
bool Extracted(const re2::RE2& pattern, const Matches& matches,
               absl::string_view& text) {
  text = matches.group(pattern.NumberOfCapturingGroups());
  return text.data() != nullptr;
}

Value Extract(Args args, EvalContext& context) {
  const auto pattern = Compile(args[1].text(), context);
  if (pattern == nullptr) return context.LimitError();
  const std::string mistake = ExtractMistake(*pattern);
  if (!mistake.empty()) {
    return context.Error(ErrorCode::kInvalidArgument, mistake);
  }
  Matches matches(*pattern, args[0].text(),
                  pattern->NumberOfCapturingGroups() + 1, context);
  const bool found = matches.Next();
  if (context.exhausted()) return context.LimitError();
  absl::string_view text;
  if (!found || !Extracted(*pattern, matches, text)) return Value::None();
  return Value::Optional(Value::String(text), context.arena());
}

Value ExtractAll(Args args, EvalContext& context) {
  const auto pattern = Compile(args[1].text(), context);
  if (pattern == nullptr) return context.LimitError();
  const std::string mistake = ExtractMistake(*pattern);
  if (!mistake.empty()) {
    return context.Error(ErrorCode::kInvalidArgument, mistake);
  }
  Matches matches(*pattern, args[0].text(),
                  pattern->NumberOfCapturingGroups() + 1, context);
  std::vector<Value> texts;
  while (matches.Next()) {
    absl::string_view text;
    if (Extracted(*pattern, matches, text)) {
      texts.push_back(Value::String(text));
    }
  }
  if (context.exhausted()) return context.LimitError();
  return Value::List(texts, context.arena());
}

// --- Declarations ------------------------------------------------------------

absl::Status AsStatus(const std::string& mistake) {
  return mistake.empty() ? absl::OkStatus()
                         : absl::InvalidArgumentError(mistake);
}

absl::Status CheckExtract(absl::Span<const Constant* const> args) {
  if (args[1] == nullptr) return absl::OkStatus();
  return AsStatus(ExtractMistake(*CompilePattern(args[1]->text)));
}

absl::Status CheckReplace(absl::Span<const Constant* const> args) {
  if (args[1] == nullptr) return absl::OkStatus();
  const auto pattern = CompilePattern(args[1]->text);
  return AsStatus(args[2] == nullptr
                      ? PatternMistake(*pattern)
                      : ReplacementMistake(args[2]->text, *pattern));
}

void AddFunction(
    EnvironmentBuilder& builder, const char* name, const char* id,
    std::vector<Type> args, const Type& result, FunctionImpl impl,
    absl::Status (*check)(absl::Span<const Constant* const> args)) {
  Overload overload;
  overload.id = id;
  overload.args = std::move(args);
  overload.result = result;
  overload.impl = std::move(impl);
  // In conformance mode these are errors of evaluation, which `||` may absorb.
  if (builder.mode() == Mode::kRules) overload.check_constants = check;
  builder.AddFunction({name, {std::move(overload)}});
}

}  // namespace

void AddRegex(EnvironmentBuilder& builder) {
  const Type s = Type::String();
  AddFunction(builder, "regex.replace", "regex_replace_string_string_string",
              {s, s, s}, s, Replace, CheckReplace);
  AddFunction(builder, "regex.replace",
              "regex_replace_string_string_string_int", {s, s, s, Type::Int()},
              s, Replace, CheckReplace);
  AddFunction(builder, "regex.extract", "regex_extract_string_string", {s, s},
              Type::Optional(s), Extract, CheckExtract);
  AddFunction(builder, "regex.extractAll", "regex_extractAll_string_string",
              {s, s}, Type::List(s), ExtractAll, CheckExtract);
}

}  // namespace klausul::cel
