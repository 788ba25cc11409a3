#ifndef KLAUSUL_SERVICE_INTAKE_EFORMS_PLAN_WRITER_H_
#define KLAUSUL_SERVICE_INTAKE_EFORMS_PLAN_WRITER_H_

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

#include "klausul/v1/plan.pb.h"

#include "service/base/source.h"
#include "service/intake/eforms/element.h"
#include "service/intake/eforms/plan_field.h"
#include "service/intake/source_map.h"

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
  // That of the message, where it is known; asking the message takes longer.
  const google::protobuf::Descriptor* type = nullptr;
};

// Sets a field of the message that holds it.
using Setter = absl::FunctionRef<void(
    google::protobuf::Message&, const google::protobuf::FieldDescriptor&)>;

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

  Target PlanTarget() { return {&plan_, "", &plan_type_}; }

  // Makes room for the places of so many elements, of which most have one.
  void ReservePlaces(std::size_t elements) { places_.Reserve(elements); }

  // Converts the text of the element and writes it to `path` below the target.
  // What cannot be read is left out with a note that names `bt`.
  void Write(const Target& target, absl::string_view path, Convert convert,
             const Element& from, absl::string_view bt) {
    Write(target, FieldOf(target, path), convert, from, bt);
  }

  // The same for a field that was looked up before.
  void Write(const Target& target, const PlanField& field, Convert convert,
             const Element& from, absl::string_view bt);

  // Writes by hand, with the same rules: `set` gets the message that holds the
  // field. False where a single value was stated before.
  bool Put(const Target& target, absl::string_view path, const Element& from,
           Setter set) {
    return Put(target, FieldOf(target, path), from, set);
  }

  bool Put(const Target& target, const PlanField& field, const Element& from,
           Setter set);

  // Adds an entry to a list of messages and gives it as a target.
  Target Add(const Target& target, absl::string_view path, const Element& from);

  // States a list as none, unless it has entries.
  void StateEmpty(const Target& target, absl::string_view path,
                  const Element& from) {
    StateEmpty(target, FieldOf(target, path), from);
  }

  void StateEmpty(const Target& target, const PlanField& field,
                  const Element& from);

  bool IsStated(const Target& target, absl::string_view path) {
    return IsStated(target, FieldOf(target, path));
  }

  static bool IsStated(const Target& target, const PlanField& field);

  // A group of the target as it stands, such as its `award`; plan and lot name
  // them alike. One that is not stated is empty.
  template <typename Group>
  const Group& Stated(const Target& target, absl::string_view name) const {
    const PlanField& field = FieldOf(target, name);
    return static_cast<const Group&>(
        field.reflection().GetMessage(*target.message, &field.field()));
  }

  // The same, made for something that is now stated in it.
  template <typename Group>
  Group& Mutable(const Target& target, absl::string_view name) {
    const PlanField& field = FieldOf(target, name);
    return static_cast<Group&>(
        *field.reflection().MutableMessage(target.message, &field.field()));
  }

  // Remembers where something stands.
  void Record(absl::string_view path, const Element& from) {
    Place({path}, from);
  }

  // The same for a path below a target.
  void Record(const Target& target, absl::string_view path,
              const Element& from) {
    Place({target.prefix, path}, from);
  }

  // Adds `line 12: <what>`.
  void Note(const Element& from, absl::string_view what);

  // To be called last: groups that were looked at and got nothing are not
  // stated.
  void Finish();

  // Where the fields stand, with the numbers of elements as handles. To be
  // taken once.
  SourceMap TakePlaces() { return std::move(places_); }

  const std::vector<std::string>& notes() const { return notes_; }

  // Whether a value that is stated already and differs is worth a note.
  void set_note_conflicts(bool note) { note_conflicts_ = note; }

 private:
  static const PlanField& FieldOf(const Target& target,
                                  absl::string_view path) {
    return FindPlanField(target.type == nullptr
                             ? *target.message->GetDescriptor()
                             : *target.type,
                         path);
  }

  void Place(std::initializer_list<absl::string_view> pieces,
             const Element& from) {
    places_.Add(pieces, from.TagSpan(), from.number);
  }

  // The message that holds the field, made with all on the way.
  google::protobuf::Message& Parent(const Target& target,
                                    const PlanField& field);

  void WriteCode(const Target& target, const PlanField& field,
                 const Element& from, absl::string_view bt);
  void WriteCodes(const Target& target, const PlanField& field,
                  const Element& from, absl::string_view bt);
  // `suffix` is what the path of the list has behind that of the field.
  void AddString(const Target& target, const PlanField& field,
                 const google::protobuf::FieldDescriptor& list,
                 absl::string_view suffix, const Element& from,
                 absl::string_view value);
  void AddText(v1::Text& text, const Element& from) const;
  void WriteReasoned(const Target& target, const PlanField& field,
                     const Element& from);
  bool WriteValue(const Target& target, const PlanField& field, Convert convert,
                  const Element& from, absl::string_view text);

  v1::ProcurementPlan& plan_;
  const google::protobuf::Descriptor& plan_type_ =
      *v1::ProcurementPlan::descriptor();
  const SourceFile& file_;
  const std::string language_;
  SourceMap places_;
  // Lists stated as none, and `path=value` of what long lists hold: a list may
  // be as long as the notice.
  absl::flat_hash_set<std::string> stated_empty_;
  absl::flat_hash_set<std::string> listed_;
  // Something was written that protobuf takes for not stated, such as midnight
  // without an offset.
  bool may_hold_empty_groups_ = false;
  std::size_t note_calls_ = 0;
  std::vector<std::string> notes_;
  bool note_conflicts_ = false;
};

}  // namespace klausul::intake::eforms

#endif  // KLAUSUL_SERVICE_INTAKE_EFORMS_PLAN_WRITER_H_
