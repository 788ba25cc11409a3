#include "service/intake/plan_file/path_check.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "service/intake/plan_file/plan_schema.h"

namespace klausul::intake {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Follows a path through the schema, and through the plan as far as it is
// stated.
class PathWalk {
 public:
  PathWalk(const v1::ProcurementPlan& plan, absl::string_view path)
      : path_(path), message_(&plan), type_(plan.GetDescriptor()) {}

  // Takes a step; the fault, or empty.
  std::string Step(const PathStep& step) {
    if (field_ != nullptr && IsList(*field_)) return StepIndex(step);
    if (field_ != nullptr && field_->is_map()) return StepKey(step);
    if (field_ != nullptr) {
      const std::string fault = EnterGroup();
      if (!fault.empty()) return fault;
    }
    return StepField(step);
  }

  // Whether the path ends where it should; the fault, or empty.
  std::string End(PathKind kind) const {
    if (kind == PathKind::kMap) {
      return field_ != nullptr && field_->is_map()
                 ? ""
                 : absl::StrCat("`", path_, "` is no keyed map");
    }
    if (field_ == nullptr || !IsList(*field_)) {
      return absl::StrCat("`", path_, "` is no list");
    }
    if (kind == PathKind::kEmptyList && Size() > 0) {
      return absl::StrCat("`", path_, "` has entries");
    }
    return "";
  }

 private:
  int Size() const {
    return message_ == nullptr
               ? 0
               : message_->GetReflection()->FieldSize(*message_, field_);
  }

  std::string StepIndex(const PathStep& step) {
    if (step.kind != PathStep::Kind::kIndex) {
      return absl::StrCat("`", path_, "` is no path of a plan: `", done_,
                          "` is a list");
    }
    done_ = IndexPath(done_, step.index);
    if (step.index >= Size()) return absl::StrCat("there is no `", done_, "`");
    if (field_->message_type() == nullptr) {
      return absl::StrCat("`", done_, "` has no fields");
    }
    message_ = &message_->GetReflection()->GetRepeatedMessage(*message_, field_,
                                                              step.index);
    Enter(field_->message_type());
    return "";
  }

  std::string StepKey(const PathStep& step) {
    if (step.kind == PathStep::Kind::kIndex) {
      return absl::StrCat("`", done_, "` has keys, no indices");
    }
    done_ = KeyPath(done_, step.text);
    const Descriptor* type =
        field_->message_type()->map_value()->message_type();
    if (type == nullptr) return absl::StrCat("`", done_, "` has no fields");
    // The lists of an entry hold no messages with paths of their own, so the
    // schema is enough from here on.
    message_ = nullptr;
    Enter(type);
    return "";
  }

  std::string EnterGroup() {
    if (field_->message_type() == nullptr) {
      return absl::StrCat("`", done_, "` has no fields");
    }
    if (message_ != nullptr) {
      const google::protobuf::Reflection& reflection =
          *message_->GetReflection();
      message_ = reflection.HasField(*message_, field_)
                     ? &reflection.GetMessage(*message_, field_)
                     : nullptr;
    }
    Enter(field_->message_type());
    return "";
  }

  std::string StepField(const PathStep& step) {
    if (step.kind != PathStep::Kind::kName) {
      return absl::StrCat("`", done_, "` is no list");
    }
    field_ = type_->FindFieldByName(step.text);
    if (field_ == nullptr) {
      const std::string help = UnknownFieldHelp(*type_, step.text);
      return absl::StrCat(UnknownField(done_, step.text),
                          help.empty() ? "" : "; ", help);
    }
    done_ = FieldPath(done_, step.text);
    return "";
  }

  void Enter(const Descriptor* type) {
    type_ = type;
    field_ = nullptr;
  }

  absl::string_view path_;
  // Null past what is stated.
  const Message* message_;
  const Descriptor* type_;
  // The field last named; null inside a message of which none is named yet.
  const FieldDescriptor* field_ = nullptr;
  std::string done_;
};

}  // namespace

std::string PathFault(const v1::ProcurementPlan& plan, absl::string_view path,
                      PathKind kind) {
  const auto steps = ParsePath(path);
  if (!steps.ok()) return std::string(steps.status().message());
  PathWalk walk(plan, path);
  for (const PathStep& step : *steps) {
    const std::string fault = walk.Step(step);
    if (!fault.empty()) return fault;
  }
  return walk.End(kind);
}

}  // namespace klausul::intake
