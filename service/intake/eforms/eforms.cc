#include "service/intake/eforms/eforms.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"

#include "service/base/diagnostic.h"
#include "service/intake/eforms/element_path.h"
#include "service/intake/eforms/element_tree.h"
#include "service/intake/eforms/notice_kind.h"
#include "service/intake/eforms/parts.h"
#include "service/intake/eforms/plan_writer.h"
#include "service/intake/eforms/xml_encoding.h"

namespace klausul::intake::eforms {
namespace {

ReadResult Refuse(ReadResult result, ReadResult::Status status,
                  XmlFault fault) {
  result.status = status;
  result.diagnostics.push_back({Diagnostic::Level::kError,
                                std::move(fault.code),
                                std::move(fault.message),
                                result.source,
                                fault.span,
                                std::move(fault.help),
                                {}});
  return result;
}

// Why the root is not that of a notice that we read; nullopt where it is.
absl::optional<XmlFault> CheckRoot(const ElementTree& tree,
                                   ReadResult::Status& status) {
  const Element& root = tree.root();
  const Span span = tree.TagSpan(root);
  constexpr char kHelp[] =
      "PriorInformationNotice, ContractNotice and ContractAwardNotice of UBL 2 "
      "are read";
  status = ReadResult::Status::kUnreadable;
  const bool known = root.name == "PriorInformationNotice" ||
                     root.name == "ContractNotice" ||
                     root.name == "ContractAwardNotice";
  if (root.name == "BusinessRegistrationInformationNotice") {
    return XmlFault{span, "notice-kind",
                    "a company registration notice holds no procurement",
                    kHelp};
  }
  if (root.name == "TED_EXPORT") {
    return XmlFault{span, "notice-kind",
                    "`TED_EXPORT` is the format before eForms and is not read",
                    kHelp};
  }
  if (known && root.ns != Namespace::kNotice) {
    return XmlFault{
        span, "notice-namespace",
        absl::StrCat("`", root.name, "` is not in the namespace of UBL 2"),
        absl::StrCat("expected `urn:oasis:names:specification:ubl:"
                     "schema:xsd:",
                     root.name, "-2`")};
  }
  if (!known) {
    status = ReadResult::Status::kNotADocument;
    return XmlFault{span, "not-a-notice",
                    absl::StrCat("`", root.name, "` is no eForms notice"),
                    kHelp};
  }
  return absl::nullopt;
}

// Groups that were looked at and got nothing are not stated.
void Prune(google::protobuf::Message& message) {
  const google::protobuf::Reflection* reflection = message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const google::protobuf::FieldDescriptor* field : fields) {
    if (field->cpp_type() !=
        google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) {
      continue;
    }
    if (field->is_map()) continue;
    if (field->is_repeated()) {
      for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
        Prune(*reflection->MutableRepeatedMessage(&message, field, i));
      }
      continue;
    }
    google::protobuf::Message* child =
        reflection->MutableMessage(&message, field);
    Prune(*child);
    if (child->ByteSizeLong() == 0) reflection->ClearField(&message, field);
  }
}

void FillSourceMap(const PlanWriter& writer,
                   std::shared_ptr<const ElementTree> tree,
                   SourceMap& source_map) {
  source_map.SetRoot(tree->TagSpan(tree->root()), 0);
  for (const auto& [path, element] : writer.places()) {
    source_map.Add(path, tree->TagSpan(*element), tree->NumberOf(*element));
  }
  source_map.SetAddresses(SourceMap::AddressKind::kXPath,
                          [tree = std::move(tree)](std::uint32_t number) {
                            return XPathOf(tree->At(number));
                          });
}

}  // namespace

ReadResult ReadNotice(std::string uri, std::string bytes,
                      const ReadOptions& options) {
  ReadResult result;
  result.kind = v1::DocumentReport::EFORMS_NOTICE;
  result.uri = std::move(uri);
  const std::size_t limit = std::min(options.max_notice_bytes, kMaxNoticeBytes);
  if (bytes.size() > limit) {
    return Refuse(std::move(result), ReadResult::Status::kUnreadable,
                  {{},
                   "too-large",
                   absl::StrCat("the file has ", bytes.size(),
                                " bytes; a notice may have ", limit),
                   ""});
  }
  std::string text;
  absl::optional<XmlFault> fault = DecodeXml(bytes, text);
  bytes = {};
  result.source = std::make_shared<SourceFile>(result.uri, std::move(text));
  if (fault.has_value()) {
    return Refuse(std::move(result), ReadResult::Status::kUnreadable,
                  *std::move(fault));
  }
  XmlFault parse_fault;
  const std::shared_ptr<const ElementTree> tree =
      ElementTree::Parse(result.source->text(), {}, parse_fault);
  if (tree == nullptr) {
    return Refuse(std::move(result), ReadResult::Status::kUnreadable,
                  std::move(parse_fault));
  }
  ReadResult::Status status = ReadResult::Status::kUnreadable;
  if (auto root_fault = CheckRoot(*tree, status)) {
    return Refuse(std::move(result), status, *std::move(root_fault));
  }
  const Element& root = tree->root();
  const NoticeKind kind = KindOf(root);
  if (kind.role == NoticeRole::kRegistration) {
    const Element& place =
        kind.type_element == nullptr ? root : *kind.type_element;
    return Refuse(std::move(result), ReadResult::Status::kUnreadable,
                  {tree->TagSpan(place), "notice-kind",
                   "a company registration notice holds no procurement", ""});
  }

  PlanWriter writer(result.plan, *result.source, options.text_language);
  const Organizations organizations = FindOrganizations(root);
  ReadHead(root, kind, writer);
  ReadBuyers(root, organizations, writer);
  ReadLots(root, kind, writer);
  ReadResults(root, kind, organizations, writer);
  ReadContractForm(kind, writer);
  Prune(result.plan);
  result.notes = writer.notes();
  result.source_map = SourceMap(result.source);
  FillSourceMap(writer, tree, result.source_map);
  result.status = ReadResult::Status::kRead;
  return result;
}

}  // namespace klausul::intake::eforms
