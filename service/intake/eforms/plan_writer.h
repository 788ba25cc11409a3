#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_PLAN_WRITER_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_PLAN_WRITER_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

#include "klausul/v1/plan.pb.h"

#include "service/base/source.h"
#include "service/intake/eforms/element_tree.h"

namespace klausul::intake::eforms {

// How the text of an element becomes a value of the plan.
enum class Convert {
  kString,
  kText,       // one string per language
  kReasoned,   // the text of a Reasoned, stated in the notice
  kCode,       // enum, with the raw code in its twin
  kCodes,      // list of enums; `none` states the list as none
  kStrings,    // list of codes kept as written; `none` states it as none
  kIndicator,  // bool; `yes` and `no` too
  kCount,      // whole number
  kNumber,     // double
  kMoney,      // amount; 0 and 0.1 are how notices say "not told"
  kDate,
  kTime,
  kDuration,  // measure with a unit
  kCountry,
  kLanguages,  // list of languages
  kCpv,
  kCpvs,  // list of CPV codes
};

// Part of the plan that a fact goes to: the plan itself, a lot, the buyer.
struct Target {
  google::protobuf::Message* message = nullptr;
  // Plan path of the message, with a point behind it: `lots[0].`; empty for
  // the plan.
  std::string prefix;
};

// Writes facts into a plan and remembers from which element each came. The
// first to state a single value wins, so what a notice says of the whole
// procedure stands before what it repeats for its only lot; lists are joined.
class PlanWriter {
 public:
  // Keeps plan and file; `file` gives the lines of notes. `language` is that of
  // texts that name none.
  PlanWriter(v1::ProcurementPlan& plan, const SourceFile& file,
             std::string language)
      : plan_(plan), file_(file), language_(std::move(language)) {}

  v1::ProcurementPlan& plan() { return plan_; }

  Target PlanTarget() { return {&plan_, ""}; }

  // Converts the text of the element and writes it to `path` below the target.
  // What cannot be read is left out with a note that names `bt`. True where
  // the field is stated now.
  bool Write(const Target& target, absl::string_view path, Convert convert,
             const Element& from, absl::string_view bt);

  // Writes by hand, with the same rules: `set` gets the message that holds the
  // field. False where a single value was stated before.
  bool Put(const Target& target, absl::string_view path, const Element& from,
           absl::FunctionRef<void(google::protobuf::Message&,
                                  const google::protobuf::FieldDescriptor&)>
               set);

  // Adds an entry to a list of messages and gives it as a target.
  Target Add(const Target& target, absl::string_view path, const Element& from);

  // States a list as none, unless it has entries.
  void StateEmpty(const Target& target, absl::string_view path,
                  const Element& from);

  bool IsStated(const Target& target, absl::string_view path);

  // Remembers where something stands.
  void Record(std::string path, const Element& from);

  // Adds `line 12: <what>`.
  void Note(const Element& from, absl::string_view what);

  // Plan path to element, in the order of writing; a path stands once.
  const std::vector<std::pair<std::string, const Element*>>& places() const {
    return places_;
  }

  const std::vector<std::string>& notes() const { return notes_; }

  // Whether a value that is stated already and differs is worth a note.
  void set_note_conflicts(bool note) { note_conflicts_ = note; }

 private:
  struct Slot {
    google::protobuf::Message* parent;
    const google::protobuf::FieldDescriptor* field;
  };

  // Makes the messages on the way.
  Slot Find(const Target& target, absl::string_view path);
  void WriteCode(const Target& target, absl::string_view path,
                 const Element& from, absl::string_view bt);
  void WriteCodes(const Target& target, absl::string_view path,
                  const Element& from, absl::string_view bt);
  void AddString(const Target& target, absl::string_view path,
                 const Element& from, const std::string& value);
  void WriteText(const Target& target, absl::string_view path,
                 const Element& from);
  bool WriteValue(const Target& target, absl::string_view path, Convert convert,
                  const Element& from, const std::string& text);

  v1::ProcurementPlan& plan_;
  const SourceFile& file_;
  const std::string language_;
  std::vector<std::pair<std::string, const Element*>> places_;
  absl::flat_hash_set<std::string> recorded_;
  // Lists stated as none, and `path=value` of what lists hold: a list may be
  // as long as the notice.
  absl::flat_hash_set<std::string> stated_empty_;
  absl::flat_hash_set<std::string> listed_;
  std::size_t note_calls_ = 0;
  std::vector<std::string> notes_;
  bool note_conflicts_ = false;
};

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_PLAN_WRITER_H_
