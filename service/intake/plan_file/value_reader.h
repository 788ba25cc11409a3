#ifndef KLAUSUL_SERVICE_INTAKE_PLAN_FILE_VALUE_READER_H_
#define KLAUSUL_SERVICE_INTAKE_PLAN_FILE_VALUE_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

#include "klausul/v1/common.pb.h"
#include "klausul/v1/plan.pb.h"

#include "service/base/diagnostic.h"
#include "service/base/source.h"
#include "service/intake/document.h"
#include "service/intake/source_map.h"
#include "service/syntax/tree.h"

namespace klausul::intake {

// Reads nodes of a tree into fields of a plan; what `ReadPlan` and `SetByPath`
// share. Errors go to the sink, and reading goes on after each.
class ValueReader {
 public:
  // Keeps all of them. `plan` is the plan that the messages belong to: its
  // `stated_empty` and `complete` take the paths of `[]` and `{}`.
  // `source_map` may be null.
  ValueReader(const syntax::Tree& tree, const ReadOptions& options,
              v1::ProcurementPlan& plan, SourceMap* source_map,
              DiagnosticSink& sink)
      : tree_(tree),
        options_(options),
        plan_(plan),
        source_map_(source_map),
        sink_(sink),
        nodes_({&tree.root()}) {}

  // Reads the fields of a mapping into `message`, whose path is `path`.
  void ReadGroup(const syntax::Node& node, google::protobuf::Message& message,
                 absl::string_view path);

  // Reads a node into a field that is not set yet.
  void ReadField(const syntax::Node& node, google::protobuf::Message& message,
                 const google::protobuf::FieldDescriptor& field,
                 absl::string_view path);

  // Reads a message in its own form: a Money, a Date, a group.
  void ReadMessage(const syntax::Node& node, google::protobuf::Message& message,
                   absl::string_view path);

  // Reads a scalar or a message into the entry of a list: the one with that
  // index, or a new one where the list is just so long.
  void ReadListEntry(const syntax::Node& node,
                     google::protobuf::Message& message,
                     const google::protobuf::FieldDescriptor& field, int index,
                     absl::string_view path);

  // Whether anything was wrong.
  bool failed() const { return error_count_ > 0; }

  // Whether something was wrong at the path or below it.
  bool FailedAt(absl::string_view path) const;

  // Every node that has a place in the source map, by its handle there; the
  // root is the first.
  const std::vector<const syntax::Node*>& nodes() const { return nodes_; }

 private:
  void ReadScalar(const syntax::Node& node, google::protobuf::Message& message,
                  const google::protobuf::FieldDescriptor& field, int index,
                  absl::string_view path);
  void ReadList(const syntax::Node& node, google::protobuf::Message& message,
                const google::protobuf::FieldDescriptor& field,
                absl::string_view path);
  void ReadMap(const syntax::Node& node, google::protobuf::Message& message,
               const google::protobuf::FieldDescriptor& field,
               absl::string_view path);
  void ReadMoney(const syntax::Node& node, v1::Money& money,
                 absl::string_view path);
  void ReadText(const syntax::Node& node, v1::Text& text,
                absl::string_view path);
  void ReadExtraFact(const syntax::Node& node, v1::ExtraFact& fact,
                     absl::string_view path);
  void ReadPlainFact(const syntax::Node& node, v1::ExtraFact& fact);

  // Enough is enough: the sink would only count more errors, and a hostile file
  // can hold a million.
  bool TooManyErrors() const {
    return error_count_ >= DiagnosticSink::kMaxKept;
  }

  // The field of a key, or null with an error.
  const google::protobuf::FieldDescriptor* FindField(
      const google::protobuf::Descriptor& message,
      const syntax::Node::Entry& entry, absl::string_view path);

  void AddPlace(absl::string_view path, Span span, const syntax::Node& node);
  void Error(const syntax::Node& node, absl::string_view code,
             absl::string_view path, absl::string_view what,
             absl::string_view help = {});
  void ErrorAt(Span span, absl::string_view code, absl::string_view message,
               absl::string_view help = {});
  void Expected(const syntax::Node& node, absl::string_view path,
                absl::string_view what, absl::string_view help = {});

  const syntax::Tree& tree_;
  const ReadOptions& options_;
  v1::ProcurementPlan& plan_;
  SourceMap* source_map_;
  DiagnosticSink& sink_;
  std::vector<const syntax::Node*> nodes_;
  std::vector<std::string> failed_paths_;
  std::size_t error_count_ = 0;
};

// Whether a word can be the code of a language: `nb`, `en-GB`.
bool IsLanguageCode(absl::string_view code);

}  // namespace klausul::intake

#endif  // KLAUSUL_SERVICE_INTAKE_PLAN_FILE_VALUE_READER_H_
