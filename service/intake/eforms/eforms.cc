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

// Gives the places lines, columns and XPaths, each worked out when asked for.
void AddAddresses(std::shared_ptr<const SourceFile> file,
                  std::shared_ptr<const ElementTree> tree,
                  SourceMap& source_map) {
  source_map.set_file(std::move(file));
  source_map.SetRoot(tree->TagSpan(tree->root()), 0);
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
  bool is_xml_text = false;
  absl::optional<XmlFault> fault =
      DecodeOwnXml(std::move(bytes), text, is_xml_text);
  result.source = std::make_shared<SourceFile>(result.uri, std::move(text));
  if (fault.has_value()) {
    return Refuse(std::move(result), ReadResult::Status::kUnreadable,
                  *std::move(fault));
  }
  XmlFault parse_fault;
  const std::shared_ptr<const ElementTree> tree =
      ElementTree::Parse(result.source, {}, parse_fault, is_xml_text);
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
  writer.ReservePlaces(tree->size());
  const Organizations organizations = FindOrganizations(root);
  ReadHead(root, kind, writer);
  ReadBuyers(root, organizations, writer);
  ReadLots(root, kind, writer);
  ReadResults(root, kind, organizations, writer);
  ReadContractForm(kind, writer);
  writer.Finish();
  result.notes = writer.notes();
  result.source_map = writer.TakePlaces();
  AddAddresses(result.source, tree, result.source_map);
  result.status = ReadResult::Status::kRead;
  return result;
}

}  // namespace klausul::intake::eforms
