#include "service/review/plan_mask.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/types/span.h"
#include "google/protobuf/message.h"

namespace klausul::review {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using OnText = absl::FunctionRef<void(std::string&)>;

// A shorter text is masked where it stands alone, not inside others: `NO` is in
// every Norwegian sentence.
constexpr std::size_t kMinPartBytes = 4;
// Findings may cut long values: as much of a text is looked for, and what
// follows goes too.
constexpr std::size_t kMaxPartBytes = 32;

// The message type inside a field: that of a map's values.
const Descriptor* TypeIn(const FieldDescriptor& field) {
  const Descriptor* type = field.message_type();
  if (type != nullptr && field.is_map()) {
    return type->FindFieldByNumber(2)->message_type();
  }
  return type;
}

// Calls `on_text` with every text at a path below `message`, list entries and
// map values included; an empty path: with all texts. Keys stay.
void VisitTexts(absl::Span<const FieldDescriptor* const> path, OnText on_text,
                Message& message);

void VisitField(const FieldDescriptor& field,
                absl::Span<const FieldDescriptor* const> rest, OnText on_text,
                Message& message) {
  const Reflection& reflection = *message.GetReflection();
  const int size = field.is_repeated() ? reflection.FieldSize(message, &field)
                                       : reflection.HasField(message, &field);
  for (int i = 0; i < size; ++i) {
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      Message& part =
          field.is_repeated()
              ? *reflection.MutableRepeatedMessage(&message, &field, i)
              : *reflection.MutableMessage(&message, &field);
      if (field.is_map()) {
        VisitField(*field.message_type()->FindFieldByNumber(2), rest, on_text,
                   part);
      } else {
        VisitTexts(rest, on_text, part);
      }
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      std::string text = field.is_repeated()
                             ? reflection.GetRepeatedString(message, &field, i)
                             : reflection.GetString(message, &field);
      on_text(text);
      if (field.is_repeated()) {
        reflection.SetRepeatedString(&message, &field, i, std::move(text));
      } else {
        reflection.SetString(&message, &field, std::move(text));
      }
    }
  }
}

void VisitTexts(absl::Span<const FieldDescriptor* const> path, OnText on_text,
                Message& message) {
  if (!path.empty()) {
    VisitField(*path.front(), path.subspan(1), on_text, message);
    return;
  }
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields)
    VisitField(*field, {}, on_text, message);
}

// Takes the masked texts out of `text`.
void Censor(const std::vector<std::string>& secrets, std::string& text) {
  for (const std::string& secret : secrets) {
    if (text == secret) {
      text = PlanMask::kMasked;
    } else if (secret.size() > kMaxPartBytes) {
      const std::size_t at = text.find(secret.substr(0, kMaxPartBytes));
      if (at != std::string::npos)
        text.replace(at, text.npos, PlanMask::kMasked);
    } else if (secret.size() >= kMinPartBytes) {
      absl::StrReplaceAll({{secret, PlanMask::kMasked}}, &text);
    }
  }
}

// `lots[0].title` and `clauses["x"].text` without what stands in brackets.
std::string WithoutPositions(absl::string_view path) {
  std::string out;
  bool inside = false;
  for (const char c : path) {
    if (c == '[') inside = true;
    if (!inside) out += c;
    if (c == ']') inside = false;
  }
  return out;
}

}  // namespace

absl::StatusOr<PlanMask> PlanMask::Make(const std::vector<std::string>& paths) {
  PlanMask mask;
  for (const std::string& name : paths) {
    Path path;
    const Descriptor* type = v1::ProcurementPlan::descriptor();
    for (const absl::string_view part : absl::StrSplit(name, '.')) {
      const FieldDescriptor* field =
          type == nullptr ? nullptr : type->FindFieldByName(std::string(part));
      if (field == nullptr) {
        return absl::InvalidArgumentError(absl::StrCat(
            "`", name,
            "` is no field of a plan; write it without list "
            "positions and keys, such as buyer.name or lots.title"));
      }
      path.push_back(field);
      type = TypeIn(*field);
    }
    if (path.back()->cpp_type() != FieldDescriptor::CPPTYPE_STRING &&
        path.back()->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
      return absl::InvalidArgumentError(
          absl::StrCat("`", name, "` holds no text; only texts are masked"));
    }
    mask.paths_.push_back(std::move(path));
    mask.names_.push_back(name);
  }
  return mask;
}

bool PlanMask::Covers(absl::string_view path) const {
  const std::string plain = WithoutPositions(path);
  return std::any_of(names_.begin(), names_.end(),
                     [&](const std::string& name) {
                       absl::string_view rest = plain;
                       return absl::ConsumePrefix(&rest, name) &&
                              (rest.empty() || rest.front() == '.');
                     });
}

void PlanMask::Apply(const v1::ProcurementPlan& plan,
                     v1::DecisionRecord& record) const {
  if (is_empty()) return;
  std::vector<std::string> secrets;
  v1::ProcurementPlan masked = plan;
  for (const Path& path : paths_) {
    VisitTexts(
        path,
        [&](std::string& text) {
          if (text.empty() || text == kMasked) return;
          secrets.push_back(text);
          text = kMasked;
        },
        masked);
  }
  if (record.has_plan()) *record.mutable_plan() = std::move(masked);
  if (secrets.empty()) return;
  record.set_masked(true);
  // A text that holds another goes first.
  std::sort(secrets.begin(), secrets.end(),
            [](const std::string& a, const std::string& b) {
              return a.size() > b.size();
            });
  Censor(secrets, *record.mutable_plan_id());
  Censor(secrets, *record.mutable_uri());
  for (v1::Finding& finding : *record.mutable_findings()) {
    const std::string rule_id = finding.rule_id();
    for (v1::FieldEvidence& field : *finding.mutable_fields()) {
      if (Covers(field.path())) field.set_value(kMasked);
    }
    VisitTexts(
        {}, [&](std::string& text) { Censor(secrets, text); }, finding);
    finding.set_rule_id(rule_id);
  }
}

}  // namespace klausul::review
